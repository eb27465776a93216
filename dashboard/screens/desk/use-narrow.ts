// The lists narrowed to one place, one person, one camera or one thing; a level I is seen through every narrowing.
import { computed, shallowRef } from 'vue'
import type { ComputedRef } from 'vue'
import type { Case } from '#contract/case'
import type { CameraId, FacilityId, PersonId, PlaceId } from '#contract/ids'
import { useSelection } from '../../stores/selection.ts'
import { airy, personName, placeName } from './facts.ts'
import type { Facts } from './facts.ts'

export type Narrow =
  | { to: 'place'; id: PlaceId }
  | { to: 'person'; id: PersonId }
  | { to: 'camera'; id: CameraId }
  | { to: 'facility'; id: FacilityId }

/** What a narrowed list shows. Who signs for a level I is not asked what they were looking for. */
export const isWithin = (narrow: Narrow | null, subject: Case): boolean =>
  narrow === null || (subject.level === 1 && !subject.unsure) || fits(narrow, subject)

function fits(narrow: Narrow, subject: Case): boolean {
  switch (narrow.to) {
    case 'place':
      return subject.path.includes(narrow.id)
    case 'person':
      return subject.holder?.personId === narrow.id || subject.handlers.includes(narrow.id)
    case 'camera':
      return subject.sources.some(({ cameraId }) => cameraId === narrow.id)
    case 'facility':
      return subject.facilityId === narrow.id
    default:
      return narrow satisfies never
  }
}

/** `isWithin` without the exception: is there anything of it at all? */
export const isOf = fits

export function useNarrow(facts: ComputedRef<Facts>) {
  const selection = useSelection()
  const other = shallowRef<Exclude<Narrow, { to: 'place' }> | null>(null)
  /** The place is the screens' own selection: the map is told of it too. */
  const narrow = computed<Narrow | null>(
    () => other.value ?? (selection.placeId ? { to: 'place', id: selection.placeId } : null),
  )
  function set(next: Narrow | null) {
    other.value = next && next.to !== 'place' ? next : null
    selection.selectPlace(next?.to === 'place' ? next.id : null)
  }
  const words = computed(() => (narrow.value ? named(facts.value, narrow.value) : ''))
  return { narrow, words, set }
}

function named(facts: Facts, narrow: Narrow): string {
  switch (narrow.to) {
    case 'place':
      return airy(placeName(facts, narrow.id))
    case 'person':
      return personName(facts, narrow.id)
    case 'camera':
      return facts.cameras.get(narrow.id)?.name ?? narrow.id
    case 'facility':
      return airy(facts.facilities.get(narrow.id)?.name ?? narrow.id)
    default:
      return narrow satisfies never
  }
}
