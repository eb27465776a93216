// How a case stands besides its stage, in the order it matters: what it waits for, who has it, what happens next, what it comes from.
import { isWaiting, mayGrant } from '#contract/asks'
import type { Case } from '#contract/case'
import type { CaseId, Instant } from '#contract/ids'
import { isOpen } from '#contract/stage'
import type { StandingSays } from '../../parts/case-standing.ts'
import { sayCase } from '../../words/case.ts'
import { sayDesk } from '../../words/desk.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { dayTime, timeOf } from '../../words/times.ts'
import { inWords } from '../../words/words.ts'
import { personName, scenarioOf } from './facts.ts'
import type { Facts } from './facts.ts'
import { kinSays } from './kin.ts'
import { keepsDesk } from './may.ts'
import type { Looker } from './may.ts'
import { cameSays, passedSays } from './passed-says.ts'
import { waitsFor, wantSaid } from './requests-say.ts'
import { timeSaid } from './said.ts'

export type StandingAct = 'approve' | 'reject' | 'withdraw' | 'resume' | 'unshelve' | 'answer' | 'unmerge'
type Row = StandingSays<StandingAct>
export interface Standing {
  facts: Facts
  subject: Case
  now: Instant
  looker: Looker | null
  all: ReadonlyMap<CaseId, Case>
}
type Say = (standing: Standing) => Row[]

const acts = (keys: readonly StandingAct[]) => keys.map((key) => ({ key, words: sayDeskCase(`act.${key}`) }))
const spaced = (parts: readonly (string | false | undefined)[]) => parts.filter(Boolean).join('　')

/** Minutes that run out are said to the second, in the colour of the lamp once they have. */
const leftUntil = (at: Instant, now: Instant): Pick<Row, 'left' | 'lamp'> =>
  at > now
    ? { left: sayCase('left', { span: timeSaid(at - now) }), lamp: at - now < 60_000 ? 'late' : undefined }
    : { left: sayCase('over', { span: timeSaid(now - at) }), lamp: 'over' }

const ended: Say = ({ facts, subject, now }) => {
  if (isOpen(subject.stage) || subject.endedAt === undefined) return []
  const last = [...subject.steps].reverse().find((step) => step.verb === 'close' || step.verb === 'void')
  const how = subject.disposition ? sayCase(`disposition.${subject.disposition}`) : sayCase(`stage.${subject.stage}`)
  const by = last?.by.kind === 'person' && personName(facts, last.by.id)
  const said = last?.reason ? sayDeskCase('because', { what: how, why: last.reason }) : how
  return [{ key: 'ended', name: sayDeskCase('name.ended'), said, more: spaced([by, dayTime(subject.endedAt, now)]) }]
}

const rated: Say = ({ subject: { rating }, now }) => {
  if (!rating) return []
  const fixed = sayDeskCase(rating.fixed ? 'fixed.yes' : 'fixed.no')
  const said = `${'★'.repeat(rating.stars)}${'☆'.repeat(5 - rating.stars)}`
  const more = spaced([sayDeskCase('stars', { n: rating.stars }), fixed, dayTime(rating.at, now)])
  return [{ key: 'rated', name: sayDeskCase('name.rated'), said, more }]
}

const held: Say = ({ facts, subject: { held }, now, looker }) => {
  if (!held) return []
  const said = sayDeskCase('untilThen', { time: dayTime(held.until, now), why: held.reason })
  const [by, granted] = [personName(facts, held.by), personName(facts, held.grantedBy)]
  const more = sayDeskCase('heldBy', { by, granted, time: dayTime(held.since, now) })
  return [{ key: 'held', name: sayDeskCase('name.held'), said, more, acts: acts(keepsDesk(looker) ? ['resume'] : []) }]
}

const shelved: Say = ({ facts, subject: { shelved }, now, looker }) => {
  if (!shelved) return []
  const name = sayDeskCase(shelved.windowId ? 'name.window' : 'name.shelved')
  const said = sayDeskCase('untilThen', { time: dayTime(shelved.until, now), why: shelved.reason })
  const more = sayDeskCase('shelvedBy', { by: personName(facts, shelved.by), time: dayTime(shelved.since, now) })
  return [{ key: 'shelved', name, said, more, acts: acts(keepsDesk(looker) ? ['unshelve'] : []) }]
}

const asked: Say = ({ facts, subject, now, looker }) => {
  const scenario = scenarioOf(facts, subject)
  return (subject.requests ?? []).filter(isWaiting).map((request) => {
    const own = request.by === looker?.id
    const mine = mayGrant(scenario, request, subject, looker)
    const asker = sayDeskCase('askedBy', { by: personName(facts, request.by), time: dayTime(request.at, now) })
    const whose = own ? sayDeskCase('notYours') : !mine && waitsFor(scenario, request)
    return {
      key: `asked ${request.id}`,
      name: sayDeskCase('requests'),
      said: sayDeskCase('because', { what: wantSaid(facts, subject, request, now), why: request.reason }),
      more: spaced([asker, whose]),
      acts: acts(own ? ['withdraw'] : mine ? ['reject', 'approve'] : []),
      about: request.id,
    }
  })
}

const urged: Say = ({ facts, subject: { urged }, now, looker }) => {
  if (!urged || urged.answeredAt !== undefined) return []
  const more = sayDeskCase('urgedBy', { by: urged.from ?? personName(facts, urged.by), time: dayTime(urged.at, now) })
  const may = looker !== null && urged.by !== looker.id
  return [
    { key: 'urged', name: sayDeskCase('name.urged'), said: urged.reason, more, acts: acts(may ? ['answer'] : []) },
  ]
}

/** Who signed for it and by when they must move; that nobody did, where a signature ran out. */
const signed: Say = ({ facts, subject, now }) => {
  const { acknowledged: signature } = subject
  if (!isOpen(subject.stage)) return []
  if (signature?.moveBy === undefined) return signature ? [] : lapsed(facts, subject)
  const [at, time] = [timeOf(signature.at), timeOf(signature.moveBy)]
  const said = sayDeskCase('signedUntil', { who: personName(facts, signature.by), at, time })
  return [{ key: 'signed', name: sayDeskCase('name.signed'), said, ...leftUntil(signature.moveBy, now) }]
}
function lapsed(facts: Facts, { steps }: Case): Row[] {
  const at = steps.map((step) => step.verb).lastIndexOf('lapse')
  const step = steps[at]
  if (!step) return []
  const signer = [...steps.slice(0, at)].reverse().find((one) => one.verb === 'acknowledge')?.by
  const time = timeOf(step.at)
  const more =
    signer?.kind === 'person'
      ? sayDeskCase('lapsedAt', { who: personName(facts, signer.id), time })
      : sayDeskCase('lapsedUnknown', { time })
  return [{ key: 'lapsed', name: sayDeskCase('name.signed'), said: sayCase('unacknowledged'), more }]
}

/** The next rung of the ladder by the scenario's own name, and who is called on it. */
const calling: Say = ({ facts, subject, now }) => {
  const { calling } = subject
  const rung = calling && scenarioOf(facts, subject)?.ladder[calling.rung]
  if (!rung) return []
  const who = rung.tell.map((rule) => sayCase(`post.${rule.post}`)).join(sayDeskCase('and'))
  const more = spaced([
    who && sayDeskCase('tells', { who }),
    rung.again && sayDeskCase('again'),
    calling.round > 0 && sayDeskCase('round', { n: calling.round + 1 }),
  ])
  const said = sayDeskCase('nextRung', { time: timeOf(calling.at), rung: inWords(rung.words) })
  return [{ key: 'calling', name: sayDeskCase('name.calling'), said, more, left: leftUntil(calling.at, now).left }]
}

const assign: Say = ({ subject, now }) => {
  if (subject.assignAt === undefined || subject.holder || !isOpen(subject.stage)) return []
  const said = sayDeskCase('assignAt', { time: timeOf(subject.assignAt) })
  return [{ key: 'assign', name: sayDeskCase('name.assign'), said, left: leftUntil(subject.assignAt, now).left }]
}

const passed: Say = ({ subject, now, looker }) => [
  ...passedSays(subject, now, keepsDesk(looker)),
  ...cameSays(subject, now),
]

const kin: Say = ({ subject, now, looker, all }) =>
  kinSays(subject, now, all).map((row) =>
    row.key === 'mergedInto' && keepsDesk(looker) ? { ...row, acts: acts(['unmerge']) } : row,
  )

const all: readonly Say[] = [ended, rated, passed, held, shelved, asked, urged, signed, calling, assign, kin]

export const standingSays = (standing: Standing): Row[] => all.flatMap((say) => say(standing))

/** 「挂账 至 明日 09:00，等配件」 in a list's row; null where nothing holds it. */
export function quietSaid({ held, shelved }: Case, now: Instant): string | null {
  const why = held ?? shelved
  if (!why) return null
  const name = held ? 'name.held' : shelved?.windowId ? 'name.window' : 'name.shelved'
  return `${sayDeskCase(name)} ${sayDeskCase('untilThen', { time: dayTime(why.until, now), why: why.reason })}`
}

/** Who signed, since when, and by when they must move: for a list's row, where nobody has it in hand yet. */
export function signedSaid(facts: Facts, { acknowledged: signature }: Case): { who: string; since: string } | null {
  if (!signature) return null
  const at = timeOf(signature.at)
  const since =
    signature.moveBy === undefined
      ? `${at} ${sayDesk('acknowledge')}`
      : sayDeskCase('signedMove', { at, time: timeOf(signature.moveBy) })
  return { who: personName(facts, signature.by), since }
}
