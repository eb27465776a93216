// Which of the things the house stands on does not go, since when: each is looked at every two seconds, and none waits for another.
import type { HealthPart, HealthState, PartHealth } from '#contract/health'
import type { Words } from '#contract/language'
import type { World } from './world.ts'

export interface Seen {
  state: HealthState
  words: Words
}

export interface Probe {
  part: HealthPart
  /** A rejection is `down`, in its own words where it has some. */
  look: () => Seen | Promise<Seen>
}

export interface Health {
  parts(): PartHealth[]
  /** Looks at all now; resolves when each has answered or was given up. */
  look(): Promise<void>
  close(): void
}

/** With the time an answer may take: named within four seconds of its stopping. */
const lookEvery = 2000
const givenUp = 1500

export const well: Seen = { state: 'ok', words: { zh: '正常', en: 'well' } }
const notAnswering: Seen = { state: 'down', words: { zh: '没有回答', en: 'does not answer' } }

interface HealthNeeds extends Pick<World, 'now' | 'after' | 'every'> {
  /** One that is otherwise than it was. */
  turned: (part: PartHealth) => void
}

export function keepHealth(probes: readonly Probe[], { now, after, every, turned }: HealthNeeds): Health {
  const seen = new Map<HealthPart, PartHealth>(probes.map(({ part }) => [part, { part, ...well, since: now() }]))
  const busy = new Map<HealthPart, Promise<void>>()

  function take(part: HealthPart, { state, words }: Seen): void {
    const before = seen.get(part)
    const since = before?.state === state ? before.since : now()
    seen.set(part, { part, state, words, since })
    if (before?.state !== state) turned({ part, state, words, since })
  }

  /** One that does not answer is not asked a second time meanwhile; that it is late is said all the same. */
  function lookAt({ part, look }: Probe): Promise<void> {
    const under = busy.get(part)
    if (under) return under
    return new Promise((over) => {
      const stop = after(givenUp, () => {
        take(part, notAnswering)
        over()
      })
      const asked = Promise.resolve()
        .then(look)
        .catch((fault: unknown): Seen => ({ state: 'down', words: wordsOf(fault) }))
        .then((answer) => take(part, answer))
        .finally(() => {
          stop()
          busy.delete(part)
          over()
        })
      busy.set(part, asked)
    })
  }

  const look = async (): Promise<void> => void (await Promise.all(probes.map(lookAt)))
  const stop = every(lookEvery, () => void look())
  void look()
  return { parts: () => [...seen.values()], look, close: stop }
}

/** By its code alone: a driver's sentence may hold an address, a name or a value. */
function wordsOf(fault: unknown): Words {
  const code = fault instanceof Error && 'code' in fault ? String(fault.code) : ''
  const more = /^[\w-]{2,40}$/.test(code) ? ` · ${code}` : ''
  return { zh: `${notAnswering.words.zh}${more}`, en: `${notAnswering.words.en}${more}` }
}
