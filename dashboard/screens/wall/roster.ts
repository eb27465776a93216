// Who is there, post by post: a name to ask for, present of due, and what they have in hand.
import type { Case } from '#contract/case'
import type { Shift } from '#contract/duty'
import type { Instant, PlaceId } from '#contract/ids'
import type { Person } from '#contract/person'
import type { Place } from '#contract/places'
import { takesPart } from '#contract/roles'
import { isOpen } from '#contract/stage'
import { dayMs } from '../../words/moments.ts'
import { dayTime, timeOf } from '../../words/times.ts'
import { sayWall } from '../../words/wall.ts'
import { nameOf } from './case-lines.ts'
import type { NextWatch } from './watch.ts'

export interface RosterRow {
  key: string
  post: string
  name: string
  count: string
  note: string
  open: string
  /** What `open` counts. */
  cases?: readonly Case[]
}

/** Everybody the line knows, without walls and administrators: they are no hands. */
export const staffOf = (people: Iterable<Person>): Person[] => [...people].filter((person) => takesPart(person.role))

/** Who is due now: on duty, or not on the roster at all. Whose turn is another one is missed by nobody. */
export const dueOf = (staff: readonly Person[], shifts: readonly Shift[]): Person[] => {
  const rostered = new Set(shifts.map((shift) => shift.personId))
  return staff.filter((person) => person.onDuty || !rostered.has(person.id))
}

export function rosterRows(
  due: readonly Person[],
  next: NextWatch | null,
  blocks: readonly Place[],
  places: ReadonlyMap<PlaceId, Place>,
  cases: readonly Case[],
  now: Instant,
): RosterRow[] {
  const command = due.filter((person) => person.role === 'duty-officer')
  const fire = due.filter((person) => person.post === 'micro-fire-station')
  const ground = due.filter((person) => person.role !== 'duty-officer' && person.post !== 'micro-fire-station')
  return [
    row(
      'command',
      sayWall('post.command'),
      command.filter((person) => person.onDuty),
      command.filter((person) => person.onDuty),
      '',
    ),
    ...blocks.map((block) => {
      const own = ground.filter((person) => person.placeIds.some((id) => isWithin(id, block.id, places)))
      const open = cases.filter(
        (subject) => isOpen(subject.stage) && !subject.unsure && subject.path.includes(block.id),
      )
      const post = sayWall('station', { block: nameOf(block) })
      const here = own.filter((person) => person.onDuty)
      return { ...row(block.id, post, here, own, sayWall('inHand', { n: open.length })), cases: open }
    }),
    row(
      'fire',
      sayWall('post.fire'),
      fire.filter((person) => person.onDuty),
      fire,
      '',
    ),
    ...(next
      ? [
          {
            key: 'next',
            post: sayWall('nextWatch', { time: reliefTime(next.from, now) }),
            name: next.name,
            count: '',
            note: '',
            open: '',
          },
        ]
      : []),
  ]
}

/** Within a day the hour alone says it. */
const reliefTime = (at: Instant, now: Instant): string => (at < now + dayMs ? timeOf(at) : dayTime(at, now))

function row(key: string, post: string, here: Person[], due: Person[], open: string): RosterRow {
  const lead = here.find((person) => person.role === 'chief') ?? here[0]
  const missing = due.length - here.length
  return {
    key,
    post,
    name: lead?.name ?? '',
    count: due.length > 0 ? `${here.length}/${due.length}` : '',
    note: missing > 0 ? sayWall('missing', { n: missing }) : '',
    open,
  }
}

/** Is `id` the block itself or something inside it? */
function isWithin(id: PlaceId, blockId: PlaceId, places: ReadonlyMap<PlaceId, Place>): boolean {
  for (let at: PlaceId | null | undefined = id; at; at = places.get(at)?.parentId) if (at === blockId) return true
  return false
}
