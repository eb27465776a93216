// A moment or a span as somebody asks for it in an address: epoch milliseconds, or ISO 8601 with its offset.
import { z } from 'zod'
import { Instant } from '#contract/ids'

const Digits = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number)

export const AskedTime = z.union([
  Digits.pipe(Instant),
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
])

export const AskedRevision = Digits.pipe(z.int().min(0))

/** As the document describes it. */
export const TimeInWords = z.string().meta({
  description: '毫秒时间戳，或带时区的 ISO 8601 · Epoch milliseconds, or ISO 8601 with its offset',
  examples: ['1763688600000', '2026-11-21T09:30:00+08:00'],
})
