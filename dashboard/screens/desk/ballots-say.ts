// A ballot counted and drawn: who took part and who is for it, by head and by weight, each with the line it must reach.
import type { Case } from '#contract/case'
import type { Ballot, Shares } from '#contract/process'
import { isOpen } from '#contract/stage'
import { countVotes } from '#contract/tally-votes'
import type { Count, Measure } from '#contract/tally-votes'
import type { BallotSays, BarSays } from '../../parts/process-parts.ts'
import { sayCase } from '../../words/case.ts'
import { sayProcess } from '../../words/process.ts'
import { inWords } from '../../words/words.ts'
import { needsNow, notTheirs, weightSaid } from './process-says.ts'
import type { Proceeding } from './process-says.ts'

export const ballotsSay = (proceeding: Proceeding): BallotSays[] =>
  proceeding.scenario.ballots.map((ballot) => ballotSays(ballot, proceeding))

function ballotSays(ballot: Ballot, proceeding: Proceeding): BallotSays {
  const { subject, scenario, looker } = proceeding
  const roll = subject.rolls?.[ballot.roll] ?? []
  const votes = subject.votes?.[ballot.id] ?? {}
  const count = countVotes(ballot, roll, votes)
  return {
    id: ballot.id,
    roll: ballot.roll,
    words: inWords(ballot.words),
    stands: roll.length === 0 ? sayProcess('needRoll') : standSaid(count),
    isPassed: count.passed,
    isDue:
      scenario.phases.length === 0 ||
      count.took.heads > 0 ||
      needsNow(proceeding).some((need) => 'ballot' in need && need.ballot === ballot.id),
    bars: roll.length === 0 ? [] : barsOf(ballot, count),
    choices: ballot.choices.map(({ id, words }) => ({ id, words: inWords(words) })),
    voters: roll.map(({ id, weight }) => ({ id, weight: weightSaid(weight), choice: votes[id]?.choice ?? null })),
    closed: closedWhy(subject, ballot, looker),
  }
}

const closedWhy = (subject: Case, ballot: Ballot, looker: Proceeding['looker']): string =>
  isOpen(subject.stage) ? notTheirs(ballot.by, looker) : sayCase(`stage.${subject.stage}`)

const standSaid = ({ quorate, passed }: Count): string =>
  sayProcess(passed ? 'says.passed' : quorate ? 'says.quorate' : 'says.not-quorate')

/** Participation is of all on the roll, agreement of those who took part. */
function barsOf({ quorum, pass }: Ballot, count: Count): BarSays[] {
  return [...pair('tookPart', count.took, count.all, quorum), ...pair('inFavour', count.for, count.took, pass)]
}

const pair = (name: 'tookPart' | 'inFavour', part: Measure, whole: Measure, shares: Shares): BarSays[] => [
  bar(name, 'heads', part.heads, whole.heads, shares.heads),
  bar(name, 'weight', part.weight, whole.weight, shares.weight),
]

function bar(
  name: 'tookPart' | 'inFavour',
  by: 'heads' | 'weight',
  part: number,
  whole: number,
  share: Shares['heads'],
): BarSays {
  const line = share ? share.of[0] / share.of[1] : null
  // Crosswise, as it is decided: a bar must not say otherwise than the count.
  const [is, must] = share ? [part * share.of[1], whole * share.of[0]] : [1, 0]
  return {
    key: `${name} ${by}`,
    name: sayProcess(name),
    measure: sayProcess(by === 'heads' ? 'byHeads' : 'byWeight'),
    figures: sayProcess('ofAll', { part: weightSaid(part), all: weightSaid(whole) }),
    part: whole === 0 ? 0 : part / whole,
    line,
    must: share
      ? sayProcess(share.over ? 'mustOver' : 'must', { share: `${share.of[0]}/${share.of[1]}` })
      : sayProcess('noneNeeded'),
    isReached: whole > 0 && (share?.over ? is > must : is >= must - 1e-6),
  }
}
