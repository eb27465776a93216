// socket.io without sockets: the server's side as the line door needs it, the device's as the line does, and the wire between them.
import type { IncomingMessage } from 'node:http'
import type { openScreenSessions } from '../../ingest-server/doors/line-session.ts'
import type { Screens } from '../../ingest-server/doors/line-socket.ts'
import type { LineSocket } from '../../dashboard/link/line-port.ts'
import { openWay, type Link } from './link.ts'
import type { Owner, SimTime } from './time.ts'

type Doorkeeper = ReturnType<typeof openScreenSessions>
type Hear = (...said: unknown[]) => void

/** One connection, seen from both ends. */
interface Connection {
  id: string
  open: boolean
  screen: ServerSide
  /** Down to the device; `text`: encoded once for all who are told the same. */
  tell(event: string, said: () => unknown[]): void
  close(reason: 'io server disconnect' | 'transport close'): void
}

interface ServerSide {
  id: string
  data: unknown
  rooms: Set<string>
  heard: Map<string, Hear[]>
  writeBuffer: unknown[]
}

/** What a screen is told may be spoiled on the way: only a planted bug does so. */
export type Spoil = (room: string | null, event: string, said: unknown[]) => unknown[] | null

export interface SimSockets {
  /** As `openSockets`, for one process. */
  open: (server: unknown, doorkeeper: Doorkeeper) => Screens
  /** A device at the door; null where nobody listens. `over` is told how it went. */
  enter(coming: Coming): void
  /** The process was killed: every device hears that its connection is gone. */
  die(): void
  count(): number
}

interface Coming {
  cookie: string
  link: Link
  /** In, with what to say up; or the server's words why not. */
  over: (in_: { up: (event: string, said: unknown[]) => void; leave: () => void } | Error) => void
  setCookie: (cookie: string) => void
  hear: (event: string, said: unknown[]) => void
  gone: (reason: string) => void
}

interface Needs {
  time: SimTime
  wire: Owner
  origin: string
  newId: () => string
  spoil?: Spoil | undefined
  note: (what: string) => void
}

/** A dead connection is noticed by the server within this: its ping and its patience. */
const noticedWithin = 18_000

export function openSimSockets({ time, wire, origin, newId, spoil, note }: Needs): SimSockets {
  const connections = new Map<string, Connection>()
  const listeners: Hear[] = []
  let doorkeeper: Doorkeeper | null = null
  const sockets = new Map<string, unknown>()

  function enter({ cookie, link, over, setCookie, hear, gone }: Coming): void {
    const keeper = doorkeeper
    if (!keeper) return over(new Error('websocket error'))
    const request = { headers: { origin, cookie }, url: '/line/', method: 'GET' } as unknown as IncomingMessage
    keeper.allowRequest(request, (_fault, allowed) => {
      if (keeper !== doorkeeper) return
      if (!allowed) return over(new Error('websocket error'))
      const headers: Record<string, string> = {}
      keeper.setCookie(headers, request)
      const kept = keeper.enter(request)
      if (!kept) return over(new Error('not-signed-in'))
      const set = headers['Set-Cookie']?.split(';')[0]
      if (set) setCookie(set)
      admit(kept, link, over, hear, gone)
    })
  }

  function admit(kept: unknown, link: Link, over: Coming['over'], hear: Coming['hear'], gone: Coming['gone']): void {
    const id = newId()
    const screen: ServerSide = { id, data: kept, rooms: new Set(), heard: new Map(), writeBuffer: [] }
    const isOpen = () => connection.open
    const [down, up] = [openWay(time, wire, link, isOpen), openWay(time, wire, link, isOpen)]
    const connection: Connection = {
      ...{ id, open: true, screen },
      tell(event, said) {
        if (link.half) screen.writeBuffer.push(event)
        const spoken = said()
        down(() => hear(event, spoken))
      },
      close(reason) {
        if (!connection.open) return
        connection.open = false
        connections.delete(id)
        sockets.delete(id)
        for (const heard of screen.heard.get('disconnect') ?? []) heard(reason)
        if (!link.half) time.after(wire, link.takes(), () => gone(reason))
      },
    }
    connections.set(id, connection)
    const socket = socketOf(connection)
    sockets.set(id, socket)
    for (const listener of listeners) listener(socket)
    const say = (event: string, said: unknown[]) => {
      const answer = said.at(-1)
      const plain = typeof answer === 'function' ? said.slice(0, -1) : said
      const text = JSON.stringify(plain)
      up(() => {
        note(`up ${event} ${text.length}`)
        const spoken = JSON.parse(text) as unknown[]
        const back = (...reply: unknown[]) => {
          const told = spoil?.(null, event, reply) ?? reply
          const copy = copied(told)
          if (connection.open) down(() => (answer as Hear)(...copy))
        }
        for (const heard of screen.heard.get(event) ?? [])
          heard(...spoken, ...(typeof answer === 'function' ? [back] : []))
      })
    }
    over({ up: say, leave: () => leave(connection) })
  }

  /** The device went, or its wire was cut: the server hears of it, at once or when it misses it. */
  function leave(connection: Connection): void {
    if (!connection.open) return
    connection.open = false
    time.after(wire, 20, () => drop(connection))
  }
  function drop(connection: Connection): void {
    if (!connections.delete(connection.id)) return
    sockets.delete(connection.id)
    for (const heard of connection.screen.heard.get('disconnect') ?? []) heard('transport close')
  }

  function socketOf(connection: Connection): unknown {
    const { screen } = connection
    return {
      id: screen.id,
      get data() {
        return screen.data
      },
      handshake: { headers: {} },
      rooms: screen.rooms,
      conn: { request: null, writeBuffer: screen.writeBuffer, close: () => connection.close('transport close') },
      on: (event: string, hear: Hear) => void screen.heard.set(event, [...(screen.heard.get(event) ?? []), hear]),
      join: (room: string) => void screen.rooms.add(room),
      emit: (event: string, ...said: unknown[]) => tellAll([connection], null, event, said),
      disconnect: () => connection.close('io server disconnect'),
    }
  }

  function tellAll(to: Iterable<Connection>, room: string | null, event: string, said: unknown[]): void {
    const told = spoil ? spoil(room, event, said) : said
    if (!told) return
    let text: string | null = null
    for (const connection of to) {
      text ??= JSON.stringify(told)
      const spoken = text
      note(`down ${event} ${spoken.length}`)
      connection.tell(event, () => JSON.parse(spoken) as unknown[])
    }
  }

  return {
    open(_server, keeper) {
      doorkeeper = keeper
      return {
        on: (_event: 'connection', listener: Hear) => void listeners.push(listener),
        to: (room: string) => ({
          emit: (event: string, ...said: unknown[]) =>
            tellAll(
              [...connections.values()].filter(({ screen }) => screen.rooms.has(room)),
              room,
              event,
              said,
            ),
        }),
        sockets: { sockets },
        async close() {
          doorkeeper = null
          for (const connection of [...connections.values()]) connection.close('transport close')
        },
      } as unknown as Screens
    },
    enter,
    die() {
      doorkeeper = null
      for (const connection of [...connections.values()]) {
        connection.screen.heard.clear()
        connection.close('transport close')
      }
    },
    count: () => connections.size,
  }
}

/** JSON, but for the rules of a welcome, which come packed in bytes and go as they are. */
function copied(said: unknown[]): unknown[] {
  const [first, ...rest] = said as [{ packed?: Uint8Array } | undefined, ...unknown[]]
  if (!(first?.packed instanceof Uint8Array)) return JSON.parse(JSON.stringify(said)) as unknown[]
  const { packed, ...others } = first
  const [copy, ...more] = JSON.parse(JSON.stringify([others, ...rest])) as [object, ...unknown[]]
  return [{ ...copy, packed }, ...more]
}

export interface DeviceSocket extends LineSocket {
  /** The wire is cut, and both ends hear of it. */
  cut(): void
  /** A quiet stretch went by with the wire open: the server was heard all the while, and said nothing new. */
  heardAllAlong(revision: number): void
}

interface DeviceNeeds {
  time: SimTime
  owner: Owner
  link: Link
  /** Where it is let in now; null where nobody listens. */
  door: () => SimSockets | null
  cookie: () => string
  setCookie: (cookie: string) => void
  random: () => number
}

/** The device's end: comes back by itself, as the library does. */
export function openDeviceSocket(needs: DeviceNeeds): DeviceSocket {
  const { time, owner, link, door, cookie, setCookie, random } = needs
  const heard = new Map<string, Hear[]>()
  let on: { up: (event: string, said: unknown[]) => void; leave: () => void } | null = null
  let trying = 0
  let wanted = false
  const tell = (event: string, ...said: unknown[]) => heard.get(event)?.forEach((hear) => hear(...said))

  function begin(): void {
    if (on || !owner.alive) return
    const mine = ++trying
    time.after(owner, link.takes(), () => {
      if (mine !== trying) return
      const at = link.up ? door() : null
      if (!at || link.half) return fail(new Error('websocket error'))
      at.enter({
        ...{ cookie: cookie(), link, setCookie },
        over: (entered) => {
          if (mine !== trying || !owner.alive || !wanted) return void (entered instanceof Error || entered.leave())
          if (entered instanceof Error) return fail(entered)
          on = entered
          // The server's word that it is in takes its way, too.
          time.after(owner, link.takes(), () => on === entered && tell('connect'))
        },
        hear: (event, said) => owner.alive && mine === trying && tell(event, ...said),
        gone: (reason) => mine === trying && lose(reason),
      })
    })
  }
  function fail(fault: Error): void {
    if (!owner.alive) return
    if (fault.message !== 'not-signed-in') comeBack()
    tell('connect_error', fault)
  }
  function comeBack(): void {
    const mine = trying
    time.after(owner, 500 + random() * 1_500, () => mine === trying && wanted && begin())
  }
  function lose(reason: string): void {
    on = null
    trying++
    if (reason !== 'io server disconnect' && wanted) comeBack()
    tell('disconnect', reason)
  }

  const socket = {
    on: (event: string, hear: Hear) => heard.set(event, [...(heard.get(event) ?? []), hear]),
    emit: (event: string, ...said: unknown[]) => void on?.up(event, said),
    connect() {
      wanted = true
      begin()
    },
    disconnect() {
      wanted = false
      trying++
      const was = on
      on = null
      if (!was) return
      if (link.half) time.after(owner, noticedWithin, was.leave)
      else was.leave()
      tell('disconnect', 'io client disconnect')
    },
    cut() {
      if (!on) return
      on.leave()
      lose('transport close')
    },
    heardAllAlong(revision: number) {
      if (on && link.up && !link.half) tell('pulse', { at: time.now(), revision })
    },
  }
  socket.connect()
  return socket as unknown as DeviceSocket
}
