// How much time the desk says is left, to the second where it is short; how long a limit is.
import type { Limit } from '#contract/clock'
import { sayDesk } from '../../words/desk.ts'
import { spanInWords, stopwatch } from '../../words/times.ts'

const day = 24 * 3_600_000

/** `4:53` and `3:41:20` within a day, words beyond it. */
export const timeSaid = (ms: number): string => (Math.abs(ms) < day ? stopwatch(Math.abs(ms)) : spanInWords(ms))

/** 「4 工时」, 「30 分」. */
export const limitSaid = (limit: Limit): string => sayDesk(`limit.${limit.unit}`, { n: limit.amount })
