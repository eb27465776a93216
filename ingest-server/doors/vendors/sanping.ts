// Our own dialect: one report, an array of them, or one a line (NDJSON).
import { hash } from 'node:crypto'
import { IncomingReport } from '#contract/report'
import { elementTexts, parseJson, textOf } from './json.ts'
import { isNo, mapped, mediaType, mostItems, type Arrived, type Item, type Reading } from './reading.ts'
import { shapeNo } from './shape.ts'

const lineTypes = new Set([
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/x-jsonlines',
])

export function readSanping({ body, contentType, sender }: Arrived): Reading {
  const type = mediaType(contentType)
  const lines = lineTypes.has(type)
  if (!lines && type !== '' && type !== 'application/json' && type !== 'text/json') return wrongType(type)
  const text = textOf(body)
  if (typeof text !== 'string') return text
  if (lines) return readLines(text, sender.cameras)
  const parsed = parseJson(text)
  if (isNo(parsed)) return parsed
  if (!Array.isArray(parsed.value)) return [readOne(parsed.value, '', () => body, sender.cameras)]
  if (parsed.value.length > mostItems) return { refusal: 'too-many' }
  if (parsed.value.length === 0) return { refusal: 'nothing-in-it' }
  // Cut apart only where an item needs its own text: a refusal is rare, a batch is not.
  let texts: string[] | undefined
  return parsed.value.map((value: unknown, at) =>
    readOne(value, `reports[${at}]`, () => Buffer.from((texts ??= elementTexts(text))[at] ?? ''), sender.cameras),
  )
}

function readLines(text: string, cameras: Readonly<Record<string, string>>): Reading {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length > mostItems) return { refusal: 'too-many' }
  return lines.map((line, at): Item => {
    const raw = () => Buffer.from(line)
    const parsed = parseJson(line)
    if (!isNo(parsed)) return readOne(parsed.value, `reports[${at}]`, raw, cameras)
    const words = parsed.words && {
      zh: `第 ${at + 1} 行：${parsed.words.zh}`,
      en: `Line ${at + 1}: ${parsed.words.en}`,
    }
    return { kind: 'refused', no: { refusal: parsed.refusal, ...(words && { words }) }, raw }
  })
}

function readOne(
  value: unknown,
  under: string,
  raw: () => Uint8Array,
  cameras: Readonly<Record<string, string>>,
): Item {
  const given = withEventId(value, raw)
  const parsed = IncomingReport.safeParse(given)
  if (!parsed.success) return { kind: 'refused', no: shapeNo(parsed.error, given, under), raw }
  const report = parsed.data
  const ours = report.cameraId && mapped(cameras, report.cameraId)
  // A site may name its cameras otherwise than the map does, in our own dialect too.
  if (ours) report.cameraId = ours as NonNullable<typeof report.cameraId>
  return { kind: 'report', report, pictures: [], raw }
}

/** A sender without ids of its own gets one from the very bytes: the same bytes again are the same event. */
function withEventId(value: unknown, raw: () => Uint8Array): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.hasOwn(value, 'eventId'))
    return value
  return { ...value, eventId: `bytes-${hash('sha256', Buffer.from(raw())).slice(0, 32)}` }
}

const wrongType = (type: string) => ({
  refusal: 'content-type-wrong' as const,
  words: {
    zh: `内容类型「${type}」不对，请用 application/json 或 application/x-ndjson。`,
    en: `The content type ${type} is not right: use application/json or application/x-ndjson.`,
  },
})
