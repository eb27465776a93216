// The life of a case as one table: which verb leads from where to where, who may, and what it needs.
import type { Scenario, Who } from '#contract/scenario'
import { stages } from '#contract/stage'
import type { Stage, Verb } from '#contract/stage'

export type Need =
  | 'assignee'
  | 'reason'
  | 'reason-unless-solved'
  | 'arrival'
  | 'photos'
  | 'other-person'
  | 'not-misdispatched'
  | 'granted'

export interface Transition {
  verb: Verb
  from: readonly Stage[]
  to: Stage
  /** A role may only within its places; the duty officer's are the whole sub-district. */
  who: readonly Who[]
  needs: readonly Need[]
}

const desk = ['duty-officer', 'chief'] as const

export const transitions: readonly Transition[] = [
  { verb: 'accept', from: ['reported'], to: 'accepted', who: desk, needs: [] },
  { verb: 'file', from: ['accepted'], to: 'filed', who: desk, needs: [] },
  { verb: 'dispatch', from: ['filed'], to: 'dispatched', who: desk, needs: ['assignee'] },
  { verb: 'take', from: ['dispatched'], to: 'handling', who: ['holder'], needs: [] },
  // Arriving is stamped, it moves nothing. Others who were told, and the brigade, are told of in receipts.ts.
  { verb: 'arrive', from: ['handling'], to: 'handling', who: ['holder'], needs: [] },
  { verb: 'finish', from: ['handling'], to: 'verification', who: ['holder'], needs: ['arrival', 'photos'] },
  { verb: 'verify', from: ['verification'], to: 'verified', who: desk, needs: ['other-person', 'photos'] },
  { verb: 'close', from: ['verified'], to: 'closed', who: desk, needs: ['reason-unless-solved', 'photos'] },
  // 回退: wrongly filed, wrongly sent, not done.
  { verb: 'return', from: ['accepted', 'filed'], to: 'reported', who: desk, needs: ['reason', 'not-misdispatched'] },
  { verb: 'return', from: ['dispatched', 'handling'], to: 'filed', who: ['holder', ...desk], needs: ['reason'] },
  { verb: 'return', from: ['verification', 'verified'], to: 'dispatched', who: desk, needs: ['reason', 'not-misdispatched'] }, // prettier-ignore
  // 作废: once it is in somebody's hand, only by a request that another grants.
  { verb: 'void', from: ['reported', 'accepted', 'filed'], to: 'void', who: desk, needs: ['reason'] },
  { verb: 'void', from: ['dispatched', 'handling', 'verification', 'verified'], to: 'void', who: desk, needs: ['granted'] }, // prettier-ignore
]

/** The house's rule, unless the scenario has its own for this verb. */
export const whoMay = (row: Transition, scenario: Pick<Scenario, 'who'> | undefined): readonly Who[] =>
  scenario?.who[row.verb] ?? row.who

/** Wishes that walk several steps, each checked and written as its own. */
const walks: Partial<Record<Verb, Partial<Record<Stage, readonly Verb[]>>>> = {
  dispatch: { reported: ['accept', 'file', 'dispatch'], accepted: ['file', 'dispatch'] },
  close: { verification: ['verify', 'close'] },
}

export const walkOf = (stage: Stage, verb: Verb): readonly Verb[] => walks[verb]?.[stage] ?? [verb]

const rows = new Map(transitions.flatMap((row) => row.from.map((from) => [`${row.verb} ${from}`, row] as const)))

export const rowOf = (stage: Stage, verb: Verb): Transition | undefined => rows.get(`${verb} ${stage}`)

/** How far along a stage is. */
export const rankOf = Object.fromEntries(stages.map((stage, i) => [stage, i])) as Record<Stage, number>

/** What a limit may start from on reaching a stage, however it was reached: sent back to 待接单 is being dispatched again. */
export const startedBy: Partial<Record<Stage, Verb | 'open'>> = {
  reported: 'open',
  accepted: 'accept',
  filed: 'file',
  dispatched: 'dispatch',
  handling: 'take',
  verification: 'finish',
  verified: 'verify',
}
