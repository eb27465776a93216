// JSON as strictly as a report deserves: UTF-8 only, no key twice, no character that cannot be kept, no digit lost.
import { isUtf8 } from 'node:buffer'
import type { No } from './reading.ts'

const no = (zh: string, en: string): No => ({ refusal: 'bad-json', words: { zh, en } })

/** The text of a body, or why it is none. A byte order mark is let through: Windows tools write it. */
export function textOf(body: Buffer): string | No {
  if (body.length === 0) return { refusal: 'nothing-in-it' }
  if (!isUtf8(body))
    return no('这不是 UTF-8 编码，请转成 UTF-8 后重发。', 'This is not UTF-8: encode it so and send again.')
  const text = body.toString('utf8')
  const whole = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  return whole.trim() === '' ? { refusal: 'nothing-in-it' } : whole
}

/** `exact`: integers of 16 digits and more come as text, since a double would change their last digits. */
export function parseJson(text: string, exact = false): { value: unknown } | No {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (fault) {
    const where = fault instanceof Error ? fault.message : String(fault)
    return no(`这不是完整的 JSON：${where}`, `This is not whole JSON: ${where}`)
  }
  const twice = keyTwice(text, value)
  if (twice !== null) return no(`同一个对象里「${twice}」写了两次。`, `One object has the key "${twice}" twice.`)
  if (unkeepable.test(text) && !keepable(value)) {
    return no('文字里有不成对的代理字符或空字符。', 'A text holds a lone surrogate or a NUL character.')
  }
  return { value: exact && /\d{16}/.test(text) ? JSON.parse(quoteLongIntegers(text)) : value }
}

/** Only escapes can bring a lone surrogate or a NUL into a text whose bytes are good UTF-8. */
const unkeepable = /\\u(?:[dD][89a-fA-F]|0000)/

// With the u flag a surrogate that has its other half is one character and does not match.
const loneSurrogateOrNul = /[\p{Surrogate}\0]/u

/** Every text in a value, keys too, can be written as UTF-8 and read back the same. Walks without recursion. */
function keepable(value: unknown): boolean {
  const left: unknown[] = [value]
  while (left.length > 0) {
    const next = left.pop()
    if (typeof next === 'string' && loneSurrogateOrNul.test(next)) return false
    if (typeof next !== 'object' || next === null) continue
    for (const [key, inner] of Object.entries(next)) left.push(key, inner)
  }
  return true
}

const string = '"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"'
const stringOrNumber = new RegExp(`${string}|-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?`, 'g')

/** The text is known to be whole JSON, so every quote opens a string or closes one. */
function quoteLongIntegers(text: string): string {
  return text.replace(stringOrNumber, (token) => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token))
}

/**
 * The first key that stands twice in one object, or null. Counting is enough where nothing is wrong: the text
 * has at least as many `"…":` as keys, and no more than the value kept means that none was overwritten.
 */
function keyTwice(text: string, value: unknown): string | null {
  return (text.match(/"\s*:/g)?.length ?? 0) === countKeys(value) ? null : findKeyTwice(text)
}

function countKeys(value: unknown): number {
  let count = 0
  const left: unknown[] = [value]
  while (left.length > 0) {
    const next = left.pop()
    if (typeof next !== 'object' || next === null) continue
    const inner: unknown[] = Array.isArray(next) ? next : Object.values(next)
    if (inner !== next) count += inner.length
    for (const one of inner) if (typeof one === 'object' && one !== null) left.push(one)
  }
  return count
}

const stringOrMark = new RegExp(`(${string})(\\s*:)?|[{}\\[\\]]`, 'g')

/** The slow, sure way: every key of every object that is open, read from the text itself. */
function findKeyTwice(text: string): string | null {
  const open: (Set<string> | null)[] = []
  for (const [token, key, colon] of text.matchAll(stringOrMark)) {
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(null)
    else if (token === '}' || token === ']') open.pop()
    else if (key !== undefined && colon !== undefined) {
      const keys = open.at(-1)
      const name = JSON.parse(key) as string
      if (keys?.has(name)) return name
      keys?.add(name)
    }
  }
  return null
}

/** The texts of the elements of a top-level array, as they came: what JSON.stringify gives back is not what was sent. */
export function elementTexts(text: string): string[] {
  const found: string[] = []
  let depth = 0
  let from = 0
  for (const match of text.matchAll(new RegExp(`${string}|[{}\\[\\],]`, 'g'))) {
    const token = match[0]
    if (token === '{' || token === '[') {
      depth++
      if (depth === 1) from = match.index + 1
    }
    const ends = (token === ',' && depth === 1) || (token === ']' && depth === 1)
    if (token === '}' || token === ']') depth--
    if (!ends) continue
    found.push(text.slice(from, match.index).trim())
    from = match.index + 1
  }
  return found.length === 1 && found[0] === '' ? [] : found
}
