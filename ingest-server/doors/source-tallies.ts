// How many reports of each source were taken and how many refused, since this start.
import type { SourceId } from '#contract/ids'

export interface SourceTallies {
  add(id: SourceId, taken: boolean): void
  of(id: SourceId): { taken: number; refused: number }
}

export function openSourceTallies(): SourceTallies {
  const tallies = new Map<SourceId, { taken: number; refused: number }>()
  return {
    add(id, taken) {
      const tally = tallies.get(id) ?? { taken: 0, refused: 0 }
      tallies.set(id, tally)
      if (taken) tally.taken++
      else tally.refused++
    },
    of: (id) => ({ ...(tallies.get(id) ?? { taken: 0, refused: 0 }) }),
  }
}
