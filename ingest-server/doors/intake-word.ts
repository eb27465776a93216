// What a platform says of an order it gave us, carried to the case the order is now.
import { hash } from 'node:crypto'
import { ofKind, waitingFor } from '#contract/asks'
import type { Case } from '#contract/case'
import type { CaseWish } from '#contract/command'
import type { CommandId, SourceId } from '#contract/ids'
import type { Outcome } from '#contract/outcome'
import type { Refusal } from '#contract/refusal'
import { scrubbed } from '#contract/personal-numbers'
import type { Desk } from '../desk/port.ts'
import type { Source } from '../records/port.ts'
import type { Item, No, Word } from './vendors/reading.ts'

export interface OrdersFound {
  /** What this order of this source is now, on the board or archived; null where it never came, or nobody has it any more. */
  find(sourceId: SourceId, orderNo: string): Promise<Case | null>
  /** The case it was here, where that has left the board. */
  gone?(sourceId: SourceId, orderNo: string): Promise<Case | null>
  /** What the source is called, where it speaks for a platform above that is told of our cases. */
  above?(sourceId: SourceId): string | undefined
}

const longest = 128

/** Resolves with the outcome, or with why it could not even be asked. */
export async function submitWord(
  { about, id, word: given }: Item & { kind: 'word' },
  { source, commandId }: { source: Pick<Source, 'id'>; commandId?: CommandId | undefined },
  { desk, orders }: { desk: Pick<Desk, 'submit'>; orders?: OrdersFound | undefined },
): Promise<Outcome | (No & { ok: false })> {
  const word = given.text === undefined ? given : { ...given, text: scrubbed(given.text) }
  const current = orders ? await orders.find(source.id, about) : null
  if (!current) return { ok: false, refusal: 'case-not-found', words: unknownOrder(about) }
  const wish = wishOf(word, current)
  if (!wish) return { ok: false, refusal: 'request-unknown' }
  // Changed under the same id it is another word; a hash of a phone number could be guessed back, so none is in it.
  const own = `${source.id}:${id}:${hash('sha256', JSON.stringify(word)).slice(0, 16)}`
  const name = commandId ?? (own.length <= longest - 5 ? own : `long:${hash('sha256', own)}`)
  const above = orders?.above?.(source.id)
  const submit = (wished: CaseWish, suffix = '') =>
    desk.submit({
      ...{ id: `${name}${suffix}` as CommandId, by: { kind: 'source', id: source.id }, wish: wished },
      ...(above !== undefined && { above }),
    })
  const outcome = await submit(wish)
  if (outcome.ok || wish.type !== 'urge' || !isNotNow[outcome.refusal]) return outcome
  // Nobody can be called now, but that they asked again is not lost.
  return submit({ type: 'note', caseId: current.id, note: `催单：${wish.reason}` }, ':note')
}

const isNotNow: Partial<Record<Refusal, true>> = {
  'already-so': true,
  'stage-not-allowed': true,
  'case-held': true,
  'appeal-waiting': true,
}

const unknownOrder = (orderNo: string) => ({
  zh: `工单「${orderNo}」没有派给我们，或已清除，请先派单再发后续消息。`,
  en: `Order ${orderNo} was never given to us, or is gone: send the order before what is said of it.`,
})

/** Null where it answers what nobody asked. What was answered before is named again: the same command gets the same answer. */
function wishOf(word: Word, current: Case): CaseWish | null {
  const { id: caseId } = current
  switch (word.says) {
    case 'urge':
      return { type: 'urge', caseId, reason: word.text }
    case 'add':
      return { type: 'note', caseId, note: word.text }
    case 'callback':
      return { type: 'callback', caseId, fixed: word.fixed, stars: word.stars, note: word.text }
    case 'answer': {
      const { asks, text: reason } = word
      const request =
        asks.map((ask) => waitingFor(current, ask)).find((one) => one !== undefined) ??
        asks.flatMap((ask) => ofKind(current, ask)).at(-1)
      return request ? { type: word.yes ? 'approve' : 'reject', caseId, request: request.id, reason } : null
    }
    default:
      return word satisfies never
  }
}
