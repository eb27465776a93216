// The crowd itself: socket.io screens with boards of their own, which come back, say what they hold, and heal their gaps.
import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import type { Case } from '#contract/case'
import { applyPatch, boardFrom, type Patch, type ScreenBoard } from '#contract/patch'
import type { Hello, ScreenToServer, ServerToScreen, Welcome } from '#contract/wire'
import type { CrowdAsked, CrowdWhat, Seat } from './crowd.ts'

type Line = Socket<ServerToScreen, ScreenToServer>
/** As much of socket.io's inside as a browser does by itself: a wall's cookie comes anew with each handshake. */
type Inside = { engine?: { transport?: { ws?: { once(name: 'upgrade', heard: (said: Said) => void): void } } } }
type Said = { headers: { 'set-cookie'?: string[] } }

interface Screen {
  seat: string
  line: Line
  board: ScreenBoard | null
}

const screens: Screen[] = []
const counts = { delivered: 0, cameBack: 0, gaps: 0 }

function openScreen(url: string, seat: Seat): Screen {
  const headers = { cookie: seat.cookie, origin: url }
  const line: Line = io(url, {
    ...{ path: '/line', transports: ['websocket'], forceNew: true },
    // As the screens' own line does, with its jitter.
    ...{ reconnectionDelay: 100, reconnectionDelayMax: 1000, randomizationFactor: 0.5, timeout: 5000 },
    extraHeaders: headers,
  })
  const screen: Screen = { seat: seat.name, line, board: null }
  const keepCookie = () =>
    (line.io as unknown as Inside).engine?.transport?.ws?.once('upgrade', (said) => {
      const fresh = said.headers['set-cookie']?.[0]?.split(';')[0]
      if (fresh) headers.cookie = fresh
    })
  keepCookie()
  line.io.on('reconnect_attempt', () => setImmediate(keepCookie))
  line.on('connect', () => {
    if (screen.board) counts.cameBack++
    greet(screen)
  })
  // A session that is over closes the socket for good; a server that goes away does not mean it.
  line.on('disconnect', (why) => why === 'io server disconnect' && line.connect())
  line.on('patch', (patch) => take(screen, patch))
  return screen
}

function greet(screen: Screen): void {
  const { board, line } = screen
  const hello: Hello = { rules: [], ...(board && { journal: board.journal, revision: board.revision }) }
  line.emit('hello', hello, (welcome: Welcome) => {
    if (welcome.board) screen.board = boardFrom(welcome.board)
    else if (welcome.patch) take(screen, welcome.patch)
  })
}

function take(screen: Screen, patch: Patch): void {
  if (!screen.board) return
  const next = applyPatch(screen.board, patch)
  counts.delivered++
  if (next !== 'gap') return void (screen.board = next)
  counts.gaps++
  greet(screen)
}

const hashes = new WeakMap<Case, string>()
/** The same whatever order a server wrote the fields in. */
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, inOrder(one)]),
  )
}
const hashOf = (current: Case): string => {
  const known = hashes.get(current)
  if (known !== undefined) return known
  const hash = createHash('sha1')
    .update(JSON.stringify(inOrder(current)))
    .digest('hex')
  hashes.set(current, hash)
  return hash
}
const boardHash = ({ cases }: ScreenBoard): string => {
  const hash = createHash('sha1')
  for (const id of [...cases.keys()].toSorted()) hash.update(hashOf(cases.get(id)!))
  return `${cases.size} cases ${hash.digest('hex').slice(0, 12)}`
}

const does: { [W in CrowdWhat]: (asked: CrowdAsked[W]['asked']) => Promise<CrowdAsked[W]['answer']> } = {
  async open({ url, seats }) {
    for (const seat of seats)
      for (let nth = 0; nth < seat.count; nth++) {
        screens.push(openScreen(url, seat))
        // A storm of handshakes is another trial.
        if (screens.length % 20 === 0) await wait(40)
      }
    const began = Date.now()
    while (screens.some(({ board }) => !board)) {
      if (Date.now() - began > 60_000)
        throw new Error(`${screens.filter(({ board }) => !board).length} screens were given no board`)
      await wait(20)
    }
    return { screens: screens.length }
  },
  async showing({ caseId, stages, within, seats }) {
    const began = Date.now()
    const left = new Set(screens.filter(({ seat }) => seats.includes(seat)))
    const took: number[] = []
    while (left.size > 0 && Date.now() - began < within) {
      for (const screen of left) {
        const stage = screen.line.connected ? screen.board?.cases.get(caseId)?.stage : undefined
        if (stage === undefined || !stages.includes(stage)) continue
        left.delete(screen)
        took.push(Date.now())
      }
      await wait(5)
    }
    const missing = [...left].map(
      ({ seat, line, board }) => `${seat} ${line.connected ? 'on' : 'off'} ${board?.revision}`,
    )
    return { missing, last: took.at(-1) ?? Infinity, median: took[took.length >> 1] ?? Infinity }
  },
  async boards() {
    const all: Record<string, Record<string, number>> = {}
    for (const { seat, board } of screens) {
      const hash = board ? boardHash(board) : 'none'
      const of = (all[seat] ??= {})
      of[hash] = (of[hash] ?? 0) + 1
    }
    return all
  },
  counts: async () => ({ ...counts, connected: screens.filter(({ line }) => line.connected).length }),
}

process.on('message', ({ nr, what, asked }: { nr: number; what: CrowdWhat; asked: never }) => {
  does[what](asked).then(
    (answer) => process.send?.({ nr, answer }),
    (fault: unknown) => process.send?.({ nr, fault: String(fault) }),
  )
})
process.send?.({ nr: 0 })
process.once('disconnect', () => process.exit(0))
