// Clocks of devices: what they claim beside when it came; late is not wrong, always as late is.
import { expect, it } from 'vitest'
import type { CameraId, SourceId } from '#contract/ids'
import { openSkews, skewOf } from '../../ingest-server/doors/source-skew.ts'

const second = 1000
const times = (n: number, lag: (at: number) => number) => Array.from({ length: n }, (_, at) => lag(at))

it('[IN140] a few seconds on the way are no wrong clock', () => {
  expect(skewOf(times(20, (at) => (at % 5) * second))).toEqual({ lagMs: 2 * second, clock: 'right' })
})

it('[IN140] one claim more than a minute ahead of us says that the clock is ahead', () => {
  expect(skewOf([...times(20, () => second), -61 * second])).toMatchObject({ clock: 'ahead' })
  expect(skewOf([...times(20, () => second), -59 * second])).toMatchObject({ clock: 'right' })
})

it('[IN141] always the same eight hours behind is a wrong clock, by so much', () => {
  const behind = 8 * 3600 * second
  expect(skewOf(times(6, (at) => behind + at * second))).toMatchObject({ clock: 'behind', lagMs: behind + 2 * second })
})

it('[IN141] what a gateway kept back and sends together is late, and no wrong clock', () => {
  expect(skewOf(times(20, (at) => (20 - at) * 60 * second))).toMatchObject({ clock: 'right' })
})

it('[IN141] two late reports are not yet a habit', () => {
  expect(skewOf(times(2, () => 300 * second))).toMatchObject({ clock: 'right' })
  expect(skewOf([])).toEqual({ lagMs: null, clock: 'unknown' })
})

it('[IN140] it is known by camera, too: one with a wrong clock behind a right platform is named', () => {
  const skews = openSkews()
  const [hik, wrong, right] = ['hik' as SourceId, 'cam-wrong' as CameraId, 'cam-right' as CameraId]
  const now = 1_800_000_000_000
  for (let at = 0; at < 6; at++) {
    skews.note(hik, wrong, now - 600 * second, now)
    for (let more = 0; more < 4; more++) skews.note(hik, right, now - second, now)
  }
  expect(skews.ofSource(hik)).toEqual({ lagMs: second, clock: 'right' })
  expect(skews.ofCamera(wrong)).toEqual({ lagMs: 600 * second, clock: 'behind' })
  expect(skews.wrongOf(hik)).toEqual([wrong])
  expect(skews.wrongOf('other' as SourceId)).toEqual([])
})

it('[IN140] a clock that was set is right again once the last ones say so', () => {
  const skews = openSkews()
  const [hik, cam, now] = ['hik' as SourceId, 'cam' as CameraId, 1_800_000_000_000]
  skews.note(hik, cam, now + 120 * second, now)
  expect(skews.ofCamera(cam).clock).toBe('ahead')
  for (let at = 0; at < 31; at++) skews.note(hik, cam, now - second, now)
  expect(skews.ofCamera(cam).clock).toBe('right')
})
