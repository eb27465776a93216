// 三会: the fifth heap in one micro-grid's stairwells becomes a topic by itself; heard, decided, carried out by a follow-up, appraised.
import { expect, it } from 'vitest'
import type { CaseId, PersonId } from '#contract/ids'
import { spot } from '../suites/small-ground.ts'
import { atWork, closes, isHandled } from './process-steps.ts'
import { agree, does, hour, openRooms } from './story.ts'

const aRoom = openRooms()
const parties = (...ids: string[]) => ids.map((id) => ({ id, weight: 1 }))
const heap = (n: number) => {
  const [lon, lat] = spot((n % 3) * 90, Math.floor(n / 3) * 90)
  return {
    kind: 'grid-report',
    ...{ eventId: `heap-${n}`, matter: 'corridor-clutter', occurredAt: '2026-11-21T09:31:00+08:00' },
    at: { lon, lat, crs: 'wgs84' },
  }
}

it('[SE32] fed by repeated cases: 听证会 with its quorum and vote, a follow-up that must end, 评议会, closed', async () => {
  const room = await aRoom({ at: '09:31:00', staff: ['chen', 'shen', 'li'] })
  const [wall, desk] = [await room.opens('wall'), await room.opens('shen')]
  const [phone, watch] = [await room.opens('li'), await room.opens('chen')]
  for (const n of [0, 1, 2, 3]) await room.posts(heap(n))
  await desk.sees(() => expect(desk.cases()).toHaveLength(4))
  expect(desk.cases().filter(({ scenarioId }) => scenarioId === 'three-meetings')).toEqual([])
  await room.posts(heap(4))
  const isTopic = () => desk.cases().find(({ scenarioId }) => scenarioId === 'three-meetings')
  await desk.sees(() => expect(isTopic()).toBeDefined())
  const caseId = isTopic()!.id
  const topic = await agree(room, caseId, wall, desk, watch)
  expect(topic).toMatchObject({
    ...{ matter: 'topic-clutter', phase: { id: 'topic' } },
    lineage: { how: 'fed', from: { length: 5 } },
    sources: [{ by: { kind: 'clock' }, why: { rule: 'repeated', times: 5, days: 30 } }],
  })
  expect(topic.path.at(-1)).toBe('north-west-1')
  expect(topic.told.map(({ personId }) => personId)).toEqual(['shen'])
  await room.posts(heap(5))
  await desk.sees(() => expect(desk.cases()).toHaveLength(7))

  await does(desk, { type: 'dispatch', caseId, to: 'shen' as PersonId })
  await does(desk, { type: 'take', caseId })
  const shen = atWork(desk, caseId)
  await shen.fills('topic', { title: '楼道堆物', concerns: '三号楼各层', convener: 'shen', parties: 5 })
  expect(await shen.mayNotGoTo('hearing')).toBe('phase-not-ready')
  const meeting = { at: '19:00', place: '居委会二楼', way: 'both' }
  await shen.fills('notice', { on: '2026-11-27', ...meeting })
  await shen.goesTo('hearing')

  await shen.enrolls('hearing-parties', parties('一层', '二层', '三层', '物业', '居委会'))
  await shen.fills('hearing-minutes', {
    on: '2026-11-27',
    chair: 'shen',
    said: '消防通道要让出来',
    decided: '每月集中清理',
  })
  await shen.votes('hearing-attendance', 'present', '一层', '二层', '物业')
  await shen.votes('hearing-vote', 'agree', '一层', '二层', '物业')
  // Three of five is no two thirds, however much they agree.
  expect(await shen.mayNotGoTo('carry-out')).toBe('phase-not-ready')
  await shen.votes('hearing-attendance', 'online', '三层')
  await shen.votes('hearing-vote', 'against', '三层', '二层')
  // Two of four is half, and half is not more than half.
  expect(await shen.mayNotGoTo('carry-out')).toBe('phase-not-ready')
  await shen.votes('hearing-vote', 'agree', '二层')
  await shen.goesTo('carry-out')

  const made = await shen.branches('follow-up', '月底前集中清理三号楼')
  const task = (made as { madeCaseId: CaseId }).madeCaseId
  expect(await agree(room, task, desk, watch)).toMatchObject({
    ...{ scenarioId: 'follow-up', lineage: { from: [caseId], branch: 'follow-up' } },
  })
  expect(await shen.mayNotGoTo('appraisal')).toBe('phase-not-ready')
  await isHandled(room, watch, ['li', phone], task, ['after-near'])
  await closes(watch, task)
  await shen.goesTo('appraisal')

  await shen.enrolls('appraisal-parties', parties('一层', '二层', '三层'))
  await shen.votes('appraisal-attendance', 'present', '一层', '二层')
  await shen.votes('appraisal-vote', 'dissatisfied', '一层')
  await shen.votes('appraisal-vote', 'satisfied', '二层')
  const minutes = { on: '2026-12-20', said: '楼道清爽了', decided: '列入公约' }
  await shen.fills('appraisal-minutes', minutes)
  expect(await shen.mayNotGoTo('concluded')).toBe('phase-not-ready')
  // 不满意: back to carrying it out, and appraised once more.
  await shen.goesTo('carry-out')
  await shen.goesTo('appraisal')
  await shen.votes('appraisal-vote', 'fair', '一层')
  await shen.goesTo('concluded')
  await does(desk, { type: 'arrive', caseId })
  await shen.ticks('result-posted')
  await does(desk, { type: 'finish', caseId })
  await does(watch, { type: 'verify', caseId })
  await closes(watch, caseId)
  expect(await agree(room, caseId, wall, desk)).toMatchObject({ stage: 'closed', endedAt: hour('09:31:00') })
})
