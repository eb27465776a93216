// Our own dialect: one report, an array of them, or one a line (NDJSON).
import { hash } from 'node:crypto'
import { asReport } from './as-report.ts'
import { isJson, isLines, jsonItems } from './json-items.ts'
import { parseJson, textOf } from './json.ts'
import { wrongType } from './noes.ts'
import { isNo, mediaType, mostItems, type Arrived, type Item, type Reading, type Sender } from './reading.ts'

export function readSanping({ body, contentType, sender: { cameras } }: Arrived): Reading {
  if (isLines(contentType)) return readLines(body, cameras)
  if (!isJson(contentType))
    return wrongType(mediaType(contentType), reports, 'application/json', 'application/x-ndjson')
  return jsonItems(body, (value, under, raw) => readOne(value, { under, raw, cameras }), { called: 'reports' })
}

const reports = { zh: '上报', en: 'reports' }

function readLines(body: Buffer, cameras: Sender['cameras']): Reading {
  const text = textOf(body)
  if (typeof text !== 'string') return text
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length > mostItems) return { refusal: 'too-many' }
  return lines.map((line, at): Item => {
    const raw = () => Buffer.from(line)
    const parsed = parseJson(line)
    if (!isNo(parsed)) return readOne(parsed.value, { under: `reports[${at}]`, raw, cameras })
    const words = parsed.words && {
      zh: `第 ${at + 1} 行：${parsed.words.zh}`,
      en: `Line ${at + 1}: ${parsed.words.en}`,
    }
    return { kind: 'refused', no: { refusal: parsed.refusal, ...(words && { words }) }, raw }
  })
}

const readOne = (value: unknown, read: Parameters<typeof asReport>[1]): Item =>
  asReport(withEventId(value, read.raw), read)

/** A sender without ids of its own gets one from the very bytes: the same bytes again are the same event. */
function withEventId(value: unknown, raw: () => Uint8Array): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.hasOwn(value, 'eventId'))
    return value
  return { ...value, eventId: `bytes-${hash('sha256', Buffer.from(raw())).slice(0, 32)}` }
}
