// 挂账: the clocks stand still until it runs out or is taken up again.
import type { Case } from '#contract/case'
import type { Instant } from '#contract/ids'
import type { Decision } from './decision.ts'
import { no } from './decision.ts'
import type { Known } from './known.ts'

export function endHold(_current: Case, _now: Instant, _known: Known): Decision {
  return no('not-yet')
}
