// What of the board one audience may see: filtered by place and masked by role, before anything reaches the line.
import { covers, sees, seesAnything } from '../case-engine/scope.ts'
import type { Case, CaseSource, Step } from '#contract/case'
import type { Duty, Window } from '#contract/duty'
import type { Ground } from '#contract/ground'
import type { PlaceId } from '#contract/ids'
import type { Tally } from '#contract/patch'
import type { Person, Viewer } from '#contract/person'
import type { Role } from '#contract/roles'
import { withoutReasons } from './line-reasons.ts'
import { withoutHouseholds } from './line-households.ts'

/** Everybody who is shown the very same: one filter, one mask, one encoding for all of them. */
export interface Audience {
  /** Equal for two viewers exactly where they may see the same. */
  key: string
  role: Role
  placeIds: readonly PlaceId[]
}

/** Two stand-ins for "could they see a case anywhere?": an empty path is seen only by those who see all. */
export const seesEverything = (audience: Pick<Audience, 'role'>): boolean =>
  sees({ role: audience.role, placeIds: [] }, { path: [] })

export function audienceOf({ role, placeIds }: Pick<Viewer, 'role' | 'placeIds'>): Audience {
  if (seesEverything({ role }) || !seesAnything(role)) return { key: role, role, placeIds: [] }
  const sorted = [...new Set(placeIds)].sort()
  return { key: `${role} ${sorted.join(' ')}`, role, placeIds: sorted }
}

export const visibleTo = (audience: Audience, subject: Pick<Case, 'path'>): boolean => sees(audience, subject)

/**
 * The case as this audience may read it. A wall hangs where anybody stands: what a resident wrote, what staff noted about it,
 * and the way to the resident's name stay off it, and so does who voted how. Phone numbers are in no case at all.
 */
export function maskFor(audience: Pick<Audience, 'role'>, subject: Case): Case {
  if (audience.role !== 'wall') return subject
  return withoutHouseholds(isPersonal(subject) ? withoutWords(subject) : subject)
}

const isPersonal = (subject: Case): boolean =>
  subject.reporterRef !== undefined || subject.sources.some((source) => source.kind === 'service-ticket')

function withoutWords({ reporterRef: _withheld, ...whole }: Case): Case {
  const subject = withoutReasons(whole)
  return { ...subject, sources: subject.sources.map(withoutText), steps: subject.steps.map(withoutNote) }
}

function withoutText(source: CaseSource): CaseSource {
  if (source.kind !== 'service-ticket') return source
  const { text: _text, reporterRef: _way, ...rest } = source
  return rest
}

function withoutNote({ note: _note, reason: _reason, ...step }: Step): Step {
  return step
}

/** The half hours, cut down to the street-blocks the audience answers for as a whole. */
export function talliesFor(audience: Audience, tallies: Iterable<Tally>, ground: Pick<Ground, 'pathOf'>): Tally[] {
  if (seesEverything(audience)) return [...tallies]
  return [...tallies].flatMap((tally) => {
    const opened = Object.entries(tally.opened).filter(([block]) =>
      covers(audience.placeIds, ground.pathOf(block as PlaceId)),
    )
    return opened.length > 0 ? [{ at: tally.at, opened: Object.fromEntries(opened) }] : []
  })
}

/** Ground that is mine, lies in mine, or mine in it. What stood on a map that is no more is nobody's. */
const isShared = (audience: Audience, place: PlaceId | undefined, ground: Pick<Ground, 'pathOf'>): boolean =>
  place !== undefined &&
  (covers(audience.placeIds, ground.pathOf(place)) ||
    audience.placeIds.some((own) => ground.pathOf(own).includes(place)))

/** As much of the ground as decides who sees what. */
export type SeenGround = Pick<Ground, 'pathOf' | 'cameras' | 'facilities'>

/**
 * The turns and notes of shared ground, and the windows: a case that is kept quiet is to be understood wherever it is seen.
 * What staff write to each other stays off the wall.
 */
export function dutyFor(audience: Audience, duty: Duty, ground: SeenGround): Duty {
  if (audience.role === 'wall')
    return { ...duty, handOvers: [], shifts: duty.shifts.map(({ swap: _asked, ...shift }) => shift) }
  if (seesEverything(audience)) return duty
  if (!seesAnything(audience.role)) return { shifts: [], handOvers: [], windows: [] }
  return {
    shifts: duty.shifts.filter((shift) => isShared(audience, shift.placeId, ground)),
    handOvers: duty.handOvers.filter((note) => isShared(audience, note.placeId, ground)),
    windows: duty.windows.filter((window) => isShared(audience, groundOf(window, ground), ground)),
  }
}

/** A window that names no place hangs on a thing that stands somewhere: its reason is for whose ground that is. */
const groundOf = (
  { placeId, facilityId, cameraId }: Window,
  { facilities, cameras }: SeenGround,
): PlaceId | undefined =>
  placeId ?? (facilityId && facilities.get(facilityId)?.placeId) ?? (cameraId && cameras.get(cameraId)?.placeId)

/** Those whose ground is mine, lies in mine, or mine in theirs: whom I may send, and who may send me. */
export const peopleFor = (audience: Audience, people: Iterable<Person>, ground: Pick<Ground, 'pathOf'>): Person[] =>
  [...people].filter(
    (person) =>
      seesEverything(audience) ||
      person.placeIds.some((place) => covers(audience.placeIds, ground.pathOf(place))) ||
      audience.placeIds.some((place) => covers(person.placeIds, ground.pathOf(place))),
  )

/** Does this spot, given by its leaf, lie on the audience's ground? */
export const standsIn = (audience: Audience, leaf: PlaceId | null, ground: Pick<Ground, 'pathOf'>): boolean =>
  seesEverything(audience) || (leaf !== null && covers(audience.placeIds, ground.pathOf(leaf)))
