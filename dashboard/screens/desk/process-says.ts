// A scenario's own road in words: where the case stands on it, what the next step still needs, what may be filled in and by whom.
import type { Case } from '#contract/case'
import type { CaseId, Instant } from '#contract/ids'
import type { Form, PhaseNeed, Value } from '#contract/process'
import type { Post } from '#contract/roles'
import type { Scenario } from '#contract/scenario'
import { isOpen } from '#contract/stage'
import { countVotes } from '#contract/tally-votes'
import { valueSaid } from '../../composables/form-values-say.ts'
import type { BranchSays, ChildSays, FormSays, NextSays, PhaseSays, RollSays } from '../../parts/process-parts.ts'
import { sayCase } from '../../words/case.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { sayProcess } from '../../words/process.ts'
import { dayTime } from '../../words/times.ts'
import { inWords } from '../../words/words.ts'
import { numberOf, personName, scenarioOf } from './facts.ts'
import type { Facts } from './facts.ts'
import { hasPost, standsStill } from './may.ts'
import type { Looker } from './may.ts'

export interface Proceeding {
  facts: Facts
  subject: Case
  scenario: Scenario
  all: ReadonlyMap<CaseId, Case>
  looker: Looker | null
  now: Instant
}

/** Null where the scenario has nothing of its own to pass through. */
export function proceedingOf(given: Omit<Proceeding, 'scenario'>): Proceeding | null {
  const scenario = scenarioOf(given.facts, given.subject)
  if (!scenario) return null
  const { phases, forms, ballots, branches } = scenario
  return phases.length + forms.length + ballots.length + branches.length > 0 ? { ...given, scenario } : null
}

export const postsSaid = (posts: readonly Post[]): string =>
  posts.map((post) => sayCase(`post.${post}`)).join(sayDeskCase('and'))

/** Why the viewer may not; empty where they may. */
export const notTheirs = (posts: readonly Post[] | undefined, looker: Looker | null): string =>
  hasPost(posts, looker) ? '' : sayProcess('filledOnlyBy', { who: postsSaid(posts ?? []) })

export function phasesSay({ subject, scenario, now }: Proceeding): PhaseSays[] {
  const at = scenario.phases.findIndex(({ id }) => id === subject.phase?.id)
  return scenario.phases.map(({ id, words }, i) => ({
    id,
    words: inWords(words),
    state: i < at ? 'done' : i === at ? 'now' : 'ahead',
    since: i === at && subject.phase ? sayProcess('since', { time: dayTime(subject.phase.since, now) }) : '',
  }))
}

export function nextsSay(proceeding: Proceeding): NextSays[] {
  const { subject, scenario, looker } = proceeding
  if (!isOpen(subject.stage)) return []
  const phase = scenario.phases.find(({ id }) => id === subject.phase?.id)
  return (phase?.next ?? []).map(({ to, by, needs }) => {
    const said = needs.map((need) => ({ words: needSaid(need, scenario), isMet: isMet(need, proceeding) }))
    const target = scenario.phases.find(({ id }) => id === to)
    const closed = whyNot(subject, by, looker)
    const isReady = said.every((need) => need.isMet) && closed === ''
    return { to, words: target ? inWords(target.words) : to, needs: said, closed, isReady }
  })
}

function whyNot(subject: Case, by: readonly Post[] | undefined, looker: Looker | null): string {
  if (subject.stage !== 'handling') return sayProcess('onlyHandling')
  if (standsStill(subject)) return sayDeskCase('stands')
  return hasPost(by, looker) ? '' : sayProcess('onlyBy', { who: postsSaid(by ?? []) })
}

function needSaid(need: PhaseNeed, scenario: Scenario): string {
  const named = (list: readonly { id: string; words: Scenario['words'] }[], id: string) => {
    const found = list.find((one) => one.id === id)
    return found ? inWords(found.words) : id
  }
  if ('form' in need) return sayProcess('need.form', { what: named(scenario.forms, need.form) })
  if ('ballot' in need) return sayProcess(`need.${need.is}`, { what: named(scenario.ballots, need.ballot) })
  if ('ticked' in need) return sayProcess('need.ticked', { what: named(scenario.checklist, need.ticked) })
  return sayProcess('need.children')
}

/** As the engine asks it; what has left the board has ended. */
function isMet(need: PhaseNeed, { subject, scenario, all }: Proceeding): boolean {
  if ('form' in need) return subject.forms?.[need.form] !== undefined
  if ('ticked' in need) return subject.ticked.includes(need.ticked)
  if ('children' in need) return (subject.children ?? []).every((id) => !isOpen(all.get(id)?.stage ?? 'closed'))
  const ballot = scenario.ballots.find(({ id }) => id === need.ballot)
  if (!ballot) return false
  const { quorate, passed } = countVotes(ballot, subject.rolls?.[ballot.roll] ?? [], subject.votes?.[ballot.id])
  return { quorate, passed, 'not-passed': !passed }[need.is]
}

/** What the next steps from here ask for. */
export const needsNow = ({ subject, scenario }: Proceeding): PhaseNeed[] =>
  scenario.phases.find(({ id }) => id === subject.phase?.id)?.next.flatMap(({ needs }) => needs) ?? []

export const formsSay = (proceeding: Proceeding): FormSays[] =>
  proceeding.scenario.forms.map((form) => formSays(form, proceeding))

function formSays(form: Form, proceeding: Proceeding): FormSays {
  const { facts, subject, scenario, looker, now } = proceeding
  const filled = subject.forms?.[form.id]
  const values: Record<string, Value> = filled?.values ?? {}
  return {
    id: form.id,
    words: inWords(form.words),
    stands: filled
      ? sayProcess('filledBy', { by: personName(facts, filled.by), time: dayTime(filled.at, now) })
      : sayProcess('notFilled'),
    isFilled: filled !== undefined,
    isDue:
      filled !== undefined ||
      scenario.phases.length === 0 ||
      form.before.length > 0 ||
      needsNow(proceeding).some((need) => 'form' in need && need.form === form.id),
    when: form.before.length
      ? sayProcess('before', { verb: form.before.map((verb) => sayCase(`verb.${verb}`)).join(sayDeskCase('and')) })
      : '',
    closed: isOpen(subject.stage) ? notTheirs(form.by, looker) : sayCase(`stage.${subject.stage}`),
    fields: form.fields,
    values,
    lines: form.fields.flatMap((field) => {
      const value = values[field.id]
      return value === undefined
        ? []
        : [
            {
              name: inWords(field.words),
              ...valueSaid(field, value, { nameOf: (id) => personName(facts, id), and: sayDeskCase('and') }),
            },
          ]
    }),
  }
}

/** Several ballots may share one roll: it goes by the first one's name. */
export function rollsSay({ subject, scenario, looker }: Proceeding): RollSays[] {
  const rolls = [...new Set(scenario.ballots.map(({ roll }) => roll))]
  return rolls.map((id) => {
    const ballots = scenario.ballots.filter(({ roll }) => roll === id)
    const members = subject.rolls?.[id] ?? []
    const hasVotes = ballots.some((ballot) => Object.keys(subject.votes?.[ballot.id] ?? {}).length > 0)
    const mine = ballots.some(({ by }) => hasPost(by, looker))
    return {
      id,
      words: ballots.map(({ words }) => inWords(words)).join(sayDeskCase('and')),
      stands: members.length ? rollSaid(members) : sayProcess('noRoll'),
      hasMembers: members.length > 0,
      closed: !isOpen(subject.stage)
        ? sayCase(`stage.${subject.stage}`)
        : hasVotes
          ? sayProcess('rollClosed')
          : mine
            ? ''
            : notTheirs(ballots[0]?.by, looker),
    }
  })
}

export const rollSaid = (members: readonly { weight: number }[]): string =>
  `${sayProcess('rollCount', { n: members.length })}　${sayProcess('rollWeight', { weight: weightSaid(members.reduce((sum, one) => sum + one.weight, 0)) })}`

/** Two figures behind the point at most: a hundredth of a square metre is as fine as the law counts. */
export const weightSaid = (weight: number): string => String(Math.round(weight * 100) / 100)

export const branchesSay = ({ subject, scenario, looker }: Proceeding): BranchSays[] =>
  isOpen(subject.stage)
    ? scenario.branches
        .filter(({ phases }) => !phases || (subject.phase !== undefined && phases.includes(subject.phase.id)))
        .map(({ id, words, by }) => ({ id, words: inWords(words), closed: !hasPost(by, looker) }))
    : []

/** Each that branched off by its number and how it stands. One that came back or was split off is no child of the road. */
export const childrenSay = ({ facts, subject, all }: Proceeding): ChildSays[] =>
  (subject.children ?? []).flatMap((id) => {
    const child = all.get(id)
    if (child && child.lineage?.how !== 'branched') return []
    const matter = child && facts.matters.get(child.matter)
    const number = sayDeskCase('openCase', { number: numberOf(id) })
    const stands = child ? sayCase(`stage.${child.stage}`) : sayProcess('hasEnded')
    return [{ id, words: matter ? `${number} ${inWords(matter.words)}` : number, stands }]
  })
