// The roster: who may write it, swaps, who is next, the hand-over, and ground without anybody on duty.
import { describe, expect, it } from 'vitest'
import type { Shift } from '#contract/duty'
import type { CaseId, HandOverId, PersonId, PlaceId, ShiftId } from '#contract/ids'
import type { Coverage, ResponsibilityTable } from '#contract/responsibility'
import { asRostered, byPlace, nextUp, onDutyNow } from '#contract/roster'
import { uncovered } from '../../ingest-server/case-engine/coverage.ts'
import { isOnDuty, nextOnDuty } from '../../ingest-server/case-engine/roster.ts'
import { aKnown, aPerson, aStreet, at, minutes, morning, people } from '../suites/builders.ts'

const hours = (amount: number) => minutes(60 * amount)
const aTurn = (id: string, personId: string, change: Partial<Shift> = {}): Omit<Shift, 'swap'> => ({
  ...{ id: id as ShiftId, personId: personId as PersonId, post: 'grid', placeId: 'north-west-1' as PlaceId },
  ...{ from: morning, to: morning + hours(8) },
  ...change,
})
const puts = (...put: Omit<Shift, 'swap'>[]) => ({ type: 'roster' as const, put, drop: [] })
const refused = (refusal: string) => ({ refusal })
const turnsOf = (street: ReturnType<typeof aStreet>) => [...street.board.shifts.values()].flat()
/** Besides the people of the small street, one more officer beside 李. */
const withFang = () =>
  aKnown({ people: new Map([...people, aPerson('fang', { name: '方敏' })].map((person) => [person.id, person])) })

describe('the roster', () => {
  it('[RE14] the duty officer writes it anywhere, a chief for the people of their own ground', () => {
    const street = aStreet()
    expect(street.says('li', puts(aTurn('a', 'li')))).toEqual(refused('role-not-allowed'))
    expect(street.says('wall', puts(aTurn('a', 'li')))).toEqual(refused('role-not-allowed'))
    expect(street.says('ma', puts(aTurn('a', 'li')))).toEqual(refused('not-your-area'))
    expect(street.says('shen', puts(aTurn('a', 'li')))).not.toHaveProperty('refusal')
    const far = puts(aTurn('b', 'wu', { placeId: 'south-west-1' as PlaceId }))
    expect(street.says('admin', far)).toEqual(refused('role-not-allowed'))
    expect(street.says('chen', far)).not.toHaveProperty('refusal')
    expect(turnsOf(street).map((shift) => shift.id)).toEqual(['a', 'b'])
    // 吴 is the other chief's, and so is his turn.
    expect(street.says('shen', { type: 'roster', put: [], drop: ['b'] })).toEqual(refused('not-your-area'))
    expect(street.says('chen', { type: 'roster', put: [], drop: ['b'] })).not.toHaveProperty('refusal')
    expect(turnsOf(street).map((shift) => shift.id)).toEqual(['a'])
  })

  it('[RE14] a turn is of somebody there is, of that post, who sees that place, and ends after it begins', () => {
    const street = aStreet()
    const wrong = [
      [aTurn('a', 'nobody'), 'person-unknown'],
      [aTurn('a', 'li', { post: 'property' }), 'person-cannot-handle'],
      [aTurn('a', 'wall', { post: 'command' }), 'person-cannot-handle'],
      [aTurn('a', 'li', { placeId: 'south-west-1' as PlaceId }), 'person-out-of-area'],
      [aTurn('a', 'li', { placeId: 'moon' as PlaceId }), 'place-unknown'],
      [aTurn('a', 'li', { to: morning }), 'wrong-shape'],
    ] as const
    for (const [shift, refusal] of wrong) expect(street.says('chen', puts(shift))).toEqual(refused(refusal))
    expect(street.says('chen', puts())).toEqual(refused('nothing-in-it'))
    expect(street.says('chen', { type: 'roster', put: [], drop: ['x'] })).toEqual(refused('shift-unknown'))
    expect(street.says('chen', puts(aTurn('a', 'li'), aTurn('a', 'zhao')))).toEqual(refused('wrong-shape'))
  })

  it('[RE15] nobody has two turns at once; one may follow the other without a gap, and a turn may be changed', () => {
    const street = aStreet()
    street.says('chen', puts(aTurn('a', 'li')))
    expect(street.says('chen', puts(aTurn('b', 'li', { from: morning + hours(7), to: morning + hours(9) })))).toEqual(
      refused('shift-overlaps'),
    )
    expect(
      street.says('chen', puts(aTurn('b', 'li', { from: morning + hours(8), to: morning + hours(9) }))),
    ).not.toHaveProperty('refusal')
    expect(street.says('chen', puts(aTurn('a', 'li', { to: morning + hours(9) })))).toEqual(refused('shift-overlaps'))
    expect(street.says('chen', puts(aTurn('a', 'li', { to: morning + hours(7) })))).not.toHaveProperty('refusal')
    expect(
      street.says(
        'chen',
        puts(aTurn('c', 'zhao'), aTurn('d', 'zhao', { from: morning + hours(1), to: morning + hours(2) })),
      ),
    ).toEqual(refused('shift-overlaps'))
  })

  it('[RE19] whoever has turns is on duty by them alone, the others by their account', () => {
    const street = aStreet()
    const [li, sun] = ['li', 'sun'].map((id) => street.known.people.get(id as PersonId)!)
    expect([isOnDuty(street.board, li!, morning), isOnDuty(street.board, sun!, morning)]).toEqual([true, false])
    street.says('chen', puts(aTurn('a', 'li', { from: morning + hours(1) }), aTurn('b', 'sun')))
    expect([isOnDuty(street.board, li!, morning), isOnDuty(street.board, sun!, morning)]).toEqual([false, true])
    expect(isOnDuty(street.board, sun!, morning + hours(8))).toBe(false)
    // Two turns in a row are one stretch of duty.
    const own = [aTurn('b', 'sun'), aTurn('c', 'sun', { from: morning + hours(8), to: morning + hours(12) })]
    expect(asRostered(sun!, own, morning)).toMatchObject({ onDuty: true, dutyUntil: morning + hours(12) })
    expect(asRostered(li!, [], morning)).toBe(li)
    expect(asRostered(li!, own, morning + hours(12))).toMatchObject({ onDuty: false })
  })

  it('[RE19] who is on duty now, and who is next at a post in a place', () => {
    const street = aStreet()
    street.says(
      'chen',
      puts(
        aTurn('day', 'li'),
        aTurn('night', 'zhao', { from: morning + hours(8), to: morning + hours(16) }),
        aTurn('later', 'sun', { from: morning + hours(16), to: morning + hours(24) }),
        aTurn('other', 'zhou', { post: 'property', from: morning + hours(1) }),
      ),
    )
    const all = turnsOf(street)
    expect(onDutyNow(all, morning).map((shift) => shift.id)).toEqual(['day'])
    expect(nextOnDuty(street.board, 'north-west-1' as PlaceId, 'grid', morning)?.personId).toBe('zhao')
    expect(nextUp(all, 'north-west-1' as PlaceId, 'grid', morning + hours(10))?.personId).toBe('sun')
    expect(nextUp(all, 'north-west' as PlaceId, 'grid', morning)).toBeNull()
    expect(nextUp(all, null, 'grid', morning + hours(10))?.personId).toBe('sun')
    expect(
      byPlace(all)
        .get('north-west-1' as PlaceId)
        ?.map((shift) => shift.id),
    ).toEqual(['day', 'other', 'night', 'later'])
  })
})

describe('a swap', () => {
  const asked = { type: 'swap' as const, shift: 'a', with: 'fang', reason: '孩子看病' }
  const aStreetWithTurn = () => {
    const street = aStreet({ known: withFang() })
    street.says('shen', puts(aTurn('a', 'li')))
    return street
  }

  it('[RE16] is asked of a colleague, and theirs it is when they say yes', () => {
    const street = aStreetWithTurn()
    expect(street.says('li', asked)).not.toHaveProperty('refusal')
    expect(turnsOf(street)[0]).toMatchObject({ personId: 'li', swap: { with: 'fang', by: 'li', reason: '孩子看病' } })
    // Until then the turn is whose it was.
    expect(street.says('li', { type: 'answer-swap', shift: 'a', yes: true })).toEqual(refused('not-assigned-to-you'))
    expect(street.says('fang', { type: 'answer-swap', shift: 'a', yes: true })).not.toHaveProperty('refusal')
    expect(turnsOf(street)).toEqual([aTurn('a', 'fang')])
    expect(street.says('fang', { type: 'answer-swap', shift: 'a', yes: true })).toEqual(refused('request-unknown'))
  })

  it('[RE16] a no leaves it as it was, by the colleague or by who asked', () => {
    for (const id of ['fang', 'li']) {
      const street = aStreetWithTurn()
      street.says('li', asked)
      expect(street.says(id, { type: 'answer-swap', shift: 'a', yes: false })).not.toHaveProperty('refusal')
      expect(turnsOf(street)).toEqual([aTurn('a', 'li')])
    }
  })

  it('[RE16] only by whose turn it is or the chief of that ground, and only with somebody who could stand there', () => {
    const street = aStreetWithTurn()
    expect(street.says('zhao', asked)).toEqual(refused('role-not-allowed'))
    expect(street.says('ma', asked)).toEqual(refused('role-not-allowed'))
    expect(street.says('li', { ...asked, shift: 'x' })).toEqual(refused('shift-unknown'))
    expect(street.says('li', { ...asked, with: 'nobody' })).toEqual(refused('person-unknown'))
    expect(street.says('li', { ...asked, with: 'zhou' })).toEqual(refused('person-cannot-handle'))
    expect(street.says('li', { ...asked, with: 'wu' })).toEqual(refused('person-out-of-area'))
    expect(street.says('shen', asked)).not.toHaveProperty('refusal')
    expect(street.says('li', asked)).toEqual(refused('already-so'))
    expect(street.says('li', { ...asked, with: 'zhao' })).toEqual(refused('request-waiting'))
  })

  it('[RE16] not with somebody who has a turn then, nor once the turn is over', () => {
    const street = aStreetWithTurn()
    street.says('li', asked)
    street.says('shen', puts(aTurn('b', 'fang', { from: morning + hours(7), to: morning + hours(9) })))
    expect(street.says('fang', { type: 'answer-swap', shift: 'a', yes: true })).toEqual(refused('shift-overlaps'))
    street.says('fang', { type: 'answer-swap', shift: 'a', yes: false })
    expect(street.says('li', asked)).toEqual(refused('shift-overlaps'))
    street.pass(8 * 60)
    expect(street.says('li', { ...asked, with: 'zhao' })).toEqual(refused('time-past'))
  })
})

describe('the hand-over', () => {
  const left = (cases: CaseId[], change: Record<string, unknown> = {}) => ({
    ...{ type: 'hand-over' as const, id: 'h1', placeId: 'north', note: '闸刀还没换' },
    ...{ cases, ...change },
  })

  it('[RE17] is bound to open cases of that place; whoever comes next takes it over, once', () => {
    const street = aStreet()
    street.reports()
    const { id } = street.only()
    expect(street.says('shen', left([id, id]))).not.toHaveProperty('refusal')
    expect(street.board.handOvers.get('h1' as HandOverId)).toMatchObject({ by: 'shen', cases: [id], at: morning })
    expect(street.says('shen', { type: 'take-over', id: 'h1' })).toEqual(refused('own-hand-over'))
    expect(street.says('wu', { type: 'take-over', id: 'h1' })).toEqual(refused('not-your-area'))
    expect(street.says('chen', { type: 'take-over', id: 'h1' })).not.toHaveProperty('refusal')
    expect(street.board.handOvers.get('h1' as HandOverId)?.taken).toEqual({ by: 'chen', at: morning })
    expect(street.says('chen', { type: 'take-over', id: 'h1' })).toEqual(refused('already-so'))
    expect(street.says('chen', { type: 'take-over', id: 'h2' })).toEqual(refused('hand-over-unknown'))
  })

  it('[RE17] of ground that is one’s own, of cases that are there and have not ended, and never of nothing', () => {
    const street = aStreet()
    street.reports()
    const { id } = street.only()
    expect(street.says('shen', left(['20261120-999' as CaseId]))).toEqual(refused('case-not-found'))
    expect(street.says('chen', left([id], { placeId: 'south' }))).toEqual(refused('not-your-area'))
    expect(street.says('shen', left([], { placeId: 'south' }))).toEqual(refused('not-your-area'))
    expect(street.says('shen', left([], { placeId: 'moon' }))).toEqual(refused('place-unknown'))
    expect(street.says('shen', left([], { note: '' }))).toEqual(refused('nothing-in-it'))
    expect(street.says('wall', left([]))).toEqual(refused('role-not-allowed'))
    street.says('chen', { type: 'void', caseId: id, reason: '水汽', disposition: 'false-alarm' })
    expect(street.says('shen', left([id]))).toEqual(refused('stage-not-allowed'))
    expect(street.says('shen', left([]))).not.toHaveProperty('refusal')
    expect(street.says('shen', left([]))).toEqual(refused('already-so'))
  })
})

describe('coverage', () => {
  const table = (...coverage: Coverage[]): ResponsibilityTable => ({ version: '1', rows: [], coverage })
  const grid: Coverage = { level: 'street-block', post: 'grid', least: 1 }
  /** 北面 has 李 from 08:00 to 16:00, 南面 nobody. */
  const aStreetWith = (coverage: ResponsibilityTable) => {
    const street = aStreet({ known: { ...withFang(), responsibility: coverage } })
    street.says(
      'chen',
      puts(
        aTurn('n', 'li', { from: at('2026-11-20 08:00'), to: at('2026-11-20 16:00') }),
        aTurn('z', 'zhao', {
          placeId: 'north-west' as PlaceId,
          from: at('2026-11-21 08:00'),
          to: at('2026-11-21 16:00'),
        }),
        aTurn('f', 'fang', { from: at('2026-11-19 08:00'), to: at('2026-11-19 16:00') }),
        aTurn('s', 'wu', {
          placeId: 'south-west-1' as PlaceId,
          from: at('2026-11-20 20:00'),
          to: at('2026-11-21 04:00'),
        }),
      ),
    )
    return street
  }

  it('[RE20] a block in which nobody of the post is on duty is uncovered, since the last turn and until the next', () => {
    const street = aStreetWith(table(grid))
    const missing = (text: string) => uncovered(street.board, street.known, at(text))
    expect(missing('2026-11-20 09:31')).toEqual([
      { placeId: 'south', post: 'grid', missing: 1, until: at('2026-11-20 20:00') },
    ])
    expect(missing('2026-11-20 21:00')).toEqual([
      { placeId: 'north', post: 'grid', missing: 1, since: at('2026-11-20 16:00'), until: at('2026-11-21 08:00') },
    ])
    expect(missing('2026-11-21 05:00').map(({ placeId }) => placeId)).toEqual(['north', 'south'])
  })

  it('[RE20] asked only in its hours, and for as many as the table says', () => {
    const night: Coverage = { ...grid, hours: [[1320, 1440], [0, 360]] } // prettier-ignore
    const street = aStreetWith(table(night, { ...grid, level: 'subdistrict', least: 2 }))
    const missing = (text: string) => uncovered(street.board, street.known, at(text))
    expect(missing('2026-11-20 09:31')).toEqual([expect.objectContaining({ placeId: 'street', missing: 1 })])
    expect(missing('2026-11-20 23:00').map(({ placeId }) => placeId)).toEqual(['north', 'street'])
    expect(missing('2026-11-21 05:00').map(({ placeId }) => placeId)).toEqual(['north', 'south', 'street'])
  })

  it('[RE20] whoever answers for the whole ground covers each part of it; without turns the account speaks', () => {
    const street = aStreet({
      known: aKnown({ responsibility: table({ level: 'residential-area', post: 'station', least: 1 }) }),
    })
    expect(uncovered(street.board, street.known, morning)).toEqual([])
    expect(uncovered(street.board, aKnown(), morning)).toEqual([])
  })
})
