// What the palette finds: a line for each case, place, person and thing, with all it may be found by.
import type { Case } from '#contract/case'
import type { CameraId, CaseId, FacilityId, PersonId, PlaceId } from '#contract/ids'
import type { Person } from '#contract/person'
import { isOpen } from '#contract/stage'
import type { Level } from '#contract/stage'
import { sayCase } from '../../../words/case.ts'
import { sayDesk } from '../../../words/desk.ts'
import { sayPalette } from '../../../words/desk-palette.ts'
import { shortMoment } from '../../../words/moments.ts'
import { language } from '../../../words/words.ts'
import { airy, caseNumber, personName, placeName, titleOf, whereLine } from '../facts.ts'
import type { Facts } from '../facts.ts'
import type { DeskKey } from '../keys.ts'
import type { DeskTab } from '../lists.ts'
import type { DeskPage } from '../pages/pages.ts'
import type { SheetKind } from '../sheet-kinds.ts'
import type { Findable, Heard } from './finder.ts'

/** What choosing a line does. */
export type Target =
  | { to: 'case'; id: CaseId }
  | { to: 'place'; id: PlaceId }
  | { to: 'person'; id: PersonId }
  | { to: 'camera'; id: CameraId }
  | { to: 'facility'; id: FacilityId }
  | { to: 'page'; page: DeskPage }
  | { to: 'tab'; tab: DeskTab }
  | { to: 'press'; key: DeskKey }
  | { to: 'send'; who: PersonId; insists: boolean }
  | { to: 'sheet'; kind: SheetKind }
  | { to: 'merge' }
  | { to: 'setting'; which: Setting }
export type Setting = 'letIn' | 'hand' | 'type' | 'speak' | 'keys' | 'leave'

export const groups = ['recent', 'verb', 'case', 'place', 'person', 'thing', 'page', 'setting', 'archived'] as const
export type Group = (typeof groups)[number]

export interface PaletteEntry extends Findable {
  group: Group
  title: string
  about: string
  /** Drawn before the words, of a case. */
  mark?: { level: Level; unsure: boolean }
  /** Why it cannot be chosen; absent where it can. */
  closed?: string
  target: Target
}

const dot = () => (language.value === 'zh' ? '·' : ', ')
const joined = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(dot())

/** One a case, for as long as the case is the same object; another language is another maker. */
export function openCaseEntries(facts: Facts, group: 'case' | 'archived' = 'case') {
  const made = new WeakMap<Case, PaletteEntry>()
  const spots = new Map<string, Spot>()
  return (subject: Case): PaletteEntry => {
    const known = made.get(subject)
    if (known) return known
    const at = `${subject.path[subject.path.length - 1]} ${subject.facilityId}`
    const spot = spots.get(at) ?? spotOf(facts, subject)
    spots.set(at, spot)
    const entry = caseEntry(facts, subject, group, spot)
    made.set(subject, entry)
    return entry
  }
}

/** Many cases stand on one spot: its names are read once. */
interface Spot {
  where: string
  heard: readonly Heard[]
}
function spotOf(facts: Facts, subject: Case): Spot {
  const where = whereLine(facts, subject)
  const names = subject.path.slice(-4).map((id) => ({ text: placeName(facts, id), worth: 0.6, sounds: true }))
  return { where, heard: [{ text: where, worth: 0.8, sounds: true }, ...names] }
}

function caseEntry(facts: Facts, subject: Case, group: 'case' | 'archived', { where, heard }: Spot): PaletteEntry {
  const [title, number] = [titleOf(facts, subject), caseNumber(subject)]
  const holder = subject.holder ? personName(facts, subject.holder.personId) : undefined
  const open = isOpen(subject.stage)
  return {
    key: `case ${subject.id}`,
    group,
    title,
    about: joined(where, open ? (holder ?? sayCase(`stage.${subject.stage}`)) : endedSaid(subject), number),
    mark: { level: subject.level as Level, unsure: subject.unsure },
    lift: open ? (subject.unsure ? 1 : 6 - subject.level) : 0,
    heard: [
      { text: title, worth: 1, sounds: true },
      { text: number, worth: 1 },
      { text: subject.id, worth: 0.9 },
      ...heard,
      ...(holder ? [{ text: holder, worth: 0.7, sounds: true, isName: true }] : []),
      ...subject.sources.flatMap(({ text }) => (text ? [{ text, worth: 0.4 }] : [])),
    ],
    target: { to: 'case', id: subject.id },
  }
}

const endedSaid = ({ stage, disposition, endedAt }: Case): string =>
  joined(
    disposition ? sayCase(`disposition.${disposition}`) : sayCase(`stage.${stage}`),
    endedAt === undefined ? undefined : shortMoment(endedAt),
  )

export interface Around {
  facts: Facts
  cases: readonly Case[]
}

/** Wide places first: of two of one name the wider holds the other. */
const width: Record<string, number> = { subdistrict: 4, 'street-block': 3.5, 'residential-area': 3, 'micro-grid': 2 }

export function placeEntries({ facts, cases }: Around): PaletteEntry[] {
  const open = counted(cases, (subject) => subject.path)
  return [...facts.places.values()].map((place) => {
    const name = airy(placeName(facts, place.id))
    const above = place.parentId ? airy(placeName(facts, place.parentId)) : undefined
    return {
      key: `place ${place.id}`,
      group: 'place',
      title: name,
      about: joined(sayPalette(`level.${place.level}`), above, openSaid(open.get(place.id) ?? 0)),
      lift: width[place.level] ?? 1,
      heard: [{ text: name, worth: 1, sounds: true }, ...(place.code ? [{ text: place.code, worth: 0.8 }] : [])],
      target: { to: 'place', id: place.id },
    }
  })
}

/** Those who go out; whoever sits at a desk too. With what each has in hand. */
export function personEntries({ facts, cases }: Around): PaletteEntry[] {
  const load = loadOf(cases)
  return [...facts.people.values()]
    .filter(({ role }) => role !== 'wall')
    .map((person) => ({
      key: `person ${person.id}`,
      group: 'person',
      title: person.name,
      about: personSaid(person, load.get(person.id) ?? 0),
      lift: person.onDuty ? 4 : 2,
      heard: [
        { text: person.name, worth: 1, sounds: true, isName: true },
        { text: person.body, worth: 0.5, sounds: true },
        { text: sayCase(`post.${person.post}`), worth: 0.4, sounds: true },
      ],
      target: { to: 'person', id: person.id },
    }))
}

export const personSaid = (person: Person, inHand: number): string =>
  joined(
    sayCase(`post.${person.post}`),
    person.body,
    person.onDuty ? sayDesk('onDuty') : sayPalette('offDuty'),
    sayPalette('inHand', { n: inHand }),
  )

export function thingEntries({ facts, cases }: Around): PaletteEntry[] {
  const atCamera = counted(cases, ({ sources }) => sources.flatMap(({ cameraId }) => cameraId ?? []))
  const atFacility = counted(cases, ({ facilityId }) => (facilityId ? [facilityId] : []))
  const lines = (name: string, kind: string, placeId: PlaceId, open: number) => ({
    ...{ group: 'thing' as const, title: airy(name), lift: 0.5 },
    about: joined(kind, airy(placeName(facts, placeId)), openSaid(open)),
    heard: [
      { text: name, worth: 1, sounds: true },
      { text: kind, worth: 0.5, sounds: true },
    ],
  })
  const cameras = [...facts.cameras.values()].map(({ id, name, placeId }): PaletteEntry => ({
    ...lines(name, sayPalette('camera'), placeId, atCamera.get(id) ?? 0),
    key: `camera ${id}`,
    target: { to: 'camera', id },
  }))
  const facilities = [...facts.facilities.values()].map(({ id, name, kind, placeId }): PaletteEntry => ({
    ...lines(name, sayPalette(`facility.${kind}`), placeId, atFacility.get(id) ?? 0),
    key: `facility ${id}`,
    target: { to: 'facility', id },
  }))
  return [...cameras, ...facilities]
}

const openSaid = (n: number): string => (n ? sayPalette('openHere', { n }) : sayPalette('noneOpen'))

/** How many open cases each has in hand. */
export const loadOf = (cases: readonly Case[]): Map<PersonId, number> =>
  counted(cases, ({ holder }) => (holder ? [holder.personId] : []))

/** Open cases by what each of them names. */
function counted<K>(cases: readonly Case[], namesOf: (subject: Case) => readonly K[]): Map<K, number> {
  const counts = new Map<K, number>()
  for (const subject of cases) {
    if (!isOpen(subject.stage)) continue
    for (const name of new Set(namesOf(subject))) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}
