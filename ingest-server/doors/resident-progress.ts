// How a resident's report stands, in the words of the street and with nobody's name in it.
import type { Case, Step } from '#contract/case'
import type { Instant, ReporterRef } from '#contract/ids'
import type { Language, Words } from '#contract/language'
import type { ResidentProgress, ResidentState, ResidentStep } from '#contract/resident'
import { isOpen, type Stage } from '#contract/stage'

const states: Record<Stage, ResidentState> = {
  reported: 'received',
  accepted: 'received',
  filed: 'received',
  dispatched: 'arranged',
  handling: 'underway',
  verification: 'checking',
  verified: 'checking',
  closed: 'done',
  void: 'void',
}

const told: Partial<Record<Step['verb'], ResidentStep>> = {
  file: 'filed',
  dispatch: 'arranged',
  take: 'taken',
  arrive: 'arrived',
  finish: 'finished',
  verify: 'checked',
  close: 'closed',
  recover: 'closed',
  void: 'void',
  contact: 'contacted',
}

/** For whoever follows from outside: one sentence a state. */
export const sentences: Record<ResidentState, Words> = {
  received: { zh: '已收到，正在安排。', en: 'Received; somebody is being found.' },
  arranged: { zh: '已安排人，正在等接单。', en: 'Somebody has been asked to come.' },
  underway: { zh: '有人在办了。', en: 'Somebody is at work on it.' },
  held: { zh: '现在办不了，先挂着，到时候再办。', en: 'It cannot be done now and is put off to a day.' },
  checking: { zh: '说是办完了，正在核查。', en: 'It is said to be done and is being checked.' },
  done: { zh: '办结了，请您看看。', en: 'It is closed: please have a look.' },
  void: { zh: '这件没有往下办。', en: 'It was not taken further.' },
}

export const stateOf = ({ held, stage }: Pick<Case, 'held' | 'stage'>): ResidentState =>
  held && isOpen(stage) ? 'held' : states[stage]

/** The cases a report has been, the first of them first. `own`: which of them speaks of this resident. */
export interface Followed {
  chain: readonly [Case, ...Case[]]
  own: Case
}

export function progressOf(
  { chain }: Followed,
  ref: ReporterRef,
  matterOf: (code: string) => Words,
  at: Instant,
  language: Language,
): ResidentProgress {
  const now = chain.at(-1)!
  const [first] = chain
  const state = stateOf(now)
  const ended = !isOpen(now.stage)
  return {
    caseId: now.id,
    ...(first.id !== now.id && { first: first.id, how: first.mergedInto ? 'merged' : 'reopened' }),
    matter: matterOf(mine(first, ref)),
    state,
    openedAt: first.openedAt,
    steps: onceEach(chain.flatMap((subject, nth) => stepsOf(subject, nth === 0))),
    ...(now.disposition && { disposition: now.disposition }),
    ...(now.endedAt !== undefined && { endedAt: now.endedAt }),
    ...(state === 'held' && now.held && { heldUntil: now.held.until }),
    reworks: now.reworks ?? 0,
    ...(now.rating && { rating: now.rating }),
    mayRate: ended,
    mayReopen: ended,
    at,
    words: sentences[state][language],
  }
}

/** What they reported, where it was counted to a case that is called by something worse. */
const mine = (subject: Case, ref: ReporterRef): string =>
  subject.sources.find((source) => source.reporterRef === ref)?.matter ?? subject.matter

function stepsOf({ id: caseId, openedAt, steps }: Case, isFirst: boolean): ResidentProgress['steps'] {
  const found: ResidentProgress['steps'] = isFirst ? [{ what: 'reported', at: openedAt, caseId }] : []
  let finished = false
  for (const step of steps) {
    const what = whatOf(step, finished)
    if (step.verb === 'finish') finished = true
    if (step.verb === 'return') finished = false
    if (what) found.push({ what, at: step.at, caseId })
  }
  return found
}

function whatOf({ verb, by, about }: Step, finished: boolean): ResidentStep | undefined {
  if (verb === 'return') return finished ? 'sent-back' : undefined
  if (verb === 'reopen') return by.kind === 'source' ? 'not-fixed' : 'reopened'
  if (verb === 'rate') return about === 'not-fixed' ? 'not-fixed' : 'rated'
  return told[verb]
}

/** What came back says so in both its cases, and a rating may say it a third time. */
const onceEach = (steps: ResidentProgress['steps']): ResidentProgress['steps'] =>
  steps.filter(({ what, at }, nth) => steps.findIndex((one) => one.what === what && one.at === at) === nth)
