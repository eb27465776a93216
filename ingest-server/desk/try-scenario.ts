// A changed scenario tried on a past span of the journal, in slices; only the lines that matter to it are read in full.
import { openDryRun } from '../case-engine/dry-run.ts'
import type { Known } from '../case-engine/known.ts'
import type { DryRun } from '#contract/dry-run'
import type { Instant } from '#contract/ids'
import type { Language } from '#contract/language'
import type { Scenario } from '#contract/scenario'
import { soundEntry } from '../journal/chain.ts'
import type { Journal } from '../journal/journal.ts'
import { breathing } from './breathing.ts'
import type { Breath } from './breathing.ts'
import type { Past } from './past.ts'

export interface Trying extends Breath {
  journal: Pick<Journal, 'read' | 'revisionAt'>
  past: Pick<Past, 'boardAt'>
  known: Known
}

export interface TriedSpan {
  scenario: Scenario
  from: Instant
  /** Without it. */
  to: Instant
  /** Of the sentences in the answer. */
  language: Language
}

/** What a line must have in its text to be of any meaning here: a report, an end, a turn, a window. */
const telling = /"type":"(?:report|rostered|windowed)"|"stage":"(?:closed|void)"/

/** Rejects with the signal's reason where nobody waits any more. Throws where the scenario cannot stand beside the others. */
export async function tryScenario(
  { journal, past, known, ...breath }: Trying,
  span: TriedSpan,
  signal?: AbortSignal,
): Promise<DryRun> {
  const [first, last] = [await journal.revisionAt(span.from - 1), await journal.revisionAt(span.to - 1)]
  const { board } = await past.boardAt({ revision: first }, signal)
  const run = openDryRun(span, known, board)
  const breathe = breathing(breath, signal)
  for await (const line of journal.read(first, last)) {
    // Not held against the chain: nothing that comes of it is kept.
    if (telling.test(line.text)) run.take(soundEntry(line))
    const rest = breathe()
    if (rest) await rest
  }
  return run.answer(span.language)
}
