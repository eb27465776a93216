// Which reports are one case, and why: told by the minute.
import fc from 'fast-check'
import gcoord from 'gcoord'
import { describe, expect, it } from 'vitest'
import type { Decision } from '../../ingest-server/case-engine/decision.ts'
import { aKnown, aReport, aStreet, at, morning, scenarios } from '../suites/builders.ts'
import { spot } from '../suites/small-ground.ts'

const wgs84 = (east: number, north = 0) => {
  const [lon, lat] = spot(east, north)
  return { lon, lat, crs: 'wgs84' as const }
}
const how = (decision: Decision) => ('refusal' in decision ? decision.refusal : decision.how)

describe('one fire', () => {
  it('[CO1] smoke seen by one camera opens a case with its number, its place and its reason', () => {
    const street = aStreet()

    expect(how(street.reports())).toBe('opened')

    expect(street.only()).toMatchObject({
      id: '20261120-001',
      level: 1,
      stage: 'reported',
      facilityId: 'shed-1',
      path: ['street', 'north', 'north-west', 'north-west-1', 'north-west-1-a'],
      sources: [{ key: 'hik/event-1', foundBy: 'facility', why: { rule: 'first' } }],
    })
  })

  it('[CO2] two cameras of one shed and a resident who calls are one case, each with its reason', () => {
    const street = aStreet()
    street.reports()
    street.pass(0.5)
    expect(how(street.reports({ eventId: 'event-2', cameraId: 'cam-2' }))).toBe('joined')
    street.pass(1.5)
    const call = { kind: 'service-ticket', matter: 'open-fire', cameraId: undefined, at: wgs84(42), eventId: 'call-1' }
    expect(street.reports(call, 'hotline')).toMatchObject({ how: 'joined', why: { rule: 'near', seconds: 120 } })

    expect(street.only().sources.map((source) => source.why.rule)).toEqual(['first', 'same-facility', 'near'])
    expect(street.only().steps.map((step) => step.verb)).toEqual(['open', 'join', 'join'])
    const why = street.only().sources[2]!.why
    expect('metres' in why && why.metres).toBeCloseTo(42, 0)
  })

  it('[CO2] ten cameras’ worth of one fire is one case with ten sources', () => {
    const street = aStreet()
    for (let i = 0; i < 10; i++) {
      street.reports({ eventId: `event-${i}`, cameraId: `cam-${(i % 2) + 1}` }, `box-${i}`)
      street.pass(0.2)
    }
    expect(street.only().sources).toHaveLength(10)
  })

  it('[CO3] the same fire at the next shed is a second case, though it is only 40 m away', () => {
    const street = aStreet()
    street.reports()
    expect(how(street.reports({ eventId: 'event-2', cameraId: 'cam-3' }))).toBe('opened')
    expect(street.cases().map((current) => current.facilityId)).toEqual(['shed-1', 'shed-2'])
  })

  it('[CO4] a case that named no shed takes the first one named, and then refuses the next', () => {
    const street = aStreet()
    street.reports({ cameraId: 'cam-4' })
    expect(how(street.reports({ eventId: 'event-2' }))).toBe('joined')
    expect(street.only().facilityId).toBe('shed-1')
    expect(how(street.reports({ eventId: 'event-3', cameraId: 'cam-3' }))).toBe('opened')
  })

  it('[CO5] the same camera counts where no facility is named, else the nearest in reach', () => {
    const street = aStreet()
    street.reports({ cameraId: 'cam-4', at: wgs84(0, 60) })
    expect(street.reports({ cameraId: 'cam-4', eventId: 'event-2', at: wgs84(0, 120) })).toMatchObject({
      how: 'joined',
      why: { rule: 'same-camera', cameraId: 'cam-4' },
    })
    expect(how(street.reports({ cameraId: undefined, eventId: 'e-3', at: wgs84(0, 111), kind: 'grid-report' }))).toBe(
      'opened',
    )
    expect(
      street.reports({ cameraId: undefined, eventId: 'e-4', at: wgs84(0, 105), kind: 'grid-report' }),
    ).toMatchObject({ how: 'joined', caseId: '20261120-002', why: { rule: 'near' } })
  })

  it('[CO6] what is unlike stays apart: trailing wires and smoke in one shed are two cases', () => {
    const street = aStreet()
    street.reports()
    expect(how(street.reports({ eventId: 'event-2', matter: 'charging-wire' }))).toBe('opened')
    expect(how(street.reports({ eventId: 'event-3', matter: 'shed-heat' }))).toBe('joined')
    expect(how(street.reports({ eventId: 'event-4', matter: 'dropped-garbage' }))).toBe('opened')
    expect(street.cases()).toHaveLength(3)
  })

  it('[CO7] the minutes run from the last report: smoke again after half an hour of silence is new', () => {
    const street = aStreet()
    street.reports()
    for (const eventId of ['e-2', 'e-3', 'e-4']) {
      street.pass(25)
      expect(how(street.reports({ eventId }))).toBe('joined')
    }
    street.pass(30.1)
    expect(how(street.reports({ eventId: 'e-5' }))).toBe('opened')
  })

  it('[CO7] an ended case takes in no new event: fire breaking out again is a new case', () => {
    const street = aStreet()
    street.reports()
    street.says('chen', { type: 'void', reason: '演练' })
    expect(how(street.reports({ eventId: 'event-2' }))).toBe('opened')
  })

  it('[CO8] more of an event that ended with its case stays in it and opens nothing', () => {
    const street = aStreet()
    street.reports({ phase: 'new' })
    street.says('chen', { type: 'void', reason: '演练' })
    expect(how(street.reports({ phase: 'end', occurredAt: morning + 5000 }))).toBe('updated')
    expect(street.only()).toMatchObject({ stage: 'void', sources: [{ phase: 'end' }] })
  })
})

describe('how bad, how sure', () => {
  it('[CO9] a case is as bad as its worst source and goes by that one’s name', () => {
    const street = aStreet()
    street.reports({ matter: 'dropped-garbage', cameraId: 'cam-6' })
    expect(street.only()).toMatchObject({ level: 4, matter: 'dropped-garbage' })
    street.reports({ matter: 'garbage-heap', cameraId: 'cam-6', eventId: 'event-2' })
    street.reports({ matter: 'bin-overflow', cameraId: 'cam-6', eventId: 'event-3' })
    expect(street.only()).toMatchObject({ level: 3, matter: 'garbage-heap' })
  })

  it('[CO10] a camera that is not sure makes 待核 and wakes nobody; a sure one makes it an alarm', () => {
    const street = aStreet()
    street.reports({ confidence: 0.46 })
    expect(street.only()).toMatchObject({ unsure: true, told: [] })
    expect(street.only().clocks.map((clock) => clock.name)).toEqual(['accept'])
    street.pass(2)
    street.reports({ eventId: 'event-2', cameraId: 'cam-2', confidence: 0.93 })
    expect(street.only().unsure).toBe(false)
    expect(street.only().told.map((receipt) => receipt.personId)).toContain('li')
    expect(street.only().clocks.find((clock) => clock.name === 'unit')!.startedAt).toBe(street.now)
  })

  it('[CO10] its own surer look, a person who reports, or one who accepts makes it sure as well', () => {
    const looks = aStreet()
    looks.reports({ confidence: 0.46 })
    looks.reports({ confidence: 0.8, phase: 'update' })
    expect(looks.only()).toMatchObject({ unsure: false, sources: [{ confidence: 0.8 }] })

    const person = aStreet()
    person.reports({ confidence: 0.46 })
    const report = aReport({ kind: 'grid-report', eventId: 'seen-1', facilityId: 'shed-1', cameraId: undefined })
    person.says('li', { type: 'report', report })
    expect(person.only()).toMatchObject({ unsure: false, sources: [{}, { key: 'person:li/seen-1' }] })

    const desk = aStreet()
    desk.reports({ confidence: 0.46 })
    desk.says('shen', { type: 'accept' })
    expect(desk.only().unsure).toBe(false)
    expect(desk.only().told.map((receipt) => receipt.personId)).toContain('gu')
  })
})

describe('what cannot be a case', () => {
  it.each([
    ['matter-unknown', { matter: 'ufo' }],
    ['time-impossible', { occurredAt: morning + 25 * 3_600_000 }],
    ['place-missing', { kind: 'grid-report', cameraId: undefined }],
    ['facility-unknown', { facilityId: 'shed-99' }],
    ['outside-subdistrict', { at: { lon: 121.5, lat: 31.25, crs: 'wgs84' } }],
  ])('[CO11] %s is said, and nothing is opened', (refusal, change) => {
    const street = aStreet()
    expect(street.reports(change)).toEqual({ refusal })
    expect(street.cases()).toEqual([])
  })

  it('[CO12] one spot in three datums is one case, each point kept as it came', () => {
    const street = aStreet()
    const datums = { wgs84: gcoord.WGS84, gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const
    for (const crs of ['wgs84', 'gcj02', 'bd09'] as const) {
      const [lon, lat] = gcoord.transform(spot(), gcoord.WGS84, datums[crs])
      street.reports({ cameraId: undefined, kind: 'grid-report', eventId: crs, at: { lon, lat, crs } })
    }
    const { sources } = street.only()
    expect(sources.map((source) => source.point?.given.crs)).toEqual(['wgs84', 'gcj02', 'bd09'])
    for (const { why } of sources.slice(1)) expect('metres' in why && why.metres).toBeLessThan(1)
  })

  it('[CO13] numbers begin anew each local day and have three digits at least', () => {
    const street = aStreet({ now: at('2026-12-31 23:59') })
    street.reports()
    street.reports({ eventId: 'e-2', cameraId: 'cam-3' })
    street.pass(2)
    street.reports({ eventId: 'e-3', cameraId: 'cam-5', matter: 'throwing' })
    expect(street.cases().map((current) => current.id)).toEqual(['20261231-001', '20261231-002', '20270101-001'])
  })

  it('[CO14] one event id for two unlike things loses neither', () => {
    const street = aStreet()
    street.reports({ cameraId: 'cam-5', matter: 'throwing' })
    expect(how(street.reports({ cameraId: 'cam-5', matter: 'smoke' }))).toBe('opened')
    expect(how(street.reports({ cameraId: 'cam-5', matter: 'smoke' }))).toBe('repeated')
    expect(street.cases()).toHaveLength(2)
  })
})

describe('one event of one source: new, update, end', () => {
  const phase = (name: 'new' | 'update' | 'end', seconds: number, confidence: number, picture: string) => ({
    phase: name,
    occurredAt: morning + seconds * 1000,
    confidence,
    box: [confidence, 0, 0.1, 0.1],
    text: `${name} ${seconds}`,
    evidence: [picture.repeat(64)],
  })
  const life = [phase('new', 0, 0.7, 'a'), phase('update', 4, 0.9, 'b'), phase('end', 9, 0.8, 'c')]

  it('[CO15] it is one source that grows: times widen, the surest look counts, pictures add up, an end stays an end', () => {
    const street = aStreet()
    expect(life.map((change) => how(street.reports(change)))).toEqual(['opened', 'updated', 'updated'])
    expect(street.only().sources).toMatchObject([
      {
        phase: 'end',
        firstAt: morning,
        lastAt: morning + 9000,
        confidence: 0.9,
        box: [0.9, 0, 0.1, 0.1],
        evidence: ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)],
      },
    ])
  })

  it('[CO16] sent twice, nothing is new: repeated, and no line is written', () => {
    const street = aStreet()
    for (const change of life) street.reports(change)
    const { revision } = street.board
    expect(life.map((change) => how(street.reports(change)))).toEqual(['repeated', 'repeated', 'repeated'])
    expect(street.board.revision).toBe(revision)
  })

  it('[CO17] once, twice, out of order, the end first: one case, and the same source in the end', () => {
    const inOrder = aStreet()
    for (const change of life) inOrder.reports(change)
    const anyOrder = fc.array(fc.constantFrom(...life), { minLength: 0, maxLength: 6 })
    fc.assert(
      fc.property(anyOrder, fc.shuffledSubarray(life, { minLength: 3 }), (before, all) => {
        const street = aStreet()
        for (const change of [...before, ...all]) street.reports(change)
        expect(street.only().sources).toEqual(inOrder.only().sources)
      }),
    )
  })
})

describe('a camera gone mad', () => {
  const alarm = (street: ReturnType<typeof aStreet>, nth: number, change = {}) =>
    street.reports({ eventId: `mad-${nth}`, confidence: 0.8, ...change })

  it('[CO19] says the same fifty times a second: one case, few sources, no line for the rest', () => {
    const street = aStreet()
    for (let nth = 0; nth < 500; nth++) alarm(street, nth)

    expect(street.only().sources).toHaveLength(8)
    expect(street.board.revision).toBe(8)
    expect(how(alarm(street, 500))).toBe('repeated')
  })

  it('[CO19] but worse, surer, and another camera are news, and so is it itself after a while', () => {
    const street = aStreet()
    for (let nth = 0; nth < 20; nth++) alarm(street, nth)

    expect(how(alarm(street, 20, { matter: 'open-fire' }))).toBe('joined')
    expect(how(alarm(street, 21, { confidence: 0.95 }))).toBe('joined')
    expect(how(alarm(street, 22, { cameraId: 'cam-2' }))).toBe('joined')
    street.pass(8)
    expect(how(alarm(street, 23))).toBe('joined')
    expect(how(alarm(street, 24))).toBe('repeated')
  })
})

it('[CO18] N metres and M minutes are the scenario’s own: another scenario file, another answer', () => {
  const wide = scenarios.map((scenario) =>
    scenario.id === 'bike-shed-fire' ? { ...scenario, sameCase: { metres: 400, minutes: 1 } } : scenario,
  )
  const street = aStreet({ known: aKnown({ scenarios: wide }) })
  const seen = { kind: 'grid-report', cameraId: undefined }
  street.reports({ ...seen, at: wgs84(-100) })
  expect(how(street.reports({ ...seen, eventId: 'e-2', at: wgs84(-100, -390) }))).toBe('joined')
  street.pass(1.1)
  expect(how(street.reports({ ...seen, eventId: 'e-3', at: wgs84(-100) }))).toBe('opened')
})
