// All who come to a mega-city's server, in a process of their own: screens as bare websockets, reports at a pace nobody's answer slows down.
import { openSync, writeSync } from 'node:fs'
import { WebSocket } from 'ws'
import type { IntakeAnswer } from '#contract/outcome'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { percentile } from '../suites/figure.ts'
import { reportOf } from '../trial/load.ts'
import { openPoster } from './keep-alive.ts'
import type { StreetOfMany } from './many-streets.ts'

export interface Crowd {
  port: number
  streets: Pick<StreetOfMany, 'host' | 'moved' | 'key' | 'cookie'>[]
  screens: number
  /** Each acknowledged one, `street command`, a line. */
  ledger: string
  seed: number
}

export type Asked = { open: Crowd } | { paced: { perSecond: number; seconds: number } } | { used: true }

export interface Paced {
  sent: number
  taken: number
  later: number
  otherwise: number
  /** Seconds from the last that was sent until nothing more came to any screen that was sent before. */
  caughtUp: number
  deliveries: number
  bytes: number
  ack: Spread
  shown: Spread
  /** What was seen of the reports: each screen of the street must have been told of each that was taken. */
  missing: number
}

interface Spread {
  p50: number
  p99: number
  worst: number
}

const atOnce = 100
const connections = 1500
const every = 5
/** Whoever was sent something says so by when, in the event's own name. */
const marked = /"load\/(\d+)"/g
/** `42["patch",{"since":123,"revision":124,` and more. */
const namedWithin = 60
const patchesKept = 200
const clock = () => performance.timeOrigin + performance.now()

interface Heard {
  known: Set<string>
  /** When those it was the first to tell of were sent. */
  patches: Map<string, number[]>
}

let crowd: Crowd
const heard = new Map<number, Heard>()
let poster: ReturnType<typeof openPoster>
const lines: WebSocket[] = []
const told = { deliveries: 0, bytes: 0, shown: [] as number[], last: 0, seen: 0, from: Infinity }
let sent = 0
let ledger = 0

async function open(given: Crowd): Promise<void> {
  crowd = given
  const { port, screens, streets } = crowd
  poster = openPoster({ port, most: connections })
  ledger = openSync(crowd.ledger, 'a')
  let next = 0
  const work = async () => {
    while (next < screens) {
      const street = next++ % streets.length
      lines.push(await aScreen(street))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

/** socket.io's own words: `0` open, `40` join, `42n` ask, `43n` answer, `2` and `3` its heart. */
const aScreen = (street: number): Promise<WebSocket> =>
  new Promise((done, failed) => {
    const { port, streets } = crowd
    const { cookie, host: name } = streets[street]!
    const host = `${name}:${port}`
    const own = heard.get(street) ?? { known: new Set(), patches: new Map() }
    heard.set(street, own)
    const line = new WebSocket(`ws://127.0.0.1:${port}/line/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
      headers: { host, cookie, origin: `http://${host}` },
    })
    line.once('error', failed)
    line.once('close', () => failed(new Error('a screen was hung up on')))
    line.on('message', (part: Buffer) => {
      if (part[0] === 0x34 && part[1] === 0x32) return heed(own, part)
      const said = part.toString()
      if (said === '2') line.send('3')
      else if (said.startsWith('0')) line.send('40')
      else if (said.startsWith('40')) line.send('420["hello",{"rules":[]}]')
      else if (/^4(3|6\d-)0/.test(said)) done(line)
      else if (said.startsWith('44')) failed(new Error(`the door stays shut: ${said}`))
    })
  })

function heed(street: Heard, part: Buffer): void {
  told.bytes += part.length
  if (part.indexOf('"patch"') !== 3) return
  const now = clock()
  told.deliveries++
  for (const sentAt of newsOf(street, part)) {
    if (sentAt < told.from) continue
    told.seen++
    told.last = now
    told.shown.push(now - sentAt)
  }
}

/** A case is told whole, again with each report that joins it: news is what no patch of the street held before. Read once for all its screens. */
function newsOf({ known, patches }: Heard, part: Buffer): readonly number[] {
  const which = part.toString('latin1', 0, namedWithin)
  const read = patches.get(which)
  if (read) return read
  const news = [...part.toString('latin1').matchAll(marked)]
    .map(([, name = '']) => name)
    .filter((name) => !known.has(name))
  for (const name of news) known.add(name)
  const sentAt = [...new Set(news)].map((name) => Number(name.slice(0, -6)) + Number(name.slice(-6)) / 1000)
  patches.set(which, sentAt)
  if (patches.size > patchesKept) patches.delete(patches.keys().next().value!)
  return sentAt
}

async function paced({ perSecond, seconds }: { perSecond: number; seconds: number }): Promise<Paced> {
  const chance = chanceFrom(crowd.seed + sent)
  const began = clock()
  const before = { deliveries: told.deliveries, bytes: told.bytes }
  Object.assign(told, { shown: [], seen: 0, from: began, last: 0 })
  const result = { sent: 0, taken: 0, later: 0, otherwise: 0 }
  const ack: number[] = []
  const perStreet = new Map<number, number>()

  const otherwise = (said: string) => {
    if (result.otherwise++ < 3) console.error(`  answered otherwise: ${said.slice(0, 300)}`)
  }
  const sendOne = async () => {
    const nth = Math.floor(chance.next() * crowd.streets.length)
    const { host, moved, key } = crowd.streets[nth]!
    const at = clock()
    // Milliseconds, and six digits that tell those of one apart: as microseconds they are noise.
    const name = `${Math.floor(at)}${String(sent++ % 1000).padStart(6, '0')}`
    const report = reportOf(chance, name, Math.floor(at))
    report.at.lon += moved[0]
    report.at.lat += moved[1]
    const { code, text } = await poster.post(host, key, JSON.stringify(report))
    if (code === 429) return void result.later++
    if (code !== 200) return void otherwise(`${code} ${text}`)
    ack.push(clock() - at)
    const { results } = JSON.parse(text) as { results: IntakeAnswer[] }
    for (const answer of results) {
      if (!answer.ok) otherwise(answer.refusal)
      else {
        result.taken++
        writeSync(ledger, `${nth} ${answer.commandId}\n`)
        perStreet.set(nth, (perStreet.get(nth) ?? 0) + 1)
      }
    }
  }

  const all: Promise<void>[] = []
  const wanted = Math.round(perSecond * seconds)
  await new Promise<void>((over) => {
    const timer = setInterval(() => {
      const due = Math.min(wanted, Math.floor(((clock() - began) / 1000) * perSecond))
      while (result.sent < due) {
        result.sent++
        all.push(sendOne())
      }
      if (result.sent < wanted) return
      clearInterval(timer)
      over()
    }, every)
  })
  const ended = clock()
  await Promise.all(all)
  await quiet()
  return {
    ...result,
    caughtUp: Math.max(0, told.last - ended) / 1000,
    deliveries: told.deliveries - before.deliveries,
    bytes: told.bytes - before.bytes,
    ack: spread(ack),
    shown: spread(told.shown),
    missing: missing(perStreet),
  }
}

/** Until nobody is told anything new for a while. */
async function quiet(): Promise<void> {
  for (let seen = -1, still = 0; still < 10; still = seen === told.seen ? still + 1 : 0) {
    seen = told.seen
    await new Promise((over) => setTimeout(over, 100))
  }
}

function missing(perStreet: ReadonlyMap<number, number>): number {
  const { screens, streets } = crowd
  const screensOf = (nth: number) => Math.floor(screens / streets.length) + (nth < screens % streets.length ? 1 : 0)
  const wanted = [...perStreet].reduce((sum, [nth, taken]) => sum + taken * screensOf(nth), 0)
  return Math.max(0, wanted - told.seen)
}

const spread = (all: readonly number[]): Spread => ({
  p50: percentile(all, 0.5),
  p99: percentile(all, 0.99),
  worst: all.reduce((most, one) => Math.max(most, one), 0),
})

const tell = (answer: object): void => void process.send!(answer)
process.on('message', (asked: Asked) => {
  const work: Promise<object> =
    'open' in asked
      ? open(asked.open).then(() => ({ opened: lines.length }))
      : 'paced' in asked
        ? paced(asked.paced)
        : Promise.resolve({ cpu: process.cpuUsage() })
  work.then(tell, (fault: unknown) => tell({ fault: String(fault) }))
})
process.on('disconnect', () => process.exit())
