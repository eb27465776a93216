// Who sees a case and who may do what to it.
import { describe, expect, it } from 'vitest'
import { decide } from '../../ingest-server/case-engine/decide.ts'
import { covers, mayDo, sees, seesAnything } from '../../ingest-server/case-engine/scope.ts'
import type { Somebody } from '../../ingest-server/case-engine/scope.ts'
import type { PlaceId } from '#contract/ids'
import { takesPart } from '#contract/roles'
import { aCase, aCommand, aKnown, aPerson, aReport, aStreet, morning, sourceActor } from '../suites/builders.ts'

const holder = aPerson('li')
const somebody = (role: Somebody['role'], ...places: string[]) => aPerson('x', { role, placeIds: places as PlaceId[] })
const subject = aCase({ stage: 'handling', holder: { personId: holder.id, since: morning } })

describe('seeing', () => {
  it.each([
    ['duty-officer', [], true],
    ['wall', [], true],
    ['administrator', ['street'], false],
    ['chief', ['north'], true],
    ['chief', ['south'], false],
    ['officer', ['north-west-1'], true],
    ['officer', ['north-west-1-a'], true],
    ['officer', ['north-west-2'], false],
    ['property', ['north-east'], false],
    ['property', [], false],
    ['security-administrator', ['north'], false],
    ['audit-administrator', ['street'], false],
  ] as const)('[SC1] %s of %j: %s', (role, places, answer) => {
    expect(sees(somebody(role, ...places), subject)).toBe(answer)
  })

  it('[SC1] a place covers all that lies below it, never what lies above or beside', () => {
    const ids = (...names: string[]) => names as PlaceId[]
    expect(covers(ids('north'), ids('street', 'north', 'north-west'))).toBe(true)
    expect(covers(ids('north-west'), ids('street', 'north'))).toBe(false)
    expect(covers(ids('north-east', 'south'), ids('street', 'north', 'north-west'))).toBe(false)
  })
})

describe('the three administrators', () => {
  it.each(['administrator', 'security-administrator', 'audit-administrator'] as const)(
    '[WH100] [AU60] %s sees no case and does nothing to one, whatever places stand beside the name',
    (role) => {
      const one = somebody(role, 'street')
      for (const stage of ['reported', 'handling', 'verification'] as const)
        for (const verb of ['accept', 'dispatch', 'take', 'finish', 'verify', 'close', 'return', 'void'] as const)
          expect(mayDo(verb, one, aCase({ stage }))).not.toBeNull()
      expect(takesPart(role)).toBe(false)
      expect(seesAnything(role)).toBe(false)
    },
  )
})

describe('doing', () => {
  it.each([
    ['dispatch', somebody('chief', 'north'), aCase(), null],
    ['dispatch', somebody('chief', 'south'), aCase(), 'not-your-area'],
    ['dispatch', somebody('officer', 'north'), aCase(), 'role-not-allowed'],
    ['dispatch', somebody('administrator', 'north'), aCase(), 'not-your-area'],
    ['dispatch', somebody('wall'), aCase(), 'role-not-allowed'],
    ['close', somebody('duty-officer'), aCase(), 'stage-not-allowed'],
    ['finish', holder, subject, null],
    ['finish', somebody('officer', 'north-west-1'), subject, 'not-assigned-to-you'],
    ['finish', somebody('duty-officer'), subject, 'not-assigned-to-you'],
    ['return', holder, subject, null],
    ['return', somebody('chief', 'north'), subject, null],
    ['void', holder, subject, 'role-not-allowed'],
  ] as const)('[SC2] %s', (verb, person, current, answer) => {
    expect(mayDo(verb, person, current)).toBe(answer)
  })

  it('[SC3] a source only reports, time only marks, a person is neither a camera nor the clock', () => {
    const street = aStreet()
    street.reports()
    const { id: caseId } = street.only()
    const answer = (by: Parameters<typeof aCommand>[0], wish: Parameters<typeof aCommand>[1]) =>
      decide(street.board, aCommand(by, wish), street.now, street.known)
    const no = { refusal: 'role-not-allowed' }
    const li = { kind: 'person', id: holder.id, role: 'officer' } as const
    expect(answer(sourceActor('hik'), { type: 'accept', caseId })).toEqual(no)
    expect(answer(sourceActor('hik'), { type: 'archive', caseId })).toEqual(no)
    expect(answer({ kind: 'clock' }, { type: 'accept', caseId })).toEqual(no)
    expect(answer({ kind: 'clock' }, { type: 'report', report: aReport() })).toEqual(no)
    expect(answer(li, { type: 'late', caseId, clock: 'unit' })).toEqual(no)
    expect(answer(li, { type: 'report', report: aReport() })).toEqual(no)
    expect(answer({ ...li, role: 'wall' }, { type: 'report', report: aReport({ kind: 'grid-report' }) })).toEqual(no)
  })

  it('[SC4] the role is the session’s, the places are the account’s of now', () => {
    const moved = aPerson('shen', { role: 'chief', post: 'station', placeIds: ['south' as PlaceId] })
    const street = aStreet({ known: aKnown({ people: new Map([[moved.id, moved]]) }) })
    street.reports()
    expect(street.says('shen', { type: 'accept' })).toEqual({ refusal: 'not-your-area' })
    expect(street.says('gone', { type: 'accept' })).toEqual({ refusal: 'person-unknown' })
  })

  it('[SC5] a case that is not there is said so', () => {
    expect(aStreet().says('chen', { type: 'accept', caseId: '20260101-001' })).toEqual({ refusal: 'case-not-found' })
  })
})
