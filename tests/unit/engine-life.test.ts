// The life of a case, told by those who live it.
import { describe, expect, it } from 'vitest'
import type { Decision } from '../../ingest-server/case-engine/decision.ts'
import type { Actor } from '#contract/case'
import type { PersonId } from '#contract/ids'
import { aCommand, aKnown, aPerson, aStreet, minutes, morning, people } from '../suites/builders.ts'
import { spot } from '../suites/small-ground.ts'

const no = (decision: Decision) => ('refusal' in decision ? decision.refusal : 'done')
const slots = ['before-near', 'before-far', 'after-near', 'after-far'] as const
type Street = ReturnType<typeof aStreet>

function photographs(street: Street, id: string, which: readonly string[] = slots, picture = 'a'): void {
  which.forEach((slot, i) => {
    const evidence = (picture + i.toString()).padEnd(64, '0')
    expect(no(street.says(id, { type: 'attach', evidence, slot, takenAt: street.now }))).toBe('done')
  })
}

/** A fire at shed 1 given to 李 by 陈, taken, reached, photographed and finished. */
function finished(): Street {
  const street = aStreet()
  street.reports()
  street.says('chen', { type: 'dispatch', to: 'li' })
  street.says('li', { type: 'take' })
  street.says('li', { type: 'arrive' })
  photographs(street, 'li')
  street.says('li', { type: 'finish', note: '已断电' })
  return street
}

describe('from 受理 to 结案', () => {
  it('[CA1] every step one by one, each written with who and when', () => {
    const street = aStreet()
    street.reports()
    for (const verb of ['accept', 'file'] as const) expect(no(street.says('shen', { type: verb }))).toBe('done')
    street.says('shen', { type: 'dispatch', to: 'li' })
    expect(street.only()).toMatchObject({ stage: 'dispatched', holder: { personId: 'li', since: morning } })
    street.pass(1)
    street.says('li', { type: 'take' })
    expect(street.only()).toMatchObject({ stage: 'handling', handlers: ['li'], holder: { takenAt: street.now } })
    street.pass(2)
    street.says('li', { type: 'arrive' })
    expect(street.only()).toMatchObject({ stage: 'handling', holder: { arrivedAt: street.now } })
    photographs(street, 'li')
    street.says('li', { type: 'finish' })
    expect(street.only()).toMatchObject({ stage: 'verification', holder: { personId: 'li' } })
    street.says('shen', { type: 'verify' })
    street.says('shen', { type: 'close', disposition: 'solved' })

    expect(street.only()).toMatchObject({ stage: 'closed', disposition: 'solved', endedAt: street.now })
    expect(street.only().holder).toBeUndefined()
    const verbs = street.only().steps.map((step) => step.verb)
    expect(verbs.filter((verb) => verb !== 'attach')).toEqual(
      ['open', 'accept', 'file', 'dispatch', 'take', 'arrive', 'finish', 'verify', 'close'], // prettier-ignore
    )
  })

  it('[CA2] 派遣 from 待受理 accepts and files on the way, 结案 from 待核查 verifies on the way: each its own step', () => {
    const street = finished()
    street.says('shen', { type: 'close', disposition: 'solved', reason: '火已灭' })
    const { steps } = street.only()
    expect(steps.slice(1, 4).map(({ verb, to }) => ({ verb, to }))).toEqual([
      { verb: 'accept' },
      { verb: 'file' },
      { verb: 'dispatch', to: 'li' },
    ])
    expect(steps.slice(-2)).toMatchObject([{ verb: 'verify' }, { verb: 'close', reason: '火已灭' }])
    expect(steps.at(-2)!.reason).toBeUndefined()
  })

  it('[CA2] a walk that would be refused at its last step leaves nothing done', () => {
    const street = aStreet()
    street.reports()
    expect(no(street.says('chen', { type: 'dispatch', to: 'nobody' }))).toBe('person-unknown')
    expect(street.only().stage).toBe('reported')
  })

  it('[CA3] nobody verifies what they handled themselves', () => {
    const street = aStreet()
    street.reports({ matter: 'charging-wire' })
    street.says('shen', { type: 'dispatch', to: 'shen', reason: '就在旁边' })
    street.says('shen', { type: 'take' })
    street.says('shen', { type: 'arrive' })
    photographs(street, 'shen')
    street.says('shen', { type: 'finish' })
    expect(no(street.says('shen', { type: 'verify' }))).toBe('other-person-needed')
    expect(no(street.says('shen', { type: 'close', disposition: 'solved' }))).toBe('other-person-needed')
    expect(no(street.says('chen', { type: 'close', disposition: 'solved' }))).toBe('done')
  })

  it('[CA4] a case sent back by verification goes to the same person again, and is counted', () => {
    const street = finished()
    street.pass(10)
    expect(no(street.says('shen', { type: 'return' }))).toBe('reason-missing')
    street.says('shen', { type: 'return', reason: '没清干净' })
    expect(street.only()).toMatchObject({ stage: 'dispatched', returns: 1 })
    expect(street.only().holder).toEqual({ personId: 'li', since: street.now })
    expect(street.only().told.find((receipt) => receipt.personId === 'li')).toEqual({
      personId: 'li',
      toldAt: street.now,
    })
  })

  it('[CA5] sent back, it wants to be reached again and pictures of it done anew; those of the trouble stay good', () => {
    const street = finished()
    street.says('shen', { type: 'return', reason: '没清干净' })
    street.says('li', { type: 'take' })
    expect(no(street.says('li', { type: 'finish' }))).toBe('not-arrived')
    street.says('li', { type: 'arrive' })
    expect(no(street.says('li', { type: 'finish' }))).toBe('photo-missing')
    photographs(street, 'li', ['after-near', 'after-far'], 'b')
    expect(no(street.says('li', { type: 'finish' }))).toBe('done')
  })

  it('[CA6] whoever got it wrongly sends it back to be dispatched anew; that is not counted against the work', () => {
    const street = aStreet()
    street.reports()
    street.says('chen', { type: 'dispatch', to: 'li' })
    expect(no(street.says('zhao', { type: 'return', reason: '派错人了' }))).toBe('not-assigned-to-you')
    street.says('li', { type: 'return', reason: '派错人了' })
    expect(street.only()).toMatchObject({ stage: 'filed', returns: 0 })
    expect(street.only().holder).toBeUndefined()
    street.says('chen', { type: 'return', reason: '先核实' })
    expect(street.only().stage).toBe('reported')
  })

  it('[CA7] 作废 from any open stage wants a reason; what ended is not touched again', () => {
    const street = aStreet()
    street.reports()
    expect(no(street.says('chen', { type: 'void' }))).toBe('reason-missing')
    street.says('chen', { type: 'void', disposition: 'false-alarm', reason: '水汽' })
    expect(street.only()).toMatchObject({ stage: 'void', disposition: 'false-alarm', endedAt: morning })
    for (const wish of [{ type: 'accept' }, { type: 'void', reason: '再来' }, { type: 'acknowledge' }] as const)
      expect(no(street.says('chen', wish))).toBe('stage-not-allowed')
  })

  it('[CA8] closed as anything but solved wants a reason', () => {
    const street = finished()
    expect(no(street.says('chen', { type: 'close', disposition: 'not-found' }))).toBe('reason-missing')
    expect(no(street.says('chen', { type: 'close', disposition: 'not-found', reason: '到场已散' }))).toBe('done')
  })

  it('[CA9] 办完 wants that they arrived, and the photos the scenario names', () => {
    const street = aStreet()
    street.reports()
    street.says('chen', { type: 'dispatch', to: 'li' })
    expect(no(street.says('li', { type: 'arrive' }))).toBe('stage-not-allowed')
    street.says('li', { type: 'take' })
    expect(no(street.says('li', { type: 'finish' }))).toBe('not-arrived')
    street.says('li', { type: 'arrive' })
    expect(no(street.says('li', { type: 'arrive' }))).toBe('already-so')
    photographs(street, 'li', ['before-near', 'before-far', 'after-near'])
    expect(no(street.says('li', { type: 'finish' }))).toBe('photo-missing')
    photographs(street, 'li', ['after-far'], 'b')
    expect(no(street.says('li', { type: 'finish' }))).toBe('done')
  })
})

describe('into the right hand', () => {
  const off = aPerson('off', { onDuty: false })
  const cleaner = aPerson('cleaner', { post: 'cleaning', role: 'property' })
  const known = aKnown({ people: new Map([...people, off, cleaner].map((person) => [person.id, person])) })
  const asked = (to: string, reason?: string) => {
    const street = aStreet({ known })
    street.reports()
    return no(street.says('chen', { type: 'dispatch', to, ...(reason && { reason }) }))
  }

  it.each([
    ['nobody', 'person-unknown'],
    ['off', 'person-off-duty'],
    ['wu', 'person-out-of-area'],
    ['cleaner', 'person-cannot-handle'],
    ['wall', 'person-cannot-handle'],
    ['li', 'done'],
  ])('[CA10] dispatched to %s: %s', (to, answer) => expect(asked(to)).toBe(answer))

  it('[CA10] 仍派: a reason sends it to somebody off duty or of another post, never out of their area', () => {
    expect(asked('off', '就住楼上')).toBe('done')
    expect(asked('cleaner', '就在旁边')).toBe('done')
    expect(asked('wu', '离得近')).toBe('person-out-of-area')
  })
})

describe('who knows of it', () => {
  it('[CA11] on duty, of the posts the scenario names, of this ground: told at once; the off-duty are left alone', () => {
    const street = aStreet()
    street.reports()
    const told = street.only().told.map((receipt) => receipt.personId)
    expect(told.toSorted()).toEqual(['chen', 'gu', 'li', 'shen', 'zhao', 'zhou'])
  })

  it('[CA12] 签收 once for the case, by the desk or anybody who was told; accepting is signing', () => {
    const street = aStreet()
    street.reports()
    expect(no(street.says('ma', { type: 'acknowledge' }))).toBe('not-your-area')
    expect(no(street.says('sun', { type: 'acknowledge' }))).toBe('not-assigned-to-you')
    street.pass(0.5)
    street.says('zhou', { type: 'acknowledge' })
    expect(street.only().acknowledged).toMatchObject({ by: 'zhou', at: street.now })
    expect(no(street.says('zhou', { type: 'acknowledge' }))).toBe('already-so')

    const accepted = aStreet()
    accepted.reports()
    accepted.says('shen', { type: 'accept' })
    expect(accepted.only().acknowledged).toMatchObject({ by: 'shen', at: morning })
  })

  it('[CA13] everybody who was told signs their own receipt once, the first signs for the case', () => {
    const street = aStreet()
    street.reports()
    street.says('zhou', { type: 'acknowledge' })
    street.pass(1)
    expect(no(street.says('gu', { type: 'acknowledge' }))).toBe('done')
    expect(street.only().acknowledged!.by).toBe('zhou')
    expect(street.only().told.find((receipt) => receipt.personId === 'gu')).toMatchObject({ takenAt: street.now })
  })

  it('[CA14] seen is written once; who was not told has nothing to see', () => {
    const street = aStreet()
    street.reports()
    expect(no(street.says('li', { type: 'see' }))).toBe('done')
    expect(no(street.says('li', { type: 'see' }))).toBe('already-so')
    expect(no(street.says('sun', { type: 'see' }))).toBe('not-assigned-to-you')
    expect(street.only().told.find((receipt) => receipt.personId === 'li')!.seenAt).toBe(morning)
  })

  it('[CA15] who was told and is there first is stamped, and need not arrive again once it is theirs', () => {
    const street = aStreet()
    street.reports()
    street.pass(0.5)
    street.says('zhou', { type: 'arrive' })
    const there = street.now
    street.says('chen', { type: 'dispatch', to: 'zhou' })
    street.pass(1)
    street.says('zhou', { type: 'take' })
    expect(street.only().holder).toMatchObject({ personId: 'zhou', arrivedAt: there })
  })

  it('[CA16] the desk says it for the brigade, once', () => {
    const street = aStreet()
    street.reports()
    expect(no(street.says('li', { type: 'arrive', unit: 'brigade' }))).toBe('role-not-allowed')
    expect(no(street.says('chen', { type: 'arrive', unit: 'brigade' }))).toBe('done')
    expect(no(street.says('shen', { type: 'arrive', unit: 'brigade' }))).toBe('already-so')
  })

  it('[CA17] a photo keeps both points and how far from the case it was taken; the same twice is one', () => {
    const street = aStreet()
    street.reports()
    const [lon, lat] = spot(0, 10)
    const photo = { type: 'attach', evidence: 'f'.repeat(64), slot: 'before-near', takenAt: morning - 5000 } as const
    street.says('li', { ...photo, at: { lon, lat, crs: 'wgs84' } })
    const [kept] = street.only().photos
    expect(kept).toMatchObject({ by: 'li', takenAt: morning - 5000, at: { given: { lon, lat, crs: 'wgs84' } } })
    expect(kept!.metres).toBeCloseTo(10, 0)
    expect(no(street.says('li', { ...photo }))).toBe('already-so')
  })

  it('[CA18] a photo that was held up by a dead line is taken in after the case is closed', () => {
    const street = finished()
    street.says('chen', { type: 'close', disposition: 'solved' })
    photographs(street, 'li', ['other'], 'c')
    expect(street.only().photos).toHaveLength(5)
  })

  it('[CA19] checklist items are the scenario’s own and ticked once', () => {
    const street = aStreet()
    street.reports()
    expect(no(street.says('chen', { type: 'tick', item: 'power-cut' }))).toBe('done')
    expect(no(street.says('chen', { type: 'tick', item: 'power-cut' }))).toBe('already-so')
    expect(no(street.says('chen', { type: 'tick', item: 'dance' }))).toBe('wrong-shape')
    expect(street.only().ticked).toEqual(['power-cut'])
  })

  it('[CA20] what was tapped offline keeps both times: the phone’s claim and ours', () => {
    const street = aStreet()
    street.reports()
    const by: Actor = { kind: 'person', id: 'li' as PersonId, role: 'officer' }
    const claimedAt = morning - minutes(40)
    street.submit(aCommand(by, { type: 'see', caseId: street.only().id }, { claimedAt }))
    expect(street.only().steps.at(-1)).toMatchObject({ verb: 'see', at: morning, claimedAt })
  })
})
