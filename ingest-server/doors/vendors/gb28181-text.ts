// The text of a MANSCDP body, whatever its declaration says: firmware declares GB2312 and writes UTF-8, and the other way round.
import { isAscii, isUtf8 } from 'node:buffer'
import type { No } from './reading.ts'

const chinese = /^(gb2312|gbk|gb18030)$/i
const declaration = /^(?:\uFEFF)?\s*<\?xml[^>]{0,200}\?>/
/** Two bytes of GB2312 may by chance be one Latin, Greek or Arabic letter of UTF-8; three that are a Chinese one hardly ever. */
const beyondTwoBytes = /[\u0800-\uffff]/
const oneChinese = /[\u3400-\u9fff\uff00-\uffef]/

/** The same body in UTF-8 and without its declaration, or why it has no text. */
export function manscdpText(body: Buffer): Buffer | No {
  if (body.length === 0) return { refusal: 'nothing-in-it' }
  const text = decoded(withoutTail(body))
  if (text === null) return notText
  if (text.trim() === '') return { refusal: 'nothing-in-it' }
  return Buffer.from(text.replace(declaration, ''))
}

/** C programs send the zero that ends their string. */
function withoutTail(body: Buffer): Buffer {
  let end = body.length
  while (end > 0 && body[end - 1] === 0) end--
  return body.subarray(0, end)
}

function decoded(body: Buffer): string | null {
  if (isAscii(body)) return body.toString('latin1')
  const declared = /^[^>]{0,100}encoding\s*=\s*["']([\w-]+)["']/i.exec(body.toString('latin1', 0, 200))?.[1] ?? ''
  if (isUtf8(body)) {
    const text = body.toString('utf8')
    if (!chinese.test(declared) || beyondTwoBytes.test(text)) return text
  }
  const text = gb18030(body)
  // What nobody declared and holds no Chinese is not guessed to be any.
  return text === null || (!chinese.test(declared) && !oneChinese.test(text)) ? null : text
}

function gb18030(body: Buffer): string | null {
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(body)
  } catch {
    return null
  }
}

const notText: No = {
  refusal: 'bad-xml',
  words: {
    zh: '内容既不是 UTF-8，也不是 GB2312/GB18030，请检查编码，或看描述是否被截断在半个汉字上。',
    en: 'The bytes are neither UTF-8 nor GB2312/GB18030: check the encoding, or whether a text was cut off within a character.',
  },
}
