// Who commands through a wall: a duty officer who signed in at it for a while. In memory only, by the wall's name.
import type { Instant, PersonId } from '#contract/ids'
import type { Viewer } from '#contract/person'
import type { Operator } from '#contract/wire'
import type { Kiosks, Sessions } from '../records/port-people.ts'
import type { Audit } from '../records/port.ts'

export interface Operators {
  /** Null where the wall is none any more, or the account no duty officer's. Whoever had it before has it no longer. */
  begin(wall: string, id: PersonId): Promise<Operator | null>
  /** Signed out, at the wall. */
  end(wall: string): Promise<void>
  of(wall: string): Operator | null
  /** Who it is that wishes where this wall does. */
  wishing(wall: string): Viewer | null
  /** They wished something that a wall by itself may not: they are there, for another quarter of an hour. */
  wished(wall: string): void
  /** Ends what is over. */
  review(): void
  /** Told when somebody came, went, or has it for longer. Returns the stop. */
  follow(tell: (wall: string, operator: Operator | null) => void): () => void
  close(): Promise<void>
}

/** Who sits at which wall, as one process tells the others; null: nobody any more. */
export interface Seated {
  wall: string
  sitting: Sitting | null
}

interface Needs {
  sessions: Pick<Sessions, 'open' | 'viewer' | 'close' | 'meet'>
  kiosks: Pick<Kiosks, 'boundAt'>
  audit: Audit
  now: () => Instant
  onFault: (fault: unknown) => void
  /** Where a wall may hang at another process than the one its operator signed in at. Returns how to say it. */
  share?: (take: (said: Seated) => void, all: () => Seated[]) => (said: Seated) => void
}

const idle = 15 * 60_000
const atMost = 2 * 3_600_000
/** So much longer is worth telling: `until` runs on with every wish. */
const toldStep = 10_000

type Ending = 'signed-out' | 'over' | 'account' | 'replaced' | 'wall' | 'closing'

/** Every process finds these by itself; the others are somebody's doing at one of them. */
const isFoundOver: Record<Ending, boolean> = {
  ...{ over: true, account: true, wall: true },
  ...{ 'signed-out': false, replaced: false, closing: false },
}

export interface Sitting {
  /** A session like any other, of nobody's browser: what ends the account's sessions ends this one. */
  token: string
  personId: PersonId
  name: string
  /** Another device bound under the same name is another wall. */
  boundAt: Instant
  since: Instant
  wishedAt: Instant
  toldUntil: Instant
}

export function openOperators({ sessions, kiosks, audit, now, onFault, share }: Needs): Operators {
  const sittings = new Map<string, Sitting>()
  /** Begun here: when it is over, its session is closed and the audit told by us. */
  const ours = new WeakSet<Sitting>()
  const say = share?.(
    (said) => void take(said).catch(onFault),
    () => [...sittings].map(([wall, sitting]) => ({ wall, sitting })),
  )
  const followers = new Set<(wall: string, operator: Operator | null) => void>()

  const tell = (wall: string, operator: Operator | null) => {
    for (const follower of followers) follower(wall, operator)
  }

  /** Why it is over, or who has it. */
  function stateOf(wall: string, sitting: Sitting): Ending | Viewer {
    if (kiosks.boundAt(wall) !== sitting.boundAt) return 'wall'
    if (now() >= untilOf(sitting)) return 'over'
    const viewer = sessions.viewer(sitting.token, now())
    return viewer?.role === 'duty-officer' ? viewer : 'account'
  }

  /** At once for whoever asks; the disk follows. */
  async function drop(wall: string, why: Ending): Promise<void> {
    const sitting = sittings.get(wall)
    if (!sitting) return
    sittings.delete(wall)
    if (why !== 'replaced') tell(wall, null)
    if (!ours.has(sitting) && isFoundOver[why]) return
    if (why !== 'replaced') say?.({ wall, sitting: null })
    await sessions.close(sitting.token)
    await audit.write({ at: now(), who: sitting.personId, what: 'operator-ended', about: `${wall} ${why}` })
  }

  /** Another process's word. What it says again to somebody who has just come is no news. */
  async function take({ wall, sitting }: Seated): Promise<void> {
    const known = sittings.get(wall)
    if (!sitting) {
      if (sittings.delete(wall)) tell(wall, null)
      return
    }
    if (known && (known.since > sitting.since || known.wishedAt >= sitting.wishedAt)) return
    await sessions.meet(sitting.token)
    const next = { ...sitting, toldUntil: untilOf(sitting) }
    if (known?.token === sitting.token && ours.has(known)) ours.add(next)
    sittings.set(wall, next)
    tell(wall, operatorOf(next))
  }

  function sittingAt(wall: string): { sitting: Sitting; viewer: Viewer } | null {
    const sitting = sittings.get(wall)
    if (!sitting) return null
    const state = stateOf(wall, sitting)
    if (typeof state === 'object') return { sitting, viewer: state }
    drop(wall, state).catch(onFault)
    return null
  }

  return {
    async begin(wall, id) {
      const token = await sessions.open(id, now())
      const [viewer, boundAt, at] = [sessions.viewer(token, now()), kiosks.boundAt(wall), now()]
      if (viewer?.role !== 'duty-officer' || boundAt === null) {
        await sessions.close(token)
        return null
      }
      await audit.write({ at, who: id, what: 'operator-began', about: wall })
      await drop(wall, 'replaced')
      const began = { token, personId: id, name: viewer.name, boundAt, since: at, wishedAt: at, toldUntil: at + idle }
      sittings.set(wall, began)
      ours.add(began)
      say?.({ wall, sitting: began })
      const operator = operatorOf(began)
      tell(wall, operator)
      return operator
    },
    end: (wall) => drop(wall, 'signed-out'),
    of(wall) {
      const found = sittingAt(wall)
      return found && operatorOf(found.sitting)
    },
    wishing: (wall) => sittingAt(wall)?.viewer ?? null,
    wished(wall) {
      const sitting = sittingAt(wall)?.sitting
      if (!sitting) return
      sitting.wishedAt = now()
      const until = untilOf(sitting)
      if (until - sitting.toldUntil >= toldStep) {
        sitting.toldUntil = until
        say?.({ wall, sitting })
        tell(wall, operatorOf(sitting))
      }
    },
    review() {
      for (const wall of [...sittings.keys()]) sittingAt(wall)
    },
    follow(follower) {
      followers.add(follower)
      return () => void followers.delete(follower)
    },
    async close() {
      // The wall comes back at another process, which knows who sits there.
      if (share) return
      for (const wall of [...sittings.keys()]) await drop(wall, 'closing')
    },
  }
}

const untilOf = ({ since, wishedAt }: Sitting): Instant => Math.min(wishedAt + idle, since + atMost)

const operatorOf = (sitting: Sitting): Operator => ({
  personId: sitting.personId,
  name: sitting.name,
  until: untilOf(sitting),
})
