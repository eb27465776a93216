// Two cases that are one, one case that is two, and the way back from either: told case by case.
import { describe, expect, it } from 'vitest'
import type { CaseId, PersonId } from '#contract/ids'
import { usedOf } from '#contract/ledger'
import { isOpen } from '#contract/stage'
import { emptyBoard } from '../../ingest-server/case-engine/board.ts'
import { packBoard, unpackBoard } from '../../ingest-server/case-engine/pack.ts'
import { place } from '../../ingest-server/case-engine/project.ts'
import { calendar, minutes } from '../suites/builders.ts'
import { how, keysOf, lastStep, nth, refusalOf, streetWith, toldOf, wgs84 } from '../suites/relating.ts'
import type { Street } from '../suites/relating.ts'

const seen = (change: Record<string, unknown>) => ({ kind: 'grid-report', cameraId: undefined, ...change })
const far = { likely: { metres: 150, minutes: 60, groups: [] } }

/** Two fires 100 m apart, each shown on the other. */
function twoFires(): Street {
  const street = streetWith({ 'bike-shed-fire': far })
  street.reports(seen({ at: wgs84(0, 60), eventId: 'first-1' }))
  street.pass(1)
  street.reports(seen({ at: wgs84(0, 160), eventId: 'second-1' }))
  street.pass(1)
  street.reports(seen({ at: wgs84(0, 165), eventId: 'second-2' }))
  return street
}
const [one, two] = ['20261120-001', '20261120-002'] as CaseId[]
const merges = (street: Street, who = 'chen') =>
  street.says(who, { type: 'merge', caseId: two, into: one, reason: '同一处火' })

/** The ways to find cases are those of a board that is built anew from what stands on it. */
function isSound({ board }: Street): void {
  const anew = emptyBoard()
  for (const current of board.cases.values()) place(anew, current)
  expect([anew.openBy, anew.openIn]).toEqual([board.openBy, board.openIn])
  expect(anew.bySource).toEqual(board.bySource)
  expect(packBoard(unpackBoard(packBoard(board)))).toBe(packBoard(board))
}

describe('two that are one', () => {
  it('[CO31] a candidate that is accepted: all sources in one case, each with its reason, the other void because it is that one', () => {
    const street = twoFires()
    expect(refusalOf(merges(street))).toBeNull()

    const [kept, gone] = [nth(street, 1), nth(street, 2)]
    expect(keysOf(kept)).toEqual(['hik/first-1', 'hik/second-1', 'hik/second-2'])
    expect(kept.sources[1]!.why).toEqual({ rule: 'merged', from: two, metres: expect.closeTo(100, 0), seconds: 60 })
    expect(gone).toMatchObject({ stage: 'void', disposition: 'duplicate', mergedInto: one, endedAt: street.now })
    expect(gone.clocks.every((clock) => clock.ledger.at(-1)!.to !== undefined)).toBe(true)
    expect([kept.merged, kept.candidates, gone.candidates]).toEqual([[two], undefined, undefined])
    isSound(street)
  })

  it('[CO31] both sides know: a step with the reason in each, and whoever was told of the one is told of the other', () => {
    const street = twoFires()
    street.says('shen', { type: 'dispatch', caseId: two, to: 'li' as PersonId })
    const before = toldOf(nth(street, 1))
    merges(street)

    expect(nth(street, 1).steps.filter((step) => step.verb === 'merge')).toMatchObject([
      { reason: '同一处火', about: two },
    ])
    expect(lastStep(nth(street, 2))).toMatchObject({ verb: 'merge', reason: '同一处火', about: 'dispatched' })
    expect(new Set(toldOf(nth(street, 1)))).toEqual(new Set([...before, ...toldOf(nth(street, 2)), 'li']))
  })

  it('[CO31] more of its events goes to the one it went into', () => {
    const street = twoFires()
    merges(street)
    const more = street.reports(seen({ at: wgs84(0, 160), eventId: 'second-1', phase: 'end' }))
    expect(more).toMatchObject({ how: 'updated', caseId: one })
  })

  it('[CO32] not with itself, nor with what has ended; a chief only where both lie in the area; an officer never', () => {
    const street = twoFires()
    expect(refusalOf(street.says('chen', { type: 'merge', caseId: one, into: one }))).toBe('cannot-merge')
    expect(refusalOf(street.says('chen', { type: 'merge', caseId: one, into: 'nowhere' }))).toBe('case-not-found')
    expect(refusalOf(merges(street, 'ma'))).toBe('not-your-area')
    expect(refusalOf(merges(street, 'li'))).toBe('role-not-allowed')
    expect(refusalOf(merges(street, 'shen'))).toBeNull()
    expect(refusalOf(merges(street))).toBe('cannot-merge')
  })

  it('[CO33] what it takes in makes it as bad and as sure as that: a machine’s doubt becomes an alarm that calls', () => {
    const street = streetWith({ 'bike-shed-fire': far })
    street.reports({ cameraId: 'cam-4', at: wgs84(0, 60), confidence: 0.4, eventId: 'doubt' })
    street.reports(seen({ at: wgs84(0, 160), eventId: 'sure', matter: 'open-fire' }))
    expect(nth(street, 1)).toMatchObject({ unsure: true, told: [] })
    merges(street)
    expect(nth(street, 1)).toMatchObject({ unsure: false, matter: 'open-fire', level: 1 })
    expect(toldOf(nth(street, 1))).toContain('li')
    expect(nth(street, 1).clocks.map((clock) => clock.name)).toContain('unit')
  })

  it('[CO33] what was likely the same as the one that went is likely the same as the one that stays', () => {
    const street = twoFires()
    street.reports(seen({ at: wgs84(0, 260), eventId: 'third-1' }))
    expect(nth(street, 3).candidates?.map(({ caseId }) => caseId)).toEqual([two])
    merges(street)
    const third = nth(street, 3)
    expect(third.candidates?.map(({ caseId }) => caseId)).toEqual([one])
    expect(nth(street, 1).candidates?.map(({ caseId }) => caseId)).toEqual([third.id])
  })
})

describe('not one after all', () => {
  it('[CO34] it comes back to the stage it had, to whoever had it, with its sources; neither is joined with the other again', () => {
    const street = twoFires()
    street.says('chen', { type: 'dispatch', caseId: two, to: 'li' as PersonId })
    street.says('li', { type: 'take', caseId: two })
    const before = nth(street, 2)
    street.pass(1)
    merges(street)
    street.pass(10)
    expect(refusalOf(street.says('chen', { type: 'unmerge', caseId: two, reason: '两处' }))).toBeNull()

    const [kept, back] = [nth(street, 1), nth(street, 2)]
    expect(back).toMatchObject({ stage: 'handling', holder: before.holder, apart: [one], sources: before.sources })
    expect([back.disposition, back.endedAt, back.mergedInto]).toEqual([undefined, undefined, undefined])
    expect(keysOf(kept)).toEqual(['hik/first-1'])
    expect([kept.apart, kept.merged]).toEqual([[two], undefined])
    expect([lastStep(back), lastStep(kept)]).toMatchObject([{ verb: 'unmerge', reason: '两处' }, { verb: 'unmerge' }])
    expect(back.told.find((receipt) => receipt.personId === 'li')).toMatchObject({ calls: 1, calledAt: street.now })
    isSound(street)
  })

  it('[CO34] its clocks go on with what was left: the time it was merged is written down as a pause', () => {
    const street = twoFires()
    street.pass(1)
    merges(street)
    const used = nth(street, 2).clocks.map((clock) => usedOf(clock, calendar, street.now))
    street.pass(30)
    street.says('chen', { type: 'unmerge', caseId: two })
    const { clocks } = nth(street, 2)
    expect(clocks.map((clock) => usedOf(clock, calendar, street.now))).toEqual(used)
    for (const { ledger } of clocks)
      expect(ledger.at(-2)).toMatchObject({
        kind: 'paused',
        why: 'merged',
        to: street.now,
        from: street.now - minutes(30),
      })
    street.pass(1)
    expect(clocks.map((clock) => usedOf(clock, calendar, street.now))).toEqual(used.map((time) => time + minutes(1)))
  })

  it('[CO35] what its own events became meanwhile comes along, what else came stays where it came', () => {
    const street = twoFires()
    merges(street)
    street.reports(seen({ at: wgs84(0, 160), eventId: 'second-1', text: '烟更大了', matter: 'open-fire' }))
    street.reports(seen({ at: wgs84(0, 62), eventId: 'first-2' }))
    street.says('chen', { type: 'unmerge', caseId: two })
    expect(nth(street, 2)).toMatchObject({
      matter: 'open-fire',
      sources: [{ text: '烟更大了', why: { rule: 'first' } }, {}],
    })
    expect(nth(street, 1).matter).toBe('smoke')
    expect(keysOf(nth(street, 1))).toEqual(['hik/first-1', 'hik/first-2'])
    isSound(street)
  })

  it('[CO35] merged on and on, it still comes back from where its sources are now', () => {
    const street = twoFires()
    street.reports(seen({ at: wgs84(0, 260), eventId: 'third-1' }))
    const three = nth(street, 3).id
    street.says('chen', { type: 'merge', caseId: two, into: three })
    street.says('chen', { type: 'merge', caseId: three, into: one })
    expect(keysOf(nth(street, 1))).toHaveLength(4)
    street.says('chen', { type: 'unmerge', caseId: two })
    expect(keysOf(nth(street, 1))).toEqual(['hik/first-1', 'hik/third-1'])
    expect(keysOf(nth(street, 2))).toEqual(['hik/second-1', 'hik/second-2'])
    expect(nth(street, 2).apart).toEqual([three, one])
    isSound(street)
    street.says('chen', { type: 'unmerge', caseId: three })
    expect(keysOf(nth(street, 1))).toEqual(['hik/first-1'])
    expect([nth(street, 3).stage, keysOf(nth(street, 3))]).toEqual(['reported', ['hik/third-1']])
    isSound(street)
  })

  it('[CO36] what was never merged does not come back, nor what would leave the other with nothing', () => {
    const street = twoFires()
    expect(refusalOf(street.says('chen', { type: 'unmerge', caseId: two }))).toBe('not-merged')
    merges(street)
    street.says('chen', { type: 'split', caseId: one, sources: ['hik/first-1'] })
    expect(refusalOf(street.says('chen', { type: 'unmerge', caseId: two }))).toBe('cannot-split')
    expect(refusalOf(street.says('ma', { type: 'unmerge', caseId: two }))).toBe('not-your-area')
  })

  it('[CO36] what was split off the other meanwhile stays what it became', () => {
    const street = twoFires()
    merges(street)
    street.says('chen', { type: 'split', caseId: one, sources: ['hik/second-2'] })
    expect(refusalOf(street.says('chen', { type: 'unmerge', caseId: two }))).toBeNull()
    expect([1, 2, 3].map((number) => keysOf(nth(street, number)))).toEqual([
      ['hik/first-1'],
      ['hik/second-1'],
      ['hik/second-2'],
    ])
    isSound(street)
  })
})

describe('one that is two', () => {
  /** Two cameras of one shed and a neighbour who saw something else burn. */
  function joined(): Street {
    const street = streetWith({ 'bike-shed-fire': far })
    street.reports({ eventId: 'a', matter: 'smoke' })
    street.pass(1)
    street.reports({ eventId: 'b', cameraId: 'cam-2' })
    street.reports(seen({ at: wgs84(45, 0), eventId: 'call', matter: 'open-fire' }), 'hotline')
    return street
  }
  const splits = (street: Street, ...sources: string[]) =>
    street.says('chen', { type: 'split', caseId: one, sources, reason: '隔壁晾衣杆' })

  it('[CO37] to undo a join is to split that source off: a case anew with its lineage, its reason, its own clocks, told anew', () => {
    const street = joined()
    street.says('chen', { type: 'dispatch', caseId: one, to: 'gu' as PersonId })
    const before = nth(street, 1)
    street.pass(4)
    expect(splits(street, 'hotline/call')).toMatchObject({ caseId: one, madeCaseId: two })

    const [left, made] = [nth(street, 1), nth(street, 2)]
    expect(made).toMatchObject({
      stage: 'reported',
      matter: 'open-fire',
      openedAt: street.now,
      lineage: { from: [one], how: 'split' },
      sources: [{ key: 'hotline/call', why: { rule: 'split', from: one } }],
    })
    expect(made.clocks.every((clock) => clock.startedAt === street.now)).toBe(true)
    expect(toldOf(made)).toContain('li')
    expect(left).toMatchObject({ holder: before.holder, told: before.told, children: [two], stage: 'dispatched' })
    expect([left.matter, keysOf(left)]).toEqual(['smoke', ['hik/a', 'hik/b']])
    expect(lastStep(left)).toMatchObject({ verb: 'split', reason: '隔壁晾衣杆', about: two })
    isSound(street)
  })

  it('[CO38] neither is joined with the other again, nor shown on it; more of its event goes to its own case', () => {
    const street = joined()
    splits(street, 'hotline/call')
    expect([nth(street, 1).apart, nth(street, 2).apart]).toEqual([[two], [one]])
    expect([nth(street, 1).candidates, nth(street, 2).candidates]).toEqual([undefined, undefined])
    const more = street.reports(seen({ at: wgs84(45, 0), eventId: 'call', phase: 'end' }), 'hotline')
    expect(more).toMatchObject({ how: 'updated', caseId: two })
  })

  it('[CO39] not all of it, not none of it, not what it has not, and not what has ended', () => {
    const street = joined()
    expect(refusalOf(splits(street, 'hik/a', 'hik/b', 'hotline/call'))).toBe('cannot-split')
    expect(refusalOf(splits(street, 'hik/zzz'))).toBe('cannot-split')
    expect(refusalOf(street.says('gu', { type: 'split', caseId: one, sources: ['hik/a'] }))).toBe('role-not-allowed')
    street.says('chen', { type: 'void', caseId: one, reason: '演练' })
    expect(refusalOf(splits(street, 'hik/a'))).toBe('stage-not-allowed')
  })

  it('[CO40] where the first source goes, what is left lies where its own first is, and takes its shed from its own', () => {
    const street = streetWith({ 'bike-shed-fire': far })
    street.reports(seen({ at: wgs84(0), eventId: 'street' }))
    street.reports({ eventId: 'shed', cameraId: 'cam-1' })
    street.reports(seen({ at: wgs84(30, -40), eventId: 'north' }))
    splits(street, 'hik/street', 'hik/shed')
    const [left, made] = [nth(street, 1), nth(street, 2)]
    expect(left.wgs84).toEqual(left.sources[0]!.wgs84)
    expect([left.facilityId, made.facilityId]).toEqual([undefined, 'shed-1'])
    isSound(street)
  })

  it('[CO40] what is left is no worse and no surer than what is left, and its clocks for worse stop unmet', () => {
    const street = streetWith({ 'dropped-garbage': { sureFrom: 0.6 } })
    street.reports({ matter: 'dropped-garbage', cameraId: 'cam-6', confidence: 0.4, eventId: 'bag' })
    street.reports(seen({ matter: 'garbage-heap', facilityId: 'room-1', eventId: 'heap' }))
    expect(nth(street, 1)).toMatchObject({ level: 3, unsure: false })
    splits(street, 'hik/heap')
    expect(nth(street, 1)).toMatchObject({ level: 4, unsure: true, matter: 'dropped-garbage' })
    expect(nth(street, 1).calling).toBeUndefined()
    const running = nth(street, 1).clocks.filter((clock) => clock.ledger.at(-1)!.to === undefined)
    expect(running.map((clock) => clock.name)).toEqual(['accept'])
    isSound(street)
  })
})

describe('a candidate that is none', () => {
  it('[CO26] dismissed on one it is gone from both, both say so, and it is never shown again', () => {
    const street = twoFires()
    expect(refusalOf(street.says('ma', { type: 'dismiss', caseId: one, candidate: two }))).toBe('not-your-area')
    expect(refusalOf(street.says('shen', { type: 'dismiss', caseId: one, candidate: two }))).toBeNull()
    for (const [current, other] of [
      [nth(street, 1), two],
      [nth(street, 2), one],
    ] as const) {
      expect([current.candidates, current.apart]).toEqual([undefined, [other]])
      expect(lastStep(current)).toMatchObject({ verb: 'dismiss', about: other, by: { id: 'shen' } })
    }
    expect(refusalOf(street.says('shen', { type: 'dismiss', caseId: two, candidate: one }))).toBe('already-so')
  })

  it('[CO26] a third that is likely the same as both, and goes into one of them, does not bring the other back', () => {
    const street = twoFires()
    street.says('shen', { type: 'dismiss', caseId: one, candidate: two })
    street.reports(seen({ at: wgs84(60, 110), eventId: 'third-1' }))
    const three = [...street.board.cases.values()].find((current) => current.sources[0]!.key === 'hik/third-1')
    if (!three || !isOpen(three.stage)) throw new Error('the third lies between them and is a case of its own')
    street.says('chen', { type: 'merge', caseId: three.id, into: one })
    expect(nth(street, 1).candidates).toBeUndefined()
    expect(nth(street, 2).candidates).toBeUndefined()
    expect(how(street.reports(seen({ at: wgs84(0, 160), eventId: 'second-3' })))).toBe('joined')
  })

  it('[CO26] a person who finds out better may still merge what was dismissed', () => {
    const street = twoFires()
    street.says('shen', { type: 'dismiss', caseId: one, candidate: two })
    expect(refusalOf(merges(street))).toBeNull()
    expect(nth(street, 1).apart).toBeUndefined()
  })
})
