// A no of the server as a person reads it: its own sentence, which names what is wrong; where it said none, that of the closed list.
import type { Instant } from '#contract/ids'
import { refusals, type Refusal } from '#contract/refusal'
import { sayLine } from '../words/line.ts'
import { saySignIn } from '../words/sign-in.ts'
import { timeOf } from '../words/times.ts'
import { sayLife } from '../words/wall-life.ts'
import { inWords } from '../words/words.ts'

/** `torn`: what came has a hole in it. */
export type No = { ok: false; refusal: Refusal | 'unreachable' | 'torn'; words: string | null; until?: Instant }

export function noInWords(no: No): string {
  const words = wordsOf(no)
  return no.until === undefined ? words : saySignIn('waitsUntil', { words, time: timeOf(no.until) })
}

function wordsOf({ refusal, words }: No): string {
  if (refusal === 'unreachable') return sayLine('unreachable')
  if (refusal === 'torn') return sayLife('past.torn')
  return words ?? (refusal in refusals ? inWords(refusals[refusal]) : sayLine('unreachable'))
}
