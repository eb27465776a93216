// Keeps a wall fresh: reads the heap, sees a new build, and begins the page anew in a minute nobody misses.
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { WallWorld } from './wall-world.ts'
import { verdictOn, type Heap, type Verdict, type Vitals } from './watchdog.ts'

type Here = Pick<Vitals, 'isLive' | 'isTaken' | 'isAlarm' | 'isUsed'>

const readings = 5
const beat = 15_000
const youngFor = 10 * 60_000

/** `build`: what the server serves now, as far as it has said. */
export function useWatchdog(
  world: Pick<WallWorld, 'now' | 'every' | 'onTouch' | 'shelf' | 'heap' | 'reload'>,
  { build, here }: { build: () => string | null; here: () => Here },
) {
  const verdict = shallowRef<Verdict>(null)
  const startedAt = world.now()
  /** Nobody has yet: a page that began anew goes on as it was. */
  const touchedAt = ref(-Infinity)
  const kept = world.shelf.read('reloaded')
  let reloadedAt = typeof kept === 'number' ? kept : null
  let otherBuildSince: number | null = null
  let heaps: Heap[] = []
  let youngHeap: number | null = null

  /** A reading just before the engine sweeps says nothing: the least of some does. */
  function readHeap(): Heap | null {
    const heap = world.heap()
    if (!heap) return null
    heaps = [...heaps, heap].slice(-readings)
    const least = heaps.reduce((a, b) => (b.used < a.used ? b : a))
    if (world.now() - startedAt < youngFor) youngHeap = least.used
    return heaps.length < readings ? null : least
  }
  function look(): void {
    const heap = readHeap()
    const { now } = world
    verdict.value = verdictOn({
      ...{ now: now(), startedAt, touchedAt: touchedAt.value, reloadedAt, otherBuildSince, heap, youngHeap },
      ...here(),
    })
    if (!verdict.value?.isDue) return
    reloadedAt = now()
    world.shelf.write('reloaded', reloadedAt)
    world.reload()
  }
  const stops = [
    world.every(beat, look),
    world.onTouch(() => (touchedAt.value = world.now())),
    watch(build, (next, before) => {
      if (before && next && next !== before) otherBuildSince ??= world.now()
    }),
  ]
  onScopeDispose(() => stops.forEach((stop) => stop()))
  return { verdict, touchedAt }
}
