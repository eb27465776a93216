// What one case says of another: likely the same, or not the same. Each said on both, so that neither has to be asked for the other.
import type { Besides, Candidate, Case } from '#contract/case'
import type { CaseId } from '#contract/ids'

/** Who says which reports are one case, and which are not. */
export const whoRelates = ['duty-officer', 'chief'] as const

/** Null where none is left. */
const listed = <T>(list: readonly T[]): T[] | null => (list.length > 0 ? [...list] : null)

/** No longer shown as likely the same as these; absent where it was not. */
export function notLikely({ candidates }: Pick<Case, 'candidates'>, ids: readonly CaseId[]): Besides {
  return candidates?.some(({ caseId }) => ids.includes(caseId))
    ? { candidates: listed(candidates.filter(({ caseId }) => !ids.includes(caseId))) }
    : {}
}

/** Never joined with these again by itself, nor shown as likely the same. */
export const keptApart = (current: Pick<Case, 'apart' | 'candidates'>, ids: readonly CaseId[]): Besides => ({
  ...notLikely(current, ids),
  apart: [...new Set([...(current.apart ?? []), ...ids])],
})

/** A person said otherwise since. */
export const notApart = ({ apart }: Pick<Case, 'apart'>, ids: readonly CaseId[]): CaseId[] | null =>
  listed((apart ?? []).filter((id) => !ids.includes(id)))

export const likelyOf = (candidates: readonly Candidate[]): Candidate[] | null => listed(candidates)

export const areApart = (one: Pick<Case, 'id' | 'apart'>, other: Pick<Case, 'id' | 'apart'>): boolean =>
  (one.apart?.includes(other.id) ?? false) || (other.apart?.includes(one.id) ?? false)
