// The plan for a whole city: what docs/scale.md says is what the load model and the measured costs give.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { LoadModel, loadModel, readMeasured, reckoned } from '../bench/load-model.ts'
import { partOf, plain, planFor, reckonedPart } from '../bench/scale-table.ts'
import { projectRoot } from '../suites/server-process.ts'

const written = plain(reckonedPart(readFileSync(join(projectRoot, 'docs/scale.md'), 'utf8'))!)

it('[OP91] the figures of docs/scale.md are those of the load model and the measured costs, and change only with them', () => {
  expect(written).toBe(plain(partOf(loadModel, readMeasured())))
})

it('[OP91] a cost that is changed alone no longer fits the page', () => {
  const measured = readMeasured()
  const dearer = { ...measured, reportMicroseconds: measured.reportMicroseconds * 2 }
  expect(written).not.toBe(plain(partOf(loadModel, dearer)))
})

it('[OP92] a number of the load model that does not say where it comes from is refused', () => {
  const { streets: _, ...rest } = loadModel
  expect(LoadModel.safeParse({ ...rest, streets: { value: 215 } }).success).toBe(false)
  expect(LoadModel.safeParse({ ...rest, streets: { value: 215, source: '' } }).success).toBe(false)
  expect(LoadModel.safeParse(rest).success).toBe(false)
})

it('[OP92] what the bench sends is no less than what the model reckons for the busiest hour and for a typhoon', () => {
  const city = reckoned(loadModel)
  expect(city.steadyReports).toBeGreaterThanOrEqual(city.busyReports)
  expect(city.peakReports).toBeGreaterThanOrEqual(city.typhoonReports)
  expect(city.screens).toBe(7500)
})

it('[OP92] a city of ten times the streets is reckoned to need ten times the memory, network and disk', () => {
  const [one, ten] = [1, 10].map((streets) => planFor(streets, loadModel, readMeasured()))
  for (const what of ['memory', 'network', 'journalAYear', 'pictures', 'screens'] as const)
    expect(ten![what] / one![what]).toBeCloseTo(10, 6)
})
