// How long is left, as digits that run; days in words, because nobody reads ninety-six hours.
import type { ClockLook } from '../../composables/clock-look.ts'
import { spanInWords, stopwatch } from '../../words/times.ts'
import { sayWall } from '../../words/wall.ts'

const day = 86_400_000

/** 剩 24:19 · 超时 3:15 · 剩 2 天 3 小时 */
export const leftWords = (look: ClockLook): string =>
  sayWall(look.lamp === 'over' ? 'over' : 'left', { span: digits(Math.abs(look.remaining)) })

/** −3:15, 24:19: for the column of the limits, where the sign says it. */
export const remainingDigits = (look: ClockLook): string =>
  Math.abs(look.remaining) >= day ? sayWall('days', { n: signed(look.remaining / day) }) : stopwatch(look.remaining)

const signed = (days: number): string => `${days < 0 ? '\u2212' : ''}${Math.floor(Math.abs(days))}`

const digits = (ms: number): string => (ms >= day ? spanInWords(ms) : stopwatch(ms))
