// What nobody understood: sorted and counted by why and from whom, and its body set out to be read.
import type { QuarantineLabel, QuarantineWhole } from '#contract/quarantine'
import type { Refusal } from '#contract/refusal'
import type { SourceId } from '#contract/ids'

export interface Sieve {
  refusal: Refusal | ''
  sourceId: SourceId | 'nobody' | ''
  isOver: boolean
}
const senderOf = (row: Pick<QuarantineLabel, 'sourceId'>): SourceId | 'nobody' => row.sourceId ?? 'nobody'

/** What waits, or what was replayed; the newest first. */
export const sift = (rows: readonly QuarantineLabel[], { refusal, sourceId, isOver }: Sieve): QuarantineLabel[] =>
  rows
    .filter(
      (row) =>
        (row.replayed !== null) === isOver &&
        (!refusal || row.refusal === refusal) &&
        (!sourceId || senderOf(row) === sourceId),
    )
    .sort((a, b) => b.at - a.at)

export interface Tally<K> {
  key: K
  rows: number
}
/** The commonest first. */
function tally<K extends string>(keys: readonly K[]): Tally<K>[] {
  const counts = new Map<K, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts].map(([key, rows]) => ({ key, rows })).sort((a, b) => b.rows - a.rows)
}
export const byReason = (rows: readonly QuarantineLabel[]) => tally(rows.map((row) => row.refusal))
export const bySender = (rows: readonly QuarantineLabel[]) => tally(rows.map(senderOf))

/** The body as it is to be read; null where it is no text. Only how it is set out changes, never a word of it. */
export function readable(whole: QuarantineWhole): string | null {
  if ('masked' in whole) return whole.masked
  if (!('text' in whole)) return null
  return asJson(whole.text) ?? (/^\s*</.test(whole.text) ? asXml(whole.text) : whole.text)
}

function asJson(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    // Not JSON, or not whole: it is shown as it came.
    return null
  }
}

/** A line a tag, indented by how deep it lies; what stands between tags stays beside its tag. */
function asXml(text: string): string {
  let depth = 0
  const pieces = text.trim().split(/(?<=>)\s*(?=<)/)
  return pieces
    .map((piece) => {
      if (/^<\//.test(piece)) depth = Math.max(0, depth - 1)
      const line = '  '.repeat(depth) + piece
      const opens = /^<[^/?!]/.test(piece) && !/\/>$/.test(piece) && !/<\/[^>]+>$/.test(piece)
      if (opens) depth++
      return line
    })
    .join('\n')
}

/** The sender's own word, where the reason names it: 「smoke」. */
export const wordIn = (reason: string): string => /「([^」]+)」/.exec(reason)?.[1] ?? ''

/** A mapping would mend it: the sender's own word for something we know by another. */
export const mendedByMapping = (refusal: Refusal): 'matters' | 'cameras' | null =>
  refusal === 'matter-unknown' ? 'matters' : refusal === 'camera-unknown' ? 'cameras' : null
