// Stars that come when the case has long left the board: written into it in the archive, and there again when the archive is made anew.
import { expect, it } from 'vitest'
import { openMemoryArchive } from '../../ingest-server/archive/memory.ts'
import { keepArchive } from '../../ingest-server/app/archiving.ts'
import { openJudge } from '../../ingest-server/app/judging.ts'
import { recalling } from '../../ingest-server/app/recalling.ts'
import { openDesk } from '../../ingest-server/desk/desk.ts'
import { openPast } from '../../ingest-server/desk/past.ts'
import { openMemoryJournal } from '../../ingest-server/journal/memory.ts'
import type { CaseId, PersonId, ReporterRef } from '#contract/ids'
import { aCommand, aKnown, aReport, at, minutes, sourceActor } from '../suites/builders.ts'

it('[CA50] stars given three days later stand in the archived case; 「没解决」 with them opens it again', async () => {
  const known = aKnown()
  const journal = openMemoryJournal()
  let now = at('2026-11-20 09:00')
  const faults: unknown[] = []
  const onFault = (fault: unknown) => void faults.push(fault)
  const bare = await openDesk({ journal, known, now: () => now, defer: setImmediate, pause: async () => {}, onFault })
  const past = openPast({ journal, seconds: () => 0, rest: async () => {}, onFault })
  const judge = openJudge({ known, accounts: { wasAt: (id) => known.people.get(id) ?? null }, now: () => now })
  const archive = openMemoryArchive()
  const archiving = keepArchive({ archive, desk: bare, past, judge, onFault })
  const desk = recalling(bare, archive)

  const ref = 'resident-mei' as ReporterRef
  const report = aReport({ kind: 'service-ticket', matter: 'water-leak', cameraId: undefined, facilityId: 'shed-1', reporterRef: ref, occurredAt: now }) // prettier-ignore
  const page = sourceActor('page')
  const opened = await desk.submit(aCommand(page, { type: 'report', report }))
  const caseId = (opened as { caseId: CaseId }).caseId
  const chen = { kind: 'person', id: 'chen' as PersonId, role: 'duty-officer' } as const
  await desk.submit(aCommand(chen, { type: 'void', caseId, reason: '重复', disposition: 'duplicate' }))
  now += minutes(3 * 24 * 60)
  for (const command of desk.due(now).due) await desk.submit(command)
  await archiving.settled()
  expect(desk.board().cases.size).toBe(0)

  const rates = (stars: number, fixed: boolean) =>
    desk.submit(aCommand(page, { type: 'rate', caseId, ref, stars, fixed }))
  expect(await rates(4, true)).toMatchObject({ ok: true, caseId })
  await archiving.settled()
  expect(await archive.get(caseId)).toMatchObject({ stage: 'void', rating: { stars: 4, fixed: true, at: now } })
  const again = await rates(1, false)
  await archiving.settled()
  const anew = (again as { madeCaseId: CaseId }).madeCaseId
  expect(desk.board().cases.get(anew)).toMatchObject({ lineage: { from: [caseId] }, reworks: 1 })
  const kept = await archive.get(caseId)
  expect(kept).toMatchObject({ rating: { stars: 1, fixed: false } })
  expect(kept!.steps.slice(-2).map(({ verb }) => verb)).toEqual(['rate', 'rate'])

  const second = openMemoryArchive()
  const madeAnew = keepArchive({ archive: second, desk: bare, past, judge, onFault })
  await madeAnew.settled()
  expect(await second.get(caseId)).toEqual(kept)
  expect(faults).toEqual([])
  for (const one of [archiving, madeAnew, bare]) await one.close()
})
