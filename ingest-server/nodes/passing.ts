// A wish on its way to whoever holds the desk, and the answer on its way back: asked again under the same name until it is there.
import type { z } from 'zod'
import type { Command } from '#contract/command'
import { Outcome } from '#contract/outcome'
import { PassedCommand } from '#contract/passed'
import type { SharedDesk, Wire } from '../desk/shared.ts'
import type { Between, Fields } from './between.ts'
import { keyOf } from './lease-scripts.ts'
import { readJson } from './read-json.ts'

export interface PassingNeeds {
  between: Between
  /** Of this node, where its answers come. */
  answers: string
  street: string
  newId: () => string
  after: (milliseconds: number, run: () => void) => () => void
  seconds: () => number
  /** How long an answer took, there and back. */
  onAnswered: (seconds: number) => void
  onFault: (fault: unknown) => void
}

export interface Passing extends Wire {
  /** From now on: what others pass is answered where it is held here, what others kept is read. Returns the stop. */
  serve(desk: Pick<SharedDesk, 'holds' | 'submit' | 'told'>): () => void
  /** What came back for a wish of ours. */
  answered(fields: Fields): void
  /** It is held here from now on: whoever waits for an answer asks again. */
  held(): void
}

interface Waiting {
  send: () => void
  settle: (outcome: Outcome | null) => void
  fail: (fault: unknown) => void
}

/** More than may wait at a desk: whoever is trimmed away asks again. */
const keptWishes = 10_000
const keptNews = 1000
const keptAnswers = 10_000
/** So long an answer stands for whoever asks the same again. */
const remembered = 30_000

/** A fault of the one who holds: the wish breaks the engine there as it would here. */
export class BrokeElsewhere extends Error {
  override name = 'BrokeElsewhere'
}

export function openPassing(needs: PassingNeeds): Passing {
  const { between, answers, street, newId, after, seconds, onAnswered, onFault } = needs
  const [wishes, news] = [keyOf(street, 'wishes'), keyOf(street, 'news')]
  /** Our own wishes without an answer, by the name they were asked under. */
  const waiting = new Map<string, Waiting>()
  const names = new WeakMap<Command, string>()
  /** Others' wishes, by the name they were asked under. */
  const taken = new Map<string, Promise<string[]>>()
  let toTell = 0
  let telling = false

  function nameOf(command: Command): string {
    const name = names.get(command) ?? newId()
    names.set(command, name)
    return name
  }

  function pass(command: Command, milliseconds: number): Promise<Outcome | null> {
    if (!between.isUp()) return Promise.resolve(null)
    const ask = nameOf(command)
    const fields = [
      'ask',
      ask,
      'answers',
      answers,
      'command',
      JSON.stringify(command satisfies z.input<typeof PassedCommand>),
    ]
    const started = seconds()
    return new Promise((settle, fail) => {
      const send = () => void between.add(wishes, fields, keptWishes).catch(() => over(() => settle(null)))
      const stop = after(milliseconds, () => over(() => settle(null)))
      const over = (then: () => void) => {
        stop()
        waiting.delete(ask)
        then()
      }
      waiting.set(ask, {
        send,
        settle: (outcome) =>
          over(() => {
            onAnswered(seconds() - started)
            settle(outcome)
          }),
        fail: (fault) => over(() => fail(fault)),
      })
      send()
    })
  }

  function answered({ ask = '', outcome, fault }: Fields): void {
    const asked = waiting.get(ask)
    if (!asked) return
    if (fault !== undefined) return asked.fail(new BrokeElsewhere(fault))
    const read = Outcome.safeParse(readJson(outcome))
    if (read.success) asked.settle(read.data)
    else onFault(new Error('an answer between nodes cannot be read', { cause: read.error }))
  }

  /** Asked twice under one name, it is thought through once: a second thought might say otherwise. */
  function take(desk: Pick<SharedDesk, 'holds' | 'submit'>, { ask = '', answers: to = '', command }: Fields): void {
    if (!desk.holds()) return
    const known = taken.get(ask)
    const answer = known ?? think(desk, command)
    if (!known) {
      taken.set(ask, answer)
      after(remembered, () => taken.delete(ask))
    }
    // Not answered is asked again, here or wherever it is held then.
    void answer.then((said) => between.add(to, ['street', street, 'ask', ask, ...said], keptAnswers)).catch(() => {})
  }

  async function think(desk: Pick<SharedDesk, 'submit'>, text: string | undefined): Promise<string[]> {
    const read = PassedCommand.safeParse(readJson(text))
    if (!read.success) {
      onFault(new Error('a wish from another node cannot be read', { cause: read.error }))
      return ['fault', 'the wish cannot be read']
    }
    try {
      return ['outcome', JSON.stringify(await desk.submit(read.data))]
    } catch (fault) {
      return ['fault', fault instanceof Error ? fault.message : String(fault)]
    }
  }

  /** Of many in one moment the last one says it all. */
  async function tellOn(): Promise<void> {
    if (telling) return
    telling = true
    while (toTell > 0) {
      const revision = toTell
      toTell = 0
      await between.add(news, ['revision', String(revision)], keptNews).catch(() => {})
    }
    telling = false
  }

  const askAgain = () => {
    for (const { send } of waiting.values()) send()
  }

  return {
    pass,
    answered,
    tell(revision) {
      toTell = revision
      void tellOn()
    },
    held() {
      void between.add(news, ['held', '1'], keptNews).catch(() => {})
      askAgain()
    },
    serve(desk) {
      const stops = [
        between.read(wishes, (fields) => take(desk, fields)),
        between.read(news, ({ revision, held }) => {
          if (revision !== undefined) desk.told(Number(revision))
          if (held !== undefined) askAgain()
        }),
      ]
      return () => stops.forEach((stop) => stop())
    },
  }
}
