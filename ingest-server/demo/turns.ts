// The demo's roster: by day everybody, by night a third of them, each street-block with its own; one swap asked, one note handed over.
import type { KeepingWish } from '#contract/command'
import { HandOverId, ShiftId, WindowId, type CaseId, type Instant, type PersonId, type PlaceId } from '#contract/ids'
import type { Person } from '#contract/person'
import { takesPart } from '#contract/roles'
import { forVisitors } from './people.ts'

const hour = 3_600_000
const half = 12 * hour

type Roster = Extract<KeepingWish, { type: 'roster' }>

/** Who comes by night: every third of a post, so that no block is without. */
const byNight = (nth: number): boolean => nth % 3 === 2

/**
 * Turns from 08:00 to 20:00 and from 20:00 to 08:00, from `from` (a midnight) for so many days. Whoever the demo's visitors are have
 * the half of the day in which it is looked at.
 */
export function turns(people: Iterable<Person>, from: Instant, days: number, shown: Instant): Roster {
  const shownByNight = Math.floor((shown - from - 8 * hour) / half) % 2 !== 0
  const seen = new Map<string, number>()
  const put = [...people]
    .filter((person) => takesPart(person.role))
    .flatMap((person) => {
      const nth = seen.get(person.post) ?? 0
      seen.set(person.post, nth + 1)
      const isVisitor = forVisitors.some((one) => one === person.id)
      // The watch is never empty: whoever is no visitor has its other half.
      const ordinary = person.post === 'command' ? !shownByNight : !person.onDuty || byNight(nth)
      const night = isVisitor ? shownByNight : ordinary
      const start = from - 4 * hour + (night ? 0 : half)
      return Array.from({ length: days + 1 }, (_, day) => ({
        id: ShiftId.parse(`demo-${person.id}-${day}`),
        personId: person.id,
        post: person.post,
        placeId: person.placeIds[0]!,
        from: start + day * 2 * half,
        to: start + day * 2 * half + half,
      }))
    })
  return { type: 'roster', put, drop: [] }
}

/** 林芳 asks 李志强， who may be the one looking at the phone. */
export const swapAsked = (day: number): KeepingWish => ({
  type: 'swap',
  shift: ShiftId.parse(`demo-linf-${day}`),
  with: 'li' as PersonId,
  reason: '孩子看病，想请你替明天的班',
})

/** The night's last word to the day, with what is still open. */
export const noteOf = (placeId: PlaceId, cases: CaseId[]): KeepingWish => ({
  type: 'hand-over',
  id: HandOverId.parse('demo-night'),
  placeId,
  note: '夜里两起飞线充电已劝离，桥一 003 号棚的闸刀还没换，白班请盯一下物业。',
  cases,
})

/** Hot work that everybody knows of, and a camera that took the sun for fire three mornings running. */
export const windowsOf = (now: Instant, placeId: PlaceId, cameraId: string): KeepingWish[] => [
  {
    type: 'open-window',
    window: {
      id: WindowId.parse('demo-hot-work'),
      kind: 'control',
      placeId,
      matter: 'smoke',
      from: now + 2 * hour,
      until: now + 4 * hour,
      reason: '桥二 12 号楼屋面动火作业，已报备',
    },
  },
  {
    type: 'open-window',
    window: {
      id: WindowId.parse('demo-sunlight'),
      kind: 'shelved',
      cameraId: cameraId as never,
      matter: 'shop-spill',
      from: now - hour,
      until: now + 6 * hour,
      reason: '正对玻璃幕墙，连续三天把反光报成出店，待调角度',
    },
  },
]
