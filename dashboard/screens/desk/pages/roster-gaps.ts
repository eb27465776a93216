// Where the roster leaves a post empty that somebody must hold.
import type { Shift } from '#contract/duty'
import type { Instant, PlaceId } from '#contract/ids'
import type { Coverage } from '#contract/responsibility'
import type { Post } from '#contract/roles'
import { dayMs, dayStart } from '../../../words/moments.ts'
import { isKin } from './place-names.ts'
import type { RosterKnown } from './roster-week.ts'

export interface Gap {
  placeId: PlaceId
  post: Post
  from: Instant
  to: Instant
  /** How many stand there, and how many must. */
  have: number
  least: number
}

/** Between two moments, place by place; stretches that touch are one. */
export function gapsOf(known: RosterKnown, coverage: readonly Coverage[], from: Instant, to: Instant): Gap[] {
  if (from >= to) return []
  return coverage.flatMap((rule) =>
    [...known.places.values()]
      .filter((place) => place.level === rule.level)
      .flatMap((place) => gapsAt(known, rule, place.id, from, to)),
  )
}

function gapsAt(known: RosterKnown, rule: Coverage, placeId: PlaceId, from: Instant, to: Instant): Gap[] {
  const turns = known.shifts.filter(
    (shift) =>
      known.people.get(shift.personId)?.post === rule.post &&
      shift.to > from &&
      shift.from < to &&
      isKin(known.places, shift.placeId, placeId),
  )
  // Who has no turn at all is on duty by the account's own word, day and night.
  const planned = new Set(known.shifts.map((shift) => shift.personId))
  const always = [...known.people.values()].filter(
    (one) =>
      one.post === rule.post &&
      one.onDuty &&
      !planned.has(one.id) &&
      one.placeIds.some((lies) => isKin(known.places, lies, placeId)),
  ).length
  const asked = hoursOf(rule, from, to)
  const edges = [...new Set([...turns.flatMap((turn) => [turn.from, turn.to]), ...asked.flat(), from, to])]
    .filter((edge) => edge >= from && edge <= to)
    .sort((a, b) => a - b)
  const gaps: Gap[] = []
  edges.slice(1).forEach((until, i) => {
    const since = edges[i] as Instant
    if (!asked.some(([start, end]) => start <= since && until <= end)) return
    const have = always + countOn(turns, since)
    if (have >= rule.least) return
    const last = gaps.at(-1)
    if (last && last.to === since && last.have === have) last.to = until
    else gaps.push({ placeId, post: rule.post, from: since, to: until, have, least: rule.least })
  })
  return gaps
}

const countOn = (turns: readonly Shift[], at: Instant): number =>
  new Set(turns.filter((turn) => turn.from <= at && at < turn.to).map((turn) => turn.personId)).size

/** The stretches in which the rule asks for somebody; without hours it always does. */
function hoursOf(rule: Coverage, from: Instant, to: Instant): [Instant, Instant][] {
  if (!rule.hours) return [[from, to]]
  const stretches: [Instant, Instant][] = []
  for (let day = dayStart(from); day < to; day += dayMs)
    for (const [start, end] of rule.hours) stretches.push([day + start * 60_000, day + end * 60_000])
  return stretches
}
