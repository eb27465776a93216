// A file sent row by row to the house that runs, by the same road as everything else: told of each row what became of it.
import type { Instant } from '#contract/ids'
import type { Language } from '#contract/language'
import type { IntakeAnswer } from '#contract/outcome'
import type { Pieces } from './import-pieces.ts'
import type { Row } from '../doors/vendors/table-text.ts'

interface ImportNeeds {
  pieces: Pieces
  /** `http://127.0.0.1:8787`. */
  to: string
  key: string
  /** `table.hotline-export`, or `sanping` for our own reports. */
  dialect: string
  dryRun: boolean
  language: Language
  fetch: typeof fetch
  pause: (milliseconds: number) => Promise<void>
  stopped: () => boolean
  /** Each row once, in their order. */
  told: (row: ImportedRow) => void | Promise<void>
  progress: (done: number, all: number) => void
}

export type Fate = 'new' | 'joined' | 'repeated' | 'refused' | 'ignored'

export interface ImportedRow {
  line: number
  fate: Fate
  caseId: string
  refusal: string
  words: string
}

export interface Imported {
  fates: Record<Fate, number>
  /** The first line that was not sent; null where all were. */
  stoppedAt: number | null
  /** Why it went no further, where it was not asked to stop. */
  why: string | null
}

interface Answer {
  results: IntakeAnswer[]
  ignored: number
  ignoredAt?: number[]
}

const atATime = 500
/** The house may be restarted under it. */
const patience = 30
const passing = new Set(['overloaded', 'not-in-step', 'over-quota'])

/** Resolves when every row was told of, or where it stopped. Sent again the same file changes nothing. */
export async function importRows(needs: ImportNeeds): Promise<Imported> {
  const { pieces, told, progress } = needs
  const fates: Imported['fates'] = { new: 0, joined: 0, repeated: 0, refused: 0, ignored: 0 }
  const before = await revisionOf(needs)
  if (typeof before === 'string') return { fates, stoppedAt: pieces.rows[0]?.line ?? 1, why: before }
  const seen = new Set<string>()
  const left = [...pieces.rows].reverse()
  let failures = 0

  while (left.length > 0) {
    if (needs.stopped()) return { fates, stoppedAt: left.at(-1)!.line, why: null }
    const some = left.splice(-atATime).reverse()
    const sent = await send(some, needs)
    if (typeof sent !== 'object') {
      left.push(...some.reverse())
      if (++failures > patience) return { fates, stoppedAt: left.at(-1)!.line, why: sent }
      await needs.pause(1000)
      continue
    }
    if ('no' in sent) return { fates, stoppedAt: some[0]!.line, why: sent.no }
    failures = 0
    const again: Row[] = []
    for (const [row, answer] of aligned(some, sent.answer)) {
      if (answer && !answer.ok && passing.has(answer.refusal)) {
        again.push(row)
        continue
      }
      const fate = fateOf(answer, needs.dryRun ? -1 : before, seen)
      fates[fate]++
      await told({ line: row.line, fate, ...saidOf(answer) })
    }
    left.push(...again.reverse())
    progress(pieces.rows.length - left.length, pieces.rows.length)
    if (again.length > 0) await needs.pause(sent.retryAfter * 1000)
  }
  return { fates, stoppedAt: null, why: null }
}

/** Which answer is which row's: null for one that is none of ours. */
function aligned(rows: readonly Row[], { results, ignoredAt = [] }: Answer): [Row, IntakeAnswer | null][] {
  const skipped = new Set(ignoredAt)
  let next = 0
  return rows.map((row, at) => [row, skipped.has(at) ? null : (results[next++] ?? null)])
}

/** The same command has the same answer for ever: what stands on a line of the journal up to `before` was told before. */
function fateOf(answer: IntakeAnswer | null, before: number, seen: Set<string>): Fate {
  if (!answer) return 'ignored'
  if (!answer.ok) return 'refused'
  const isOld = answer.how === 'repeated' || seen.has(answer.commandId) || answer.revision <= before
  seen.add(answer.commandId)
  return isOld ? 'repeated' : answer.how === 'opened' ? 'new' : 'joined'
}

const saidOf = (answer: IntakeAnswer | null): Pick<ImportedRow, 'caseId' | 'refusal' | 'words'> =>
  !answer
    ? { caseId: '', refusal: '', words: '' }
    : answer.ok
      ? { caseId: answer.caseId ?? '', refusal: '', words: answer.why }
      : { caseId: '', refusal: answer.refusal, words: answer.words }

/** A text is why it may go well another time; `no` will not. */
async function send(
  rows: readonly Row[],
  { pieces, to, key, dialect, dryRun, language, fetch }: ImportNeeds,
): Promise<{ answer: Answer; retryAfter: number } | { no: string } | string> {
  const headers = {
    'content-type': pieces.contentType(rows),
    authorization: `Bearer ${key}`,
    'accept-language': language,
  }
  try {
    const url = `${to}/api/in/${dialect}${dryRun ? '?dry-run=1' : ''}`
    const response = await fetch(url, { method: 'POST', headers, body: pieces.body(rows) })
    const answer = (await response.json()) as Answer
    const [first] = answer.results ?? []
    if (!first && !answer.ignored) return `HTTP ${response.status}`
    // One answer for all of them is about none of them.
    if (first && !first.ok && answer.results.length + answer.ignored < rows.length)
      return passing.has(first.refusal) ? first.words : { no: first.words }
    if (first && !first.ok && first.refusal === 'source-unknown') return { no: first.words }
    return { answer, retryAfter: Number(response.headers.get('retry-after') ?? 1) }
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault)
  }
}

/** The line the journal stands at before the first row. */
async function revisionOf({ to, fetch }: Pick<ImportNeeds, 'to' | 'fetch'>): Promise<Instant | string> {
  try {
    const answer = (await (await fetch(`${to}/readyz`)).json()) as { revision?: unknown }
    return typeof answer.revision === 'number' ? answer.revision : `${to}/readyz`
  } catch (fault) {
    return `${to}: ${fault instanceof Error ? fault.message : String(fault)}`
  }
}
