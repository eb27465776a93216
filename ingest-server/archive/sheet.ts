// What the archive looks cases up by, drawn from them the same way for every body.
import type { Case } from '#contract/case'
import type { CaseFacts } from '#contract/case-facts'
import type { EvidenceId, Instant } from '#contract/ids'

/** All words of a case that somebody may look for, in small letters. */
export const wordsOf = ({ id, matter, sources, steps }: Case): string =>
  [id, matter, ...sources.map(({ text }) => text), ...steps.flatMap(({ reason, note }) => [reason, note])]
    .filter((word) => word !== undefined)
    .join('\n')
    .toLowerCase()

export const picturesOf = ({ sources, photos }: Case): EvidenceId[] => [
  ...new Set([...photos.map(({ evidence }) => evidence), ...sources.flatMap(({ evidence }) => evidence)]),
]

/** When the first and the last thing of it was decided; null where nothing was. */
export function decidedWithin(facts: CaseFacts): [Instant, Instant] | null {
  const times = [...Object.values(facts.verdicts), ...Object.values(facts.passages)].map(({ at }) => at)
  return times.length > 0 ? [Math.min(...times), Math.max(...times)] : null
}
