// What holds of the figures whatever the cases are: nothing that is worse makes a score more, and spans add up.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CaseFacts, Verdict } from '#contract/case-facts'
import { columnsOf, factsIn } from '#contract/fact-columns'
import type { CaseId, PersonId, PlaceId, ScenarioId } from '#contract/ids'
import type { KpiCut, KpiName, KpiRow } from '#contract/kpi'
import { kpiCuts, kpiNames, kpiPhases } from '#contract/kpi'
import { formulas } from '../../ingest-server/case-engine/kpi-formulas.ts'
import { kpiRows } from '../../ingest-server/case-engine/kpi.ts'
import { bytesOf, columnsFrom } from '../../ingest-server/archive/pages.ts'
import { posts } from '#contract/roles'

const time = fc.integer({ min: 0, max: 1000 })
const who = fc.option(
  fc.record({
    id: fc.constantFrom(...(['li', 'zhou', 'shen'] as PersonId[])),
    post: fc.option(fc.constantFrom(...posts)),
    body: fc.option(fc.constantFrom('桥一物业', '桥一居民区')),
  }),
)
const verdict = fc.record({ at: time, counts: fc.boolean(), who })
const passage = fc.record({ at: time, took: fc.integer({ min: 0, max: 1e9 }), who })
const some = <K extends string, T>(keys: readonly K[], one: fc.Arbitrary<T>): fc.Arbitrary<Partial<Record<K, T>>> =>
  fc.record(Object.fromEntries(keys.map((key) => [key, one])) as Record<K, fc.Arbitrary<T>>, { requiredKeys: [] })

let ids = 0
const facts: fc.Arbitrary<CaseFacts> = fc
  .record({
    scenarioId: fc.constantFrom(...(['fire', 'garbage'] as ScenarioId[])),
    path: fc.constantFrom(
      ['street', 'north', 'north-west'],
      ['street', 'south'],
      ['street'],
    ) as unknown as fc.Arbitrary<PlaceId[]>,
    verdicts: some(kpiNames, verdict),
    passages: some(kpiPhases, passage),
  })
  .map((one) => ({ ...one, id: `20261120-${++ids}` as CaseId }))
const cases = fc.array(facts, { maxLength: 25 })
const cut = fc.constantFrom(...kpiCuts)

const rowsOf = (all: CaseFacts[], by: KpiCut, from = 0, to = 2000) =>
  kpiRows([columnsOf(all.slice(0, 7)), columnsOf(all.slice(7))], { from, to, cut: by, place: 'street' as PlaceId })
const byKey = (rows: KpiRow[]) => new Map(rows.map((row) => [row.key, row]))
const badIs = (name: KpiName) => formulas[name].better === 'less'
const worse = (name: KpiName, one: Verdict): Verdict => ({ ...one, counts: badIs(name) })
const goodness = (row: KpiRow, name: KpiName): number | null => {
  const { share } = row.figures.find((one) => one.name === name)!
  return share === null ? null : badIs(name) ? 1 - share : share
}

/** No row's score is more than it was, where it had one. */
function noneRose(before: KpiRow[], after: KpiRow[]): void {
  const now = byKey(after)
  for (const { key, score } of before) {
    const next = now.get(key)?.score
    if (score !== null && next !== null && next !== undefined) expect(next).toBeLessThanOrEqual(score + 1e-9)
  }
}

describe('whatever the cases are', () => {
  it('[KP17] a case that is bad in all it is judged by never raises the score of a row it falls into, nor any figure', () => {
    fc.assert(
      fc.property(cases, facts, cut, (all, one, by) => {
        const bad = Object.fromEntries(
          Object.entries(one.verdicts).map(([name, it]) => [name, worse(name as KpiName, it)]),
        )
        const before = rowsOf(all, by)
        const after = rowsOf([...all, { ...one, verdicts: bad }], by)
        noneRose(before, after)
        const now = byKey(after)
        for (const row of before)
          for (const name of kpiNames) {
            const was = goodness(row, name)
            if (was !== null) expect(goodness(now.get(row.key)!, name)!).toBeLessThanOrEqual(was + 1e-12)
          }
      }),
    )
  })

  it('[KP17] the same case done worse, in any one thing, never raises the score of anybody', () => {
    fc.assert(
      fc.property(cases, fc.nat(), fc.constantFrom(...kpiNames), cut, (all, at, name, by) => {
        const index = all.length > 0 ? at % all.length : 0
        const verdicts = all[index]?.verdicts
        const one = verdicts?.[name]
        if (!one) return
        const spoilt = all.with(index, { ...all[index]!, verdicts: { ...verdicts, [name]: worse(name, one) } })
        noneRose(rowsOf(all, by), rowsOf(spoilt, by))
      }),
    )
  })

  it('[KP18] two spans that meet add up to the lists of both', () => {
    fc.assert(
      fc.property(cases, cut, fc.tuple(time, time, time), (all, by, times) => {
        const [from, middle, to] = times.toSorted((a, b) => a - b) as [number, number, number]
        const [one, two, both] = [
          rowsOf(all, by, from, middle),
          rowsOf(all, by, middle, to),
          rowsOf(all, by, from, to),
        ].map(byKey)
        expect([...both!.keys()].toSorted()).toEqual([...new Set([...one!.keys(), ...two!.keys()])].toSorted())
        for (const [key, row] of both!)
          for (const [i, figure] of row.figures.entries())
            for (const list of ['numerator', 'denominator'] as const) {
              const parts = [one, two].flatMap((rows) => rows!.get(key)?.figures[i]![list] ?? [])
              expect(figure[list].toSorted()).toEqual(parts.toSorted())
            }
      }),
    )
  })

  it('[KP18] a share is its two lists and nothing else, between nothing and all; a score between 0 and 100', () => {
    fc.assert(
      fc.property(cases, cut, (all, by) => {
        for (const row of rowsOf(all, by)) {
          for (const { share, numerator, denominator } of row.figures) {
            expect(numerator.filter((id) => !denominator.includes(id))).toEqual([])
            expect(share).toBe(denominator.length > 0 ? numerator.length / denominator.length : null)
          }
          if (row.score !== null) expect(row.score >= 0 && row.score <= 100 + 1e-9).toBe(true)
        }
      }),
    )
  })

  it('[KP1] laid side by side, made bytes and read again they are the same', () => {
    fc.assert(
      fc.property(cases, (all) => {
        const kept = Buffer.concat([Buffer.alloc(3), bytesOf(columnsOf(all))])
        expect(factsIn(columnsFrom(kept.subarray(3)))).toEqual(all)
      }),
    )
  })
})
