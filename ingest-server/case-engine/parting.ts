// Sources that leave a case: how bad, how sure and where it is by what is left, and which of its clocks no longer concern it.
import type { Besides, Case, CaseSource, Step } from '#contract/case'
import type { Event } from '#contract/event'
import type { CaseId } from '#contract/ids'
import { isOpen } from '#contract/stage'
import { keptApart } from './apart.ts'
import { evolve } from './evolve.ts'
import type { Known } from './known.ts'
import { quiet } from './ladder.ts'
import { notMeantAnyMore } from './limits.ts'
import { scenarioOf } from './scenario-book.ts'
import { leftWith } from './worst-of.ts'

/**
 * Whoever has it in hand keeps it, whoever was told of it stays told. `to`: the case they go to, never to be joined with this one again.
 * `set`: what else is written with it.
 */
export function parted(
  current: Case,
  keys: readonly string[],
  to: CaseId,
  step: Step,
  known: Known,
  set: Besides = {},
): Event[] {
  const left = current.sources.filter((source) => !keys.includes(source.key))
  const less = leftWith(current, left, known)
  const isQuiet = isOpen(current.stage) && less.unsure && !current.unsure
  const event: Extract<Event, { type: 'unsourced' }> = {
    type: 'unsourced',
    caseId: current.id,
    keys: [...keys],
    to,
    step,
    ...less,
    ...(left[0] && left[0] !== current.sources[0] && { at: whereIs(left[0], current, known) }),
    set: { ...keptApart(current, [to]), ...(isQuiet && quiet(current)), ...set },
  }
  const after = evolve(current, event, step.at)
  const clocks = notMeantAnyMore(after, scenarioOf(after, known), step.at)
  return [event, ...(clocks.length > 0 ? [{ type: 'marked' as const, caseId: current.id, clocks }] : [])]
}

/** Where a source puts its case, found as it was found the first time; where the map has changed since, the case stays where it is. */
export function whereIs(source: CaseSource, current: Case, { ground }: Known): Pick<Case, 'wgs84' | 'path'> {
  const { wgs84, foundBy, facilityId, cameraId } = source
  const placeId =
    foundBy === 'point'
      ? undefined
      : ((facilityId && ground.facilities.get(facilityId)?.placeId) ??
        (cameraId && ground.cameras.get(cameraId)?.placeId))
  const leaf = foundBy === 'place' ? null : (placeId ?? ground.leafAt(wgs84))
  return { wgs84, path: leaf ? ground.pathOf(leaf) : current.path }
}
