// A GB/T 28181 device as it lies on the wire: a real socket, a number, a password, and what it was answered.
import { createHash } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect } from 'node:net'
import { expect } from 'vitest'
import type { SourceId } from '#contract/ids'
import { openSipDoor, type SipNeeds } from '../../ingest-server/doors/sip.ts'
import { openFramer } from '../../ingest-server/doors/sip-frames.ts'
import { aSource, doorOnTheWire } from './torture/fakes.ts'

export const nvr = '31010100001180000001'
export const server = { id: '31010100002000000001', realm: '3101010000' }
export const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

export interface Heard {
  start: string
  headers: Record<string, string>
  body: string
}

export function readHeard(bytes: Buffer): Heard {
  const text = bytes.toString('utf8')
  const end = text.indexOf('\r\n\r\n')
  const [start = '', ...lines] = text.slice(0, end).split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  )
  return { start, headers, body: text.slice(end + 4) }
}

interface Wire {
  send(bytes: Buffer | string): void
  /** All that came, in its order. */
  heard: Heard[]
  local: string
  close(): void
}

/** `own`: any of 127.0.0.0/8, for somebody else. */
export async function byUdp(port: number, own = '127.0.0.1'): Promise<Wire> {
  const socket = createSocket('udp4')
  const heard: Heard[] = []
  socket.on('message', (bytes) => heard.push(readHeard(bytes)))
  socket.bind(0, own)
  await once(socket, 'listening')
  return {
    send: (bytes) => socket.send(bytes, port, '127.0.0.1'),
    heard,
    local: `${own}:${socket.address().port}`,
    close: () => socket.close(),
  }
}

export async function byTcp(port: number): Promise<Wire & { ended: () => boolean; raw: string[] }> {
  const socket = connect(port, '127.0.0.1').setNoDelay()
  const heard: Heard[] = []
  const raw: string[] = []
  const framer = openFramer()
  let over = false
  socket.on('data', (bytes) => {
    raw.push(bytes.toString())
    for (const message of framer.push(bytes).messages) heard.push(readHeard(message))
  })
  socket.on('error', () => {})
  socket.on('close', () => (over = true))
  await once(socket, 'connect')
  return {
    send: (bytes) => void socket.write(bytes),
    ...{ heard, raw, local: `127.0.0.1:${socket.localPort}` },
    ended: () => over,
    close: () => socket.destroy(),
  }
}

/** One device on one wire. */
export function aDevice(
  wire: Wire,
  { device = nvr, password = 'secret', transport = 'UDP', realm = server.realm } = {},
) {
  let count = 0
  const answered = async (before: number): Promise<Heard> => {
    await expect
      .poll(() => wire.heard.filter(({ start }) => start.startsWith('SIP/2.0 ')).length, { timeout: 5000 })
      .toBeGreaterThan(before)
    return wire.heard.filter(({ start }) => start.startsWith('SIP/2.0 '))[before]!
  }
  function write(method: string, given: { headers?: string[]; body?: Buffer | string; type?: string } = {}): Buffer {
    count++
    const body = Buffer.from(given.body ?? '')
    const lines = [
      `${method} sip:${server.id}@${realm} SIP/2.0`,
      `Via: SIP/2.0/${transport} ${wire.local};rport;branch=z9hG4bK${device.slice(-4)}${count}`,
      `From: <sip:${device}@${realm}>;tag=a${count}`,
      `To: <sip:${method === 'REGISTER' ? device : server.id}@${realm}>`,
      `Call-ID: ${device}-${wire.local}-${method}`,
      `CSeq: ${count} ${method}`,
      'Max-Forwards: 70',
      ...(method === 'REGISTER' ? [`Contact: <sip:${device}@${wire.local}>`] : []),
      ...(body.length > 0 ? [`Content-Type: ${given.type ?? 'Application/MANSCDP+xml'}`] : []),
      ...(given.headers ?? []),
      `Content-Length: ${body.length}`,
    ]
    return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body])
  }
  async function says(bytes: Buffer | string): Promise<Heard> {
    const before = wire.heard.filter(({ start }) => start.startsWith('SIP/2.0 ')).length
    wire.send(bytes)
    return answered(before)
  }
  /** The right answer to this challenge; without qop as the older firmware does it. */
  function credentials(challenge: string, method: string, qop = false, secret = password): string {
    const nonce = /nonce="([^"]+)"/.exec(challenge)![1]!
    const uri = `sip:${server.id}@${realm}`
    const [ha1, ha2] = [md5(`${device}:${realm}:${secret}`), md5(`${method}:${uri}`)]
    const right = qop ? md5(`${ha1}:${nonce}:00000001:0a4f113b:auth:${ha2}`) : md5(`${ha1}:${nonce}:${ha2}`)
    const more = qop ? ', qop=auth, nc=00000001, cnonce="0a4f113b"' : ''
    return `Authorization: Digest username="${device}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${right}", algorithm=MD5${more}`
  }
  async function proves(method: string, given: Parameters<typeof write>[1] = {}, qop = false): Promise<Heard> {
    const asked = await says(write(method, given))
    if (!asked.start.includes(' 401 ')) return asked
    const proof = credentials(asked.headers['www-authenticate']!, method, qop)
    return says(write(method, { ...given, headers: [...(given.headers ?? []), proof] }))
  }
  return {
    ...{ write, says, credentials, proves, wire },
    registers: (seconds = 3600, qop = false) => proves('REGISTER', { headers: [`Expires: ${seconds}`] }, qop),
    sends: (body: Buffer | string, type?: string) => says(write('MESSAGE', { body, ...(type && { type }) })),
    /** What we were told by the server itself, each answered 200 as a device does. */
    told: () => wire.heard.filter(({ start }) => start.startsWith('MESSAGE ')),
    answers({ headers }: Heard) {
      const back = ['via', 'from', 'to', 'call-id', 'cseq'].map((name) => `${name}: ${headers[name]}`)
      wire.send(`SIP/2.0 200 OK\r\n${back.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`)
    },
  }
}

/** The SIP door on a port of its own before the small rooms of the machines' door; `nvr` may register with `secret`. */
export async function sipOnTheWire(change: Partial<SipNeeds> = {}) {
  const room = await doorOnTheWire(aSource({ id: 'gb-gateway' as SourceId, cameras: {} }))
  const timers = new Set<{ at: number; every: number | null; ring: () => void }>()
  const set = (milliseconds: number, every: number | null, ring: () => void) => {
    const timer = { at: room.clock.now + milliseconds, every, ring }
    timers.add(timer)
    return () => void timers.delete(timer)
  }
  const source = aSource({ id: 'gb-gateway' as SourceId })
  const known = new Map([[nvr, 'secret']])
  const faults: unknown[] = []
  let ids = 0
  let seed = 7
  const sip = openSipDoor({
    road: room.road,
    devices: {
      digestOf: (device, realm) =>
        known.has(device) ? { source, ha1: md5(`${device}:${realm}:${known.get(device)}`) } : null,
    },
    listen: { host: '127.0.0.1', port: 0, found: '127.0.0.1' },
    own: server,
    now: () => room.clock.now,
    random: (bytes) =>
      Uint8Array.from({ length: bytes }, () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >>> 16),
    newId: () => `id${++ids}`,
    after: (milliseconds, ring) => set(milliseconds, null, ring),
    every: (milliseconds, ring) => set(milliseconds, milliseconds, ring),
    onFault: (_id, fault) => faults.push(fault),
    ...change,
  })
  await sip.open()
  /** Lets time pass; what was due meanwhile rings. */
  async function pass(milliseconds: number): Promise<void> {
    const until = room.clock.now + milliseconds
    for (;;) {
      const next = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      room.clock.now = Math.max(room.clock.now, next.at)
      if (next.every === null) timers.delete(next)
      else next.at += next.every
      next.ring()
    }
    room.clock.now = until
    await new Promise((turn) => setImmediate(turn))
  }
  return {
    ...{ room, sip, known, source, pass, faults, port: sip.port() },
    async close() {
      await sip.close()
      await room.close()
    },
  }
}
