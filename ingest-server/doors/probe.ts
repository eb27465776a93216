// The synthetic alarm: every few minutes down every path, through the real door, and timed until it has come out on the line.
import type { AlarmPath } from '#contract/wire'
import type { Instant } from '#contract/ids'
import { httpPaths, type ProbePath, type Probing } from './probe-paths.ts'

export interface ProbeNeeds {
  /** Between two rounds; 0: never. */
  everyMs: number
  /** Where we listen, null while we do not. */
  url: () => string | null
  key: string
  fetch: typeof fetch
  /** Whether this process sends them: of many only one does. */
  acts: () => boolean
  /** Whether a scenario knows the synthetic alarm; without one there is nothing to send. */
  knows: () => boolean
  /** The last revision that was handed to every audience on the line. */
  told: () => number
  now: () => Instant
  seconds: () => number
  newId: () => string
  after: (milliseconds: number, run: () => void) => () => void
  every: (milliseconds: number, run: () => void) => () => void
  /** What became of a probe that did not come through, for the log. */
  onLost: (path: string, cause: unknown) => void
  paths?: readonly ProbePath[]
}

export interface Probe {
  all(): AlarmPath[]
  down(): { name: string; since: Instant }[]
  /** One round now: each path once. */
  run(): Promise<void>
  /** Told when a path goes down or comes back. Returns the stop. */
  follow(tell: () => void): () => void
  close(): void
}

/** The first round waits for the house to stand. */
const firstAfterMs = 5000
const lostAfterMs = 10_000
const againAfterMs = 500

interface Known extends AlarmPath {
  since: Instant | null
}

export function openProbe(needs: ProbeNeeds): Probe {
  const { everyMs, now, seconds, after, paths = httpPaths } = needs
  const known = new Map<string, Known>(
    paths.map(({ name }) => [name, { name, at: null, milliseconds: null, down: false, since: null }]),
  )
  const followers = new Set<() => void>()
  const underWay = new Set<AbortController>()
  let running: Promise<void> | null = null
  let closed = false

  function run(): Promise<void> {
    const url = needs.url()
    if (closed || url === null || !needs.acts() || !needs.knows()) return Promise.resolve()
    running ??= Promise.all(paths.map((path) => check(path, url)))
      .then((turned) => {
        if (turned.includes(true)) for (const tell of followers) tell()
      })
      .finally(() => void (running = null))
    return running
  }

  /** True where the path went down by it, or came back. */
  async function check(path: ProbePath, url: string): Promise<boolean> {
    const before = known.get(path.name)!
    const at = now()
    const took = await time(path, { url, at }).catch((cause: unknown) => {
      if (!closed) needs.onLost(path.name, cause)
      return null
    })
    if (closed) return false
    const down = took === null
    const found = down ? { at: before.at, milliseconds: before.milliseconds } : { at, milliseconds: took }
    known.set(path.name, { ...before, ...found, down, since: down ? (before.since ?? at) : null })
    return down !== before.down
  }

  /** Milliseconds from sending until the line had it. Rejects where it has not within ten seconds. */
  async function time(path: ProbePath, { url, at }: { url: string; at: Instant }): Promise<number> {
    const started = seconds()
    const stop = new AbortController()
    underWay.add(stop)
    const stopTimer = after(lostAfterMs, () => stop.abort(new Error('it did not come out within ten seconds')))
    const probing: Probing = {
      ...{ id: `probe-${needs.newId()}`, at, key: needs.key, url },
      ...{ fetch: needs.fetch, signal: stop.signal },
    }
    try {
      let revision = await path.send(probing)
      while (revision === 'busy' || needs.told() < revision) {
        await pause(stop.signal)
        if (revision === 'busy') revision = await path.send(probing)
      }
      return Math.round((seconds() - started) * 1000)
    } finally {
      stopTimer()
      underWay.delete(stop)
    }
  }

  const pause = (signal: AbortSignal): Promise<void> =>
    new Promise((over, lost) => {
      const fail = () => lost(signal.reason as Error)
      if (signal.aborted) return fail()
      signal.addEventListener('abort', fail, { once: true })
      after(againAfterMs, () => {
        signal.removeEventListener('abort', fail)
        over()
      })
    })

  const stops = everyMs > 0 ? [after(firstAfterMs, () => void run()), needs.every(everyMs, () => void run())] : []

  return {
    all: () => [...known.values()].map(({ since: _since, ...path }) => path),
    down: () => [...known.values()].flatMap(({ name, since }) => (since === null ? [] : [{ name, since }])),
    run,
    follow(tell) {
      followers.add(tell)
      return () => void followers.delete(tell)
    },
    close() {
      closed = true
      for (const stop of stops) stop()
      for (const stop of underWay) stop.abort(new Error('the house is closing'))
    },
  }
}
