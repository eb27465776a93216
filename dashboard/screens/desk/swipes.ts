// What drawing a row aside wishes: to the right the one thing to do, to the left 暂缓. Never what refuses, returns or ends a case.
import { isWaiting, mayGrant } from '#contract/asks'
import type { Case } from '#contract/case'
import { isUnsigned } from '#contract/figures'
import type { PersonId } from '#contract/ids'
import { saySwipe } from '../../words/desk-swipe.ts'
import { personName, scenarioOf } from './facts.ts'
import type { Facts } from './facts.ts'
import type { HeldWish } from './hold.ts'
import type { DeskPart } from './lists.ts'
import { mayShelve } from './may.ts'
import type { Looker } from './may.ts'

export interface SwipeAbout {
  facts: Facts
  subject: Case
  looker: Looker | null
  /** The list it stands in. */
  part: DeskPart
  /** Whom one would send; null where nobody fits. */
  best: PersonId | null
  /** Nothing can be wished about it now. */
  isBusy: boolean
}

export type Swiped =
  /** Held for ten seconds, so that a slip can be taken back. */
  | { does: 'hold'; wish: HeldWish; words: string }
  /** 签收 loses nobody anything, and is not kept waiting. */
  | { does: 'sign'; words: string }
  /** Asks until when and why before anything is done. */
  | { does: 'shelve'; words: string }

/** Absent: that side does nothing. */
export interface Swipes {
  right?: Swiped
  left?: Swiped
}

export function swipesOf(about: SwipeAbout): Swipes {
  if (about.isBusy) return {}
  const [right, left] = [rightOf(about), leftOf(about)]
  return { ...(right && { right }), ...(left && { left }) }
}

function rightOf({ facts, subject, looker, part, best }: SwipeAbout): Swiped | undefined {
  const caseId = subject.id
  switch (part) {
    case 'waiting':
      if (isUnsigned(subject)) return { does: 'sign', words: saySwipe('sign') }
      if (!best) return undefined
      return {
        ...{ does: 'hold', wish: { type: 'dispatch', caseId, to: best } },
        words: saySwipe('send', { who: personName(facts, best) }),
      }
    case 'asked': {
      const scenario = scenarioOf(facts, subject)
      const request = subject.requests?.find((one) => isWaiting(one) && mayGrant(scenario, one, subject, looker))
      // 作废 ends it: that is read first.
      if (!request || request.what === 'void') return undefined
      return { does: 'hold', wish: { type: 'approve', caseId, request: request.id }, words: saySwipe('approve') }
    }
    case 'shelved':
      return { does: 'hold', wish: { type: 'unshelve', caseId }, words: saySwipe('bringBack') }
    case 'held':
      return { does: 'hold', wish: { type: 'resume', caseId }, words: saySwipe('resume') }
    // 改派 asks whom; what is to be verified is looked at first; what has ended stands.
    case 'underWay':
    case 'toVerify':
    case 'ended':
      return undefined
    default:
      return part satisfies never
  }
}

function leftOf({ subject, looker, part }: SwipeAbout): Swiped | undefined {
  const isHere = part === 'waiting' || part === 'underWay'
  return isHere && mayShelve(subject, looker) ? { does: 'shelve', words: saySwipe('shelve') } : undefined
}
