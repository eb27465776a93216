// What comes back after its end, and who may do which step: reopened by the desk, by a call back, by the resident.
import { describe, expect, it } from 'vitest'
import type { Decision } from '../../ingest-server/case-engine/decision.ts'
import { clocks as timeWishes } from '../../ingest-server/case-engine/clocks.ts'
import type { Case } from '#contract/case'
import type { Wish } from '#contract/command'
import type { CaseId, RequestId, ReporterRef } from '#contract/ids'
import { runs } from '#contract/ledger'
import { Scenario } from '#contract/scenario'
import { aCommand, aKnown, aStreet, minutes, scenarios, sourceActor } from '../suites/builders.ts'

type Street = ReturnType<typeof aStreet>
const no = (decision: Decision) => ('refusal' in decision ? decision.refusal : null)
const mei = 'resident-mei' as ReporterRef
const first = '20261120-001' as CaseId
const second = '20261120-002' as CaseId
const photos = (street: Street, id: string, caseId: CaseId) =>
  ['before-near', 'before-far', 'after-near', 'after-far'].forEach((slot, i) =>
    street.says(id, { type: 'attach', caseId, evidence: String(i).repeat(64), slot, takenAt: street.now }),
  )
/** From dispatch to closed, by 周建平 and the chief. */
function solves(street: Street, caseId: CaseId): void {
  street.says('chen', { type: 'dispatch', caseId, to: 'zhou' })
  street.says('zhou', { type: 'take', caseId })
  street.says('zhou', { type: 'arrive', caseId })
  photos(street, 'zhou', caseId)
  street.pass(30)
  street.says('zhou', { type: 'finish', caseId })
  street.says('shen', { type: 'close', caseId, disposition: 'solved' })
}
/** A burst pipe that 梅 reported, solved by eleven. */
function solved(): Street {
  const street = aStreet()
  const pipe = { kind: 'service-ticket', matter: 'water-leak', channel: 'page', reporterRef: mei, cameraId: undefined }
  street.reports({ ...pipe, facilityId: 'shed-1', text: '六楼水管爆了' }, 'page')
  solves(street, first)
  street.pass(60)
  expect(street.only()).toMatchObject({ stage: 'closed', disposition: 'solved' })
  return street
}
const by = (street: Street, id: CaseId): Case => street.board.cases.get(id)!
const resident = (street: Street, wish: Record<string, unknown>, was?: Case) =>
  street.submit(
    aCommand(sourceActor('page'), { caseId: first, ref: mei, ...wish } as unknown as Wish, was ? { was } : {}),
  )

describe('重开', () => {
  it('[CA45] what was closed and is not solved is a case anew: the same matter and place, its own clocks, its lineage and its count', () => {
    const street = solved()
    const old = by(street, first)
    expect(no(street.says('zhou', { type: 'reopen', caseId: first, reason: '又漏了' }))).toBe('role-not-allowed')
    expect(street.says('shen', { type: 'reopen', caseId: first, reason: '又漏了' })).toMatchObject({
      madeCaseId: second,
    })
    const anew = by(street, second)
    expect(anew).toMatchObject({
      ...{ stage: 'reported', matter: 'water-leak', unsure: false, path: old.path, openedAt: street.now, reworks: 1 },
      lineage: { from: [first], how: 'reopened' },
      sources: [{ text: '六楼水管爆了', reporterRef: mei, why: { rule: 'reopened', from: first } }],
      reporterRef: mei,
    })
    expect(anew.sources[0]!.key).not.toBe(old.sources[0]!.key)
    expect(anew.clocks.filter(runs).length).toBeGreaterThan(0)
    for (const clock of anew.clocks) expect(clock.startedAt).toBe(street.now)
    expect(anew.steps.at(-1)).toMatchObject({ verb: 'reopen', about: first, reason: '又漏了', by: { id: 'shen' } })
    // The old one keeps its end, and says where it went on.
    expect(by(street, first)).toMatchObject({
      stage: 'closed',
      endedAt: old.endedAt,
      clocks: old.clocks,
      children: [second],
    })
    expect(by(street, first).steps.at(-1)).toMatchObject({ verb: 'reopen', about: second })
  })

  it('[CA46] it comes back from one end once; the younger one is the one to speak of, and counts on', () => {
    const street = solved()
    expect(no(street.says('shen', { type: 'reopen', caseId: first, reason: '又漏了' }))).toBeNull()
    expect(no(street.says('shen', { type: 'reopen', caseId: first, reason: '又漏了' }))).toBe('already-so')
    expect(no(street.says('shen', { type: 'reopen', caseId: second, reason: '又漏了' }))).toBe('stage-not-allowed')
    solves(street, second)
    street.says('chen', { type: 'reopen', caseId: second, reason: '第三回了' })
    expect(by(street, '20261120-003' as CaseId)).toMatchObject({ reworks: 2, lineage: { from: [second] } })
  })

  it('[CA47] out of the archive too, and nothing is written to what has left the board', () => {
    const street = solved()
    const was = by(street, first)
    street.pass(24 * 60)
    for (const command of timeWishes(street.board, street.now).due) street.submit(command)
    expect(street.cases()).toEqual([])
    const wish: Wish = { type: 'reopen', caseId: first, reason: '又漏了' }
    const chen = { kind: 'person', id: 'chen', role: 'duty-officer' } as Parameters<typeof aCommand>[0]
    expect(no(street.submit(aCommand(chen, wish)))).toBe('case-not-found')
    expect(street.submit(aCommand(chen, wish, { was }))).toMatchObject({ madeCaseId: '20261121-001' })
    expect(street.only()).toMatchObject({ lineage: { from: [first] }, reworks: 1 })
    expect(no(street.submit(aCommand(chen, { type: 'void', caseId: first, reason: '演练' }, { was })))).toBe(
      'case-not-found',
    )
  })
})

describe('居民说', () => {
  it('[CA48] 「没修好」 by whoever asked for it opens it again, with their own words for a reason', () => {
    const street = solved()
    const wish = { type: 'not-fixed', reason: '拧上了还在滴' }
    expect(no(resident(street, { ...wish, ref: 'resident-lu' }))).toBe('case-not-found')
    expect(resident(street, wish)).toMatchObject({ madeCaseId: second })
    expect(by(street, second).steps.at(-1)).toMatchObject({
      verb: 'reopen',
      by: { kind: 'source', id: 'page' },
      reason: '拧上了还在滴',
    })
    expect(no(resident(street, wish))).toBe('already-so')
    expect(no(resident(street, { ...wish, caseId: second }))).toBe('stage-not-allowed')
  })

  it('[CA49] stars are written down once it has ended; 「没解决」 with them opens it again', () => {
    const open = aStreet()
    open.reports({
      kind: 'service-ticket',
      matter: 'water-leak',
      reporterRef: mei,
      facilityId: 'shed-1',
      cameraId: undefined,
    })
    expect(no(resident(open, { type: 'rate', stars: 5, fixed: true }))).toBe('stage-not-allowed')
    const street = solved()
    resident(street, { type: 'rate', stars: 5, fixed: true })
    expect(by(street, first).rating).toEqual({ stars: 5, at: street.now, fixed: true })
    expect(resident(street, { type: 'rate', stars: 2, fixed: false })).toMatchObject({ madeCaseId: second })
    expect(by(street, first)).toMatchObject({ rating: { stars: 2, fixed: false }, children: [second] })
    // Said once more: the last word counts, and it is open already.
    expect(no(resident(street, { type: 'rate', stars: 1, fixed: false }))).toBeNull()
    expect(street.cases()).toHaveLength(2)
  })

  it('[CA50] stars that come when it is in the archive are a line of the journal, for the archive to keep', () => {
    const street = solved()
    const was = by(street, first)
    street.pass(24 * 60)
    for (const command of timeWishes(street.board, street.now).due) street.submit(command)
    const said = resident(street, { type: 'rate', stars: 4, fixed: true }, was)
    expect(said).toMatchObject({
      events: [{ type: 'marked', caseId: first, archived: true, set: { rating: { stars: 4 } } }],
    })
    expect(street.cases()).toEqual([])
    expect(no(resident(street, { type: 'not-fixed', reason: '又漏了' }, was))).toBeNull()
    expect(street.only()).toMatchObject({ lineage: { from: [first] } })
  })
})

describe('先行联系与回访', () => {
  it('[CA51] spoken to before anything is done; asked afterwards by somebody who did not handle it', () => {
    const street = aStreet()
    street.reports({ kind: 'service-ticket', matter: 'water-leak', reporterRef: mei, facilityId: 'shed-1', cameraId: undefined }, 'page') // prettier-ignore
    expect(no(street.says('wu', { type: 'contact' }))).toBe('not-your-area')
    expect(no(street.says('shen', { type: 'contact', note: '已电话，六楼在家' }))).toBeNull()
    expect(street.only().steps.at(-1)).toMatchObject({ verb: 'contact', note: '已电话，六楼在家' })
    expect(no(street.says('shen', { type: 'callback', fixed: true }))).toBe('stage-not-allowed')
    solves(street, first)
    expect(no(street.says('zhou', { type: 'callback', fixed: true }))).toBe('role-not-allowed')
    expect(no(street.says('chen', { type: 'callback', fixed: true, stars: 4 }))).toBeNull()
    expect(street.only()).toMatchObject({ rating: { stars: 4, fixed: true } })
  })

  it('[CA51] 「没解决」 in the call back opens it again', () => {
    const street = solved()
    expect(street.says('chen', { type: 'callback', caseId: first, fixed: false, note: '还在滴' })).toMatchObject({
      madeCaseId: second,
    })
    expect(by(street, second).steps.at(-1)).toMatchObject({ verb: 'reopen', reason: '还在滴' })
    expect(by(street, first).rating).toBeUndefined()
  })
})

describe('岗位分开', () => {
  const withRules = (change: Record<string, unknown>): Street =>
    aStreet({
      known: aKnown({
        scenarios: scenarios.map((one) => (one.id === 'bike-shed-fire' ? Scenario.parse({ ...one, ...change }) : one)),
      }),
    })

  it('[CA52] where the scenario keeps two steps apart, who did the first does not do the second, in one walk neither', () => {
    const street = withRules({ apart: [['accept', 'file']] })
    street.reports()
    expect(no(street.says('chen', { type: 'dispatch', to: 'gu' }))).toBe('step-apart')
    street.says('chen', { type: 'accept' })
    expect(no(street.says('chen', { type: 'file' }))).toBe('step-apart')
    expect(no(street.says('shen', { type: 'file' }))).toBeNull()
  })

  it('[CA53] a scenario may say who does a step here', () => {
    const street = withRules({ who: { accept: ['chief'] } })
    street.reports()
    expect(no(street.says('chen', { type: 'accept' }))).toBe('role-not-allowed')
    expect(no(street.says('shen', { type: 'accept' }))).toBeNull()
  })

  it('[CA54] what must be ticked before a step is ticked before it', () => {
    const street = withRules({
      checklist: [{ id: 'power-cut', words: { zh: '电源已断', en: 'Power cut' }, before: 'close', required: true }],
    })
    street.reports()
    solves(street, first)
    expect(street.only().stage).toBe('verification')
    expect(no(street.says('shen', { type: 'close', disposition: 'solved' }))).toBe('checklist-missing')
    street.says('shen', { type: 'tick', item: 'power-cut' })
    expect(no(street.says('shen', { type: 'close', disposition: 'solved' }))).toBeNull()
  })

  it('[CA55] a false alarm, or one that was not found, says why', () => {
    const street = aStreet()
    street.reports()
    street.says('chen', { type: 'dispatch', to: 'zhou' })
    street.says('zhou', { type: 'take' })
    street.says('zhou', { type: 'arrive' })
    photos(street, 'zhou', first)
    street.says('zhou', { type: 'finish' })
    for (const disposition of ['false-alarm', 'not-found'])
      expect(no(street.says('shen', { type: 'close', disposition }))).toBe('reason-missing')
    expect(no(street.says('shen', { type: 'close', disposition: 'false-alarm', reason: '水汽' }))).toBeNull()
    expect(street.only()).toMatchObject({ stage: 'closed', disposition: 'false-alarm' })
  })

  it('[CA56] who asks for a case to be voided and who grants it are two', () => {
    const street = aStreet()
    street.reports()
    street.says('chen', { type: 'dispatch', to: 'zhou' })
    street.says('chen', { type: 'ask', what: 'void', reason: '演练', disposition: 'false-alarm' })
    expect(no(street.says('chen', { type: 'approve', request: 'void-1' as RequestId }))).toBe('own-request')
    street.now += minutes(1)
    expect(no(street.says('shen', { type: 'approve', request: 'void-1' as RequestId }))).toBeNull()
    expect(street.only().stage).toBe('void')
  })
})
