// What an officer sees on the round: written up from the phone with a picture, once; what is not ours to take is refused in words.
import { expect, it } from 'vitest'
import type { CaseId, PersonId } from '#contract/ids'
import { refusals } from '#contract/refusal'
import type { Refusal } from '#contract/refusal'
import { Report } from '#contract/report'
import type { PersonWish } from '#contract/command'
import { fromWgs84 } from '../../ingest-server/places/datum.ts'
import { spot } from '../suites/small-ground.ts'
import { agree, does, hour, isTold, openRooms, sends, shows, walk } from './story.ts'

const aRoom = openRooms()
const staff = ['chen', 'shen', 'li', 'wu']
/** As a phone in China says where it is. */
const gcj02 = (at: [number, number]) => {
  const [lon, lat] = fromWgs84(at, 'gcj02')
  return { lon, lat, crs: 'gcj02' as const, accuracy: 12, from: 'device' as const }
}
const writes = (change: Record<string, unknown> = {}): PersonWish => ({
  type: 'report',
  report: Report.parse({
    kind: 'grid-report',
    ...{ eventId: 'round-1', matter: 'shop-spill', text: '水果店把摊摆到人行道上' },
    occurredAt: hour('15:10:00'),
    at: gcj02(spot(30, -20)),
    ...change,
  }),
})

it('[CO1] [PL2] written up on the round, it is a case on the station’s desk and comes back as a task to who wrote it', async () => {
  const room = await aRoom({ at: '15:10:00', staff })
  const [wall, desk, phone] = [await room.opens('wall'), await room.opens('shen'), await room.opens('li')]
  const other = await room.opens('wu')
  const picture = await sends(room, 'li')
  const outcome = await does(phone, writes({ evidence: [picture] }), 'tap-1')
  expect(outcome).toMatchObject({ how: 'opened', commandId: 'tap-1', why: { rule: 'first' } })
  const caseId = (outcome as { caseId: CaseId }).caseId

  const subject = await agree(room, caseId, wall, desk, phone)
  const [source] = subject.sources
  expect(source).toMatchObject({ kind: 'grid-report', by: { kind: 'person', id: 'li' }, evidence: [picture] })
  expect(source?.point?.given.crs).toBe('gcj02')
  expect(source?.wgs84[0]).toBeCloseTo(spot(30, -20)[0], 5)
  expect(subject.path).toContain('north-west-1')
  expect(other.cases()).toEqual([])

  await does(desk, { type: 'dispatch', caseId, to: 'li' as PersonId })
  await phone.sees(() => shows(phone, caseId)?.holder?.personId === 'li')
  await does(phone, { type: 'take', caseId })
  expect(await walk(room.journal)).toEqual(['15:10:00 li report', '15:10:00 shen dispatch', '15:10:00 li take'])
})

it('[DE3] [CO16] sent twice by a phone that lost the answer it is one; a colleague who sees the same joins it', async () => {
  const room = await aRoom({ at: '15:10:00', staff })
  const [desk, phone] = [await room.opens('shen'), await room.opens('li')]
  const first = await does(phone, writes(), 'tap-1')
  expect(await does(phone, writes(), 'tap-1')).toEqual(first)
  // The outbox was made anew, its taps have other ids; the event is still the same.
  expect(await does(phone, writes(), 'tap-2')).toMatchObject({ how: 'repeated' })
  expect(await does(desk, writes({ eventId: 'round-9', at: gcj02(spot(34, -20)) }))).toMatchObject({ how: 'joined' })
  const { sources } = await agree(room, (first as { caseId: CaseId }).caseId, desk, phone)
  expect(sources.map((source) => [source.by, source.why.rule])).toMatchObject([
    [{ id: 'li' }, 'first'],
    [{ id: 'shen' }, 'near'],
  ])
})

it.each<[string, Record<string, unknown>, Refusal, string]>([
  ['a spot across the river', { at: gcj02([121.5, 31.18]) }, 'outside-subdistrict', '不在本街道范围内'],
  ['a picture that never arrived', { evidence: ['a'.repeat(64)] }, 'evidence-unknown', '请先上传'],
  ['no place at all', { at: undefined }, 'place-missing', '没有说在哪里'],
  ['a matter no scenario knows', { matter: 'ghosts' }, 'matter-unknown', '不认识这个事项'],
])('[CO11] %s is refused in words and leaves nothing', async (_what, change, refusal, words) => {
  const room = await aRoom({ at: '15:10:00', staff })
  const [desk, phone] = [await room.opens('shen'), await room.opens('li')]
  expect(await isTold(phone, writes(change))).toBe(refusal)
  expect(refusals[refusal].zh).toContain(words)
  expect([await walk(room.journal), desk.cases()]).toEqual([[], []])
})

it('[IN4] a point that does not say its datum is no wish at all', async () => {
  const room = await aRoom({ at: '15:10:00', staff })
  const phone = await room.opens('li')
  const wish = writes() as Extract<PersonWish, { type: 'report' }>
  const { crs: _unsaid, ...at } = wish.report.at!
  const said = { id: 'tap-1', wish: { ...wish, report: { ...wish.report, at } } }
  expect(await phone.asks('command', said)).toEqual({ ok: false, refusal: 'wrong-shape' })
  expect(await walk(room.journal)).toEqual([])
})
