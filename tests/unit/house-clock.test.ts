// The time the house goes by, beside a clock on the wall that leaps, stands still, or was set.
import { describe, expect, it } from 'vitest'
import { openHouseClock } from '../../ingest-server/app/house-clock.ts'

/** Asked every half second, as the house does at the least. */
function aWall() {
  let [run, offset, stands] = [0, 1_000_000, null as number | null]
  const now = openHouseClock(
    () => stands ?? run + offset,
    () => run,
  )
  return {
    now,
    pass(milliseconds: number) {
      for (let left = milliseconds; left > 0; left -= 500) {
        run += Math.min(500, left)
        now()
      }
    },
    leap: (by: number) => void (offset += by),
    stop: () => void (stands = run + offset),
    goOn: () => void (stands = null),
  }
}
const hour = 3_600_000

describe('the house clock', () => {
  it('[CL50] it is the wall clock, to the millisecond, nudges and all', () => {
    const wall = aWall()
    wall.pass(10_000)
    wall.leap(1500)
    expect(wall.now()).toBe(1_011_500)
    wall.leap(-1500)
    expect(wall.now()).toBe(1_010_000)
  })

  it.each([hour, -hour])('[CL50] a leap of %i ms that is taken back within five seconds never was', (by) => {
    const wall = aWall()
    wall.leap(by)
    for (let second = 1; second <= 4; second++) {
      wall.pass(1000)
      expect(wall.now()).toBe(1_000_000 + second * 1000)
    }
    wall.leap(-by)
    wall.pass(10_000)
    expect(wall.now()).toBe(1_014_000)
  })

  it.each([hour, -hour])('[CL50] a leap of %i ms that stays is believed after five', (by) => {
    const wall = aWall()
    wall.leap(by)
    wall.pass(6000)
    expect(wall.now()).toBe(1_006_000 + by)
  })

  it('[CL51] the wall clock stands still for ten minutes: the house goes on', () => {
    const wall = aWall()
    wall.stop()
    wall.pass(600_000)
    expect(wall.now()).toBe(1_600_000)
    wall.goOn()
    wall.pass(500)
    expect(wall.now()).toBe(1_600_500)
  })
})
