// A case's steps read as a story: who filed, sent, had in hand, finished and looked, what was sent back, and how it ended.
import type { Actor, Case, CaseSource, Step } from '#contract/case'
import type { Who } from '#contract/case-facts'
import type { Instant, PersonId } from '#contract/ids'
import type { Scenario } from '#contract/scenario'
import type { Disposition, Stage, Verb } from '#contract/stage'
import { verbs } from '#contract/stage'
import type { LimitPhase, Over } from './kpi-phases.ts'
import { limitedPhases, oversOf } from './kpi-phases.ts'
import { rowOf } from './stages.ts'

export interface Act {
  at: Instant
  who: Who | null
}

export interface Story {
  subject: Case
  scenario: Scenario | undefined
  limited: ReadonlySet<LimitPhase>
  overs: readonly Over[]
  /** Where one of our own people was the first who said so. */
  reported: Who | null
  filed?: Act
  /** Every time it was sent, by whom. */
  dispatched: readonly Act[]
  /** Sent back as never theirs: when, and who had sent it there. */
  misdispatched?: Act
  taken?: Act
  /** Sent back by verification: when, and who had said that it was done. */
  sentBack?: Act
  /** Something was done about it: somebody arrived, or finished. */
  begun?: Act
  finished?: Act
  verified?: Act
  /** Whoever reported it was spoken to. */
  contacted?: Act
  /** The last word of whoever was asked afterwards. */
  answered?: Act & { fixed: boolean }
  ended?: Act
  closed: boolean
  holderAt(at: Instant): Who | null
  /** Of a case that came back: who had handled it the time before. */
  handledBefore: Who | null
}

export interface Telling {
  scenario: Scenario | undefined
  now: Instant
  /** A person as they were at that time. */
  whoOf: (id: PersonId, at: Instant) => Who
  /** The case this one came back from, where it is known. */
  earlier?: Case | undefined
}

const isVerb = (verb: Step['verb']): verb is Verb => (verbs as readonly string[]).includes(verb)

/** As a case ended for which there was no cause in the first place, it was wrong to file it or to report it. */
const wrong: Record<Disposition, boolean> = {
  solved: false,
  'not-found': false,
  'false-alarm': true,
  duplicate: true,
  'beyond-remit': true,
}

/** A case put aside without a word why is wrong too. */
export const endedWrong = ({ subject, closed }: Story): boolean =>
  subject.disposition ? wrong[subject.disposition] : !closed

/** The first who said so. */
export const firstOf = ({ sources }: Pick<Case, 'sources'>): CaseSource | undefined =>
  sources.toSorted((a, b) => a.receivedAt - b.receivedAt)[0]

export function storyOf(subject: Case, { scenario, now, whoOf, earlier }: Telling): Story {
  const by = ({ by, at }: { by: Actor; at: Instant }): Who | null => (by.kind === 'person' ? whoOf(by.id, at) : null)
  const hands: { at: Instant; id: PersonId | null }[] = []
  const dispatched: Act[] = []
  const first = firstOf(subject)
  const story: Story = {
    subject,
    scenario,
    limited: limitedPhases(subject, scenario),
    overs: oversOf(subject, scenario, now),
    reported: first?.by.kind === 'person' ? whoOf(first.by.id, first.receivedAt) : null,
    dispatched,
    closed: subject.stage === 'closed',
    holderAt(at) {
      const hand = hands.findLast((one) => one.at <= at)
      return hand?.id ? whoOf(hand.id, at) : null
    },
    handledBefore: earlier ? handlerOf(earlier, whoOf) : null,
  }

  function takeBack(step: Step, from: Stage): void {
    if (from === 'verification' || from === 'verified') {
      story.sentBack ??= { at: step.at, who: story.finished?.who ?? story.holderAt(step.at) }
      return
    }
    if (step.about === 'misdispatch') story.misdispatched ??= { at: step.at, who: dispatched.at(-1)?.who ?? null }
    hands.push({ at: step.at, id: null })
  }

  let stage: Stage = 'reported'
  for (const step of subject.steps) {
    const act: Act = { at: step.at, who: by(step) }
    switch (step.verb) {
      case 'file':
        story.filed ??= act
        break
      case 'dispatch':
        dispatched.push(act)
        hands.push({ at: step.at, id: step.to ?? null })
        break
      case 'take':
        story.taken ??= act
        break
      case 'arrive':
        story.begun ??= act
        break
      case 'finish':
        story.begun ??= act
        story.finished = act
        break
      case 'verify':
        story.verified = act
        break
      case 'return':
        takeBack(step, stage)
        break
      case 'contact':
        story.contacted ??= act
        break
      case 'callback':
      case 'rate':
        story.answered = { ...act, fixed: step.about !== 'not-fixed' }
        break
      case 'close':
      case 'void':
        story.ended = act
        break
    }
    if (isVerb(step.verb)) stage = rowOf(stage, step.verb)?.to ?? stage
  }
  if (subject.endedAt === undefined) delete story.ended
  else story.ended = { at: subject.endedAt, who: story.ended?.who ?? null }
  return story
}

/** Who said that it was done; else who had it last. */
function handlerOf({ steps, handlers }: Case, whoOf: Telling['whoOf']): Who | null {
  const done = steps.findLast(({ verb, by }) => verb === 'finish' && by.kind === 'person')
  if (done?.by.kind === 'person') return whoOf(done.by.id, done.at)
  const last = handlers.at(-1)
  return last ? whoOf(last, steps.at(-1)?.at ?? 0) : null
}
