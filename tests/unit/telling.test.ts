// Neighbours told of what one commit holds from end to end, and of what is said of a case that has left the board.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CaseId, PersonId, ReporterRef } from '#contract/ids'
import type { NeighbourId } from '#contract/neighbour'
import type { ToldCase } from '#contract/told'
import { openMemoryArchive } from '../../ingest-server/archive/memory.ts'
import { keepArchive } from '../../ingest-server/app/archiving.ts'
import { openJudge } from '../../ingest-server/app/judging.ts'
import { recalling } from '../../ingest-server/app/recalling.ts'
import { keepTold, type Telling } from '../../ingest-server/app/telling.ts'
import { openDesk } from '../../ingest-server/desk/desk.ts'
import { openPast } from '../../ingest-server/desk/past.ts'
import { kindOf } from '../../ingest-server/doors/outward-kinds.ts'
import { openMemoryJournal } from '../../ingest-server/journal/memory.ts'
import type { Deliveries, NewDelivery } from '../../ingest-server/records/port-neighbours.ts'
import { aCommand, aKnown, aReport, at, minutes, sourceActor } from '../suites/builders.ts'
import { aNeighbour } from '../suites/neighbours.ts'

const known = aKnown()
const page = sourceActor('page')
const chen = { kind: 'person', id: 'chen' as PersonId, role: 'duty-officer' } as const
const ref = 'resident-mei' as ReporterRef
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

let house: Awaited<ReturnType<typeof aHouse>>
beforeEach(async () => void (house = await aHouse()))

async function aHouse() {
  const journal = openMemoryJournal()
  const clock = { now: at('2026-11-20 09:00') }
  const faults: unknown[] = []
  const onFault = (fault: unknown) => void faults.push(fault)
  const now = () => clock.now
  const bare = await openDesk({ journal, known, now, defer: setImmediate, pause: async () => {}, onFault })
  const past = openPast({ journal, seconds: () => 0, rest: async () => {}, onFault })
  const judge = openJudge({ known, accounts: { wasAt: (id) => known.people.get(id) ?? null }, now })
  const archive = openMemoryArchive()
  const archiving = keepArchive({ archive, desk: bare, past, judge, onFault })
  closing.push(bare.close, archiving.close)
  const isExercise = false

  /** One who is told, from a line on; `told` is what they were, in its order and each once. */
  async function tells(from: number) {
    const neighbour = aNeighbour()
    const made = new Map<string, NewDelivery>()
    let upTo: { journal: string; revision: number } | null = { journal: journal.id, revision: from }
    const deliveries: Pick<Deliveries, 'toldUpTo' | 'enqueue'> = {
      toldUpTo: async () => upTo,
      async enqueue(_id, messages, next) {
        for (const message of messages) made.set(message.id, message)
        upTo = next
      },
    }
    const telling: Telling = keepTold({
      ...{ desk: bare, past, deliveries, kindOf, now, wake: () => {}, onFault, house: { known, isExercise } },
      neighbours: { live: () => new Map([[neighbour.id as NeighbourId, neighbour]]) },
      async archived(id) {
        await archiving.settled()
        return archive.get(id)
      },
    })
    closing.push(telling.close)
    await telling.settled()
    const told = () => [...made.values()].map(({ id, type, body }) => ({ id, type, ...dataOf(body) }))
    return { telling, told }
  }

  const reports = () =>
    aCommand(page, {
      type: 'report',
      report: aReport({
        ...{ kind: 'service-ticket', matter: 'water-leak', cameraId: undefined, facilityId: 'shed-1' },
        ...{ reporterRef: ref, occurredAt: clock.now },
      }),
    })
  const voids = (caseId: CaseId) =>
    aCommand(chen, { type: 'void', caseId, reason: '重复', disposition: 'duplicate' as const })
  async function daysLater() {
    clock.now += minutes(3 * 24 * 60)
    for (const command of bare.due(clock.now).due) await bare.submit(command)
    await archiving.settled()
    expect(bare.board().cases.size).toBe(0)
  }
  return { desk: recalling(bare, archive), tells, reports, voids, daysLater, archiving, faults }
}

const dataOf = (body: unknown) => (body as { data: Pick<ToldCase, 'stage' | 'revision' | 'satisfaction'> }).data
const first = '20261120-001' as CaseId

it('[EX40] opened and over within one commit is told as both, as the journal has it', async () => {
  const { desk, tells, reports, voids, faults } = house
  const { telling, told } = await tells(0)
  const both = [desk.submit(reports()), desk.submit(voids(first))]
  expect(await Promise.all(both)).toMatchObject([{ ok: true, caseId: first }, { ok: true }])
  await telling.settled()
  expect(told().map(({ type }) => type)).toEqual(['cn.sanping.case.opened.v1', 'cn.sanping.case.closed.v1'])
  expect(faults).toEqual([])
})

it('[EX72] stars given when the case has left the board are told, at once and to whoever catches up later, as the same message', async () => {
  const { desk, tells, reports, voids, daysLater, archiving, faults } = house
  const now = await tells(0)
  await desk.submit(reports())
  await desk.submit(voids(first))
  await daysLater()
  await now.telling.settled()
  const before = now.told().length
  for (const stars of [4, 2]) {
    await desk.submit(aCommand(page, { type: 'rate', caseId: first, ref, stars, fixed: true }))
    await now.telling.settled()
  }
  const stars = now.told().slice(before)
  expect(stars).toMatchObject([
    { type: 'cn.sanping.case.changed.v1', stage: 'void', satisfaction: 4 },
    { type: 'cn.sanping.case.changed.v1', stage: 'void', satisfaction: 2 },
  ])
  expect(stars[1]!.revision).toBeGreaterThan(stars[0]!.revision)
  await archiving.settled()
  const later = await tells(0)
  expect(later.told()).toEqual(now.told())
  expect(faults).toEqual([])
})
