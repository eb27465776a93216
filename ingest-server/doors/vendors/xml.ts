// XML from cameras: small, flat, and never trusted with an entity of its own.
import { isUtf8 } from 'node:buffer'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { mapped, type No } from './reading.ts'

const options = {
  removeNSPrefix: true,
  // Channel 001 and serial 1234567890123456789 are names, not quantities.
  parseTagValue: false,
  // The five entities of XML itself are put in by `plainText`; those a document declares never are.
  processEntities: false,
  maxNestedTags: 60,
}
const plain = new XMLParser({ ...options, ignoreAttributes: true })
const withAttributes = new XMLParser({
  ...options,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseAttributeValue: false,
})

const mostBytes = 256 * 1024
/** A name or two with an ampersand in it, not a flood of them. */
const mostStray = 1000
/** Thousands of attributes are nobody's alarm. */
const endlessTag = /<(?!!)[^<>]{20000}/
const no = (zh: string, en: string): No => ({ refusal: 'bad-xml', words: { zh, en } })

/** `attributes`: they come as `@Name`, and the text of what bears any as `#text`. Entities stand as they came: see `plainText`. */
export function parseXml(bytes: Buffer, attributes = false): { value: Record<string, unknown> } | No {
  if (bytes.length > mostBytes) return { refusal: 'too-large' }
  const text = xmlText(bytes)
  if (typeof text !== 'string') return text
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) {
    return no('报文不得带 DOCTYPE 或 ENTITY 声明。', 'The message may not declare a DOCTYPE or an ENTITY.')
  }
  if (endlessTag.test(text)) return no('有一个标签太长。', 'One of its tags is too long.')
  if ((text.match(stray)?.length ?? 0) > mostStray) return no('孤立的 & 太多。', 'Too many a lone ampersand.')
  // Some firmware writes a channel called "A&B" as it is.
  const mended = text.replace(stray, '&amp;')
  try {
    const valid = XMLValidator.validate(mended)
    if (valid !== true) {
      const { line, msg } = valid.err
      // It lists every element left open, tens of thousands where somebody means harm.
      const why = msg.replace(/\s+/g, ' ').slice(0, 200)
      return no(`这不是完整的 XML（第 ${line} 行：${why}）。`, `This is not whole XML (line ${line}: ${why}).`)
    }
    const value = (attributes ? withAttributes : plain).parse(mended) as Record<string, unknown>
    const roots = Object.keys(value).filter((name) => name !== '?xml')
    return roots.length === 1
      ? { value }
      : no('报文须有且只有一个根元素。', 'There must be one root element, and only one.')
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault)
    return no(`这不是能读的 XML：${why}`, `This XML cannot be read: ${why}`)
  }
}

const stray = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/gi

/** UTF-8, or one of the Chinese encodings where the declaration says so. */
function xmlText(bytes: Buffer): string | No {
  const declared = /^[^>]{0,100}encoding\s*=\s*["']([\w-]+)["']/i.exec(bytes.toString('latin1', 0, 200))?.[1]
  if (declared && /^(gb2312|gbk|gb18030)$/i.test(declared)) {
    try {
      return new TextDecoder('gb18030', { fatal: true }).decode(bytes)
    } catch {
      return no(`内容与声明的 ${declared} 编码不符。`, `The bytes are not the ${declared} that is declared.`)
    }
  }
  if (!isUtf8(bytes)) return no('这不是 UTF-8 编码。', 'This is not UTF-8.')
  const text = bytes.toString('utf8')
  return text.includes('\0') ? no('内容里有空字符。', 'It holds a NUL character.') : text.replace(/^\uFEFF/, '')
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The text of a leaf, its entities put in; undefined where the element is missing, empty or no leaf. */
export function plainText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return undefined
  const text = value.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return mapped(entities, name) ?? whole
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole
  })
  return text.trim() === '' ? undefined : text.trim()
}
