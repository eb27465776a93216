// When time itself has something to say about which case: an ordered index, so that asking costs nothing while nothing is due.
import type { Case } from '#contract/case'
import type { Clock } from '#contract/clock'
import type { CaseId, Instant } from '#contract/ids'
import { runs } from '#contract/ledger'

/** An ended case stays on the board for a day, then goes to the archive. */
export const dayOnBoard = 24 * 60 * 60_000

interface Alarm {
  at: Instant
  caseId: CaseId
}

/** A binary heap, soonest first. A case whose alarm moved leaves its old entry behind, known by `next` saying otherwise. */
export interface Alarms {
  next: Map<CaseId, Instant>
  heap: Alarm[]
}

export const noAlarms = (): Alarms => ({ next: new Map(), heap: [] })

/** The mark a running clock is due next: yellow, then red, then none. */
const alarmOf = (clock: Clock): Instant =>
  !runs(clock) || clock.overSaidAt !== undefined
    ? Infinity
    : clock.lateSaidAt === undefined
      ? clock.lateAt
      : clock.dueAt

/** Every time the record itself names, so that no scenario need be asked: what was set stays set, whatever becomes of the rules. */
const nextOf = (current: Case): Instant =>
  current.endedAt !== undefined
    ? current.endedAt + dayOnBoard
    : current.clocks.reduce(
        (soonest, clock) => Math.min(soonest, alarmOf(clock)),
        Math.min(
          current.acknowledged?.moveBy ?? Infinity,
          current.shelved?.until ?? current.calling?.at ?? Infinity,
          current.assignAt ?? Infinity,
          current.held?.until ?? Infinity,
          ...(current.orders ?? []).map(({ chaseAt = Infinity }) => chaseAt),
        ),
      )

/** To be told of every case put on the board or replaced there. */
export function setAlarm(alarms: Alarms, current: Case): void {
  const at = nextOf(current)
  if (alarms.next.get(current.id) === at) return
  alarms.next.delete(current.id)
  if (at === Infinity) return
  alarms.next.set(current.id, at)
  push(alarms.heap, { at, caseId: current.id })
  if (alarms.heap.length > 64 + 4 * alarms.next.size) rebuild(alarms)
}

export const dropAlarm = (alarms: Alarms, id: CaseId): boolean => alarms.next.delete(id)

/**
 * Every case whose time has come, soonest first, left in the index until the board says that its mark was made;
 * and when the next of the others comes, null where there is none.
 */
export function ring(alarms: Alarms, now: Instant): { rung: CaseId[]; nextAt: Instant | null } {
  while (alarms.heap[0] && !holds(alarms, alarms.heap[0])) pop(alarms.heap)
  const found: Alarm[] = []
  let next = Infinity
  const look = (i: number): void => {
    const alarm = alarms.heap[i]
    if (!alarm) return
    if (alarm.at > now) {
      next = Math.min(next, alarm.at)
      return
    }
    if (holds(alarms, alarm)) found.push(alarm)
    look(2 * i + 1)
    look(2 * i + 2)
  }
  look(0)
  const order = found.toSorted((a, b) => a.at - b.at || (a.caseId < b.caseId ? -1 : 1))
  return { rung: [...new Set(order.map((alarm) => alarm.caseId))], nextAt: next === Infinity ? null : next }
}

const holds = (alarms: Alarms, alarm: Alarm) => alarms.next.get(alarm.caseId) === alarm.at

function rebuild(alarms: Alarms): void {
  // A sorted list is a heap.
  alarms.heap = [...alarms.next].map(([caseId, at]) => ({ at, caseId })).toSorted((a, b) => a.at - b.at)
}

function push(heap: Alarm[], alarm: Alarm): void {
  let i = heap.length
  heap.push(alarm)
  while (i > 0) {
    const parent = (i - 1) >> 1
    const above = heap[parent]!
    if (above.at <= alarm.at) break
    heap[i] = above
    i = parent
  }
  heap[i] = alarm
}

function pop(heap: Alarm[]): void {
  const last = heap.pop()
  if (!last || heap.length === 0) return
  let i = 0
  for (;;) {
    const left = 2 * i + 1
    const child = (heap[left + 1]?.at ?? Infinity) < (heap[left]?.at ?? Infinity) ? left + 1 : left
    const below = heap[child]
    if (!below || below.at >= last.at) break
    heap[i] = below
    i = child
  }
  heap[i] = last
}
