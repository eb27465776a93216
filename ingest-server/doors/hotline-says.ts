// What a 12345 platform is told of its own orders: every step it asks for, in its order, and nobody's name.
import type { Request } from '#contract/approval'
import type { Case, Step } from '#contract/case'
import type { Limit } from '#contract/clock'
import type { CaseId, Instant, PersonId, RequestId, SourceId } from '#contract/ids'
import type { Disposition } from '#contract/stage'
import { scrubbed } from '#contract/personal-numbers'
import { orderNosOf } from './hotline-orders.ts'

/**
 * signed 签收 · contacted 先行联系 · assigned 派遣 · handling 处置中 · on-site 到场 · handled 处置完毕 · answered 办结答复 · voided 不予受理/退单 · merged 并入另一件；
 * extension-asked 延期申请 · return-asked 退单申请 · ask-withdrawn 撤回 · held 挂账 · urge-answered 催单回复 · reopened 重新办理.
 */
type HotlineSays =
  | 'signed'
  | 'contacted'
  | 'assigned'
  | 'handling'
  | 'on-site'
  | 'handled'
  | 'answered'
  | 'voided'
  | 'merged'
  | 'extension-asked'
  | 'return-asked'
  | 'ask-withdrawn'
  | 'held'
  | 'urge-answered'
  | 'reopened'

export interface HotlineMessage {
  /** The same step of the same order has the same id for ever. */
  messageId: string
  orderNo: string
  caseId: CaseId
  what: HotlineSays
  /** ISO 8601, UTC. */
  at: string
  /** As staff wrote it, without phone and identity-card numbers. */
  text?: string
  /** Who has it: the body, never a person. */
  unit?: string
  disposition?: Disposition
  /** Of an extension. */
  longer?: Limit
  /** Of a hold. */
  until?: string
  /** Which of our requests it is. */
  request?: RequestId
  /** The case it goes on in. */
  into?: CaseId
}

type Said = Omit<HotlineMessage, 'messageId' | 'orderNo' | 'caseId' | 'at'>
type Told = { at: Instant; key: string; said: Said }

const steps: Partial<Record<Step['verb'], HotlineSays>> = {
  accept: 'signed',
  contact: 'contacted',
  dispatch: 'assigned',
  take: 'handling',
  arrive: 'on-site',
  finish: 'handled',
  close: 'answered',
  void: 'voided',
  merge: 'merged',
  answer: 'urge-answered',
  reopen: 'reopened',
}

/** Only of those steps that stand for everybody in it: that this very caller was spoken to is not said of who came later. */
const notOfOthers: Partial<Record<HotlineSays, true>> = { contacted: true, 'urge-answered': true, merged: true }

interface Changed {
  before: Case | null
  now: Case
}

/**
 * In their order; `[]` where the case is none of this source's orders or nothing changed that it asks for. `bodyOf`: whose body a person
 * stands for. An order that joined a case that was there before is told how far that has come.
 */
export function hotlineMessages(
  { before, now }: Changed,
  sourceId: SourceId,
  bodyOf: (id: PersonId) => string | undefined,
): HotlineMessage[] {
  const orders = orderNosOf(now, sourceId)
  if (orders.length === 0) return []
  const known = new Set(before ? orderNosOf(before, sourceId) : [])
  const fresh = toldSince(now, before, bodyOf)
  const joined = before !== null && orders.some((orderNo) => !known.has(orderNo)) ? toldSince(now, null, bodyOf) : []
  return orders.flatMap((orderNo) => {
    const told = before && !known.has(orderNo) ? joined.filter(({ said }) => !notOfOthers[said.what]) : fresh
    return told.map(({ at, key, said }) => ({
      messageId: `${now.id}/${key}/${orderNo}`,
      ...{ orderNo, caseId: now.id, at: new Date(at).toISOString() },
      ...said,
    }))
  })
}

function toldSince(now: Case, before: Case | null, bodyOf: (id: PersonId) => string | undefined): Told[] {
  const from = before?.steps.length ?? 0
  const done = now.steps.slice(from).flatMap((step, i) => ofStep(step, from + i, now, bodyOf))
  // What falls away is taken back before the step that let it fall.
  return [...ofRequests(now, before), ...done, ...ofHold(now, before)].toSorted((a, b) => a.at - b.at)
}

function ofStep(step: Step, nth: number, now: Case, bodyOf: (id: PersonId) => string | undefined): Told[] {
  const what = steps[step.verb]
  if (!what) return []
  // Of two that were made one, the one that is gone says so; the other's story goes on by itself.
  if (what === 'merged' && now.mergedInto === undefined) return []
  // The case that came back speaks of it; the one before has ended.
  if (what === 'reopened' && now.lineage?.how !== 'reopened') return []
  const text = textOf(step, now)
  const unit = step.to ? bodyOf(step.to) : now.holder && bodyOf(now.holder.personId)
  const said: Said = {
    what,
    ...(text && { text: scrubbed(text) }),
    ...(unit && (what === 'assigned' || what === 'handling') && { unit }),
    ...((what === 'answered' || what === 'voided') && now.disposition && { disposition: now.disposition }),
    ...(what === 'merged' && now.mergedInto && { into: now.mergedInto }),
  }
  return [{ at: step.at, key: `${nth}`, said }]
}

/** 办结答复 says what was done, as whoever did it wrote it. */
function textOf(step: Step, { steps: all }: Case): string {
  const done = step.verb === 'close' ? all.findLast(({ verb }) => verb === 'finish')?.note : undefined
  return [done, step.note, step.reason].filter(Boolean).join('；')
}

/** A request that fell away because the case went on is taken back, too: else the platform would still weigh it. */
function ofRequests({ requests = [] }: Case, before: Case | null): Told[] {
  return requests.flatMap((request) => {
    const was = before?.requests?.find(({ id }) => id === request.id)
    const { answer } = request
    // Whoever joins late is asked only what still waits.
    const asked = was || (!before && answer) ? [] : askedOf(request)
    const isBack = before && answer && 'withdrawn' in answer && !was?.answer && request.what !== 'hold'
    const back: Told[] = isBack
      ? [{ at: answer.at, key: `${request.id}-withdrawn`, said: { what: 'ask-withdrawn', request: request.id } }]
      : []
    return [...asked, ...back]
  })
}

function askedOf({ id, what, at, reason, longer, disposition }: Request): Told[] {
  const text = scrubbed(reason)
  switch (what) {
    case 'extend':
      return [{ at, key: id, said: { what: 'extension-asked', request: id, text, ...(longer && { longer }) } }]
    case 'appeal':
    case 'void':
      return [{ at, key: id, said: { what: 'return-asked', request: id, text, ...(disposition && { disposition }) } }]
    case 'hold':
      return []
    default:
      return what satisfies never
  }
}

function ofHold({ held }: Case, before: Case | null): Told[] {
  if (!held || before?.held?.since === held.since) return []
  const until = new Date(held.until).toISOString()
  return [{ at: held.since, key: `held-${held.since}`, said: { what: 'held', text: scrubbed(held.reason), until } }]
}
