// Where the finger is: one case, one place, one moment, the same for list, map and detail.
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { CaseId, Instant, PlaceId } from '#contract/ids'

export const useSelection = defineStore('selection', () => {
  const caseId = ref<CaseId | null>(null)
  const placeId = ref<PlaceId | null>(null)
  /** A past moment that is looked at; null: now. */
  const moment = ref<Instant | null>(null)

  function select(id: CaseId | null) {
    caseId.value = id
  }
  function selectPlace(id: PlaceId | null) {
    placeId.value = id
  }
  function selectMoment(at: Instant | null) {
    moment.value = at
  }
  return { caseId, placeId, moment, select, selectPlace, selectMoment }
})
