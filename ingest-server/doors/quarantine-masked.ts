// A message as who keeps the system may read it: its names, its codes, its times; of what a person said, of numbers and pictures only how much there is.
import type { Language } from '#contract/language'
import type { IntakeAnswer } from '#contract/outcome'
import { scrubbed } from '#contract/personal-numbers'
import type { QuarantineLabel } from '#contract/quarantine'
import type { Refusal } from '#contract/refusal'
import { parseJson } from './vendors/json.ts'
import { isNo } from './vendors/reading.ts'

/** Whatever stands under one of these is somebody's, or of what somebody wrote, however plain it looks. */
const personal =
  /^(?:name|user|text|note|body)$|phone|tel$|mobile|contact|report(?:er|ed_?by)|caller|citizen|resident|person|owner|first_?name|last_?name|full_?name|user_?name|address|email|wechat|openid|plate|id_?card|^face|feature|desc|^content$|remark|comment|memo|title|media|photo|picture|image|snap|file|token|secret|password|^(?:lon|lat|lng|longitude|latitude)$/i
/** What machines call things by: no spaces, no signs of a link, nothing long enough to be a picture. */
const code = /^[A-Za-z0-9_.:+/-]{0,64}$/
const time = /^\d{4}-\d\d-\d\d[ T][\d:.]+(?:Z|[+-]\d\d:?\d\d)?$/
/** Bare figures of a phone's length are none of ours to show; ten and thirteen are the seconds and milliseconds of a clock. */
const bareNumber = /^\d{7,9}$|^\d{11,12}$|^\d{14,}$/

const isPlain = (text: string): boolean =>
  time.test(text) || (code.test(text) && !text.includes('//') && !bareNumber.test(text) && scrubbed(text) === text)

const withheld: Record<Language, (length: number) => string> = {
  zh: (length) => `［略 ${length} 字］`,
  en: (length) => `[${length} characters withheld]`,
}

const masked = (text: string, language: Language): string =>
  isPlain(text) ? text : withheld[language](Array.from(text).length)

function withoutWords(value: unknown, language: Language, isTheirs = false): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutWords(one, language, isTheirs))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        masked(key, language),
        withoutWords(one, language, isTheirs || !isPlain(key) || personal.test(key)),
      ]),
    )
  if (typeof value !== 'string' && typeof value !== 'number') return value
  const text = String(value)
  return isTheirs || !isPlain(text) ? withheld[language](Array.from(text).length) : value
}

/** A tag at a time; what stands between two, or within quotes, is a value. Comments and CDATA are nobody's to read. */
function withoutXmlWords(text: string, language: Language): string {
  let under = ''
  return text
    .replace(/<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>/g, (whole) => withheld[language](Array.from(whole).length))
    .replace(/<(\/?)([^\s<>/]*)([^<>]*)>|[^<>]+/g, (piece, _end?: string, tag?: string, rest?: string) => {
      if (tag === undefined) return piece.trim() === '' ? piece : valueOf(under, piece.trim(), language)
      under = tag.replace(/^.*:/, '')
      const attributes = (rest ?? '').replace(
        /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g,
        (_all, name: string, one?: string, other?: string) =>
          `${name}="${valueOf(name, one ?? other ?? '', language)}"`,
      )
      return `<${_end ?? ''}${tag}${attributes}>`
    })
}

const valueOf = (name: string, text: string, language: Language): string =>
  personal.test(name) ? withheld[language](Array.from(text).length) : masked(text, language)

/** Null where nothing of it can be told apart: a form, a table, a picture. */
export function maskedBody(text: string, language: Language): string | null {
  const parsed = parseJson(text)
  if (!isNo(parsed)) return JSON.stringify(withoutWords(parsed.value, language), null, 2)
  return /^\s*</.test(text) ? withoutXmlWords(text, language) : null
}

/** The sender's own word for a matter or a camera is what has to be mapped. */
const named: ReadonlySet<Refusal> = new Set<Refusal>(['matter-unknown', 'camera-unknown', 'facility-unknown'])

/** Why it was refused, without what it quotes of a person or where they are. */
export function maskedReason({ refusal, words }: { refusal: Refusal; words: string }, language: Language): string {
  const bare = scrubbed(words).replace(/-?\d+\.\d{3,}/g, (figure) => withheld[language](figure.length))
  if (named.has(refusal)) return bare
  return bare.replace(/「([^」]*)」|"([^"]*)"/g, (all, one?: string, other?: string) => {
    const quoted = one ?? other ?? ''
    return isPlain(quoted) ? all : withheld[language](Array.from(quoted).length)
  })
}

export const maskedAnswer = (one: IntakeAnswer, language: Language): IntakeAnswer =>
  one.ok ? one : { ...one, words: maskedReason(one, language) }

export function maskedLabel(label: QuarantineLabel, language: Language): QuarantineLabel {
  const { replayed } = label
  const answers = replayed?.answers.map((one) => maskedAnswer(one, language)) ?? []
  return { ...label, words: maskedReason(label, language), replayed: replayed && { ...replayed, answers } }
}
