// What a task says of itself in three lines and two figures: what, where, who-when-until, how far, how long.
import type { Case } from '#contract/case'
import type { Facility, Place } from '#contract/places'
import type { FacilityId, Instant, PersonId, PlaceId } from '#contract/ids'
import { metresBetween } from '#contract/metres'
import type { Person } from '#contract/person'
import type { LonLat } from '#contract/point'
import type { Matter, Scenario } from '#contract/scenario'
import { lookAt, nextClock } from '../../composables/clock-look.ts'
import type { ClockLook } from '../../composables/clock-look.ts'
import { sayCase } from '../../words/case.ts'
import { sayField } from '../../words/field.ts'
import { dayTime, spanShort, stopwatch, timeOf } from '../../words/times.ts'
import { inWords, language } from '../../words/words.ts'
import { isToDo, slotsToGo } from './next-thing.ts'
import { finishedAt } from './task-steps.ts'

const separator = () => (language.value === 'zh' ? '，' : ', ')

export function titleOf(subject: Case, matters: ReadonlyMap<string, Matter>): string {
  const matter = matters.get(subject.matter)
  const name = matter ? inWords(matter.words) : subject.matter
  // The words of whoever named it so: the smoke that was first seen is no description of the fire it became.
  const text = subject.sources.find((source) => source.text && source.matter === subject.matter)?.text
  return text ? `${name}${separator()}${text}` : name
}

export const nameOf = (place: { name: string; nameEn?: string }): string =>
  language.value === 'en' && place.nameEn ? place.nameEn : place.name

/** The plates are in Chinese alone; in English the kind stands for the name. */
export const facilityName = (facility: Facility): string =>
  language.value === 'en' ? `${sayField(`facility.${facility.kind}`)} ${facility.id}` : facility.name

export interface Names {
  places: ReadonlyMap<PlaceId, Place>
  facilities: ReadonlyMap<FacilityId, Facility>
}

/** The thing it is about and the building it stands at; its number alone where names are not here yet. */
export function whereOf(subject: Case, { places, facilities }: Names): { near: string; far: string } {
  const facility = subject.facilityId && facilities.get(subject.facilityId)
  const path = subject.path.flatMap((id) => places.get(id) ?? [])
  const leaf = path[path.length - 1]
  const area = path.find((place) => place.level === 'residential-area')
  const grid = path.find((place) => place.level === 'micro-grid')
  const near = facility ? facilityName(facility) : leaf ? nameOf(leaf) : subject.path[subject.path.length - 1]!
  const building = facility && leaf ? [nameOf(leaf)] : [area, grid].flatMap((place) => (place ? [nameOf(place)] : []))
  return { near, far: building.join('·') }
}

export function farOf(subject: Case, here: LonLat | null): string {
  if (!here) return ''
  const metres = metresBetween(subject.wgs84, here)
  if (metres < 1_000) return sayField('metres', { n: Math.round(metres) })
  return sayField('kilometres', { n: (metres / 1_000).toFixed(1) })
}

/** The bold stamp and what is still to come after it. */
export function standOf(
  subject: Case,
  me: PersonId,
  scenario: Scenario | undefined,
  people: ReadonlyMap<PersonId, Person>,
): { done: string; rest: string } {
  const { holder } = subject
  if (holder?.personId !== me) return toldStand(subject, me, people)
  const finished = isToDo(subject) ? undefined : finishedAt(subject)
  if (finished !== undefined)
    return { done: sayField('finishedAt', { time: timeOf(finished) }), rest: sayField('toVerify') }
  const missing = slotsToGo(subject, scenario, []).length
  const photos = missing ? sayField('photosToGo', { n: missing }) : sayField('photosDone')
  if (holder.arrivedAt !== undefined)
    return { done: sayField('arrivedAt', { time: timeOf(holder.arrivedAt) }), rest: photos }
  if (holder.takenAt !== undefined) return { done: sayField('tookAt', { time: timeOf(holder.takenAt) }), rest: '' }
  const clock = subject.clocks.find((one) => one.name === 'take' && one.metAt === undefined)
  return { done: clock ? sayField('takeBefore', { time: timeOf(clock.dueAt) }) : sayField('takeSoon'), rest: '' }
}

function toldStand(subject: Case, me: PersonId, people: ReadonlyMap<PersonId, Person>) {
  const receipt = subject.told.find((one) => one.personId === me)
  const holder = subject.holder && people.get(subject.holder.personId)
  const rest = holder ? sayField('withHolder', { name: holder.name }) : sayField('notTaken')
  if (receipt?.arrivedAt !== undefined)
    return { done: sayField('arrivedAt', { time: timeOf(receipt.arrivedAt) }), rest }
  if (receipt?.takenAt !== undefined) return { done: sayField('knewAt', { time: timeOf(receipt.takenAt) }), rest }
  return { done: receipt ? sayField('toldAt', { time: timeOf(receipt.toldAt) }) : '', rest }
}

export interface TimeLeft {
  look: ClockLook
  words: string
}

/** 限 15:32 with time in hand, 剩 1:52 when late, 超时 2 分 past it. */
export function timeLeft(subject: Case, now: Instant): TimeLeft | null {
  const clock = nextClock(subject)
  if (!clock) return null
  const look = lookAt(clock, now)
  if (look.lamp === 'over') return { look, words: sayCase('over', { span: spanShort(look.remaining) }) }
  if (look.lamp === 'late') return { look, words: sayCase('left', { span: stopwatch(look.remaining) }) }
  return { look, words: sayCase('due', { time: dayTime(clock.dueAt, now) }) }
}

/** The parts of a sentence that are there, in the language's own way of joining. */
export const joined = (...parts: string[]): string => parts.filter((part) => part !== '').join(separator())
