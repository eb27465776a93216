// What residents ask for, in words: who without a name, how long it waits, how much of the term is left. Pure.
import type { Instant } from '#contract/ids'
import type { WishWeight } from '#contract/personal-wish'
import type { ListedWish } from '../../../link/wishes.ts'
import { dateOf, dayMs } from '../../../words/moments.ts'
import { dayTime, spanInWords } from '../../../words/times.ts'
import { sayWish } from '../../../words/wishes.ts'

type Names = Readonly<Record<string, string>>

/** As the server orders them: what waits with the oldest first, then what was decided last. */
export const wishesBy = (wishes: readonly ListedWish[]) => ({
  waiting: wishes.filter(({ decided }) => decided === null),
  decided: wishes.filter(({ decided }) => decided !== null),
})

/** A resident by a piece of their reference, enough to tell two apart; a colleague by name. */
export const whoSaid = ({ kind, about }: ListedWish, names: Names): string =>
  kind === 'erase' ? sayWish('resident', { ref: about.replace(/^r-/, '').slice(0, 6) }) : (names[about] ?? about)

export const ageSaid = ({ askedAt }: ListedWish, now: Instant): string =>
  now - askedAt < 60_000 ? sayWish('justAsked') : sayWish('asked', { ago: spanInWords(now - askedAt) })

/** Null where no law counts. */
export function termSaid({ answerBy }: ListedWish, now: Instant): { words: string; isLate: boolean } | null {
  if (answerBy === null) return null
  const days = Math.floor(Math.abs(answerBy - now) / dayMs)
  if (now >= answerBy) return { words: sayWish('late', { days }), isLate: true }
  return { words: days === 0 ? sayWish('leftHours') : sayWish('leftDays', { days }), isLate: false }
}
export const answerBySaid = (answerBy: Instant | null): string =>
  answerBy === null ? sayWish('noTerm') : dateOf(answerBy)

export const outcomeSaid = ({ decided }: ListedWish, names: Names, now: Instant): string =>
  decided
    ? `${sayWish(decided.granted ? 'granted' : 'refused')} · ${sayWish('by', {
        ...{ who: names[decided.by] ?? decided.by, time: dayTime(decided.at, now) },
      })}`
    : ''

/** What a yes would erase, a line each; nothing where nothing is left. */
export const weightSaid = (weighs: WishWeight): string[] =>
  (['residents', 'links', 'pictures'] as const).flatMap((what) =>
    weighs[what] > 0 ? [sayWish(`n.${what}`, { n: weighs[what] })] : [],
  )
