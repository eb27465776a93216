// The sockets of the SIP door: UDP and TCP on one port, with an end to how many, how long and how much.
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import type { Instant } from '#contract/ids'
import { openFramer, type Frames } from './sip-frames.ts'

export interface SipRemote {
  transport: 'udp' | 'tcp'
  address: string
  port: number
  /** This way in and no other: of UDP the address and port, of TCP the connection. */
  key: string
  /** `port`: another one of the same address, where it asks to be answered there. */
  send(bytes: Buffer, port?: number): void
}

interface SipWiresNeeds {
  host: string
  port: number
  heard(bytes: Buffer, from: SipRemote): void
  /** A stream that can no longer be followed; it is hung up after this. */
  lost(lost: NonNullable<Frames['lost']>, from: SipRemote): void
  now: () => Instant
  every: (milliseconds: number, run: () => void) => () => void
  onFault: (fault: unknown) => void
}

const mostConnections = 1000
const mostOfOne = 64
const mostUnsent = 256 * 1024
/** Of a message that has begun and does not end, and of a line on which nothing was ever said again. */
const [partMs, idleMs] = [30_000, 15 * 60_000]

interface SipWires {
  /** Rejects where the port is taken. */
  open(): Promise<void>
  port(): number
  close(): Promise<void>
}

export function openSipWires({ host, port, heard, lost, now, every, onFault }: SipWiresNeeds): SipWires {
  const udp = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  const tcp = createServer({ noDelay: true })
  const lines = new Map<Socket, { address: string; at: Instant; begunAt: Instant | null }>()
  let connections = 0
  let stop = (): void => {}

  udp.on('message', (bytes, { address, port: from }) => {
    const send = (answer: Buffer, to = from) => udp.send(answer, to, address, (fault) => fault && onFault(fault))
    heard(bytes, { transport: 'udp', address, port: from, key: `udp ${address} ${from}`, send })
  })

  tcp.on('connection', (socket) => {
    const address = socket.remoteAddress?.replace(/^::ffff:/, '') ?? ''
    const ofOne = [...lines.values()].filter((line) => line.address === address).length
    if (address === '' || lines.size >= mostConnections || ofOne >= mostOfOne) return void socket.destroy()
    follow(socket, address)
  })

  function follow(socket: Socket, address: string): void {
    const framer = openFramer()
    const line = { address, at: now(), begunAt: null as Instant | null }
    lines.set(socket, line)
    const from: SipRemote = {
      ...{ transport: 'tcp', address, port: socket.remotePort ?? 0, key: `tcp ${++connections}` },
      send(bytes) {
        if (socket.writableLength > mostUnsent) socket.destroy()
        else if (socket.writable) socket.write(bytes)
      },
    }
    socket.on('data', (bytes) => {
      const frames = framer.push(bytes)
      line.at = now()
      line.begunAt = framer.inside() ? (frames.messages.length > 0 ? now() : (line.begunAt ?? now())) : null
      if (frames.pings > 0) from.send(Buffer.from('\r\n'))
      for (const message of frames.messages) heard(message, from)
      if (!frames.lost) return
      lost(frames.lost, from)
      socket.destroySoon()
    })
    // A line that breaks is the device's affair: it comes again.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => lines.delete(socket))
  }

  function hangUp(): void {
    for (const [socket, { at, begunAt }] of lines)
      if (now() - at > idleMs || (begunAt !== null && now() - begunAt > partMs)) socket.destroy()
  }

  return {
    async open() {
      tcp.listen(port, host)
      await once(tcp, 'listening')
      // The same number for both: a device knows only one.
      udp.bind((tcp.address() as AddressInfo).port, host)
      await once(udp, 'listening')
      udp.on('error', onFault)
      tcp.on('error', onFault)
      stop = every(10_000, hangUp)
    },
    port: () => (tcp.address() as AddressInfo).port,
    async close() {
      stop()
      for (const socket of lines.keys()) socket.destroy()
      await Promise.all([new Promise((closed) => tcp.close(closed)), new Promise<void>((closed) => udp.close(closed))])
    },
  }
}
