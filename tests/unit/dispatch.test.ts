// Whose matter it is, whom to send with the reasons, and the case that is sent by itself.
import { describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { PersonId, PlaceId, ScenarioId, ShiftId } from '#contract/ids'
import type { Person, Presence } from '#contract/person'
import { recommend } from '#contract/recommend'
import type { Responsibility } from '#contract/responsibility'
import { isResponsible, responsibleFor, wrongInTable } from '#contract/responsible'
import { Scenario } from '#contract/scenario'
import { stepReason } from '#contract/step-words'
import { aCase, aKnown, aPerson, aStreet, minutes, morning, scenarios } from '../suites/builders.ts'
import { smallGround, spot } from '../suites/small-ground.ts'
import { passes } from '../suites/time.ts'

const person = (id: string) => id as PersonId
const place = (id: string) => id as PlaceId
const aRow = (change: Partial<Responsibility>): Responsibility => ({
  ...{ placeId: place('street'), body: '街道', from: '2026-01-01' },
  ...change,
})
const ofFire = { scenarioId: 'bike-shed-fire' as ScenarioId, matter: 'smoke' }
const { path } = aCase()
const bodyOn = (rows: Responsibility[], day = '2026-11-20') =>
  responsibleFor({ rows }, ofFire, path, day)?.row.body ?? null
const table = (...rows: Responsibility[]) => ({ version: '1', rows, coverage: [] })

describe('whose matter it is', () => {
  it('[DP1] the narrowest place first, then the narrower kind, then whoever began later', () => {
    const any = aRow({})
    const ofMatter = aRow({ matter: 'smoke', body: '街道烟' })
    const block = aRow({ placeId: place('north'), body: '街区' })
    const blockFire = aRow({ placeId: place('north'), scenarioId: ofFire.scenarioId, body: '街区火' })
    const blockSmoke = aRow({ placeId: place('north'), matter: 'smoke', body: '街区烟' })
    const since = aRow({ placeId: place('north'), matter: 'smoke', body: '新的', from: '2026-06-01' })
    expect(bodyOn([any])).toBe('街道')
    expect(bodyOn([any, ofMatter])).toBe('街道烟')
    expect(bodyOn([ofMatter, block])).toBe('街区')
    expect(bodyOn([block, blockFire])).toBe('街区火')
    expect(bodyOn([blockSmoke, blockFire])).toBe('街区烟')
    expect(bodyOn([since, blockSmoke])).toBe('新的')
    expect(responsibleFor(table(any, blockFire), ofFire, path, '2026-11-20')?.why).toEqual({
      placeId: 'north',
      kind: 'scenario',
      from: '2026-01-01',
    })
  })

  it('[DP1] another’s ground, another’s matter and another scenario are nobody’s here', () => {
    expect(bodyOn([aRow({ placeId: place('south') })])).toBeNull()
    expect(bodyOn([aRow({ matter: 'open-fire' })])).toBeNull()
    expect(bodyOn([aRow({ scenarioId: 'dropped-garbage' as ScenarioId })])).toBeNull()
  })

  it('[DP2] it holds from its first day to its last, both included; the day after, whoever follows answers', () => {
    const rows = [aRow({ body: '老物业', until: '2026-11-20' }), aRow({ body: '新物业', from: '2026-11-21' })]
    expect(bodyOn(rows, '2025-12-31')).toBeNull()
    expect(bodyOn(rows, '2026-01-01')).toBe('老物业')
    expect(bodyOn(rows, '2026-11-20')).toBe('老物业')
    expect(bodyOn(rows, '2026-11-21')).toBe('新物业')
  })

  it('[DP1] a row names a body, whoever stands for it, or one person alone', () => {
    const li = aPerson('li', { body: '桥一物业' })
    expect(isResponsible(li, { row: aRow({ body: '桥一物业' }) })).toBe(true)
    expect(isResponsible(li, { row: aRow({ body: '别家' }) })).toBe(false)
    const { body: _body, ...row } = aRow({})
    expect(isResponsible(li, { row: { ...row, personId: person('li') } })).toBe(true)
    expect(isResponsible(li, { row: { ...row, personId: person('wu') } })).toBe(false)
  })

  it('[DP8] a table that names what nobody knows, nobody, or two at once is none', () => {
    const known = {
      places: smallGround.places,
      people: new Set([person('li')]),
      knowsMatter: (matter: string) => matter === 'smoke',
    }
    const wrong = (change: Partial<Responsibility>) => wrongInTable(table(aRow(change)), known)
    expect(wrong({})).toBeNull()
    expect(wrong({ placeId: place('moon') })).toBe('place-unknown')
    expect(wrong({ matter: 'smog' })).toBe('matter-unknown')
    expect(wrong({ personId: person('nobody') })).toBe('person-unknown')
    expect(wrong({ personId: person('li') })).toBe('wrong-shape')
    expect(wrong({ until: '2025-12-31' })).toBe('wrong-shape')
  })
})

const fire = scenarios.find((scenario) => scenario.id === 'bike-shed-fire')!
const stands = (id: string, metres: number, ago = 0): Presence => ({
  ...{ personId: person(id), wgs84: spot(0, metres), at: morning - minutes(ago), trail: [] },
})

describe('whom to send', () => {
  const order = (people: Person[], presences: Presence[], also?: Parameters<typeof recommend>[6], cases: Case[] = []) =>
    recommend(aCase(), fire, people, presences, cases, morning, also)

  it('[DP3] whose it is by the table stands before whoever is nearer, and says why', () => {
    const people = [aPerson('near'), aPerson('theirs', { body: '桥一物业' })]
    const also = { table: table(aRow({ body: '桥一物业' })), localDate: '2026-11-20' }
    const { fit } = order(people, [stands('near', 40), stands('theirs', 400)], also)
    expect(fit.map((one) => [one.person.id, one.reasons])).toEqual([
      ['theirs', ['responsible']],
      ['near', ['nearest']],
    ])
  })

  it('[DP3] whose it is and who is off duty is passed over by that name, whatever their area', () => {
    const people = [aPerson('near'), aPerson('theirs', { body: '南物业', onDuty: false, placeIds: [place('south')] })]
    const also = { table: table(aRow({ body: '南物业' })), localDate: '2026-11-20' }
    expect(order(people, [], also).leftOut.map((one) => [one.person.id, one.why])).toEqual([['theirs', 'other-area']])
  })

  it('[DP3] an old position counts less: who was near a while ago may have walked on', () => {
    const people = [aPerson('was-near'), aPerson('is-there')]
    const { fit } = order(people, [stands('was-near', 90, 15), stands('is-there', 200)])
    expect(fit.map((one) => one.person.id)).toEqual(['is-there', 'was-near'])
    expect(fit[1]).toMatchObject({ metres: expect.closeTo(90, 0), seenAt: morning - minutes(15) })
    expect(order(people, [stands('was-near', 90, 8), stands('is-there', 200)]).fit[0]!.person.id).toBe('was-near')
  })

  it('[DP3] the roster says who is on duty, where it is given', () => {
    const people = [aPerson('by-account'), aPerson('by-roster', { onDuty: false }), aPerson('gone-home')]
    const turn = { post: 'grid' as const, placeId: place('north-west-1'), from: morning - minutes(60) }
    const shifts = [
      { ...turn, id: 's1' as ShiftId, personId: person('by-roster'), to: morning + minutes(60) },
      { ...turn, id: 's2' as ShiftId, personId: person('gone-home'), to: morning },
    ]
    const { fit, leftOut } = order(people, [], { shifts })
    expect(fit.map((one) => one.person.id)).toEqual(['by-account', 'by-roster'])
    expect(leftOut.map((one) => [one.person.id, one.why])).toEqual([['gone-home', 'off-duty']])
  })

  it('[DP3] equally near, the skill speaks before the load', () => {
    const people = [aPerson('a-free'), aPerson('b-skilled', { skills: ['低压电工证'] })]
    const busy = aCase({
      id: 'x' as Case['id'],
      stage: 'handling',
      holder: { personId: person('b-skilled'), since: 0 },
    })
    const { fit } = order(people, [], undefined, [busy])
    expect(fit.map((one) => [one.person.id, one.reasons])).toEqual([
      ['b-skilled', ['skilled']],
      ['a-free', ['least-busy']],
    ])
  })
})

describe('sent by itself', () => {
  const words = { zh: '上报', en: 'up' }
  const later = (amount: number) => ({ amount, unit: 'minutes' as const })
  function aStreetThatSends(change: Partial<Scenario> = {}, known: Parameters<typeof aKnown>[0] = {}) {
    const ladder = [
      { name: 'up', words, after: later(4), atMost: 1, until: 'acknowledge' as const, tell: [], again: true },
    ]
    const rules = Scenario.parse({ ...fire, ladder, ackHolds: [], autoDispatch: { after: later(2) }, ...change })
    const all = scenarios.map((one) => (one.id === fire.id ? rules : one))
    return aStreet({ known: aKnown({ scenarios: all, ...known }) })
  }

  it('[DP5] after its time to the best who fits, each step by time itself, with the reasons and why none of the others', () => {
    const street = aStreetThatSends(
      {},
      {
        responsibility: table(aRow({ placeId: place('north-west'), body: '桥一居民区' })),
        presences: () => [stands('gu', 20), stands('li', 120), stands('zhao', 60)],
      },
    )
    street.reports()
    expect(street.only().assignAt).toBe(morning + minutes(2))
    passes(street, 2)
    const sent = street.only()
    expect(sent).toMatchObject({ stage: 'dispatched', holder: { personId: 'gu' }, assignAt: undefined })
    expect(sent.steps.slice(-3).map((step) => [step.verb, step.by.kind])).toEqual([
      ['accept', 'clock'],
      ['file', 'clock'],
      ['dispatch', 'clock'],
    ])
    const { chosen, to } = sent.steps.at(-1)!
    expect(to).toBe('gu')
    expect(chosen?.reasons).toEqual(['responsible', 'there-already', 'nearest', 'usual-post'])
    expect(chosen?.passedOver).toEqual([
      { personId: 'zhao', why: 'behind' },
      { personId: 'li', why: 'behind' },
      { personId: 'zhou', why: 'behind' },
      { personId: 'sun', why: 'off-duty' },
      { personId: 'he', why: 'other-post' },
      { personId: 'wu', why: 'other-area' },
    ])
  })

  it('[DP10] time signs for nothing: the case stays unsigned, calls on, and is signed by whoever takes it', () => {
    const street = aStreetThatSends()
    street.reports()
    passes(street, 2)
    expect(street.only()).toMatchObject({ acknowledged: undefined, calling: { at: morning + minutes(4) } })
    const { holder } = street.only()
    passes(street, 2)
    expect(street.only().told.find((receipt) => receipt.personId === holder?.personId)?.calls).toBe(1)
    const signing = () => street.only().clocks.find((clock) => clock.name === 'acknowledge')
    expect(signing()?.metAt).toBeUndefined()
    street.says(holder!.personId, { type: 'take' })
    expect(street.only().acknowledged).toEqual({ by: holder!.personId, at: street.now })
    expect(signing()?.metAt).toBe(street.now)
  })

  it('[DP6] where nobody fits it says so with the reasons, calls, and leaves it to people', () => {
    const nobody = [aPerson('chen', { role: 'duty-officer', post: 'command' }), aPerson('off', { onDuty: false })]
    const street = aStreetThatSends({}, { people: new Map(nobody.map((one) => [one.id, one])) })
    street.reports()
    passes(street, 3)
    const left = street.only()
    expect(left).toMatchObject({ stage: 'reported', assignAt: undefined, calling: { at: morning + minutes(4) } })
    expect(left.steps.find((step) => step.verb === 'assign')).toEqual({
      ...{ verb: 'assign', at: morning + minutes(2), by: { kind: 'clock' }, reason: 'nobody-fits' },
      chosen: { reasons: [], passedOver: [{ personId: 'off', why: 'off-duty' }] },
    })
  })

  it('[DP6] what a step needs is asked of time too: a list that must be ticked first leaves it to people', () => {
    const checklist = [{ id: 'asked', words, before: 'accept' as const, required: true }]
    const street = aStreetThatSends({ checklist })
    street.reports()
    passes(street, 2)
    expect(street.only().stage).toBe('reported')
    expect(street.only().steps.at(-1)).toMatchObject({ verb: 'assign', reason: 'checklist-missing' })
  })

  it('[DP7] whoever sends it before is the one who did; sent back it is not sent by itself again', () => {
    const street = aStreetThatSends()
    street.reports()
    street.says('chen', { type: 'dispatch', to: 'li' })
    expect(street.only().assignAt).toBeUndefined()
    street.says('li', { type: 'return', reason: '不归我管', misdispatch: true })
    passes(street, 10)
    expect(street.only()).toMatchObject({ stage: 'filed', assignAt: undefined })
  })

  it('[DP7] only the levels and matters the scenario names; not while it is put aside', () => {
    const street = aStreetThatSends({ autoDispatch: { after: later(2), levels: [2], matters: ['shed-heat'] } })
    street.reports()
    expect(street.only().assignAt).toBeUndefined()
    const aside = aStreetThatSends()
    aside.reports()
    aside.says('chen', { type: 'shelve', until: morning + minutes(30), reason: '演练' })
    passes(aside, 20)
    expect(aside.only().stage).toBe('reported')
    passes(aside, 13)
    expect(aside.only()).toMatchObject({ stage: 'dispatched' })
    expect(aside.only().steps.find((step) => step.verb === 'dispatch')?.at).toBe(morning + minutes(32))
  })
})

describe('why it was done, in words', () => {
  const nameOf = (id: string) => ({ li: '李志强', sun: '孙莉' })[id] ?? id
  const clock = { kind: 'clock' as const }
  const chosen = {
    reasons: ['responsible' as const, 'nearest' as const],
    passedOver: [
      { personId: person('li'), why: 'behind' as const },
      { personId: person('sun'), why: 'off-duty' as const },
    ],
  }

  it('[DP5] whom time chose and why none of the others, in both languages', () => {
    expect(stepReason({ by: clock, chosen }, nameOf, 'zh')).toBe(
      '责任表上归其管、最近；未派 李志强（排在其后）、孙莉（不在岗）',
    )
    expect(stepReason({ by: clock, chosen }, (id) => id, 'en')).toBe(
      'theirs by the table, nearest; passed over: li (next after), sun (off duty)',
    )
  })

  it('[DP6] what time says for itself has words; what a person wrote stays as it was written', () => {
    const nobody = { by: clock, reason: 'nobody-fits', chosen: { reasons: [], passedOver: chosen.passedOver.slice(1) } }
    expect(stepReason(nobody, nameOf, 'zh')).toBe('没有合适的在岗人员，请人工派遣；未派 孙莉（不在岗）')
    expect(stepReason({ by: clock, reason: 'nobody-on-duty' }, nameOf, 'en')).toBe('nobody on duty: straight up')
    const by = { kind: 'person' as const, id: person('li'), role: 'officer' as const }
    expect(stepReason({ by, reason: 'nobody-on-duty' }, nameOf, 'zh')).toBe('nobody-on-duty')
    expect(stepReason({ by: clock }, nameOf, 'zh')).toBe('')
  })
})
