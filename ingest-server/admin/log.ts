// What the log files say, zipped ones too: by time, by event, by who.
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { logEvents } from '../app/log-events.ts'
import { dayIn, dayOf } from '../app/log-files.ts'
import { no, textOf, wrong, type Answer, type SystemCall, type SystemCommand } from './call.ts'

interface Line {
  time?: unknown
  event?: unknown
  who?: unknown
  street?: unknown
}

const day = 86_400_000

/** `2026-11-22`, `2026-11-22 09:30`, in the street's time; null where it is no time. */
function momentIn(text: string): number | null {
  const [, date, time = '00:00'] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?$/.exec(text) ?? []
  const at = date === undefined ? NaN : Date.parse(`${date}T${time}:00+08:00`)
  return Number.isNaN(at) ? null : at
}

async function show(call: SystemCall): Promise<Answer> {
  const [event, who, of] = [textOf(call, 'event'), textOf(call, 'who'), textOf(call, 'of')]
  const [since, until] = [textOf(call, 'since'), textOf(call, 'until')]
  const from = since === undefined ? call.now() - day : momentIn(since)
  const to = until === undefined ? Infinity : momentIn(until)
  if (from === null || to === null)
    return wrong('时间写成 2026-11-22 或 "2026-11-22 09:30"。', 'A time is written 2026-11-22 or "2026-11-22 09:30".')
  if (event !== undefined && !Object.hasOwn(logEvents, event))
    return no(
      `没有 ${event} 这种事，有：${Object.keys(logEvents).join(' ')}`,
      `There is no event ${event}; there are: ${Object.keys(logEvents).join(' ')}`,
    )
  const folder = call.logs ?? join(call.folder, 'logs')
  const names = await readdir(folder).catch(() => null)
  if (!names) return no(`${folder} 里没有日志文件。`, `There are no log files in ${folder}.`)
  const days = names.filter((name) => (dayIn(name) ?? '') >= dayOf(from)).sort()
  for (const name of days) {
    for await (const text of linesOf(join(folder, name))) {
      if (call.stopped()) return null
      const line = lineIn(text)
      if (!line || typeof line.time !== 'number' || line.time < from || line.time >= to) continue
      if (event !== undefined && line.event !== event) continue
      if (who !== undefined && line.who !== who) continue
      if (of !== undefined && line.street !== of) continue
      call.say(`${new Date(line.time + 8 * 3_600_000).toISOString().replace('T', ' ').slice(0, 23)} ${text}`)
    }
  }
  return null
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const plain = createReadStream(path)
  const input = path.endsWith('.gz') ? plain.pipe(createGunzip()) : plain
  try {
    yield* createInterface({ input, crlfDelay: Infinity })
  } catch {
    // A zipped file that is cut off gives what it still has.
  } finally {
    plain.destroy()
  }
}

/** What a full disk cut off is no line. */
function lineIn(text: string): Line | null {
  try {
    return JSON.parse(text) as Line
  } catch {
    return null
  }
}

const text = { type: 'string' as const }
export const logCommands: Record<string, SystemCommand> = {
  'log show': {
    usage: 'log show [--since 2026-11-22] [--until …] [--event request] [--who 工号] [--of 街道]',
    says: {
      zh: '看运行日志（压缩过的也看）：不写 --since 就看最近一天',
      en: 'the log files, zipped ones too: the last day unless --since says more',
    },
    takes: 0,
    options: { since: text, until: text, event: text, who: text, of: text },
    runs: show,
  },
}
