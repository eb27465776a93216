// Every formula by which the work is judged, declared here and nowhere else: its words, its two lists, its weight, and how a case falls.
import type { Verdict } from '#contract/case-facts'
import type { Instant } from '#contract/ids'
import type { KpiName } from '#contract/kpi'
import type { Words } from '#contract/language'
import type { LimitPhase } from './kpi-phases.ts'
import type { Act, Story } from './kpi-story.ts'
import { endedWrong, firstOf } from './kpi-story.ts'

/**
 * A case falls into a figure once, at the moment that is decided: its first failure, or when it can no longer fail. So a figure of a
 * span that is over does not move, what is missed counts from the minute it is missed, and two spans add up to the lists of both.
 */
export interface Formula {
  words: Words
  numerator: Words
  denominator: Words
  /** Of a score of 100. */
  weight: number
  better: 'more' | 'less'
  /** Null where the case is in neither list, or not yet. */
  judge(story: Story): Verdict | null
}

/** Grows whenever a formula says something else of the same case: what was judged before is then judged again. */
export const formulaEdition = 1

const verdict = ({ at, who }: Act, counts: boolean): Verdict => ({ at, counts, who })

/** The limits of one phase: over is over at that moment, whoever did it later. */
function inTime(story: Story, phase: LimitPhase, done: Act | undefined): Verdict | null {
  if (!story.limited.has(phase)) return null
  const over = story.overs.find((one) => one.phase === phase)
  if (over && !(done && done.at < over.at)) return { at: over.at, counts: false, who: done?.who ?? null }
  return done ? verdict(done, true) : null
}

const fromDispatchOn: readonly LimitPhase[] = ['take', 'handle', 'verify']

/** Whose it was that a limit ran over: not looked at is the desk's, all else theirs who had it in hand. */
function lateBy(story: Story, phase: LimitPhase, at: Instant): Verdict['who'] {
  const sender = story.dispatched.findLast((one) => one.at <= at)?.who ?? null
  return phase === 'verify' ? (story.verified?.who ?? sender) : (story.holderAt(at) ?? sender)
}

const handlerOf = (story: Story): Verdict['who'] => story.finished?.who ?? story.holderAt(story.ended?.at ?? Infinity)

function closedInTime(story: Story): Verdict | null {
  const over = story.overs.find(({ phase }) => fromDispatchOn.includes(phase))
  if (over) return { at: over.at, counts: false, who: lateBy(story, over.phase, over.at) }
  const limited = fromDispatchOn.some((phase) => story.limited.has(phase))
  return limited && story.closed && story.ended ? { at: story.ended.at, counts: true, who: handlerOf(story) } : null
}

/** Counted in the case it was found to be. */
const isElsewhere = ({ subject }: Story) => subject.mergedInto !== undefined

/** Somebody outside waits for an answer. */
const isAsked = ({ subject }: Story) =>
  subject.reporterRef !== undefined || subject.sources.some(({ kind }) => kind === 'service-ticket')

/** Whose answer it is that somebody outside gave: theirs who had it in hand. */
const asAnswered = (story: Story, counts: boolean): Verdict | null =>
  story.answered ? { at: story.answered.at, counts, who: handlerOf(story) } : null

export const formulas: Record<KpiName, Formula> = {
  'filed-in-time': {
    words: { zh: '按时立案率', en: 'Filed in time' },
    numerator: { zh: '在立案时限内立案的', en: 'filed within their limit' },
    denominator: {
      zh: '已立案的，加上超过立案时限还没有立案的；没有立案时限的不计',
      en: 'all filed, and all past that limit though not filed; those without such a limit are left out',
    },
    weight: 10,
    better: 'more',
    judge: (story) => inTime(story, 'file', story.filed),
  },
  'filed-rightly': {
    words: { zh: '准确立案率', en: 'Filed rightly' },
    numerator: {
      zh: '立案后没有因误报、重复、超出职责而结束的',
      en: 'not ended afterwards as a false alarm, a duplicate or beyond remit',
    },
    denominator: {
      zh: '立过案且已经结束的；并入别案的不计',
      en: 'all filed that have ended; those merged are left out',
    },
    weight: 10,
    better: 'more',
    judge: (story) =>
      story.filed && story.ended && !isElsewhere(story)
        ? verdict({ ...story.filed, at: story.ended.at }, !endedWrong(story))
        : null,
  },
  'dispatched-in-time': {
    words: { zh: '按时派遣率', en: 'Dispatched in time' },
    numerator: { zh: '在派遣时限内派出的', en: 'sent within their limit' },
    denominator: {
      zh: '已派出的，加上超过派遣时限还没有派出的；没有派遣时限的不计',
      en: 'all sent, and all past that limit though not sent; those without such a limit are left out',
    },
    weight: 10,
    better: 'more',
    judge: (story) => inTime(story, 'dispatch', story.dispatched[0]),
  },
  'dispatched-rightly': {
    words: { zh: '准确派遣率', en: 'Dispatched rightly' },
    numerator: { zh: '没有一次作为错派退回的', en: 'never sent back as a mis-dispatch' },
    denominator: {
      zh: '派遣过、已经结束或已被错派退回的案件，一件算一次',
      en: 'cases sent that have ended or came back as a mis-dispatch, each once however often it was sent',
    },
    weight: 10,
    better: 'more',
    judge(story) {
      const last = story.dispatched.at(-1)
      if (story.misdispatched) return verdict(story.misdispatched, false)
      return last && story.ended && !isElsewhere(story) ? verdict({ ...last, at: story.ended.at }, true) : null
    },
  },
  'closed-in-time': {
    words: { zh: '按期结案率', en: 'Closed in time' },
    numerator: {
      zh: '已结案，接单、处置、核查各时限一次也没有超过的',
      en: 'closed, with no limit of taking, handling or verifying ever run over',
    },
    denominator: {
      zh: '已结案的，加上任一时限已经超过的，不论是否办完',
      en: 'all closed, and all of which one of these limits has run over, done or not',
    },
    weight: 20,
    better: 'more',
    judge: closedInTime,
  },
  rework: {
    words: { zh: '返工率', en: 'Rework' },
    numerator: {
      zh: '被核查退回的，或结案后没解决又重开的',
      en: 'sent back by verification, or opened again because it was not solved',
    },
    denominator: { zh: '已结案、被核查退回或重开的', en: 'all closed, sent back by verification or opened again' },
    weight: 10,
    better: 'less',
    judge(story) {
      const { subject } = story
      if (subject.lineage?.how === 'reopened') return { at: subject.openedAt, counts: true, who: story.handledBefore }
      if (story.sentBack) return verdict(story.sentBack, true)
      return story.closed && story.ended ? { at: story.ended.at, counts: false, who: handlerOf(story) } : null
    },
  },
  missed: {
    words: { zh: '漏报率', en: 'Missed' },
    numerator: {
      zh: '居民或热线先说、我们自己没有先发现的',
      en: 'told by a resident or the hotline before our own eyes saw it',
    },
    denominator: {
      zh: '已结案且确有其事、本该由我们发现的；居民报修不计，误报不计（否则多报误报会显得漏得少）',
      en: 'all closed that were real and ours to see; repairs are left out, and so are false alarms, or crying wolf would look like missing less',
    },
    weight: 5,
    better: 'less',
    judge(story) {
      const isOurs = story.scenario?.kind === 'alarm' && !story.scenario.resident && !story.subject.lineage
      if (!isOurs || !story.closed || !story.ended || endedWrong(story)) return null
      return verdict({ at: story.ended.at, who: null }, firstOf(story.subject)?.kind === 'service-ticket')
    },
  },
  'valid-reports': {
    words: { zh: '有效上报率', en: 'Valid reports' },
    numerator: { zh: '确有其事的', en: 'of those, what was real' },
    denominator: {
      zh: '由我们的人先上报、已经结束的；并入别案的不计',
      en: 'all that our own people wrote up first and that have ended; those merged are left out',
    },
    weight: 5,
    better: 'more',
    judge(story) {
      if (!story.reported || !story.ended || isElsewhere(story) || story.subject.lineage) return null
      if (firstOf(story.subject)?.kind !== 'grid-report') return null
      return { at: story.ended.at, counts: !endedWrong(story), who: story.reported }
    },
  },
  'contacted-first': {
    words: { zh: '先行联系率', en: 'Spoken to first' },
    numerator: { zh: '动手之前已和诉求人联系的', en: 'spoken to before anything was done' },
    denominator: {
      zh: '有诉求人、已联系、已动手或已结束的；并入别案的不计',
      en: 'all that somebody outside asked for, once they were spoken to, it was begun or it ended; those merged are left out',
    },
    weight: 5,
    better: 'more',
    judge(story) {
      if (!isAsked(story) || isElsewhere(story)) return null
      const { contacted, begun = story.ended } = story
      if (contacted && (!begun || contacted.at <= begun.at)) return verdict(contacted, true)
      return begun ? { at: begun.at, counts: false, who: story.holderAt(begun.at) ?? begun.who } : null
    },
  },
  'really-solved': {
    words: { zh: '实际解决率', en: 'Really solved' },
    numerator: { zh: '说解决了的', en: 'who said that it is solved' },
    denominator: { zh: '回访或评价说了话的', en: 'all who answered when asked afterwards' },
    weight: 10,
    better: 'more',
    judge: (story) => asAnswered(story, story.answered?.fixed ?? false),
  },
  satisfied: {
    words: { zh: '满意率', en: 'Satisfied' },
    numerator: { zh: '给 4 星或 5 星的', en: 'who gave four stars or five' },
    denominator: { zh: '打了星的', en: 'all who gave stars' },
    weight: 5,
    better: 'more',
    judge(story) {
      const { rating } = story.subject
      return rating ? { at: rating.at, counts: rating.stars >= 4, who: handlerOf(story) } : null
    },
  },
}
