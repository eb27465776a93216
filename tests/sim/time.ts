// Time that moves only when the trial moves it: all that is to happen stands in one queue, and what falls on one moment is drawn by the seed.
import type { Instant } from '#contract/ids'
import type { World } from '../../ingest-server/app/world.ts'
import type { Chance } from '../../ingest-server/demo/chance.ts'

/** Whose timers they are: a process that was killed rings no more. `device`: stands still while nobody looks. */
export interface Owner {
  kind: 'server' | 'device' | 'wire'
  alive: boolean
}

export interface SimTime {
  now(): Instant
  /** Milliseconds they were awake for: it does not go on while they slumber, as a machine's own does not while it is suspended. */
  awake(): number
  after(owner: Owner, milliseconds: number, run: () => void): () => void
  every(owner: Owner, milliseconds: number, run: () => void): () => void
  pause(owner: Owner, milliseconds: number): Promise<void>
  defer(owner: Owner, run: () => void): void
  /** Everything that is to happen by then, in its order. */
  pass(milliseconds: number): Promise<void>
  /**
   * A quiet stretch in one stride: whatever of the servers' was to ring once rings now, and what rings every few seconds goes on from
   * a moment of its own; devices and wires have slept. `awake`: it was no sleep, they stood still and were not asked.
   */
  slumber(milliseconds: number, awake?: boolean): Promise<void>
  /** Lets what was begun outside of time come to its end, as far as it needs none. */
  settle(): Promise<void>
  /** Moves time on until it is done. */
  until<T>(done: Promise<T>): Promise<T>
  /** What the server is given of the world. */
  world(owner: Owner, change?: Partial<World>): World
  /** How many things have happened. */
  happened(): number
}

interface Timer {
  at: number
  tie: number
  nth: number
  owner: Owner
  every: number | null
  run: () => void
  off: boolean
}

/** Promises that wait for nothing come to their end within; it is twenty times cheaper than a turn of the real loop. */
const turn = () => new Promise<void>((over) => process.nextTick(over))
/** What is begun outside of this process comes to its end only in these. */
const wholeTurn = () => new Promise<void>((over) => setImmediate(over))
const wholeEvery = 64
/** What rings more often than this is asking around: it need not be the first thing after every stretch. */
const often = 10_000

export function openSimTime(start: Instant, chance: Chance, onFault: (fault: unknown) => void): SimTime {
  let now = start
  let nth = 0
  let slept = 0
  let happened = 0
  const queue: Timer[] = []
  const deferred: { owner: Owner; run: () => void }[] = []

  const sooner = (a: Timer, b: Timer) => a.at - b.at || a.tie - b.tie || a.nth - b.nth
  function add(timer: Timer): void {
    let i = queue.push(timer) - 1
    for (let up = (i - 1) >> 1; i > 0 && sooner(timer, queue[up]!) < 0; up = (i - 1) >> 1) {
      queue[i] = queue[up]!
      i = up
    }
    queue[i] = timer
  }
  function takeFirst(): Timer {
    const first = queue[0]!
    const last = queue.pop()!
    if (queue.length > 0) sink(last, 0)
    return first
  }
  function sink(timer: Timer, from: number): void {
    let i = from
    for (;;) {
      let low = 2 * i + 1
      if (low >= queue.length) break
      if (low + 1 < queue.length && sooner(queue[low + 1]!, queue[low]!) < 0) low++
      if (sooner(timer, queue[low]!) <= 0) break
      queue[i] = queue[low]!
      i = low
    }
    queue[i] = timer
  }
  function set(owner: Owner, milliseconds: number, every: number | null, run: () => void): () => void {
    const at = now + Math.max(0, Math.ceil(milliseconds))
    const timer = { at, tie: chance.next(), nth: nth++, owner, every, run, off: false }
    add(timer)
    return () => void (timer.off = true)
  }

  function ring(run: () => void): void {
    happened++
    try {
      run()
    } catch (fault) {
      onFault(fault)
    }
  }

  async function settle(): Promise<void> {
    if (happened % wholeEvery === 0) await wholeTurn()
    for (;;) {
      await turn()
      const next = deferred.shift()
      if (next) {
        if (next.owner.alive) ring(next.run)
        continue
      }
      await turn()
      if (deferred.length === 0) return
    }
  }

  /** False where nothing is to happen by then. */
  async function ringNext(by: Instant): Promise<boolean> {
    const first = queue[0]
    if (!first || first.at > by) return false
    const timer = takeFirst()
    if (timer.off || !timer.owner.alive) return true
    now = Math.max(now, timer.at)
    if (timer.every !== null) add(Object.assign(timer, { at: now + timer.every, tie: chance.next() }))
    ring(timer.run)
    await settle()
    return true
  }

  async function pass(milliseconds: number): Promise<void> {
    const to = now + Math.ceil(milliseconds)
    while (await ringNext(to));
    now = to
    await settle()
  }

  const pause = (owner: Owner, milliseconds: number): Promise<void> =>
    new Promise((over) => void set(owner, milliseconds, null, over))

  const time: SimTime = {
    now: () => now,
    awake: () => now - start - slept,
    after: (owner, milliseconds, run) => set(owner, milliseconds, null, run),
    every: (owner, milliseconds, run) => set(owner, milliseconds, milliseconds, run),
    pause,
    defer: (owner, run) => void deferred.push({ owner, run }),
    pass,
    async slumber(long, awake = false) {
      const milliseconds = Math.ceil(long)
      now += milliseconds
      if (!awake) slept += milliseconds
      const all = queue.splice(0).filter(({ off, owner }) => !off && owner.alive)
      for (const timer of all) {
        if (timer.owner.kind === 'device') timer.at += milliseconds
        else if (timer.every !== null && timer.every < often && timer.at < now)
          timer.at = now + Math.ceil(chance.next() * timer.every)
        add(timer)
      }
      await pass(0)
    },
    settle,
    async until(done) {
      let over = false
      done.then(
        () => (over = true),
        () => (over = true),
      )
      await settle()
      for (let steps = 0; !over; steps++) {
        if (!(await ringNext(Infinity))) await wholeTurn()
        if (steps > 200_000) throw new Error('it never came to its end')
      }
      return done
    },
    world: (owner, change = {}) => ({
      now: () => now,
      seconds: () => (now - start - slept) / 1000,
      random: (bytes) => Uint8Array.from({ length: bytes }, () => chance.whole(0, 255)),
      newId: () => `id-${(nth++).toString(36)}-${chance.whole(0, 1e9).toString(36)}`,
      defer: (run) => time.defer(owner, run),
      pause: (milliseconds) => pause(owner, milliseconds),
      after: (milliseconds, run) => time.after(owner, milliseconds, run),
      every: (milliseconds, run) => time.every(owner, milliseconds, run),
      ...change,
    }),
    happened: () => happened,
  }
  return time
}
