// Dahua's own text: `Code=…;action=…;index=…;data={…}` of its event manager, and `Events[0].A.B=…` of its snapshot manager.
import { parseJson } from './json.ts'
import { isNo, mostItems, type No } from './reading.ts'

/** One event, whichever way it was written. */
export interface DahuaEvent {
  code: string
  action: string | undefined
  index: string | undefined
  facts: Record<string, unknown>
}

/** Events in their order, those that are broken among them; a heartbeat is an event of that name. */
export function readDahuaText(text: string): (DahuaEvent | No)[] | No {
  if (/^\s*Events\[\d+\]\./.test(text)) return readFlat(text)
  const starts = [...text.matchAll(/^[ \t]*(?:Code=|Heartbeat\b)/gim)].map(({ index }) => index)
  if (starts.length > mostItems) return { refusal: 'too-many' }
  const lead = text.slice(0, starts[0] ?? text.length).trim()
  // A forwarder may hand on the stream as it read it, delimiters and headers included.
  if (lead !== '' && !/^--|^content-/i.test(lead)) return noEvent(lead)
  if (starts.length === 0) return noEvent(text)
  return starts.map((from, at) => readLine(text.slice(from, starts[at + 1] ?? text.length).trim()))
}

/** All that stands before its data. */
const mostHead = 4096

function readLine(line: string): DahuaEvent | No {
  if (!/^Code=/i.test(line)) return { code: 'Heartbeat', action: undefined, index: undefined, facts: {} }
  const dataAt = line.search(/;\s*data\s*=/i)
  const head = dataAt === -1 ? (line.split(/\r?\n/, 1)[0] ?? '') : line.slice(0, dataAt)
  if (head.length > mostHead) return noEvent(line)
  const pairs = new Map(
    head.split(';').map((pair) => {
      const at = pair.indexOf('=')
      return [pair.slice(0, at).trim().toLowerCase(), pair.slice(at + 1).trim()] as const
    }),
  )
  const code = pairs.get('code')
  if (!code || code.length > 100) return noEvent(line)
  const facts = dataAt === -1 ? {} : factsOf(line.slice(line.indexOf('=', dataAt) + 1))
  return isNo(facts) ? facts : { code, action: pairs.get('action'), index: pairs.get('index'), facts }
}

/** What stands behind the closing bracket is a delimiter of the stream. */
function factsOf(text: string): Record<string, unknown> | No {
  const whole = text.replace(/\r?\n--[^\r\n]{0,200}(?:\r?\n[^]*)?$/, '').trim()
  if (whole === '' || whole === 'null') return {}
  const parsed = parseJson(whole, true)
  if (isNo(parsed)) return parsed
  const { value } = parsed
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

const mostDepth = 8

function readFlat(text: string): DahuaEvent[] | No {
  const events = new Map<string, DahuaEvent>()
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*Events\[(\d{1,4})\]\.([\w.[\]]{1,200})=(.*)$/.exec(line)
    if (!match) continue
    const [, number = '', path = '', value = ''] = match
    const event = events.get(number) ?? { code: '', action: undefined, index: undefined, facts: {} }
    events.set(number, event)
    if (events.size > mostItems) return { refusal: 'too-many' }
    const name = path.toLowerCase()
    if (name === 'eventbaseinfo.code') event.code = value.trim().slice(0, 100)
    else if (name === 'eventbaseinfo.action') event.action = value.trim()
    else if (name === 'eventbaseinfo.index') event.index = value.trim()
    // Only what stands at the top is asked for; regions and objects are of no use here.
    else if (path.split('.').length < mostDepth && !/[.[]/.test(path)) event.facts[path] = value.trim()
  }
  const found = [...events.values()]
  return found.length > 0 && found.every(({ code }) => code !== '') ? found : noEvent(text)
}

const noEvent = (given: string): No => ({
  refusal: 'wrong-shape',
  words: {
    zh: `看不懂「${given.trim().slice(0, 60)}」：应是 Code=…；action=…；index=… 或 Events[0].EventBaseInfo.Code=…。`,
    en: `"${given.trim().slice(0, 60)}" is not understood: it should be Code=…;action=…;index=… or Events[0].EventBaseInfo.Code=….`,
  },
})
