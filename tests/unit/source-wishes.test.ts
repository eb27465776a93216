// A machine that wishes everything there is, of every case, at every stage of its life: what it gets is what it may, and nothing else.
import { expect, it } from 'vitest'
import type { Case } from '#contract/case'
import { PersonWish, ResidentWish, TimeWish, type Command, type Wish } from '#contract/command'
import type { CaseId, ReporterRef } from '#contract/ids'
import { decide } from '../../ingest-server/case-engine/decide.ts'
import { aCommand, at, aStreet, sourceActor } from '../suites/builders.ts'
import { spot } from '../suites/small-ground.ts'

const allWishes = [PersonWish, ResidentWish, TimeWish]
  .flatMap(({ options }) => options.map((one) => one.shape.type.value))
  .concat('end-leases' as never)
  .filter((type) => type !== 'report')
const [lon, lat] = spot()
const order = {
  ...{ kind: 'service-ticket', channel: 'hotline', matter: 'hotline-general', eventId: 'SH-1', cameraId: undefined },
  ...{ occurredAt: at('2026-11-18 08:50'), at: { lon, lat, crs: 'wgs84' }, text: '楼下夜里施工' },
  reporterRef: 'resident-mei' as ReporterRef,
}
const alarm = { occurredAt: at('2026-11-18 08:59'), matter: 'smoke' }

const life: [who: string, wish: Record<string, unknown> & { type: Wish['type'] }][] = [
  ['chen', { type: 'accept' }],
  ['shen', { type: 'file' }],
  ['chen', { type: 'dispatch', to: 'li' }],
  ['li', { type: 'take' }],
  ['li', { type: 'arrive' }],
  ['li', { type: 'ask', what: 'extend', reason: '等配件', longer: { amount: 1, unit: 'work-days' } }],
  ['li', { type: 'finish', note: '已协调停工' }],
  ['shen', { type: 'close', disposition: 'solved' }],
]

/** The street with an order of 12345 and an alarm of hik, so many steps on in their lives. */
function aStreetAt(steps: number) {
  const street = aStreet({ now: at('2026-11-18 09:00') })
  street.reports(order, '12345')
  street.reports(alarm, 'hik')
  const [given, seen] = street.cases() as [Case, Case]
  for (const { id } of [given, seen])
    for (const [who, wish] of life.slice(0, steps)) {
      street.pass(1)
      street.says(who, { caseId: id, ...wish })
    }
  return { street, cases: { given: given.id, seen: seen.id } }
}

/** Everything any wish could ask for, at once: the engine reads of it what it needs. */
const wishing = (type: string, caseId: CaseId, subject: Case): Wish =>
  ({
    ...{ type, caseId, reason: '快', note: '快', text: '快', until: at('2026-11-18 20:00'), minutes: 5, id: 'x' },
    ...{ to: type === 'reinforce' ? ['li'] : 'li', disposition: 'solved', what: 'void', fixed: false, stars: 1 },
    ...{
      request: subject.requests?.at(-1)?.id ?? 'none',
      order: subject.orders?.at(-1)?.id ?? 'none',
      slot: 'after-near',
    },
    ...{
      into: caseId,
      candidate: caseId,
      sources: subject.sources.map(({ key }) => key),
      item: 'a',
      evidence: '0'.repeat(64),
    },
    ...{
      clock: subject.clocks[0]?.name ?? 'none',
      takenAt: 0,
      put: [],
      drop: [],
      cases: [],
      yes: true,
      with: 'li',
      placeId: 'none',
    },
    ...{
      form: 'a',
      values: {},
      roll: 'a',
      members: [],
      ballot: 'a',
      member: 'a',
      choice: 'a',
      branch: 'a',
      ref: 'resident-lu',
    },
    ...{ window: {}, look: { caseId }, ...(type === 'cast' && { what: { kind: 'case', caseId } }) },
  }) as unknown as Wish

const ofItsOrder = new Set(['urge', 'note', 'approve', 'reject', 'callback'])
const ofAbove = new Set(['urge', 'note'])

it('[EX1] [EX43] a source that wishes every wish on every case speaks of its own order, or from above of any; all else is refused and nothing moves', () => {
  const granted = new Set<string>()
  let refused = 0
  for (let steps = 0; steps <= life.length; steps++) {
    const { street, cases } = aStreetAt(steps)
    for (const [which, caseId] of Object.entries(cases))
      for (const type of allWishes)
        for (const source of ['12345', 'hik', 'li', 'stranger'])
          for (const above of [undefined, '黄浦区城运平台']) {
            const subject = street.board.cases.get(caseId)!
            const command: Command = aCommand(sourceActor(source), wishing(type, caseId, subject), { above })
            const decision = decide(street.board, command, street.now, street.known)
            const may =
              (which === 'given' && source === '12345' && ofItsOrder.has(type)) ||
              (above !== undefined && ofAbove.has(type))
            if ('refusal' in decision) refused++
            else if (may) granted.add(`${type} ${above ? 'above' : 'own'} ${subject.stage}`)
            else throw new Error(`${source} ${above ?? ''} was granted ${type} of ${which} at ${subject.stage}`)
            expect(street.board.cases.get(caseId)).toBe(subject)
          }
  }
  expect(new Set([...granted].map((one) => one.split(' ', 1)[0]))).toEqual(ofItsOrder)
  expect(refused).toBeGreaterThan(8 * 2 * 60 * 4)
})

it('[EX1] stars and 「没解决」 of another caller are no word of theirs, whichever source brings them', () => {
  const { street, cases } = aStreetAt(life.length)
  for (const source of ['12345', 'hik', 'page'])
    for (const type of ['rate', 'not-fixed'] as const) {
      const wish = {
        type,
        caseId: cases.given,
        ref: 'resident-lu',
        reason: '没好',
        stars: 1,
        fixed: false,
      } as unknown as Wish
      expect(street.submit(aCommand(sourceActor(source), wish))).toHaveProperty('refusal')
    }
})

it('[EX43] a source called as a member of staff is called is not that person', () => {
  const { street, cases } = aStreetAt(4)
  const by = sourceActor('li')
  for (const type of ['finish', 'note', 'acknowledge', 'comply'])
    expect(
      decide(
        street.board,
        aCommand(by, wishing(type, cases.given, street.board.cases.get(cases.given)!)),
        street.now,
        street.known,
      ),
    ).toHaveProperty('refusal')
})
