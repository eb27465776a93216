// What one process noticed and the others should know at once, kept nowhere: where people are, who was heard, what was used up.
import { z } from 'zod'
import type { Between } from './between.ts'
import { keyOf } from './lease-scripts.ts'
import { readJson } from './read-json.ts'

export interface Live {
  /** `all`: what a process that has just come must know of it. Returns how to say one thing. */
  topic<T>(name: string, schema: z.ZodType<T>, take: (said: T) => void, all?: () => readonly T[]): (said: T) => void
  close(): void
}

export interface LiveNeeds {
  between: Between
  street: string
  /** This process, and no other that ever was. */
  self: string
  every: (milliseconds: number, run: () => void) => () => void
  onFault: (fault: unknown) => void
}

const Letter = z.object({ from: z.string(), hello: z.boolean(), said: z.array(z.tuple([z.string(), z.unknown()])) })

/** Said together so often: what a hundred phones say in a moment is one entry. */
const sentEvery = 100
const kept = 2000
/** One entry is no longer than this many things. */
const together = 500

export function openLive({ between, street, self, every, onFault }: LiveNeeds): Live {
  const stream = keyOf(street, 'live')
  const topics = new Map<string, { take: (said: unknown) => void; all: () => readonly unknown[] }>()
  let outbox: [string, unknown][] = []
  let hello = true

  function send(): void {
    if (outbox.length === 0 && !hello) return
    const said = outbox.splice(0, together)
    // What nobody could be told is not told later: it would be old by then. Whoever comes back says hello.
    if (!between.isUp()) {
      outbox = []
      return
    }
    const letter = JSON.stringify({ from: self, hello, said })
    hello = false
    between.add(stream, ['letter', letter], kept).catch(() => (hello = true))
    if (outbox.length > 0) send()
  }

  function read(text: string | undefined): void {
    const letter = Letter.safeParse(readJson(text))
    if (!letter.success) return onFault(new Error('a letter between nodes cannot be read', { cause: letter.error }))
    if (letter.data.from === self) return
    for (const [name, said] of letter.data.said) topics.get(name)?.take(said)
    if (letter.data.hello) sayAll()
  }

  function sayAll(): void {
    for (const [name, { all }] of topics) for (const said of all()) outbox.push([name, said])
  }

  const stops = [
    between.read(stream, ({ letter }) => read(letter)),
    between.whenBack(() => {
      hello = true
      sayAll()
    }),
    every(sentEvery, send),
  ]

  return {
    topic(name, schema, take, all = () => []) {
      topics.set(name, {
        take(said) {
          const parsed = schema.safeParse(said)
          if (parsed.success) take(parsed.data)
          else onFault(new Error(`what a node said of ${name} cannot be read`, { cause: parsed.error }))
        },
        all,
      })
      return (said) => void outbox.push([name, said])
    },
    close() {
      for (const stop of stops) stop()
    },
  }
}
