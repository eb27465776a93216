// How much time the desk says is left: to the second where it is short.
import { spanInWords, stopwatch } from '../../words/times.ts'

const day = 24 * 3_600_000

/** `4:53` and `3:41:20` within a day, words beyond it. */
export const timeSaid = (ms: number): string => (Math.abs(ms) < day ? stopwatch(Math.abs(ms)) : spanInWords(ms))
