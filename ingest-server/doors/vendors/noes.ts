// The noes that more than one dialect has to say, each in one sentence.
import type { Words } from '#contract/language'
import type { No } from './reading.ts'

export const wrongShape = (zh: string, en: string): No => ({ refusal: 'wrong-shape', words: { zh, en } })

/** `field`: where it should stand, `alert.sent`. */
export const missing = (field: string): No => wrongShape(`${field}: 缺少。`, `${field}: is missing.`)

/** `whose`: how a sentence calls what was expected; `take`: what it may be sent as. */
export const wrongType = (type: string, whose: Words, ...take: readonly string[]): No => ({
  refusal: 'content-type-wrong',
  words: {
    zh: `内容类型「${type.slice(0, 60)}」不对，${whose.zh}请用 ${take.join('、')}。`,
    en: `The content type ${type.slice(0, 60)} is not right: send ${whose.en} as ${take.join(', ')}.`,
  },
})

/** A day that never was, or no date at all. `like`: one as it should be written. */
export function timeNo(field: string, text: string | undefined, like = '2026-11-21T08:00:00+08:00'): No {
  if (text === undefined) return { ...missing(field), refusal: 'time-impossible' }
  const given = text.slice(0, 60)
  return {
    refusal: 'time-impossible',
    words: {
      zh: `${field}: 「${given}」不是有效的日期时间，例如 ${like}。`,
      en: `${field}: "${given}" is no valid date and time, like ${like}.`,
    },
  }
}
