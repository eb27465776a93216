// What a command from the wall may say and whom it may name: short reasons, and who fits, without those who have it already.
import type { Case } from '#contract/case'
import type { PersonId } from '#contract/ids'
import { sayLinked } from '../../words/linked.ts'

export interface Fit {
  id: PersonId
  name: string
  /** 在岗·180 m·2 件在办. */
  facts: string
  /** 最近；持低压电工证. */
  reasons: string
  eta: string
}

/** As many as a hand chooses from at a glance. */
const most = 5

/** Whoever has it, and whoever was sent after it and has not said no, is not sent again. */
export function fitFor({ holder, orders = [] }: Case, fit: readonly Fit[]): Fit[] {
  const sent = new Set(
    orders
      .filter(({ what }) => what === 'reinforce')
      .flatMap(({ to }) => to.filter(({ declinedAt }) => declinedAt === undefined).map(({ personId }) => personId)),
  )
  return fit.filter(({ id }) => id !== holder?.personId && !sent.has(id)).slice(0, most)
}

const urgeReasons = ['urge.1', 'urge.2', 'urge.3', 'urge.4'] as const
const reinforceReasons = ['reinforce.1', 'reinforce.2', 'reinforce.3'] as const

export const reasonsOf = (way: 'urge' | 'reinforce'): string[] =>
  (way === 'urge' ? urgeReasons : reinforceReasons).map((key) => sayLinked(key))
