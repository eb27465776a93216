// The pipe drips again: what the resident says of a closed case opens one that knows where it comes from, and every screen sees it.
import { expect, it } from 'vitest'
import type { CaseId, CommandId, PersonId, ReporterRef } from '#contract/ids'
import { runs } from '#contract/ledger'
import { agree, allFour, does, openRooms, photographs, until } from './story.ts'
import { aReport, sourceActor } from '../suites/builders.ts'

const aRoom = openRooms()
const mei = 'resident-mei' as ReporterRef
const page = sourceActor('page')

it('[CA45] [CA48] closed at ten, 「没修好」 at noon: a case anew, with its lineage, its own clocks and its count', async () => {
  const room = await aRoom({ at: '09:00:00', staff: ['chen', 'shen', 'zhou'] })
  const [wall, desk, phone] = [await room.opens('wall'), await room.opens('shen'), await room.opens('zhou')]
  const report = aReport({ kind: 'service-ticket', matter: 'water-leak', cameraId: undefined, facilityId: 'shed-1', eventId: 'ticket-1', reporterRef: mei, occurredAt: room.clock.now() }) // prettier-ignore
  const opened = await room.desk.submit({ id: 'ticket-1' as CommandId, by: page, wish: { type: 'report', report } })
  const caseId = (opened as { caseId: CaseId }).caseId
  await does(desk, { type: 'contact', caseId, note: '已电话，六楼在家' })
  await does(desk, { type: 'dispatch', caseId, to: 'zhou' as PersonId })
  await does(phone, { type: 'take', caseId })
  await does(phone, { type: 'arrive', caseId })
  await photographs(room, ['zhou', phone], caseId, allFour)
  await until(room, '10:00:00')
  await does(phone, { type: 'finish', caseId })
  await does(desk, { type: 'close', caseId, disposition: 'solved' })

  await until(room, '12:00:00')
  const says = (ref: ReporterRef, id: string) =>
    room.desk.submit({
      id: id as CommandId,
      by: page,
      wish: { type: 'not-fixed', caseId, ref, reason: '拧上了还在滴' },
    })
  expect(await says('resident-lu' as ReporterRef, 'said-1')).toMatchObject({ ok: false, refusal: 'case-not-found' })
  const again = await says(mei, 'said-2')
  expect(again).toMatchObject({ ok: true, caseId })
  const anewId = (again as { madeCaseId: CaseId }).madeCaseId

  const [old, anew] = [await agree(room, caseId, wall, desk, phone), await agree(room, anewId, wall, desk)]
  expect(old).toMatchObject({ stage: 'closed', children: [anewId] })
  expect(anew).toMatchObject({
    stage: 'reported',
    reworks: 1,
    lineage: { from: [caseId], how: 'reopened' },
    path: old.path,
  })
  expect(anew.clocks.filter(runs).every((clock) => clock.startedAt === room.clock.now())).toBe(true)
  // Said twice by a page that lost its answer, it is one case; said again in earnest, it is open already.
  expect(await says(mei, 'said-2')).toEqual(again)
  expect(await says(mei, 'said-3')).toMatchObject({ ok: false, refusal: 'already-so' })
})
