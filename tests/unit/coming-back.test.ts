// A lost line comes back: how long a connection that was begun is waited for, and what is done with one that leads nowhere.
import { EventEmitter } from 'node:events'
import type { Socket } from 'socket.io-client'
import { expect, it } from 'vitest'
import { comingBack, withPatience } from '../../dashboard/link/coming-back.ts'

/** Of socket.io what is used of it: what it tells, how long it waits, and its wire. */
function aLine() {
  const waits: number[] = [comingBack.timeout]
  let cuts = 0
  let due: { ms: number; run: () => void } | null = null
  const io = Object.assign(new EventEmitter(), {
    timeout: (ms: number) => void waits.push(ms),
    engine: { close: () => void cuts++ },
  })
  const socket = Object.assign(new EventEmitter(), { io })
  withPatience(socket as unknown as Socket, (ms, run) => {
    const mine = { ms, run }
    due = mine
    return () => void (due === mine && (due = null))
  })
  return {
    wireOpens: () => io.emit('open'),
    letIn: () => socket.emit('connect'),
    breaks: () => io.emit('close'),
    fails: (message: string) => io.emit('reconnect_error', new Error(message)),
    waits: () => waits.at(-1),
    due: () => due,
    cuts: () => cuts,
  }
}

it('[SY50] a connection nobody answers is waited for three seconds, then six, then twelve; once it is there, three again', () => {
  const line = aLine()
  expect(line.waits()).toBe(6_000)
  line.letIn()
  expect(line.waits()).toBe(3_000)
  line.fails('timeout')
  expect(line.waits()).toBe(6_000)
  line.fails('timeout')
  line.fails('timeout')
  expect(line.waits()).toBe(12_000)
  line.letIn()
  expect(line.waits()).toBe(3_000)
})

it('[SY50] one that was refused costs no patience', () => {
  const line = aLine()
  line.letIn()
  for (let nth = 0; nth < 9; nth++) line.fails('websocket error')
  expect(line.waits()).toBe(3_000)
})

it('[SY50] a wire that opens and goes dead before the screen is let in is cut, and the next given longer', () => {
  const line = aLine()
  line.wireOpens()
  expect(line.due()?.ms).toBe(3_000)
  line.due()!.run()
  expect([line.cuts(), line.waits()]).toEqual([1, 6_000])
})

it('[SY50] a screen that was let in, and a wire that broke, are cut no more', () => {
  const line = aLine()
  line.wireOpens()
  line.letIn()
  expect(line.due()).toBeNull()
  line.wireOpens()
  line.breaks()
  expect(line.due()).toBeNull()
})
