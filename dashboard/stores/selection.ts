// Where the finger is: one case and one place, the same for list, map and detail.
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { CaseId, PlaceId } from '#contract/ids'

export const useSelection = defineStore('selection', () => {
  const caseId = ref<CaseId | null>(null)
  const placeId = ref<PlaceId | null>(null)

  function select(id: CaseId | null) {
    caseId.value = id
  }
  function selectPlace(id: PlaceId | null) {
    placeId.value = id
  }
  return { caseId, placeId, select, selectPlace }
})
