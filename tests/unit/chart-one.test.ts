// @vitest-environment happy-dom
// One chart for as long as the page lives: where it stands, what it is told, and that there is never a second.
import { beforeEach, expect, it, vi } from 'vitest'
import type { TrendOption } from '../../dashboard/charts/trend.ts'

const made: { told: unknown[]; sizes: unknown[]; canvas: HTMLElement }[] = []
vi.mock('echarts/core', () => ({
  use: () => {},
  init: (canvas: HTMLElement) => {
    const one = { told: [] as unknown[], sizes: [] as unknown[], canvas }
    made.push(one)
    return {
      setOption: (option: unknown, how: unknown) => one.told.push([option, how]),
      resize: (size: unknown) => one.sizes.push(size),
    }
  },
}))
const { holdChart } = await import('../../dashboard/charts/one-chart.ts')

const room = (width: number) => {
  const element = document.createElement('div')
  Object.defineProperties(element, { clientWidth: { value: width }, clientHeight: { value: 200 } })
  return element
}
const option = (name: string) => ({ series: [], name }) as unknown as TrendOption
const last = () => made[0]!.told.at(-1)

beforeEach(() => {
  for (const one of made) one.told.length = 0
})

it('[SN247] a thousand times taken away and put back it is the same chart, and told whole each time, so that nothing grows', () => {
  for (let n = 0; n < 1_000; n++) {
    const hold = holdChart(room(900), option(String(n)))
    expect(last()).toEqual([option(String(n)), { notMerge: true }])
    hold.leave()
  }
  expect(made).toHaveLength(1)
  expect(made[0]!.canvas.isConnected).toBe(false)
})

it('[SN247] put on the wall large it stands there with what is drawn there, and goes back to its tile as that is by then', () => {
  const [tile, large] = [room(900), room(3_600)]
  const small = holdChart(tile, option('tile'))
  const cast = holdChart(large, option('cast'))
  expect(made[0]!.canvas.parentElement).toBe(large)
  expect(made[0]!.sizes.at(-1)).toEqual({ width: 3_600, height: 200 })
  small.draw(option('tile, later'))
  expect(last()).toEqual([option('cast'), { notMerge: true }])
  cast.leave()
  expect(made[0]!.canvas.parentElement).toBe(tile)
  expect(last()).toEqual([option('tile, later'), { notMerge: true }])
  expect(made).toHaveLength(1)
  small.leave()
})
