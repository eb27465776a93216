// What the desk knows besides the cases: people, places, rules and the calendar, looked up by their ids.
import type { Case } from '#contract/case'
import type { Calendar } from '#contract/clock'
import type { CameraId, CaseId, FacilityId, PersonId, PlaceId } from '#contract/ids'
import type { Words } from '#contract/language'
import type { Camera, Facility, Place } from '#contract/places'
import type { Person } from '#contract/person'
import type { Matter, Scenario } from '#contract/scenario'
import { inWords, language } from '../../words/words.ts'
import { sayDesk } from '../../words/desk.ts'

export interface Facts {
  people: ReadonlyMap<PersonId, Person>
  places: ReadonlyMap<PlaceId, Place>
  facilities: ReadonlyMap<FacilityId, Facility>
  cameras: ReadonlyMap<CameraId, Camera>
  /** In force, by id. */
  scenarios: ReadonlyMap<string, Scenario>
  /** And every version a case may go by, `id@version`. */
  versions: ReadonlyMap<string, Scenario>
  matters: ReadonlyMap<string, Matter>
  /** Without it nothing is said of work time: a wrong deadline is worse than none. */
  calendar: Calendar | null
  /** Other streets of the system a case may be handed over to; absent where there is none. */
  streets?: readonly { id: string; words: Words }[]
}

/** The rules a case goes by: those it was opened under, else those in force. */
export const scenarioOf = (facts: Facts, subject: Pick<Case, 'scenarioId' | 'scenarioVersion'>): Scenario | undefined =>
  facts.versions.get(`${subject.scenarioId}@${subject.scenarioVersion}`) ?? facts.scenarios.get(subject.scenarioId)

/** An id stands for itself where nobody has told its name yet. */
export const personName = (facts: Facts, id: PersonId): string => facts.people.get(id)?.name ?? id

export function placeName(facts: Facts, id: PlaceId): string {
  const place = facts.places.get(id)
  if (!place) return id
  return language.value === 'zh' ? place.name : place.nameEn
}

/** 「局门路440弄」 as it is set in these pages: figures stand a little apart from the characters. */
export const airy = (name: string): string =>
  name.replace(/([\u3400-\u9fff])(\d)/g, '$1 $2').replace(/(\d)([\u3400-\u9fff])/g, '$1 $2')

const matterName = (facts: Facts, code: string): string => {
  const matter = facts.matters.get(code)
  return matter ? inWords(matter.words) : code
}
export const sourceMatter = matterName

/** What the case is, in a few words; what a machine was not sure of says so. */
export function titleOf(facts: Facts, subject: Case): string {
  const name = matterName(facts, subject.matter)
  return subject.unsure ? sayDesk('suspected', { what: name }) : name
}

/** The narrowest names that help somebody find it: the shed or room itself, else the last place of the path. */
function spotOf(facts: Facts, subject: Case): string {
  const facility = subject.facilityId && facts.facilities.get(subject.facilityId)
  if (facility) return facility.name
  const leaf = subject.path[subject.path.length - 1]
  return leaf ? placeName(facts, leaf) : ''
}

/** 「高空抛物·桑城 3 号车棚」, where there is room for no more. */
export const caseNamed = (facts: Facts, subject: Case): string =>
  [titleOf(facts, subject), airy(spotOf(facts, subject))].filter(Boolean).join('·')

/** 「桥一居民区·局门路 436 弄 5 号」. */
export function whereLine(facts: Facts, subject: Case): string {
  const area = subject.path.find((id) => facts.places.get(id)?.level === 'residential-area')
  const names = [area ? placeName(facts, area) : '', spotOf(facts, subject)].filter(Boolean)
  return airy([...new Set(names)].join(language.value === 'zh' ? '·' : ', '))
}

/** From the street-block down to the spot. */
export function wherePath(facts: Facts, subject: Case): string[] {
  const below = subject.path.filter((id) => !['city', 'district', 'subdistrict'].includes(levelOf(facts, id)))
  const names = [...new Set([...below.map((id) => placeName(facts, id)), spotOf(facts, subject)])].filter(Boolean)
  return names.map((name, i) => airy(withoutArea(name, names[i - 1])))
}

/** 「桥一居民区 › 桥一第3微网格」 need not say 桥一 twice. */
function withoutArea(name: string, above: string | undefined): string {
  const area = above?.endsWith('居民区') ? above.slice(0, -3) : undefined
  return area && name.startsWith(area) ? name.slice(area.length) : name
}

const levelOf = (facts: Facts, id: PlaceId): string => facts.places.get(id)?.level ?? ''

/** `20261121-007` → `1121-007`: the year is known to everybody in the room. */
export const numberOf = (id: CaseId): string => id.replace(/^\d{4}(?=\d{4}-)/, '')
export const caseNumber = (subject: Case): string => numberOf(subject.id)

/** What the scenario calls a clock; its own name where the scenario is not known. */
export function clockName(facts: Facts, subject: Case, name: string): string {
  const rule = scenarioOf(facts, subject)?.clocks.find((rule) => rule.name === name)
  return rule ? inWords(rule.words) : name
}
