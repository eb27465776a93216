// Redis behind the port: one connection that asks and is never waited for long, one that waits for all streams at once.
import { Redis } from 'ioredis'
import type { Between, Fields, Script } from './between.ts'

export interface RedisNeeds {
  url: string
  pause: (milliseconds: number) => Promise<void>
  /** Once for each time it goes. */
  onFault: (fault: unknown) => void
}

interface Reading {
  /** Null: where it ends now is to be asked first. */
  at: string | null
  takes: Set<(fields: Fields) => void>
}

const answersWithin = 1000
/** What the reading connection waits for at most; a new stream is read from then on at the latest. */
const readsFor = 250
const readsAtOnce = 500
/** A server that hangs says nothing, and its socket stays open. */
const hangsAfter = 2500
const againAfter = 100
/** A stream of somebody who is gone goes, too. */
const forgottenAfter = 600_000

/** Does not wait until it answers: what leans on it goes without for as long as it does not. */
export function openBetween({ url, pause, onFault }: RedisNeeds): Between {
  const shared = {
    ...{ connectTimeout: 1000, maxRetriesPerRequest: 0, enableOfflineQueue: false },
    autoResendUnfulfilledCommands: false,
    retryStrategy: (times: number) => Math.min(500, 25 * times),
  }
  // Not auto-pipelined: a pipeline cut off half-way throws where nobody can catch it, and the process with it.
  const asks = new Redis(url, { ...shared, commandTimeout: answersWithin })
  const waits = new Redis(url, shared)
  const readings = new Map<string, Reading>()
  const returns = new Set<() => void>()
  const defined = new Set<string>()
  let closed = false
  let up = false

  /** Said once, and not at each try. */
  function down(fault: unknown): void {
    if (closed || !up) return
    up = false
    onFault(new Error('Redis does not answer: this process goes on by itself', { cause: fault }))
  }
  function back(): void {
    if (up || closed) return
    up = true
    for (const tell of returns) tell()
  }
  asks.on('error', down)
  asks.on('ready', back)
  asks.on('close', () => down(new Error('the connection was closed')))
  waits.on('error', () => {})

  async function asking<T>(ask: () => Promise<T>): Promise<T> {
    try {
      const answer = await Promise.race([ask(), late()])
      back()
      return answer
    } catch (fault) {
      down(fault)
      throw fault
    }
  }

  /** A command that went down with its connection may never be settled, and whoever waits for it would wait for ever. */
  const late = () =>
    pause(answersWithin * 1.5).then(() => Promise.reject<never>(new Error('no answer, and no word that there is none')))

  async function readOnce(): Promise<void> {
    for (const [stream, reading] of readings) reading.at ??= await endOf(stream)
    const streams = [...readings.keys()]
    if (streams.length === 0) return pause(readsFor)
    const from = streams.map((stream) => readings.get(stream)!.at!)
    const found = await waits.xread('COUNT', readsAtOnce, 'BLOCK', readsFor, 'STREAMS', ...streams, ...from)
    for (const [stream, entries] of (found ?? []) as [string, [string, string[]][]][])
      for (const [id, fields] of entries) hand(stream, id, fields)
  }

  async function endOf(stream: string): Promise<string> {
    const [last] = await waits.xrevrange(stream, '+', '-', 'COUNT', 1)
    return last?.[0] ?? '0-0'
  }

  function hand(stream: string, id: string, flat: readonly string[]): void {
    const reading = readings.get(stream)
    if (!reading) return
    reading.at = id
    const fields: Record<string, string> = {}
    for (let i = 0; i + 1 < flat.length; i += 2) fields[flat[i]!] = flat[i + 1]!
    for (const take of reading.takes) {
      try {
        take(fields)
      } catch (fault) {
        onFault(fault)
      }
    }
  }

  async function readFor(): Promise<void> {
    while (!closed) {
      let over = false
      // The socket of a server that hangs is left, so that the next try is a new one.
      void pause(hangsAfter).then(() => !over && !closed && waits.disconnect(true))
      try {
        await readOnce()
      } catch {
        // Its entries may be others' by then: each stream is read from its end again.
        for (const reading of readings.values()) reading.at = null
        await pause(againAfter)
      }
      over = true
    }
  }
  const reading = readFor()

  return {
    add: (stream, fields, keeps) =>
      asking(async () => {
        await Promise.all([
          asks.xadd(stream, 'MAXLEN', '~', keeps, '*', ...fields),
          asks.pexpire(stream, forgottenAfter),
        ])
      }),
    read(stream, take) {
      const known = readings.get(stream) ?? { at: null, takes: new Set() }
      readings.set(stream, known)
      known.takes.add(take)
      return () => {
        known.takes.delete(take)
        if (known.takes.size === 0) readings.delete(stream)
      }
    },
    run: (script, keys, args) => asking(() => evaluate(script, keys, args)),
    isUp: () => up,
    whenBack(tell) {
      returns.add(tell)
      return () => void returns.delete(tell)
    },
    async close() {
      closed = true
      asks.disconnect()
      waits.disconnect()
      await reading
    },
  }

  function evaluate(script: Script, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    if (!defined.has(script.name)) asks.defineCommand(script.name, { lua: script.lua })
    defined.add(script.name)
    const call = (asks as unknown as Record<string, (...given: (string | number)[]) => Promise<unknown>>)[script.name]!
    return call.call(asks, keys.length, ...keys, ...args)
  }
}
