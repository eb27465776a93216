// @vitest-environment happy-dom
// The daily report: what it counts, that each figure is a list, and that limits are reckoned by no second formula.
import { describe, expect, it } from 'vitest'
import type { DailyCase } from '#contract/daily'
import type { CaseId, Instant } from '#contract/ids'
import type { KpiRow } from '#contract/kpi'
import {
  counted,
  countedBy,
  grave,
  judged,
  ranOverIn,
  stillOpen,
  verifiedIn,
} from '../../dashboard/screens/desk/pages/daily.ts'
import { messageName, byTrouble, ofNeighbour } from '../../dashboard/screens/desk/pages/neighbours.ts'

const at = (text: string): Instant => Date.parse(`2026-11-21T${text}:00+08:00`)
const span = { from: at('00:00'), to: at('00:00') + 86_400_000 }

const one = (n: number, change: Partial<DailyCase> = {}): DailyCase => ({
  id: `20261121-00${n}` as CaseId,
  scenarioId: 'dropped-garbage' as DailyCase['scenarioId'],
  ...{ matter: 'dropped-garbage', level: 3, path: [], isAsked: false, openedAt: at('09:00') },
  ...{ dispatchedAt: null, arrivedAt: null, endedAt: null, stage: 'filed', disposition: null, unsure: false },
  ...change,
})
const before = at('09:00') - 86_400_000
const day = [
  one(1),
  one(2, { endedAt: at('11:00'), stage: 'closed', disposition: 'solved' }),
  one(3, { openedAt: before, endedAt: at('08:00'), stage: 'void', disposition: 'false-alarm' }),
  one(4, { openedAt: before, level: 1, scenarioId: 'bike-shed-fire' as DailyCase['scenarioId'] }),
  one(5, { openedAt: at('23:59'), endedAt: span.to + 5, stage: 'closed', level: 2 }),
  one(6, { unsure: true }),
]

describe('a day counted', () => {
  it('[EX65] opened in it, ended in it, open at its end: each a list, and what is only to be looked at in none', () => {
    expect(counted('all', day, span)).toEqual({
      key: 'all',
      opened: ['20261121-001', '20261121-002', '20261121-005'],
      ended: ['20261121-002', '20261121-003'],
      open: ['20261121-001', '20261121-004', '20261121-005'],
      falseAlarms: ['20261121-003'],
    })
  })

  it('[EX65] cut by anything, the parts add up to the whole', () => {
    const whole = counted('all', day, span)
    const parts = countedBy(day, span, ({ scenarioId }) => scenarioId)
    for (const list of ['opened', 'ended', 'open', 'falseAlarms'] as const)
      expect(parts.flatMap((part) => part[list]).toSorted()).toEqual(whole[list].toSorted())
  })

  it('[EX65] level I and II stand one by one, and what was open at the end whatever became of it since', () => {
    expect(grave(day, span).map(({ id }) => id)).toEqual(['20261121-005'])
    expect(stillOpen(day, span).map(({ id }) => id)).toEqual(['20261121-001', '20261121-004', '20261121-005'])
  })

  it('[EX66] in time, over, verified and satisfied are the lists of the house’s own figures', () => {
    const ids = ['a', 'b', 'c'] as CaseId[]
    const row = {
      key: 'all',
      figures: [{ name: 'closed-in-time', share: 2 / 3, numerator: ids.slice(0, 2), denominator: ids }],
      spreads: [{ phase: 'verify', p50: 1, p90: 1, cases: ids.slice(1) }],
      ...{ score: null, grade: null },
    } satisfies KpiRow as KpiRow
    expect(judged(row, 'closed-in-time')).toEqual({ numerator: ['a', 'b'], denominator: ids })
    expect(ranOverIn(row)).toEqual(['c'])
    expect(verifiedIn(row)).toEqual(['b', 'c'])
    expect(judged(row, 'satisfied')).toEqual({ numerator: [], denominator: [] })
    expect(ranOverIn(undefined)).toEqual([])
  })
})

it('[EX70] who has dead letters stands first, and of the messages those that nobody took', () => {
  const neighbour = (name: string, change: object) => ({ name, paused: null, dead: 0, waiting: 0, ...change }) as never
  const sorted = byTrouble([
    neighbour('a', {}),
    neighbour('b', { waiting: 3 }),
    neighbour('c', { dead: 1 }),
    neighbour('d', { paused: { at: 1, why: '' } }),
  ])
  expect(sorted.map(({ name }) => name)).toEqual(['c', 'd', 'b', 'a'])
  const message = (id: string, state: string, madeAt: number) => ({ id, state, madeAt, neighbourId: 'x' }) as never
  const rows = ofNeighbour(
    [message('t', 'taken', 9), message('w2', 'waiting', 8), message('w1', 'waiting', 7), message('d', 'dead', 1)],
    'x' as never,
  )
  expect(rows.map(({ id }) => id)).toEqual(['d', 'w1', 'w2', 't'])
  expect(messageName('cn.sanping.case.opened.v1')).toBe('新立')
  expect(messageName('cap.update')).toBe('cap.update')
})
