// While nobody answers: the ladder climbed, the acknowledgement that lapses, and who is left in peace.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { Shift } from '#contract/duty'
import type { CaseId, PersonId, PlaceId, ShiftId } from '#contract/ids'
import { Scenario } from '#contract/scenario'
import type { Rung } from '#contract/scenario'
import { clocks } from '../../ingest-server/case-engine/clocks.ts'
import { putShifts } from '../../ingest-server/case-engine/project-duty.ts'
import { aKnown, aStreet, at, minutes, morning, scenarios } from '../suites/builders.ts'
import { becomes, passes } from '../suites/time.ts'

const fire = scenarios.find((scenario) => scenario.id === 'bike-shed-fire')!
const words = { zh: '某级', en: 'some rung' }
const inMinutes = (amount: number) => ({ amount, unit: 'minutes' as const })
const aRung = (name: string, after: number, change: Partial<Rung> = {}): Rung => ({
  ...{ name, words, after: inMinutes(after), atMost: 1, until: 'acknowledge', tell: [], again: false },
  ...change,
})
const tells = (post: Rung['tell'][number]['post'], pick: 'all' | 'next' = 'all') => ({
  tell: [{ post, within: 'subdistrict' as const, pick }],
})

/** A street whose fires tell only 顾 at the micro fire station, and then climb this ladder. */
function aStreetThatClimbs(ladder: Rung[], change: Partial<Scenario> = {}) {
  const tell = [{ post: 'micro-fire-station' as const, within: 'street-block' as const }]
  const rules = Scenario.parse({ ...fire, tell, ladder, ackHolds: [], autoDispatch: undefined, ...change })
  return aStreet({ known: aKnown({ scenarios: scenarios.map((one) => (one.id === fire.id ? rules : one)) }) })
}
const person = (id: string) => id as PersonId
const told = (current: Case) => current.told.map((receipt) => receipt.personId)
const receiptOf = (current: Case, id: string) => current.told.find((receipt) => receipt.personId === id)
const climbed = (current: Case) =>
  current.steps
    .filter((step) => step.verb === 'escalate')
    .map((step) => `${(step.at - morning) / 60_000} ${step.about}${step.reason ? ` ${step.reason}` : ''}`)
let turn = 0
const aTurn = (id: string, change: Partial<Shift> = {}): Shift => ({
  ...{ id: `turn-${++turn}` as ShiftId, personId: person(id), post: 'grid', placeId: 'north-west-1' as PlaceId },
  ...{ from: morning - minutes(60), to: morning + minutes(600) },
  ...change,
})

describe('the ladder', () => {
  it('[RE1] each rung is climbed at its time while nobody answers, and tells its people besides', () => {
    const street = aStreetThatClimbs([aRung('property', 1, tells('property')), aRung('station', 3, tells('station'))])
    street.reports()
    expect(street.only().calling).toEqual({ rung: 0, round: 0, at: morning + minutes(1), since: morning })
    expect(told(street.only())).toEqual(['gu'])
    passes(street, 2)
    expect(receiptOf(street.only(), 'zhou')).toEqual({
      personId: 'zhou',
      toldAt: morning + minutes(1),
      rung: 'property',
    })
    passes(street, 10)
    expect(climbed(street.only())).toEqual(['1 property', '3 station'])
    expect(told(street.only())).toEqual(['gu', 'zhou', 'shen'])
    expect(street.only().calling).toBeUndefined()
  })

  it('[RE2] a rung repeats until it is answered, calls everybody again, and is still the moment somebody signs', () => {
    const street = aStreetThatClimbs([aRung('again', 1, { every: inMinutes(1), atMost: 60, again: true })])
    street.reports()
    passes(street, 3.5)
    expect(climbed(street.only())).toEqual(['1 again', '2 again', '3 again'])
    expect(receiptOf(street.only(), 'gu')).toMatchObject({ calls: 3, calledAt: morning + minutes(3), toldAt: morning })
    expect(street.only().calling).toMatchObject({ rung: 0, round: 3, at: morning + minutes(4) })
    street.says('gu', { type: 'acknowledge' })
    expect(street.only().calling).toBeUndefined()
    passes(street, 30)
    expect(receiptOf(street.only(), 'gu')?.calls).toBe(3)
  })

  it('[RE2] it repeats no more often than it says', () => {
    const street = aStreetThatClimbs([aRung('again', 1, { every: inMinutes(2), atMost: 2, again: true })])
    street.reports()
    passes(street, 60)
    expect(climbed(street.only())).toEqual(['1 again', '3 again'])
  })

  it('[RE3] a rung waits for what it names: signed is not yet taken, taken is not yet there', () => {
    const street = aStreetThatClimbs([
      aRung('signed', 1),
      aRung('taken', 2, { until: 'take', ...tells('station') }),
      aRung('there', 5, { until: 'arrive', ...tells('command') }),
    ])
    street.reports()
    street.says('gu', { type: 'acknowledge' })
    expect(street.only().calling).toMatchObject({ rung: 1, at: morning + minutes(2) })
    street.says('chen', { type: 'dispatch', to: 'gu' })
    street.says('gu', { type: 'take' })
    expect(street.only().calling).toMatchObject({ rung: 2, at: morning + minutes(5) })
    passes(street, 4)
    expect(climbed(street.only())).toEqual([])
    street.says('gu', { type: 'arrive' })
    expect(street.only().calling).toBeUndefined()
  })

  it('[RE3] who gets there without a word has answered too', () => {
    const street = aStreetThatClimbs([aRung('signed', 1), aRung('there', 3, { until: 'arrive' })])
    street.reports()
    street.says('gu', { type: 'arrive' })
    expect(street.only().calling).toBeUndefined()
  })

  it('[RE4] the off-duty are never told, nor called again once their turn is over', () => {
    const street = aStreetThatClimbs([
      aRung('again', 1, { every: inMinutes(1), atMost: 3, again: true, ...tells('grid') }),
    ])
    putShifts(street.board, [
      aTurn('gu', { post: 'micro-fire-station', to: morning + minutes(1.5) }),
      aTurn('li', { from: morning + minutes(90), to: morning + minutes(600) }),
      aTurn('zhao'),
    ])
    street.reports()
    passes(street, 5)
    // 顾 went home after the first call，李 comes only in the afternoon，孙 is off duty by her account.
    expect(receiptOf(street.only(), 'gu')?.calls).toBe(1)
    expect(receiptOf(street.only(), 'zhao')?.calls).toBe(2)
    for (const id of ['li', 'sun']) expect(receiptOf(street.only(), id)).toBeUndefined()
  })

  it('[RE5] the next one: one more person a time, in the order of the roster', () => {
    const street = aStreetThatClimbs([aRung('next', 1, { every: inMinutes(1), atMost: 9, ...tells('grid', 'next') })])
    putShifts(street.board, [
      aTurn('wu', { placeId: 'south-west-1' as PlaceId, from: morning - minutes(300) }),
      aTurn('li', { from: morning - minutes(60) }),
      aTurn('zhao', { from: morning - minutes(120) }),
    ])
    street.reports()
    passes(street, 1)
    expect(told(street.only())).toEqual(['gu', 'zhao'])
    passes(street, 1)
    // 吴 answers for the other block and is none of them.
    expect(told(street.only())).toEqual(['gu', 'zhao', 'li'])
  })

  it('[RE6] a rung that reaches nobody says so, and the one above is climbed at once', () => {
    const street = aStreetThatClimbs([
      aRung('cleaners', 1, tells('department')),
      aRung('station', 5, tells('station')),
      aRung('command', 9, tells('command')),
    ])
    street.reports()
    passes(street, 2)
    expect(climbed(street.only())).toEqual(['1 cleaners nobody-on-duty', '1 station'])
    expect(street.only().calling).toMatchObject({ rung: 2, at: morning + minutes(9) })
  })

  it('[RE6] a rung whose people all know already says that, and leaves them their time', () => {
    const street = aStreetThatClimbs([
      aRung('fire', 1, tells('micro-fire-station')),
      aRung('station', 5, tells('station')),
    ])
    street.reports()
    passes(street, 6)
    expect(climbed(street.only())).toEqual(['1 fire all-told', '5 station'])
  })

  it('[RE6] at the top nobody can be reached: it goes on trying and says so each time', () => {
    const street = aStreetThatClimbs([aRung('nobody', 1, { every: inMinutes(1), atMost: 3, ...tells('department') })])
    street.reports()
    passes(street, 10)
    expect(climbed(street.only())).toEqual([1, 2, 3].map((minute) => `${minute} nobody nobody-on-duty`))
  })

  it('[RE10] a rung in work hours is climbed by the calendar: Friday afternoon’s on Monday morning', () => {
    const friday = at('2026-11-20 17:30')
    const street = aStreetThatClimbs([aRung('slow', 1, { after: { amount: 1, unit: 'work-hours' } })])
    street.now = friday
    street.reports()
    expect(street.only().calling?.at).toBe(at('2026-11-23 08:30'))
  })

  it('[RE13] what was missed while the server stood still is climbed once, not as often as it was missed', () => {
    const street = aStreetThatClimbs([
      aRung('again', 1, { every: inMinutes(1), atMost: 60, again: true }),
      aRung('station', 3, tells('station')),
    ])
    street.reports()
    street.now = morning + minutes(20)
    const { due } = clocks(street.board, street.now)
    for (const command of due) street.submit(command)
    becomes(street, street.now)
    expect(climbed(street.only())).toEqual(['20 again', '20 station'])
    expect(street.only().calling).toMatchObject({ rung: 0, round: 1, at: morning + minutes(21) })
  })

  it('[RE1] only the rungs of its level; an unsure one climbs none, until somebody takes it for true', () => {
    const street = aStreetThatClimbs([
      aRung('first', 1, { levels: [1] }),
      aRung('taken', 2, { levels: [1], until: 'take' }),
    ])
    street.reports({ eventId: 'wire', matter: 'charging-wire', cameraId: 'cam-3' })
    expect(street.only().calling).toBeUndefined()
    street.reports({ eventId: 'dim', confidence: 0.3, cameraId: 'cam-1' })
    const dim = street.cases().find((current) => current.unsure)!
    expect(dim.calling).toBeUndefined()
    street.says('chen', { type: 'accept', caseId: dim.id })
    expect(street.board.cases.get(dim.id)?.calling).toMatchObject({ rung: 1, at: street.now + minutes(2) })
  })
})

describe('an acknowledgement', () => {
  const holdsTwo = { ackHolds: [{ limit: inMinutes(2) }] }
  const ladder = [
    aRung('again', 1, { again: true }),
    aRung('station', 3, tells('station')),
    aRung('command', 5, tells('command')),
  ]

  it('[RE7] names its owner and by when somebody must have moved; without a move it lapses and goes up at once', () => {
    const street = aStreetThatClimbs(ladder, holdsTwo)
    street.reports()
    passes(street, 0.5)
    street.says('gu', { type: 'acknowledge' })
    expect(street.only().acknowledged).toEqual({ by: 'gu', at: street.now, moveBy: street.now + minutes(2) })
    passes(street, 2)
    const lapsed = street.only()
    expect(lapsed.acknowledged).toBeUndefined()
    expect(lapsed.steps.find((step) => step.verb === 'lapse')).toMatchObject({ to: 'gu', at: morning + minutes(2.5) })
    // The rung above the one that was answered, and whoever only said so is called again.
    expect(climbed(lapsed)).toEqual(['2.5 again'])
    expect(receiptOf(lapsed, 'gu')).toMatchObject({ calls: 1, calledAt: morning + minutes(2.5) })
    expect(receiptOf(lapsed, 'gu')).not.toHaveProperty('takenAt')
    passes(street, 3)
    expect(climbed(street.only())).toEqual(['2.5 again', '5.5 station'])
  })

  it('[RE7] signed once more and again nothing: it goes one higher each time, at the top to the top once more', () => {
    const street = aStreetThatClimbs(ladder, holdsTwo)
    street.reports()
    for (const id of ['gu', 'gu', 'shen', 'chen', 'chen']) {
      expect(street.says(id, { type: 'acknowledge' })).not.toHaveProperty('refusal')
      passes(street, 2)
    }
    expect(climbed(street.only())).toEqual([
      '2 again',
      '4 station',
      '6 command',
      '8 command all-told',
      '10 command all-told',
    ])
  })

  it('[RE8] whoever sends it, takes it or gets there has moved: it does not lapse', () => {
    for (const moves of [
      [['chen', { type: 'dispatch', to: 'gu' }]],
      [['gu', { type: 'arrive' }]],
      [['chen', { type: 'arrive', unit: 'brigade' }]],
    ] as const) {
      const street = aStreetThatClimbs(ladder, holdsTwo)
      street.reports()
      street.says('gu', { type: 'acknowledge' })
      for (const [id, wish] of moves) expect(street.says(id, wish)).not.toHaveProperty('refusal')
      expect(street.only().acknowledged).toEqual({ by: 'gu', at: morning })
      passes(street, 30)
      expect(street.only().steps.some((step) => step.verb === 'lapse')).toBe(false)
    }
  })

  it('[RE8] accepting signs and must be followed by a move; filing is none', () => {
    const street = aStreetThatClimbs(ladder, holdsTwo)
    street.reports()
    street.says('chen', { type: 'accept' })
    expect(street.only().acknowledged).toEqual({ by: 'chen', at: morning, moveBy: morning + minutes(2) })
    street.says('chen', { type: 'file' })
    passes(street, 2)
    expect(street.only()).toMatchObject({ stage: 'filed', acknowledged: undefined })
  })

  it('[RE26] whoever sends or takes what nobody has signed for has signed for it', () => {
    const street = aStreetThatClimbs(ladder, holdsTwo)
    street.reports()
    street.says('chen', { type: 'accept' })
    passes(street, 2)
    street.says('chen', { type: 'dispatch', to: 'gu' })
    expect(street.only()).toMatchObject({ acknowledged: { by: 'chen', at: morning + minutes(2) }, calling: undefined })
    expect(street.only().acknowledged).not.toHaveProperty('moveBy')
  })

  it('[RE9] the limit for signing goes on with what was left: an acknowledgement that lapsed met nothing', () => {
    const street = aStreetThatClimbs([], holdsTwo)
    street.reports()
    passes(street, 0.25)
    street.says('gu', { type: 'acknowledge' })
    const clock = () => street.only().clocks.find((one) => one.name === 'acknowledge')!
    expect(clock().metAt).toBe(morning + minutes(0.25))
    passes(street, 2)
    expect(clock().metAt).toBeUndefined()
    expect(clock().dueAt).toBe(morning + minutes(2.25 + 0.75))
    passes(street, 1)
    expect(clock().overSaidAt).toBe(morning + minutes(3))
  })

  it('[RE7] it lapses once, not too early, and not where the scenario says nothing', () => {
    const street = aStreetThatClimbs(ladder, holdsTwo)
    street.reports()
    const caseId = street.only().id
    const lapse = { id: 'x' as never, by: { kind: 'clock' as const }, wish: { type: 'lapse' as const, caseId } }
    expect(street.submit(lapse)).toEqual({ refusal: 'already-so' })
    street.says('gu', { type: 'acknowledge' })
    expect(street.submit(lapse)).toEqual({ refusal: 'not-yet' })
    const without = aStreetThatClimbs(ladder)
    without.reports()
    without.says('gu', { type: 'acknowledge' })
    expect(without.only().acknowledged).toEqual({ by: 'gu', at: morning })
  })
})

describe('what comes to call', () => {
  it('[RE11] a case that turns out sure calls from then on, a worse one by its new level', () => {
    const street = aStreetThatClimbs([aRung('any', 2), aRung('grave', 1, { levels: [1] })])
    street.reports({ eventId: 'dim', confidence: 0.2 })
    passes(street, 10)
    expect(street.only().calling).toBeUndefined()
    street.reports({ eventId: 'sure', confidence: 0.9, cameraId: 'cam-2' })
    expect(street.only()).toMatchObject({ unsure: false, calling: { rung: 1, at: street.now + minutes(1) } })
  })

  it('[RE11] put aside it calls nobody; back from there it calls anew', () => {
    const street = aStreetThatClimbs([aRung('again', 1, { again: true })])
    street.reports()
    street.says('chen', { type: 'shelve', until: morning + minutes(30), reason: '演练' })
    passes(street, 29)
    expect(climbed(street.only())).toEqual([])
    passes(street, 3)
    expect(climbed(street.only())).toEqual(['31 again'])
  })

  it('[RE11] whoever signed before it was put aside is waited for anew; what gets worse is waited for no longer than what is as bad', () => {
    const ackHolds = [{ levels: [1 as const], limit: inMinutes(2) }, { limit: inMinutes(15) }]
    const street = aStreetThatClimbs([aRung('again', 1, { again: true })], { ackHolds })
    street.reports()
    street.says('gu', { type: 'acknowledge' })
    street.says('chen', { type: 'shelve', until: morning + minutes(30), reason: '演练' })
    expect(street.only().acknowledged).toEqual({ by: 'gu', at: morning })
    passes(street, 30)
    expect(street.only().acknowledged).toEqual({ by: 'gu', at: morning, moveBy: morning + minutes(32) })
    passes(street, 2)
    expect(climbed(street.only())).toEqual(['32 again'])

    const lesser = aStreetThatClimbs([], { ackHolds })
    lesser.reports({ eventId: 'heat', matter: 'shed-heat' })
    lesser.says('chen', { type: 'acknowledge' })
    expect(lesser.only()).toMatchObject({ level: 2, acknowledged: { moveBy: morning + minutes(15) } })
    passes(lesser, 1)
    lesser.reports({ eventId: 'heat', matter: 'shed-heat', phase: 'update' })
    expect(lesser.only().acknowledged?.moveBy).toBe(morning + minutes(15))
  })

  it('[RE12] sent back to nobody it calls again, for as long as nobody takes it', () => {
    const street = aStreetThatClimbs([aRung('signed', 1), aRung('taken', 2, { until: 'take', ...tells('station') })])
    street.reports()
    street.says('chen', { type: 'dispatch', to: 'gu' })
    street.says('gu', { type: 'take' })
    expect(street.only().calling).toBeUndefined()
    passes(street, 10)
    street.says('gu', { type: 'return', reason: '进不去' })
    expect(street.only()).toMatchObject({ stage: 'filed', calling: { rung: 1, at: street.now + minutes(2) } })
  })

  it('[RE3] closed or void it calls nobody', () => {
    const street = aStreetThatClimbs([aRung('again', 1, { again: true })])
    street.reports()
    street.says('chen', { type: 'void', reason: '水汽', disposition: 'false-alarm' })
    expect(street.only()).toMatchObject({ stage: 'void', calling: undefined })
    expect(street.only().id).toBe('20261120-001' as CaseId)
  })
})

describe('whatever happens', () => {
  const someRung = fc.record({
    after: fc.integer({ min: 1, max: 8 }),
    every: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    atMost: fc.integer({ min: 1, max: 5 }),
    until: fc.constantFrom<Rung['until']>('acknowledge', 'take', 'arrive'),
    again: fc.boolean(),
    post: fc.constantFrom('grid' as const, 'property' as const, 'station' as const, 'department' as const),
    pick: fc.constantFrom('all' as const, 'next' as const),
  })
  const someLadder = fc
    .array(someRung, { minLength: 1, maxLength: 4 })
    .map((rungs) =>
      rungs
        .toSorted((a, b) => a.after - b.after)
        .map(({ after, every, post, pick, ...rest }, i) =>
          aRung(`rung-${i}`, after, { ...rest, ...(every && { every: inMinutes(every) }), ...tells(post, pick) }),
        ),
    )
  const someTurn = fc.record({
    who: fc.constantFrom('gu', 'li', 'zhao', 'zhou', 'shen', 'sun'),
    from: fc.integer({ min: -20, max: 30 }),
    length: fc.integer({ min: 1, max: 40 }),
  })
  const someDeed = fc.record({
    after: fc.integer({ min: 0, max: 6 }),
    who: fc.constantFrom('chen', 'shen', 'gu', 'li', 'zhao'),
    wish: fc.constantFrom<Record<string, unknown> & { type: 'acknowledge' }>(
      ...([
        { type: 'acknowledge' },
        { type: 'accept' },
        { type: 'dispatch', to: 'gu', reason: '仍派' },
        { type: 'take' },
        { type: 'arrive' },
        { type: 'return', reason: '进不去' },
        { type: 'shelve', until: 0, reason: '演练' },
        { type: 'unshelve' },
      ] as never[]),
    ),
  })

  it('[RE2] [RE4] [RE7] the off-duty are never reached, an answered rung is never climbed, none oftener than it says, and it ends', () => {
    fc.assert(
      fc.property(
        someLadder,
        fc.array(someTurn, { maxLength: 6 }),
        fc.array(someDeed, { maxLength: 12 }),
        (ladder, turns, deeds) => {
          const street = aStreetThatClimbs(ladder, { ackHolds: [{ limit: inMinutes(3) }] })
          const shifts = turns.map(({ who, from, length }) =>
            aTurn(who, { from: morning + minutes(from), to: morning + minutes(from + length) }),
          )
          putShifts(street.board, shifts)
          const isOn = (id: string, when: number) => {
            const own = shifts.filter((shift) => shift.personId === id)
            return own.length > 0 ? own.some(({ from, to }) => from <= when && when < to) : id !== 'sun'
          }
          street.reports()
          for (const { after, who, wish } of deeds) {
            passes(street, after)
            street.says(who, 'until' in wish ? { ...wish, until: street.now + minutes(4) } : wish)
          }
          passes(street, 600)
          const current = street.only()
          for (const { personId, toldAt, calledAt, rung } of current.told) {
            // Whoever sends it says to whom: 仍派 reaches the off-duty too.
            if (rung !== undefined) expect(isOn(personId, toldAt)).toBe(true)
            if (calledAt !== undefined) expect(isOn(personId, calledAt)).toBe(true)
          }
          const taken = current.steps.find((step) => step.verb === 'take')?.at ?? Infinity
          const returned = current.steps.find((step) => step.verb === 'return')?.at ?? Infinity
          const climbs = current.steps.filter((step) => step.verb === 'escalate')
          if (returned === Infinity)
            for (const climb of climbs)
              if (ladder.find((rung) => rung.name === climb.about)?.until !== 'arrive')
                expect(climb.at).toBeLessThanOrEqual(taken)
          const starts = 1 + current.steps.filter((step) => ['lapse', 'return', 'unshelve'].includes(step.verb)).length
          for (const rung of ladder)
            expect(climbs.filter((climb) => climb.about === rung.name).length).toBeLessThanOrEqual(rung.atMost * starts)
          expect(
            clocks(street.board, street.now).due.filter(
              ({ wish }) => wish.type === 'escalate' || wish.type === 'lapse',
            ),
          ).toEqual([])
        },
      ),
      { numRuns: 150 },
    )
  })
})
