// One ECharts instance for as long as the page lives: it stands where it is looked at last, and goes back when that goes.
import { LineChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import type { ECharts } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import type { TrendOption } from './trend.ts'

use([LineChart, GridComponent, MarkLineComponent, CanvasRenderer])

interface Holder {
  element: HTMLElement
  option: TrendOption
}

/** Where it may stand, the last one that came on top. */
const holders: Holder[] = []
let made: { chart: ECharts; canvas: HTMLElement; watching: ResizeObserver } | null = null

function chartOf() {
  if (made) return made
  const canvas = document.createElement('div')
  canvas.style.cssText = 'width:100%;height:100%'
  const chart = init(canvas, null, { width: 1, height: 1 })
  const watching = new ResizeObserver(() => fit())
  made = { chart, canvas, watching }
  return made
}

function fit(): void {
  const top = holders.at(-1)
  if (!made || !top) return
  const { clientWidth: width, clientHeight: height } = top.element
  if (width > 0 && height > 0) made.chart.resize({ width, height })
}

function stand(): void {
  const { chart, canvas, watching } = chartOf()
  const top = holders.at(-1)
  watching.disconnect()
  if (!top) return canvas.remove()
  top.element.append(canvas)
  watching.observe(top.element)
  fit()
  // What is not named anew goes: a day's points replace the day's points, and nothing grows.
  chart.setOption(top.option, { notMerge: true })
}

export interface ChartHold {
  draw(option: TrendOption): void
  leave(): void
}

export function holdChart(element: HTMLElement, option: TrendOption): ChartHold {
  const holder: Holder = { element, option }
  holders.push(holder)
  stand()
  return {
    draw(next) {
      holder.option = next
      if (holders.at(-1) === holder) chartOf().chart.setOption(next, { notMerge: true })
    },
    leave() {
      holders.splice(holders.indexOf(holder), 1)
      stand()
    },
  }
}
