// Messages on their way: each case's in their order, other cases beside it, tried for days, dead where nobody takes them.
import type { Instant } from '#contract/ids'
import type { Neighbour, NeighbourId } from '#contract/neighbour'
import type { Deliveries, Delivery, Neighbours } from '../records/port-neighbours.ts'
import type { Answer, OutwardKind } from './outward-kind.ts'
import { isGivenUp, quietFor, waitBefore } from './outward-pace.ts'
import { inOneLine, send } from './outward-send.ts'
import type { Wire } from './outward-send.ts'

export interface PostNeeds extends Omit<Wire, 'closing'> {
  neighbours: Pick<Neighbours, 'live' | 'secretsOf' | 'pause'>
  deliveries: Pick<Deliveries, 'due' | 'taken' | 'again' | 'dies' | 'hasten'>
  kindOf: (kind: Neighbour['kind']) => OutwardKind | null
  now: () => Instant
  /** Whether this process sends: of many only one does. */
  acts: () => boolean
  /** Before it is written down as taken: what the answer itself says of the case. Rejects where it is to be sent again. */
  onTaken?: (delivery: Delivery, answer: Answer) => Promise<void>
  /** 0 up to 1. */
  chance: () => number
  onFault: (fault: unknown) => void
}

/** So many cases of one neighbour at once: a slow one holds up its own alone. */
const atOnce = 4
const longestRest = 5 * 60_000
const restAfterFault = 5_000

/** How it goes with one neighbour, in memory: a start asks anew. */
interface Going {
  running: Promise<void> | null
  /** Something new may be due while it works. */
  nudge: (() => void) | null
  /** Nothing goes before then. */
  restUntil: Instant
  /** Since when nobody answered, how often. */
  silent: number
}

export interface Post {
  /** Sends what is due. Cheap where nothing is. */
  look(): void
  /** When nothing is under way. */
  settled(): Promise<void>
  close(): Promise<void>
}

export function openPost(needs: PostNeeds): Post {
  const { neighbours, deliveries, kindOf, now, acts, chance, onFault } = needs
  const goings = new Map<NeighbourId, Going>()
  const closing = new AbortController()

  const goingOf = (id: NeighbourId): Going => {
    const known = goings.get(id) ?? { running: null, nudge: null, restUntil: 0, silent: 0 }
    goings.set(id, known)
    return known
  }

  function look(): void {
    for (const neighbour of neighbours.live().values()) if (!neighbour.paused) start(neighbour.id)
  }

  function start(id: NeighbourId): void {
    const going = goingOf(id)
    if (closing.signal.aborted || !acts() || now() < going.restUntil) return
    if (going.running) return going.nudge?.()
    going.running = work(id, going)
      .catch(onFault)
      .finally(() => void (going.running = null))
  }

  /** Each as soon as its own is done, so that one that is slow does not hold up the other three. */
  async function work(id: NeighbourId, going: Going): Promise<void> {
    const busy = new Map<string, Promise<void>>()
    const may = () =>
      !closing.signal.aborted && acts() && now() >= going.restUntil && neighbours.live().get(id)?.paused === null
    for (;;) {
      // Who does not answer is asked with one message at a time.
      const room = (going.silent > 0 ? 1 : atOnce) - busy.size
      const due = may() && room > 0 ? await deliveries.due(id, now(), atOnce + busy.size) : []
      const next = due.filter(({ thread }) => !busy.has(thread)).slice(0, room)
      for (const delivery of next) {
        const done = one(delivery, going)
          .catch((fault: unknown) => {
            // It is not known any more what was taken: not again at once.
            going.restUntil = now() + restAfterFault
            onFault(fault)
          })
          .finally(() => void busy.delete(delivery.thread))
        busy.set(delivery.thread, done)
      }
      if (busy.size === 0) return
      await Promise.race([...busy.values(), new Promise<void>((woken) => (going.nudge = woken))])
    }
  }

  async function one(delivery: Delivery, going: Going): Promise<void> {
    const neighbour = neighbours.live().get(delivery.neighbourId)
    const kind = neighbour && kindOf(neighbour.kind)
    if (!neighbour || !kind) return
    const sending = { neighbour, secrets: neighbours.secretsOf(neighbour.id), now: now() }
    // The command line knows no kinds: what a test is, its kind says when it goes.
    const message = delivery.type === 'test' ? { ...delivery, ...kind.test(delivery.madeAt) } : delivery
    const answer = await send(kind.request(message, sending), { ...needs, closing: closing.signal })
    if (!closing.signal.aborted) await settle(delivery, neighbour, kind, answer, going)
  }

  async function settle(delivery: Delivery, { id }: Neighbour, kind: OutwardKind, answer: Answer, going: Going) {
    const [at, said] = [now(), inOneLine(answer)]
    const understood = answer.status === 0 ? 'again' : kind.understood(answer)
    const wasSilent = going.silent > 0
    going.silent = answer.status === 0 || answer.status >= 500 ? going.silent + 1 : 0
    switch (understood) {
      case 'taken':
        await needs.onTaken?.(delivery, answer)
        await deliveries.taken(delivery.id, { at, answer: said, theirs: kind.theirs?.(answer) })
        // They are back: nobody waits out the hours they were away.
        if (wasSilent) await deliveries.hasten(id, at)
        return
      case 'never':
        return deliveries.dies(delivery.id, { at, answer: said })
      case 'gone':
        await neighbours.pause(id, said, at)
        return deliveries.again(delivery.id, { at, answer: said, nextAt: at })
      case 'again':
        return later(delivery, answer, said, going, at)
      default:
        return understood satisfies never
    }
  }

  function later({ id, tries, firstTriedAt }: Delivery, answer: Answer, said: string, going: Going, at: Instant) {
    const quiet = quietFor(answer, at)
    const wait = waitBefore(tries + 1, chance())
    if (quiet !== null) going.restUntil = Math.max(going.restUntil, at + quiet)
    else if (going.silent > 0) going.restUntil = at + Math.min(longestRest, waitBefore(going.silent, chance()))
    const nextAt = at + Math.max(wait, quiet ?? 0)
    return isGivenUp(firstTriedAt, nextAt)
      ? deliveries.dies(id, { at, answer: said })
      : deliveries.again(id, { at, answer: said, nextAt })
  }

  return {
    look,
    async settled() {
      for (const going of goings.values()) while (going.running) await going.running
    },
    async close() {
      closing.abort()
      for (const { running } of goings.values()) await running
    },
  }
}
