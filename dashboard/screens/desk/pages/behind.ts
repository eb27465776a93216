// What stands behind a figure: its title, and the sets of cases that make it.
import type { CaseId } from '#contract/ids'
import { sayNav } from '../../../words/desk-nav.ts'

export interface Behind {
  title: string
  /** How it is reckoned, where that is not plain. */
  about?: string | undefined
  sets: { words: string; ids: readonly CaseId[] }[]
}

/** A share with both its lists, and what is in the second and not in the first, which is what one asks about. */
export function shareBehind(
  title: string,
  numerator: readonly CaseId[],
  denominator: readonly CaseId[],
  about?: string,
): Behind {
  const counted = new Set(numerator)
  return {
    title: `${title} ${numerator.length}/${denominator.length}`,
    about,
    sets: [
      { words: sayNav('set.counted'), ids: numerator },
      { words: sayNav('set.not'), ids: denominator.filter((id) => !counted.has(id)) },
      { words: sayNav('set.all'), ids: denominator },
    ],
  }
}

export const listBehind = (title: string, ids: readonly CaseId[], about?: string): Behind => ({
  title: `${title} ${ids.length}`,
  about,
  sets: [{ words: title, ids }],
})
