// Who holds which desk, kept right a few times a second: a lease in Redis says who may take the pen, the pen itself is the journal's.
import type { Between } from './between.ts'
import { beat, giveOver, keyOf } from './lease-scripts.ts'
import { shareOut } from './sharing.ts'

/** What the leases need of a desk. */
export interface Leased {
  holds(): boolean
  keeps(): boolean
  inStep(): boolean
  take(): Promise<void>
  leave(): Promise<void>
  check(): void
}

export interface LeasesNeeds {
  between: Pick<Between, 'run' | 'isUp'>
  /** This node's own. */
  name: string
  /** Runs ever forwards. */
  seconds: () => number
  /** The desk of this street was taken here. */
  onTaken: (street: string) => void
  /** It was handed to that node, which should look at once. */
  onGiven: (street: string, to: string) => void
  onFault: (fault: unknown) => void
}

export interface Leases {
  /** From now on this process may hold it. Returns the stop, which hands it over where it is held. */
  join(street: string, desk: Leased): () => Promise<void>
  /** Looks at all; one look at a time. */
  look(): Promise<void>
  /** Hands over what is held and takes nothing more. */
  drain(): Promise<void>
  /** Desks held here, and how often one changed hands here. */
  held(): number
  turned(): number
  /** Who lives and serves this street, as the last look found it. */
  serving(street: string): readonly string[]
}

/** So long a lease outlives its holder: with the looks and the grace a killed node's desks move within four seconds. */
const lasts = 1600
/** A free lease is first its last holder's again, then whose share it is, then anybody's who serves the street. */
const grace = { share: 0.6, anybody: 1.4 }
/** Whose share it is must have been so for this long before a desk moves to them: who comes and goes moves nothing. */
const settled = 5
/** A holder that cannot keep lines lets others try. */
const cannotKeep = 3
/** Who could not take a desk, or could not keep lines, lets others for so long. */
const unfit = 2

interface One {
  desk: Leased
  busy: Promise<void> | null
  holder: string
  nodes: string[]
  freeSince: number | null
  /** Whose share it is, and since when. */
  share: { node: string; since: number }
  renewedAt: number
  keptAt: number
  unfitUntil: number
  leaving: boolean
}

export function openLeases({ between, name, seconds, onTaken, onGiven, onFault }: LeasesNeeds): Leases {
  const streets = new Map<string, One>()
  let looking: Promise<void> | null = null
  let draining = false
  let turns = 0

  function look(): Promise<void> {
    looking ??= Promise.all([...streets].map(([street, one]) => lookAt(street, one)))
      .then(share)
      .catch(onFault)
      .finally(() => (looking = null))
    return looking
  }

  async function lookAt(street: string, one: One): Promise<void> {
    const now = seconds()
    const serves = !draining && !one.leaving && now >= one.unfitUntil && one.desk.inStep()
    const takes = one.desk.holds() || (serves && isOurTurn(one, now))
    const keys = [keyOf(street, 'holder'), keyOf(street, 'nodes')]
    try {
      const answer = await between.run(beat, keys, [name, lasts, takes ? 'take' : 'look', serves ? 1 : 0])
      ;[one.holder = '', ...one.nodes] = answer as string[]
    } catch {
      return cutOff(one)
    }
    one.renewedAt = seconds()
    one.freeSince = one.holder === '' ? (one.freeSince ?? now) : null
    if (one.desk.keeps() || !one.desk.holds()) one.keptAt = now
    if (!one.busy) settle(street, one, now)
  }

  /** Redis does not answer: whoever holds goes on, but asks the journal itself whether it still does. */
  function cutOff(one: One): void {
    one.freeSince = null
    if (one.desk.holds() && (seconds() - one.renewedAt) * 1000 > lasts / 2) one.desk.check()
  }

  function isOurTurn(one: One, now: number): boolean {
    if (one.freeSince === null) return false
    const isAlone = one.nodes.every((node) => node === name)
    const waits = one.share.node === name || isAlone ? grace.share : grace.anybody
    return now - one.freeSince >= waits
  }

  function settle(street: string, one: One, now: number): void {
    const isOurs = one.holder === name
    if (isOurs && !one.desk.holds()) {
      if (draining || one.leaving) return void give(street, one, null)
      return run(one, () => take(street, one))
    }
    if (!isOurs && one.holder !== '' && one.desk.holds()) return run(one, () => one.desk.leave().finally(() => turns++))
    if (!isOurs || !one.desk.holds()) return
    const isStuck = now - one.keptAt >= cannotKeep && nextFor(street, one) !== null
    if (draining || one.leaving || isStuck) return run(one, () => handOver(street, one))
    const { node, since } = one.share
    if (node !== name && one.nodes.includes(node) && now - since >= settled) run(one, () => handOver(street, one, node))
  }

  function run(one: One, job: () => Promise<void>): void {
    one.busy = job()
      .catch(onFault)
      .finally(() => (one.busy = null))
  }

  async function take(street: string, one: One): Promise<void> {
    try {
      await one.desk.take()
      one.keptAt = seconds()
      turns++
      onTaken(street)
    } catch (fault) {
      one.unfitUntil = seconds() + unfit
      await give(street, one, null)
      throw fault
    }
  }

  /** Where it goes next is said in the lease itself, so that nobody waits for it to run out. */
  async function handOver(street: string, one: One, to = nextFor(street, one)): Promise<void> {
    if (seconds() - one.keptAt >= cannotKeep) one.unfitUntil = seconds() + unfit
    await one.desk.leave()
    turns++
    await give(street, one, to)
  }

  async function give(street: string, one: One, to: string | null): Promise<void> {
    await between.run(giveOver, [keyOf(street, 'holder')], [name, to ?? '', lasts]).catch(onFault)
    one.holder = to ?? ''
    if (to !== null) onGiven(street, to)
  }

  function nextFor(street: string, one: One): string | null {
    const others = one.nodes.filter((node) => node !== name)
    return shareOut(new Map([[street, others]])).get(street) ?? null
  }

  function share(): void {
    const now = seconds()
    const shares = shareOut(new Map([...streets].map(([street, { nodes }]) => [street, nodes])))
    for (const [street, one] of streets) {
      const node = shares.get(street) ?? name
      if (one.share.node !== node) one.share = { node, since: now }
    }
  }

  /** Until nothing is held any more; bounded where Redis does not answer, because then nobody could take it. */
  async function letGo(mine: () => [string, One][]): Promise<void> {
    for (const [street, one] of mine()) {
      await one.busy
      if (one.desk.holds()) await handOver(street, one).catch(onFault)
    }
    // A look that is under way may have said that we serve it still.
    await looking
    await look()
  }

  return {
    join(street, desk) {
      const now = seconds()
      const one: One = {
        ...{ desk, busy: null, holder: '', nodes: [], freeSince: null, share: { node: name, since: now } },
        ...{ renewedAt: now, keptAt: now, unfitUntil: 0, leaving: false },
      }
      streets.set(street, one)
      return async () => {
        one.leaving = true
        await letGo(() => [[street, one]])
        streets.delete(street)
      }
    },
    look,
    async drain() {
      draining = true
      await letGo(() => [...streets])
    },
    held: () => [...streets.values()].filter(({ desk }) => desk.holds()).length,
    turned: () => turns,
    serving: (street) => streets.get(street)?.nodes ?? [],
  }
}
