// What is told beyond the street, to whom, and what never leaves it.
import { expect, it } from 'vitest'
import { Webhook } from 'standardwebhooks'
import type { Case } from '#contract/case'
import type { PersonId, SourceId } from '#contract/ids'
import type { CaseChange, House } from '../../ingest-server/doors/outward-kind.ts'
import { happened, isToldOf, saidOf } from '../../ingest-server/doors/outward-said.ts'
import { signed } from '../../ingest-server/doors/outward-signature.ts'
import { signingSecret } from '../../ingest-server/records/signing-secret.ts'
import { webhook } from '../../ingest-server/doors/outward-webhook.ts'
import { aCase, aKnown, aSource, minutes, morning } from '../suites/builders.ts'
import { aNeighbour } from '../suites/neighbours.ts'

const house: House = { known: aKnown(), isExercise: false }
const district = aNeighbour({ source: 'above' })
const change = (before: Case | null, now: Case): CaseChange => ({ before, now, at: morning + minutes(1) })
const types = (...[before, now]: [Case | null, Case]) =>
  webhook.about(change(before, now), district, house).map(({ type }) => type)

const li = 'li' as PersonId
const fire = aCase({ revision: 7 })
const sent = aCase({ revision: 8, stage: 'dispatched', holder: { personId: li, since: morning } })

it('[EX40] opened, changed, closed and reopened are told; a photo, a receipt or one more report of it is not', () => {
  expect(types(null, fire)).toEqual(['cn.sanping.case.opened.v1'])
  expect(types(fire, sent)).toEqual(['cn.sanping.case.changed.v1'])
  expect(types(sent, { ...sent, stage: 'closed', endedAt: morning })).toEqual(['cn.sanping.case.closed.v1'])
  expect(types({ ...sent, stage: 'void' }, sent)).toEqual(['cn.sanping.case.reopened.v1'])
  expect(types(sent, { ...sent, told: [{ personId: li, toldAt: morning, seenAt: morning }] })).toEqual([])
  expect(types(sent, { ...sent, sources: [aSource(), aSource({ key: 'hik/event-2' })] })).toEqual([])
})

it('[EX40] what a machine is not sure of is told once somebody is', () => {
  const unsure = { ...fire, unsure: true }
  expect(types(null, unsure)).toEqual([])
  expect(types(unsure, fire)).toEqual(['cn.sanping.case.opened.v1'])
})

it('[EX41] a neighbour hears of its levels, scenarios and places, and of what fell under them once to its end', () => {
  const told = (toldOf: object, before: Case | null, now: Case) => isToldOf(change(before, now), aNeighbour({ toldOf }))
  const mild = aCase({ level: 3 })
  expect(told({ levels: [1, 2] }, null, fire)).toBe(true)
  expect(told({ levels: [1, 2] }, null, mild)).toBe(false)
  expect(told({ levels: [1, 2] }, fire, mild)).toBe(true)
  expect(told({ scenarios: ['dropped-garbage'] }, null, fire)).toBe(false)
  expect(told({ places: [fire.path[1]] }, null, fire)).toBe(true)
  expect(told({ places: ['south'] }, null, fire)).toBe(false)
  expect(told({ stages: ['closed'] }, null, fire)).toBe(true)
  expect(told({ stages: ['closed'] }, fire, sent)).toBe(false)
  expect(told({ stages: ['closed'] }, sent, { ...sent, stage: 'closed' })).toBe(true)
})

it('[EX42] no name, no phone and no word of a resident goes out, whatever stands in the case', () => {
  const ticket = aCase({
    ...{ scenarioId: 'resident-repair' as Case['scenarioId'], matter: 'water-leak', level: 3 },
    reporterRef: 'r-secret-ref' as NonNullable<Case['reporterRef']>,
    sources: [aSource({ kind: 'service-ticket', text: '我是王桂珍，住 3 号楼 502', channel: 'page' })],
    holder: { personId: li, since: morning },
    steps: [{ verb: 'note', at: morning, by: { kind: 'person', id: li, role: 'officer' }, note: '王阿姨腿脚不便' }],
    urged: { by: 'chen' as PersonId, at: morning, reason: '王阿姨催了三次' },
  })
  const text = JSON.stringify(saidOf(ticket, district, house))
  for (const secret of ['王', '502', 'r-secret-ref', '李志强', '腿脚', '催了'])
    expect([secret, text.includes(secret)]).toEqual([secret, false])
  expect(JSON.parse(text)).toMatchObject({ level: 3, inHand: { post: 'grid', body: '桥一居民区' } })
})

it('[EX43] an order from above is told back with its answer: their words and what was said, phone numbers struck out', () => {
  const above = 'above' as PersonId
  const urged = { ...sent, urged: { by: above, from: '黄浦区城运平台', at: morning, reason: '请速办' } }
  const answered = {
    ...urged,
    urged: { ...urged.urged, answeredAt: morning + minutes(5) },
    steps: [
      {
        verb: 'answer' as const,
        at: morning + minutes(5),
        by: { kind: 'source' as const, id: 'x' as SourceId },
        note: '已在现场，电话 13812345678',
      },
    ],
  }
  expect(types(sent, urged)).toEqual(['cn.sanping.case.changed.v1'])
  const [message] = webhook.about(change(urged, answered), district, house)
  expect(message).toMatchObject({
    type: 'cn.sanping.order.answered.v1',
    body: { data: { order: { reason: '请速办', answer: '已在现场，电话 ［电话］' } } },
  })
  expect(happened(change(urged, answered), aNeighbour({ source: 'other' }))).toBe('changed')
  expect(saidOf(answered, aNeighbour({ source: 'other' }), house)).not.toHaveProperty('order')
})

it('[EX42] what one of ours urges is not told back, though they are called as a source is', () => {
  const urged = { ...sent, urged: { by: 'above' as PersonId, at: morning, reason: '王阿姨催了三次' } }
  expect(saidOf(urged, district, house)).not.toHaveProperty('order')
  expect(happened(change(urged, { ...urged, urged: { ...urged.urged, answeredAt: morning } }), district)).toBe(
    'changed',
  )
})

it('[EX40] each is a CloudEvent 1.0 that names the case and sorts by its sequence; in a demo it says that it is an exercise', () => {
  const [message] = webhook.about(change(null, fire), district, house)
  expect(message!.body).toMatchObject({
    ...{ specversion: '1.0', source: 'urn:sanping:street', subject: fire.id, sequence: '000000000007' },
    ...{ datacontenttype: 'application/json', time: new Date(morning + minutes(1)).toISOString() },
    data: { id: fire.id, stage: 'reported', point: { crs: 'wgs84' } },
  })
  const [played] = webhook.about(change(null, fire), district, { ...house, isExercise: true })
  expect(played!.body).toMatchObject({ data: { exercise: true } })
})

it('[EX47] it is signed as Standard Webhooks has it, with the old secret beside the new one until that ends', () => {
  const [one, two] = [signingSecret(Buffer.alloc(24, 1)), signingSecret(Buffer.alloc(24, 2))]
  const now = Date.now()
  const secrets = { signing: [{ secret: two }, { secret: one, until: now + 1000 }] }
  const delivery = { id: 'msg_1' as never, type: 't', caseId: fire.id, body: { subject: fire.id } }
  const { headers, body } = webhook.request(delivery, { neighbour: district, secrets, now })
  for (const secret of [one, two])
    expect(new Webhook(secret).verify(body!, headers)).toMatchObject({ id: 'msg_1', subject: fire.id })
  expect(() => new Webhook(one).verify(`${body!} `, headers)).toThrow()
  const later = signed('msg_1', body!, secrets, now + 1000)
  expect(() => new Webhook(one).verify(body!, later)).toThrow()
  expect(new Webhook(two).verify(body!, later)).toBeTruthy()
})

it('[EX47] the vector of the specification is signed to the letter', () => {
  const secrets = { signing: [{ secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }] }
  const headers = signed('msg_p5jXN8AQM9LWM0D4loKWxJek', '{"test": 2432232314}', secrets, 1_614_265_330_000)
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})
