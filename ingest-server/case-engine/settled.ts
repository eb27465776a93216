// What a step settles besides the stage it leads to: requests that fall away, an urging answered, a hold that is over, a mis-dispatch counted.
import type { Besides, Case } from '#contract/case'
import type { MovingWish } from '#contract/command'
import type { Instant } from '#contract/ids'
import { isOpen } from '#contract/stage'
import type { Verb } from '#contract/stage'
import { isStillMeant } from './asks.ts'
import { fallenAway } from './requests.ts'
import { answeredBy } from './urging.ts'

/** `after`: the case at the stage the step has led it to, its clocks set. */
export function settledBy(before: Case, after: Case, wish: MovingWish, verb: Verb, now: Instant): Besides {
  const isMisdispatched = verb === 'return' && wish.type === 'return' && wish.misdispatch
  return {
    ...fallenAway(after, (request) => isStillMeant(request, after), now),
    ...answeredBy(after, verb, now),
    ...(!isOpen(after.stage) && before.held && { held: null }),
    ...(isMisdispatched && { misdispatches: (before.misdispatches ?? 0) + 1 }),
  }
}
