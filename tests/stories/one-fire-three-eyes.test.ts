// Many reports, one case, and the way back: told on real lines, from the first smoke to the undo that both sides see.
import { expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { CaseId, FacilityId, PersonId, WindowId } from '#contract/ids'
import { whyInWords } from '#contract/why-words'
import { byUrgency } from '../../dashboard/composables/by-urgency.ts'
import { callsFor } from '../../dashboard/screens/field/calls.ts'
import { wgs84 } from '../suites/relating.ts'
import type { Screen } from '../world/screen.ts'
import { agree, caseOf, does, hour, isTold, openRooms, shows, until, walk } from './story.ts'

const aRoom = openRooms()
const staff = ['chen', 'shen', 'li', 'gu', 'zhou']
const alert = (change: Record<string, unknown> = {}) => ({
  ...{ kind: 'camera-alert', eventId: 'smoke-1', matter: 'smoke', cameraId: 'cam-1', confidence: 0.93 },
  occurredAt: '2026-11-21T09:31:00+08:00',
  ...change,
})
const call = (change: Record<string, unknown> = {}) => ({
  ...{ kind: 'service-ticket', channel: 'hotline', eventId: 'call-1', matter: 'open-fire', at: wgs84(42) },
  text: '3号楼旁边着火了',
  occurredAt: '2026-11-21T09:33:00+08:00',
  ...change,
})
const seen = (eventId: string, north: number, change: Record<string, unknown> = {}) => ({
  ...{ kind: 'grid-report', eventId, matter: 'smoke', at: wgs84(0, north), occurredAt: '2026-11-21T09:31:00+08:00' },
  ...change,
})
const rings = (phone: Screen, id: string) => callsFor(phone.cases(), id as PersonId).length > 0
const verbs = (subject: Case | undefined) => subject?.steps.map((step) => step.verb)

it('[CO2] [CO37] [CO38] two cameras and one call about one shed fire are one case with three reasons; taken apart again, both sides know', async () => {
  const room = await aRoom({ at: '09:31:00', staff })
  const [chen, gu, wall] = [await room.opens('chen'), await room.opens('gu'), await room.opens('wall')]
  const first = caseOf(await room.posts(alert()))
  await until(room, '09:31:40')
  expect(caseOf(await room.posts(alert({ eventId: 'smoke-2', cameraId: 'cam-2' })))).toBe(first)
  await until(room, '09:33:10')
  const answer = await room.posts(call())
  expect(caseOf(answer)).toBe(first)
  expect(answer.results).toMatchObject([{ how: 'joined', why: '同类近处，42 m，2 分 10 秒内' }])

  const one = await agree(room, first, chen, gu, wall)
  expect(one.sources.map(({ why }) => whyInWords(why, 'zh'))).toEqual([
    '首报',
    '同一设施，0 m，40 秒内',
    '同类近处，42 m，2 分 10 秒内',
  ])
  expect(one.matter).toBe('open-fire')

  await does(chen, { type: 'dispatch', caseId: first, to: 'gu' as PersonId })
  await until(room, '09:35:00')
  const parted = await does(chen, {
    type: 'split',
    caseId: first,
    sources: ['hik/call-1'],
    reason: '是隔壁阳台，不是车棚',
  })
  const second = (parted as { madeCaseId: CaseId }).madeCaseId
  const [kept, made] = [await agree(room, first, chen, gu, wall), await agree(room, second, chen, gu, wall)]
  expect(kept).toMatchObject({ matter: 'smoke', holder: { personId: 'gu' }, children: [second], apart: [second] })
  expect(made).toMatchObject({ lineage: { from: [first], how: 'split' }, stage: 'reported', apart: [first] })
  expect(made.sources.map(({ why }) => whyInWords(why, 'zh'))).toEqual([`由案件 ${first} 拆出`])
  expect([kept.steps.at(-1), made.openedAt]).toMatchObject([
    { verb: 'split', reason: '是隔壁阳台，不是车棚' },
    room.clock.now(),
  ])
  expect(made.told.map((receipt) => receipt.personId)).toContain('gu')
  expect(rings(gu, 'gu')).toBe(true)
  // More of the call goes where the call is now.
  expect(caseOf(await room.posts(call({ text: '火更大了，3号楼旁边阳台' })))).toBe(second)
})

it('[CO23] [CO31] [CO26] what is likely the same is shown on both and joined by nobody but a person; dismissed it is never shown again', async () => {
  const room = await aRoom({ at: '09:31:00', staff })
  const [chen, shen, li] = [await room.opens('chen'), await room.opens('shen'), await room.opens('li')]
  const first = caseOf(await room.posts(seen('a', 60)))
  await until(room, '09:33:00')
  const second = caseOf(await room.posts(seen('b', 160)))
  const both = [await agree(room, first, chen, shen, li), await agree(room, second, chen, shen, li)]
  expect(both.map(({ candidates }) => candidates?.map(({ caseId, why }) => [caseId, whyInWords(why, 'zh')]))).toEqual([
    [[second, '可能同一件，100 m，2 分 0 秒内']],
    [[first, '可能同一件，100 m，2 分 0 秒内']],
  ])

  expect(await isTold(li, { type: 'merge', caseId: second, into: first })).toBe('role-not-allowed')
  await does(shen, { type: 'merge', caseId: second, into: first, reason: '同一股烟' })
  expect(await agree(room, first, chen, shen, li)).toMatchObject({
    merged: [second],
    sources: [{}, { why: { rule: 'merged' } }],
  })
  expect(await agree(room, second, chen, shen, li)).toMatchObject({
    stage: 'void',
    disposition: 'duplicate',
    mergedInto: first,
  })

  // It was not: back to where it stood, and apart for good.
  await until(room, '09:36:00')
  await does(shen, { type: 'unmerge', caseId: second, reason: '两处，隔了一栋楼' })
  const [one, other] = [await agree(room, first, chen, shen, li), await agree(room, second, chen, shen, li)]
  expect([one.apart, other.apart]).toEqual([[second], [first]])
  expect(other).toMatchObject({ stage: 'reported', sources: [{ key: 'hik/b' }] })
  expect([verbs(one)?.at(-1), verbs(other)?.at(-1)]).toEqual(['unmerge', 'unmerge'])

  const third = caseOf(await room.posts(seen('c', 250)))
  expect(shows(shen, third)?.candidates?.map(({ caseId }) => caseId)).toEqual([second])
  await does(shen, { type: 'dismiss', caseId: third, candidate: second })
  for (const [id, not] of [
    [second, [first, third]],
    [third, [second]],
  ] as const) {
    const subject = await agree(room, id, chen, shen, li)
    expect([subject.candidates, subject.apart]).toEqual([undefined, not])
  }
})

it('[CO42] [CO44] hot work by the shed: no phone rings, it stands on the desk quietly, and it comes back by itself', async () => {
  const room = await aRoom({ at: '09:31:00', staff })
  const [chen, gu, zhou] = [await room.opens('chen'), await room.opens('gu'), await room.opens('zhou')]
  const window = {
    ...{ id: 'hot-work' as WindowId, kind: 'control' as const, facilityId: 'shed-1' as FacilityId },
    ...{ from: hour('09:31:00'), until: hour('10:00:00'), reason: '3号楼东侧车棚动火作业，有动火证' },
  }
  await does(chen, { type: 'open-window', window })
  await chen.sees(() => expect(chen.board().duty.windows).toMatchObject([{ id: 'hot-work', by: 'chen' }]))
  await until(room, '09:40:00')
  const caseId = caseOf(await room.posts(alert()))
  const quiet = await agree(room, caseId, chen, gu, zhou)
  expect(quiet).toMatchObject({ told: [], shelved: { windowId: 'hot-work', until: hour('10:00:00') } })
  expect([rings(gu, 'gu'), rings(zhou, 'zhou'), quiet.calling]).toEqual([false, false, undefined])

  await until(room, '10:00:00')
  const back = await agree(room, caseId, chen, gu, zhou)
  expect(back.shelved).toBeUndefined()
  expect(back.told.map((receipt) => receipt.personId)).toContain('gu')
  expect(rings(gu, 'gu')).toBe(true)
  expect(back.steps.at(-1)).toMatchObject({ verb: 'unshelve', by: { kind: 'clock' }, at: hour('10:00:00') })
})

it('[CO45] [CO46] a camera in the fog is put aside with a reason until noon; a fire nobody puts aside but the duty officer', async () => {
  const room = await aRoom({ at: '09:31:00', staff })
  const [chen, shen, gu] = [await room.opens('chen'), await room.opens('shen'), await room.opens('gu')]
  const heat = caseOf(await room.posts(alert({ matter: 'shed-heat' })))
  const fire = caseOf(await room.posts(alert({ eventId: 'smoke-9', cameraId: 'cam-3' })))
  const aside = { until: hour('09:50:00'), reason: '镜头起雾，师傅下午到' }
  await does(shen, { type: 'shelve', caseId: heat, ...aside })
  expect(await isTold(shen, { type: 'shelve', caseId: fire, ...aside })).toBe('level-one-stays')
  const put = await agree(room, heat, chen, shen, gu)
  expect([put.shelved, put.calling]).toMatchObject([{ by: 'shen', ...aside }, undefined])
  expect(put.clocks.some((clock) => clock.ledger.at(-1)!.to === undefined)).toBe(true)
  await until(room, '09:50:00')
  expect((await agree(room, heat, chen, shen, gu)).shelved).toBeUndefined()
})

it('[CO27] a mad camera says the same five hundred times: eight lines, and the next one says how often', async () => {
  const room = await aRoom({ at: '09:31:00', staff })
  const chen = await room.opens('chen')
  for (let part = 0; part < 10; part++)
    await room.posts(Array.from({ length: 50 }, (_, i) => alert({ eventId: `mad-${part}-${i}` })))
  expect(await walk(room.journal)).toHaveLength(8)
  await until(room, '09:40:00')
  const marks = (await walk(room.journal)).length
  const caseId = caseOf(await room.posts(alert({ eventId: 'mad-again' })))
  expect((await agree(room, caseId, chen)).repeats).toBe(492)
  expect(await walk(room.journal)).toHaveLength(marks + 1)
})

it('[CO48] in a flood nothing distinct is lost, and the worst stands on top', async () => {
  const room = await aRoom({ at: '09:31:00', staff })
  const chen = await room.opens('chen')
  const bags = Array.from({ length: 40 }, (_, i) =>
    seen(`bag-${i}`, 0, { matter: 'dropped-garbage', at: wgs84((i % 8) * 200 - 200, Math.floor(i / 8) * 200 - 900) }),
  )
  const opened: CaseId[] = []
  for (const bag of bags) opened.push(caseOf(await room.posts(bag)))
  expect(new Set(opened).size).toBe(40)
  const doubt = caseOf(await room.posts(alert({ eventId: 'doubt', cameraId: 'cam-3', confidence: 0.3 })))
  const fire = caseOf(await room.posts(alert()))
  await chen.sees(() =>
    expect([...chen.board().cases.keys()]).toEqual(expect.arrayContaining([...opened, doubt, fire])),
  )
  const order = chen.cases().toSorted(byUrgency)
  expect([order[0]!.id, order.at(-1)!.id]).toEqual([fire, doubt])
})
