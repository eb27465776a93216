// A wall that runs for months: begun anew only when nobody would miss it, never twice in a row, and never burned in.
import { createPinia, setActivePinia } from 'pinia'
import { effectScope, nextTick, ref } from 'vue'
import { describe, expect, it } from 'vitest'
import { orbitMs, standAt } from '../../dashboard/screens/wall/orbit.ts'
import { useWatchdog } from '../../dashboard/screens/wall/use-watchdog.ts'
import { apartMs, atLatestMs, isHeavy, quietMs, verdictOn, type Vitals } from '../../dashboard/screens/wall/watchdog.ts'

const hour = 3_600_000
const megabyte = 1_048_576
const now = 1_000_000_000_000
const well: Vitals = {
  ...{ now, startedAt: now - hour, touchedAt: now - quietMs, reloadedAt: null, otherBuildSince: null },
  ...{ heap: { used: 90 * megabyte, limit: 4_096 * megabyte }, youngHeap: 80 * megabyte },
  ...{ isLive: true, isTaken: false, isAlarm: false, isUsed: false },
}
const renewed: Vitals = { ...well, otherBuildSince: now - 1_000 }

describe('beginning anew', () => {
  it('[SN233] a wall that is well is left alone', () => {
    expect(verdictOn(well)).toBeNull()
  })

  it('[SN233] a new version is taken in a quiet minute', () => {
    expect(verdictOn(renewed)).toMatchObject({ why: 'build', isDue: true })
    const busy: Partial<Vitals>[] = [
      { touchedAt: now - quietMs + 1 },
      { isAlarm: true },
      { isUsed: true },
      { isTaken: true },
      { isLive: false },
    ]
    for (const change of busy) expect(verdictOn({ ...renewed, ...change })?.isDue).toBe(false)
  })

  it('[SN233] after six hours it is taken though the wall is in use, but never from a level I nor from a lost line', () => {
    const late = { ...renewed, otherBuildSince: now - atLatestMs, isUsed: true, isAlarm: true, touchedAt: now }
    expect(verdictOn(late)).toMatchObject({ isDue: true, by: now })
    expect(verdictOn({ ...late, isTaken: true })?.isDue).toBe(false)
    expect(verdictOn({ ...late, isLive: false })?.isDue).toBe(false)
  })

  it('[SN233] never twice in ten minutes, whatever is wrong', () => {
    expect(verdictOn({ ...renewed, reloadedAt: now - apartMs + 1 })?.isDue).toBe(false)
    expect(verdictOn({ ...renewed, reloadedAt: now - apartMs })?.isDue).toBe(true)
    // A clock set back does not lock it for a year.
    expect(verdictOn({ ...renewed, reloadedAt: now + hour })?.isDue).toBe(true)
  })

  it('[SN234] memory that grew threefold, or near the limit, is let go of; without a reading its age decides', () => {
    expect(isHeavy({ used: 390 * megabyte, limit: 4_096 * megabyte }, 80 * megabyte)).toBe(false)
    expect(isHeavy({ used: 410 * megabyte, limit: 4_096 * megabyte }, 80 * megabyte)).toBe(true)
    expect(isHeavy({ used: 410 * megabyte, limit: 4_096 * megabyte }, 200 * megabyte)).toBe(false)
    expect(isHeavy({ used: 700 * megabyte, limit: 1_024 * megabyte }, 600 * megabyte)).toBe(true)
    expect(verdictOn({ ...well, heap: null, youngHeap: null, startedAt: now - 25 * hour })).toMatchObject({
      why: 'age',
    })
    expect(verdictOn({ ...well, startedAt: now - 25 * hour })).toBeNull()
  })
})

describe('the watch over a page', () => {
  function page({ kept = null as unknown } = {}) {
    setActivePinia(createPinia())
    let time = now
    let beat = () => {}
    let touch = () => {}
    const reloads: number[] = []
    const shelf = new Map<string, unknown>([['reloaded', kept]])
    const build = ref<string | null>(null)
    const isUsed = ref(false)
    const scope = effectScope()
    const watched = scope.run(() =>
      useWatchdog(
        {
          now: () => time,
          every: (_ms, run) => {
            beat = run
            return () => {}
          },
          onTouch: (run) => {
            touch = run
            return () => {}
          },
          shelf: { read: (name) => shelf.get(name), write: (name, what) => void shelf.set(name, what) },
          heap: () => ({ used: 50 * megabyte, limit: 4_096 * megabyte }),
          reload: () => void reloads.push(time),
        },
        {
          build: () => build.value,
          here: () => ({ isLive: true, isTaken: false, isAlarm: false, isUsed: isUsed.value }),
        },
      ),
    )!
    const wait = (ms: number) => {
      for (const until = time + ms; time < until;) {
        time += 15_000
        beat()
      }
    }
    return { build, isUsed, reloads, shelf, wait, watched, touch: () => touch() }
  }

  it('[SN233] the first build it hears of is its own; another one means begin anew once nobody touches the wall', async () => {
    const { build, reloads, shelf, wait, touch } = page()
    build.value = 'a'
    await nextTick()
    wait(hour)
    expect(reloads).toEqual([])
    touch()
    build.value = 'b'
    await nextTick()
    wait(45_000)
    expect(reloads).toEqual([])
    wait(30_000)
    expect(reloads).toHaveLength(1)
    expect(shelf.get('reloaded')).toBe(reloads[0])
  })

  it('[SN233] a page that was begun anew a moment ago is not begun anew again', async () => {
    const { build, reloads, wait } = page({ kept: now - 60_000 })
    build.value = 'a'
    await nextTick()
    build.value = 'b'
    await nextTick()
    wait(5 * 60_000)
    expect(reloads).toEqual([])
    wait(10 * 60_000)
    expect(reloads).toHaveLength(1)
  })
})

describe('against burn-in', () => {
  it('[SN235] the picture goes round by whole pixels, never more than two, never by a jump', () => {
    const stands = Array.from({ length: 14 }, (_, i) => standAt(i * orbitMs))
    expect(new Set(stands.map(String)).size).toBe(14)
    for (const [i, [x, y]] of stands.entries()) {
      const [nextX, nextY] = stands[(i + 1) % stands.length]!
      expect([x, y].every((part) => Number.isInteger(part) && Math.abs(part) <= 2)).toBe(true)
      expect(Math.max(Math.abs(nextX - x), Math.abs(nextY - y))).toBe(1)
    }
    expect(standAt(0)).toEqual(standAt(orbitMs - 1))
  })
})
