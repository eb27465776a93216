// A ballot counted, by head and by weight, without a rounding anywhere: two thirds of nine is six. No zod: screens read this too.
import type { Ballot, Member, Shares, Vote } from './process.ts'

/** So many members, and what they weigh together: floor area, say. */
export interface Measure {
  heads: number
  weight: number
}

export interface Count {
  /** Of all on the roll. */
  all: Measure
  /** Who took part, whatever they said. */
  took: Measure
  for: Measure
  against: Measure
  neither: Measure
  /** By choice, those nobody chose too. */
  byChoice: Record<string, Measure>
  /** Enough took part; never on an empty roll, nor where nobody did. */
  quorate: boolean
  /** Enough took part and enough of those were for it. */
  passed: boolean
}

/** The law counts dwellings by the hundredth of a square metre; a millionth is finer than any scale. */
const grain = 1_000_000
const grainsOf = (weight: number): bigint => BigInt(Math.round(weight * grain))

interface Exact {
  heads: bigint
  weight: bigint
}
const none: Exact = { heads: 0n, weight: 0n }
const plus = (sum: Exact, { weight }: Member): Exact => ({
  heads: sum.heads + 1n,
  weight: sum.weight + grainsOf(weight),
})
const measure = ({ heads, weight }: Exact): Measure => ({ heads: Number(heads), weight: Number(weight) / grain })

/** The members' last words. A vote of somebody who is not on the roll, or for no choice of this ballot, counts for nothing. */
export function countVotes(
  { choices, quorum, pass }: Pick<Ballot, 'choices' | 'quorum' | 'pass'>,
  roll: readonly Member[],
  votes: Readonly<Record<string, Pick<Vote, 'choice'>>> = {},
): Count {
  const byChoice = new Map(choices.map((choice) => [choice.id, none]))
  const sums = { all: none, took: none, for: none, against: none, neither: none }
  for (const member of roll) {
    sums.all = plus(sums.all, member)
    const choice = choices.find(({ id }) => id === votes[member.id]?.choice)
    if (!choice) continue
    byChoice.set(choice.id, plus(byChoice.get(choice.id)!, member))
    sums.took = plus(sums.took, member)
    sums[choice.counts] = plus(sums[choice.counts], member)
  }
  const quorate = sums.took.heads > 0n && reaches(sums.took, sums.all, quorum)
  return {
    ...{ all: measure(sums.all), took: measure(sums.took) },
    ...{ for: measure(sums.for), against: measure(sums.against), neither: measure(sums.neither) },
    byChoice: Object.fromEntries([...byChoice].map(([id, sum]) => [id, measure(sum)])),
    quorate,
    passed: quorate && reaches(sums.for, sums.took, pass),
  }
}

/** Are both shares of the whole reached? What is not asked for is. */
const reaches = (part: Exact, whole: Exact, { heads, weight }: Shares): boolean =>
  isReached(part.heads, whole.heads, heads) && isReached(part.weight, whole.weight, weight)

/** Multiplied crosswise, so that nothing is ever divided. */
function isReached(part: bigint, whole: bigint, share: Shares['heads']): boolean {
  if (!share) return true
  const [is, must] = [part * BigInt(share.of[1]), whole * BigInt(share.of[0])]
  return share.over ? is > must : is >= must
}

/** How much of the roll took part: 0 to 1, for a bar; what is decided is never decided by it. */
export const turnout = ({ took, all }: Pick<Count, 'took' | 'all'>): Measure => ({
  heads: all.heads === 0 ? 0 : took.heads / all.heads,
  weight: all.weight === 0 ? 0 : took.weight / all.weight,
})
