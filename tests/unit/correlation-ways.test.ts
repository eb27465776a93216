// By what two reports can be one, what is only likely, what says nothing new, and what is over by itself.
import { describe, expect, it } from 'vitest'
import { packBoard, unpackBoard } from '../../ingest-server/case-engine/pack.ts'
import { decideBatch } from '../../ingest-server/desk/deciding.ts'
import type { Scenario } from '#contract/scenario'
import { aCommand, aReport, morning, sourceActor } from '../suites/builders.ts'
import { how, keysOf, lastStep, nth, silence, silent, streetWith, toldOf, wgs84 } from '../suites/relating.ts'

const likelyFire: Partial<Scenario> = { likely: { metres: 150, minutes: 60, groups: [] } }
const seen = (change: Record<string, unknown>) => ({ kind: 'grid-report', cameraId: undefined, ...change })

describe('by what two reports are one', () => {
  it('[CO20] where the scenario says “one a place”, two reports at both ends of a building are one, and the next building is another', () => {
    const street = streetWith({ 'grid-report': { sameCase: { metres: 10, minutes: 600, ways: ['place'] } } })
    const { code } = street.known.scenarios.all.find((one) => one.id === 'grid-report')!.matters[0]!
    street.reports(seen({ matter: code, at: wgs84(-200), eventId: 'e-1' }))
    const other = street.reports(seen({ matter: code, at: wgs84(200), eventId: 'e-2' }))

    expect(other).toMatchObject({ how: 'joined', why: { rule: 'same-place', placeId: 'north-west-1-a' } })
    expect(how(street.reports(seen({ matter: code, at: wgs84(260), eventId: 'e-3' })))).toBe('opened')
  })

  it('[CO20] a way that is not named does not count: the same camera is not enough where only the facility is', () => {
    const street = streetWith({ 'bike-shed-fire': { sameCase: { metres: 50, minutes: 30, ways: ['facility'] } } })
    street.reports({ cameraId: 'cam-4', at: wgs84(20) })
    expect(how(street.reports({ cameraId: 'cam-4', at: wgs84(20), eventId: 'e-2' }))).toBe('opened')
  })

  it('[CO21] the same device is one case however it is placed, another device at the same spot is another', () => {
    const street = streetWith({}, [silence])
    street.reports(silent(), 'watch')
    expect(street.reports(silent({ eventId: 'silence-2', placeId: 'north' }), 'watch')).toMatchObject({
      how: 'joined',
      why: { rule: 'same-device', deviceId: 'gateway-1' },
    })
    expect(how(street.reports(silent({ eventId: 'silence-3', deviceId: 'gateway-2' }), 'watch'))).toBe('opened')
    expect(street.cases().map((current) => current.deviceId)).toEqual(['gateway-1', 'gateway-2'])
  })

  it('[CO22] what concerns a place as a whole lies there, from the sub-district down to it; a place not on the map is refused', () => {
    const street = streetWith({}, [silence])
    street.reports(silent(), 'watch')
    expect(street.only()).toMatchObject({
      path: ['street', 'north', 'north-west', 'north-west-1'],
      sources: [{ foundBy: 'place', deviceId: 'gateway-1' }],
    })
    expect(street.reports(silent({ placeId: 'nowhere', eventId: 'e-2' }))).toEqual({ refusal: 'place-unknown' })
  })
})

describe('likely the same, but not certain', () => {
  it('[CO23] the same trouble farther off is a case of its own, and each is shown on the other with metres and seconds', () => {
    const street = streetWith({ 'bike-shed-fire': likelyFire })
    street.reports(seen({ at: wgs84(0, 60), eventId: 'e-1' }))
    street.pass(2)
    expect(how(street.reports(seen({ at: wgs84(0, 160), eventId: 'e-2' })))).toBe('opened')

    const why = { rule: 'likely', metres: expect.closeTo(100, 0), seconds: 120 }
    expect(nth(street, 1).candidates).toEqual([{ caseId: nth(street, 2).id, why, at: street.now }])
    expect(nth(street, 2).candidates).toEqual([{ caseId: nth(street, 1).id, why, at: street.now }])
    expect(nth(street, 1).steps).toHaveLength(1)
  })

  it('[CO23] too far, too late, or unlike: nobody is asked', () => {
    const street = streetWith({ 'bike-shed-fire': likelyFire })
    street.reports(seen({ at: wgs84(0, 60), eventId: 'e-1' }))
    street.reports(seen({ at: wgs84(0, 220), eventId: 'e-2' }))
    street.reports(seen({ at: wgs84(0, 60), eventId: 'e-3', matter: 'charging-wire' }))
    street.pass(61)
    street.reports(seen({ at: wgs84(0, 140), eventId: 'e-4' }))
    expect(street.cases().map((current) => current.candidates)).toEqual([undefined, undefined, undefined, undefined])
  })

  it('[CO24] a resident’s repair and a fire are shown to each other where either scenario says so, whichever came first', () => {
    const repair = {
      kind: 'service-ticket',
      cameraId: undefined,
      at: wgs84(30),
      eventId: 'call-1',
      matter: 'water-leak',
    }
    const groups = ['fire']
    const change = { 'resident-repair': { likely: { metres: 80, minutes: 30, groups } } }
    const fireFirst = streetWith(change)
    fireFirst.reports()
    fireFirst.reports(repair, 'hotline')
    const callFirst = streetWith(change)
    callFirst.reports(repair, 'hotline')
    callFirst.reports()

    for (const street of [fireFirst, callFirst]) {
      expect(nth(street, 1).candidates).toMatchObject([{ caseId: nth(street, 2).id, why: { rule: 'likely' } }])
      expect(nth(street, 2).candidates).toMatchObject([{ caseId: nth(street, 1).id }])
    }
  })

  it('[CO25] two that name different sheds are two, and no more than five are shown on one', () => {
    const street = streetWith({ 'bike-shed-fire': likelyFire })
    street.reports()
    street.reports({ eventId: 'e-2', cameraId: 'cam-3' })
    expect(street.cases().map((current) => current.candidates)).toEqual([undefined, undefined])

    const narrow = { sameCase: { metres: 1, minutes: 30 }, likely: { metres: 150, minutes: 60, groups: [] } }
    const flood = streetWith({ 'bike-shed-fire': narrow })
    for (let i = 0; i < 20; i++) flood.reports(seen({ at: wgs84(i * 3, 100), eventId: `e-${i}` }))
    expect(flood.cases()).toHaveLength(20)
    for (const current of flood.cases()) expect(current.candidates?.length ?? 0).toBeLessThanOrEqual(5)
    for (const { id, candidates } of flood.cases())
      for (const { caseId } of candidates ?? [])
        expect(flood.board.cases.get(caseId)!.candidates!.map((one) => one.caseId)).toContain(id)
  })
})

describe('what says nothing new', () => {
  const mad = (nth: number) =>
    aCommand(sourceActor('hik'), { type: 'report', report: aReport({ eventId: `mad-${nth}`, confidence: 0.8 }) })

  it('[CO27] is counted without a line, the case’s next line takes the count along, and a snapshot keeps it', () => {
    const { board, known } = streetWith()
    const batch = (commands: ReturnType<typeof mad>[], now: number) =>
      decideBatch(commands, { board, known, now: () => now, given: new Map() })
    const { entries } = batch(
      Array.from({ length: 500 }, (_, i) => mad(i)),
      morning,
    )
    const [current] = board.cases.values()
    expect(entries).toHaveLength(8)
    expect(board.repeats.get(current!.id)).toBe(492)
    expect(unpackBoard(packBoard(board)).repeats.get(current!.id)).toBe(492)

    const [line] = batch([mad(500)], morning + 8 * 60_000).entries
    expect(line!.events).toMatchObject([{ type: 'sourced', set: { repeats: 492 } }])
    expect(board.cases.get(current!.id)!.repeats).toBe(492)
    expect(board.repeats.size).toBe(0)

    batch([mad(501), mad(502)], morning + 9 * 60_000)
    const chen = { kind: 'person', id: 'chen', role: 'duty-officer' } as Parameters<typeof aCommand>[0]
    const taps = batch(
      [aCommand(chen, { type: 'dispatch', caseId: current!.id, to: 'gu' as never })],
      morning + 600_000,
    )
    expect(taps.entries[0]!.events.map((event) => ('set' in event ? event.set?.repeats : undefined))).toEqual([
      494,
      undefined,
      undefined,
    ])
    expect(board.cases.get(current!.id)!.repeats).toBe(494)
  })
})

describe('a device that says it is over', () => {
  it('[CO28] while nobody has taken it up the case ends by itself, its clocks stop, and nothing calls any more', () => {
    const street = streetWith({}, [silence])
    street.reports(silent(), 'watch')
    expect(toldOf(street.only())).toEqual(['chen'])
    street.pass(3)
    expect(how(street.reports(silent({ phase: 'end', occurredAt: street.now }), 'watch'))).toBe('updated')

    expect(street.only()).toMatchObject({ stage: 'closed', disposition: 'solved', endedAt: street.now })
    expect(street.only()).toMatchObject({ recoveredAt: street.now, sources: [{ phase: 'end' }] })
    expect(lastStep(street.only())).toMatchObject({ verb: 'recover', by: sourceActor('watch') })
    expect(street.only().clocks.every((clock) => clock.ledger.at(-1)!.to !== undefined)).toBe(true)
    expect(how(street.reports(silent({ eventId: 'silence-2' }), 'watch'))).toBe('opened')
  })

  it('[CO28] an end that comes before its beginning makes one case that is over, and calls nobody', () => {
    const street = streetWith({}, [silence])
    expect(how(street.reports(silent({ phase: 'end' }), 'watch'))).toBe('opened')
    expect(street.only()).toMatchObject({ stage: 'closed', told: [] })
    street.reports(silent({ occurredAt: morning - 1000 }), 'watch')
    expect(street.only()).toMatchObject({ stage: 'closed', sources: [{ phase: 'end', firstAt: morning - 1000 }] })
  })

  it('[CO28] only all of it being over ends it: a person who reported it has said no end', () => {
    const street = streetWith({}, [{ ...silence, sameCase: { metres: 30, minutes: 600, ways: ['near'] } }])
    street.reports(silent(), 'watch')
    const report = aReport(silent({ kind: 'grid-report', deviceId: undefined, eventId: 'seen-1' }))
    street.says('li', { type: 'report', report })
    street.reports(silent({ phase: 'end', occurredAt: street.now }), 'watch')
    expect([street.only().stage, street.only().recoveredAt]).toEqual(['reported', undefined])
  })

  it('[CO29] who has taken it up keeps it: it is only written down, once, and taken back when it begins again', () => {
    const street = streetWith({}, [silence])
    street.reports(silent(), 'watch')
    street.says('chen', { type: 'accept' })
    street.reports(silent({ phase: 'end', occurredAt: street.now }), 'watch')
    street.reports(silent({ phase: 'end', occurredAt: street.now + 5 }), 'watch')
    expect(street.only()).toMatchObject({ stage: 'accepted', recoveredAt: street.now })
    expect(street.only().steps.filter((step) => step.verb === 'recover')).toHaveLength(1)

    street.pass(1)
    street.reports(silent({ eventId: 'silence-2', occurredAt: street.now }), 'watch')
    expect([street.only().stage, street.only().recoveredAt]).toEqual(['accepted', undefined])
    expect(keysOf(street.only())).toEqual(['watch/silence-1', 'watch/silence-2'])
  })
})
