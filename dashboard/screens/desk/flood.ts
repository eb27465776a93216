// When alarms come faster than anybody reads: what one camera saw or one place reports stands as one line; a level I always stands alone, on top.
import type { Case } from '#contract/case'
import type { CameraId, CaseId, Instant, PlaceId } from '#contract/ids'
import type { Level } from '#contract/stage'
import { sayFlood } from '../../words/desk-flood.ts'
import { airy, placeName } from './facts.ts'
import type { Facts } from './facts.ts'
import { byUrgency, tabFor } from './lists.ts'

/** As alarm hygiene counts it (ISA-18.2): more than ten in ten minutes is a flood, until fewer than five are. */
const windowMs = 10 * 60_000
const [from, until] = [10, 5]
/** Two of one camera are one look; of one place it takes three to be worth a line. */
const least = { camera: 2, place: 3 }

export interface FloodGroup {
  key: string
  words: string
  ids: CaseId[]
  worst: Level
  earliest: Instant
}
export interface Flooded {
  /** As they stand from top to bottom, group after group. */
  order: Case[]
  groups: FloodGroup[]
}

/** Of the last ten minutes, waiting or not yet let in. */
export const cameLately = (cases: Iterable<Case>, now: Instant): number =>
  [...cases].filter((subject) => tabFor(subject) === 'inbox' && !subject.shelved && now - subject.openedAt < windowMs)
    .length

export const isFlood = (was: boolean, lately: number): boolean => (was ? lately >= until : lately > from)

/** `cases` in the list's own order; what belongs to no group stays alone among them. */
export function floodedBy(facts: Facts, cases: readonly Case[]): Flooded {
  const alone = (subject: Case) => subject.level === 1 && !subject.unsure
  const first = cases.filter(alone)
  let left = cases.filter((subject) => !alone(subject))
  const groups: { key: string; words: string; cases: Case[] }[] = []
  for (const [what, keyOf, named] of ways) {
    for (const [key, list] of gathered(left, (subject) => keyOf(facts, subject))) {
      if (list.length < least[what]) continue
      groups.push({ key: `${what} ${key}`, words: named(facts, key), cases: list })
      left = left.filter((subject) => !list.includes(subject))
    }
  }
  const blocks = [...groups, ...left.map((subject) => ({ key: '', words: '', cases: [subject] }))]
  // A group stands as the worst in it does.
  const worst = (block: { cases: readonly Case[] }) => [...block.cases].sort(byUrgency)[0]!
  blocks.sort((a, b) => byUrgency(worst(a), worst(b)))
  return {
    order: [...first, ...blocks.flatMap((block) => block.cases)],
    groups: blocks.filter(({ key }) => key).map(groupOf),
  }
}

const groupOf = ({ key, words, cases }: { key: string; words: string; cases: Case[] }): FloodGroup => ({
  ...{ key, words, ids: cases.map(({ id }) => id) },
  worst: Math.min(...cases.map(({ level }) => level)) as Level,
  earliest: Math.min(...cases.map(({ openedAt }) => openedAt)),
})

type Way = readonly [
  what: keyof typeof least,
  keyOf: (facts: Facts, subject: Case) => string | undefined,
  named: (facts: Facts, key: string) => string,
]
const ways: readonly Way[] = [
  [
    'camera',
    (_facts, { sources }) => sources.find(({ cameraId }) => cameraId)?.cameraId,
    (facts, key) => sayFlood('camera', { camera: facts.cameras.get(key as CameraId)?.name ?? key }),
  ],
  [
    'place',
    (facts, { path }) => path.find((id) => facts.places.get(id)?.level === 'residential-area') ?? path.at(-1),
    (facts, key) => airy(placeName(facts, key as PlaceId)),
  ],
]

function gathered(cases: readonly Case[], keyOf: (subject: Case) => string | undefined): Map<string, Case[]> {
  const found = new Map<string, Case[]>()
  for (const subject of cases) {
    const key = keyOf(subject)
    if (key) found.set(key, [...(found.get(key) ?? []), subject])
  }
  return found
}
