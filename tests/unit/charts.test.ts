// The trend, planned: what is drawn of a day's half hours.
import { describe, expect, it } from 'vitest'
import { sparkPath } from '../../dashboard/charts/spark.ts'
import { gridStep, trendOption } from '../../dashboard/charts/trend.ts'

const wish = {
  today: [2, 3, 1],
  yesterday: Array.from({ length: 48 }, (_, i) => i % 10),
  now: 1.25,
  colours: { today: '#fff', yesterday: '#888', line: '#444', text: '#aaa' },
  unit: 1,
  pieces: (n: number) => `${n} 件`,
  font: 'sans-serif',
}

describe('24 小时立案', () => {
  it('[SN19] today is a step line that ends now; yesterday runs over the whole day', () => {
    const [yesterday, today] = trendOption(wish).series as { data: [number, number][]; step: string }[]
    expect(today?.data).toEqual([
      [0, 2],
      [0.5, 3],
      [1, 1],
      [1.25, 1],
    ])
    expect(today?.step).toBe('end')
    expect(yesterday?.data.at(-1)).toEqual([24, 7])
  })
  it('[SN19] an empty day draws nothing and breaks nothing', () => {
    const [, today] = trendOption({ ...wish, today: [], yesterday: [] }).series as { data: unknown[] }[]
    expect(today?.data).toEqual([])
  })
  it('[SN19] a typhoon day gets coarser lines, not more of them', () => {
    expect(gridStep(11)).toBe(5)
    for (const most of [1, 11, 60, 240, 900, 40_000]) expect(most / gridStep(most)).toBeLessThanOrEqual(2.61)
  })
  it('[SN19] the small lines keep to their box', () => {
    expect(sparkPath([0, 10], 10, 470, 40)).toBe('M0.0 40.0L10.0 0.0')
  })
})
