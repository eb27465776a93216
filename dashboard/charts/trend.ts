// What the trend draws: today a white step line up to now, yesterday a grey one over the whole day. No key: the words stand at the lines.
import type { LineSeriesOption } from 'echarts/charts'
import type { GridComponentOption, MarkLineComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'

export type TrendOption = ComposeOption<LineSeriesOption | GridComponentOption | MarkLineComponentOption>

export interface TrendWish {
  /** Opened in each half hour since midnight; the last one is still going on. */
  today: readonly number[]
  yesterday: readonly number[]
  /** Hours since midnight. */
  now: number
  colours: { today: string; yesterday: string; line: string; text: string }
  /** CSS pixels of one pixel at 3840 wide. */
  unit: number
  /** 10 件 */
  pieces: (n: number) => string
  font: string
}

/** A step of 5, or of as many fives as keep the lines at four or fewer. */
export function gridStep(most: number): number {
  const steps = [5, 10, 20, 25, 50, 100, 200, 250, 500, 1000]
  return steps.find((step) => most / step <= 2.6) ?? Math.ceil(most / 2.6)
}

export function trendOption(wish: TrendWish): TrendOption {
  const { colours, unit } = wish
  const step = gridStep(Math.max(1, ...wish.today, ...wish.yesterday))
  const top = Math.max(step * 2, ...wish.today, ...wish.yesterday) * 1.34
  return {
    animation: false,
    textStyle: { fontFamily: wish.font },
    grid: { left: 0, right: 0, top: 0, bottom: 60 * unit },
    xAxis: {
      type: 'value',
      min: 0,
      max: 24,
      interval: 3,
      axisLine: { lineStyle: { color: colours.line, width: 2 * unit } },
      axisTick: { show: true, length: 12 * unit, lineStyle: { color: colours.text, width: 2 * unit } },
      splitLine: { show: false },
      axisLabel: {
        color: colours.text,
        fontSize: 30 * unit,
        margin: 18 * unit,
        formatter: (hour: number) => String(hour).padStart(2, '0'),
        alignMinLabel: 'left',
        alignMaxLabel: 'right',
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: top,
      interval: step,
      splitLine: { showMaxLine: false, lineStyle: { color: colours.line, width: 2 * unit } },
      axisLabel: {
        inside: true,
        showMaxLabel: false,
        color: colours.text,
        fontSize: 30 * unit,
        padding: [0, 0, 44 * unit, -8 * unit],
        formatter: (n: number) => (n === 0 ? '' : n + step > top ? wish.pieces(n) : String(n)),
      },
    },
    series: [
      line('yesterday', steps(wish.yesterday, 24), colours.yesterday, 2 * unit),
      { ...line('today', steps(wish.today, wish.now), colours.today, 4 * unit), markLine: nowLine(wish) },
    ],
  }
}

const line = (id: string, values: [number, number][], colour: string, width: number): LineSeriesOption => ({
  id,
  type: 'line',
  step: 'end',
  data: values,
  symbol: 'none',
  silent: true,
  lineStyle: { color: colour, width, join: 'miter' },
})

/** A point where each half hour begins and one where the last one ends. */
function steps(values: readonly number[], until: number): [number, number][] {
  const points = values.map((n, i): [number, number] => [i / 2, n])
  const last = values[values.length - 1]
  return last === undefined ? [] : [...points, [Math.min(until, values.length / 2), last]]
}

const nowLine = (wish: TrendWish): NonNullable<LineSeriesOption['markLine']> => ({
  silent: true,
  symbol: 'none',
  label: { show: false },
  lineStyle: { color: wish.colours.today, width: 2 * wish.unit, type: 'solid' },
  data: [{ xAxis: wish.now }],
})
