// Every kind that is kept goes by the site's own days, shorter or longer than usual, and by nothing before.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { CaseId, EvidenceId, Instant, PersonId, ReporterRef, SourceId } from '#contract/ids'
import { keptKinds, type KeptKind } from '#contract/kept'
import type { NoticeId } from '#contract/notice'
import type { DeliveryId } from '#contract/neighbour'
import { readRetention, usualDays } from '../../ingest-server/app/read-retention.ts'
import { keepRetention } from '../../ingest-server/app/retaining.ts'
import { emptyBoard } from '../../ingest-server/case-engine/board.ts'
import { personalColumns } from '../../ingest-server/records/personal-inventory.ts'
import type { KeptDays } from '../../ingest-server/records/port-personal.ts'
import type { Records } from '../../ingest-server/records/port.ts'
import { aNeighbour } from '../suites/neighbours.ts'
import { smallPhoto } from '../suites/pictures.ts'
import { day, hour, morning, openHouse, type House } from '../suites/records-folder.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const caseId = '20261121-001' as CaseId
const li = 'li' as PersonId

/** The job of every day, with what the archive says has ended. */
function sweeping(days: KeptDays, ended: Case[]) {
  const job = keepRetention({
    records: house.records,
    archive: {
      async *between(from, to) {
        for (const one of ended) if (one.endedAt! >= from && one.endedAt! < to) yield one
      },
      holding: async () => [],
    },
    complete: () => true,
    desk: { board: emptyBoard, holds: () => true },
    days,
    world: { now: () => house.clock.now, every: () => () => {}, defer: setImmediate },
    onFault: (fault) => {
      throw fault
    },
  })
  return async (at: Instant) => {
    house.clock.now = at
    // Whatever the records do by themselves, too.
    await house.records.refresh()
    await job.sweep()
  }
}

const endedWith = (ref: ReporterRef | undefined, evidence: EvidenceId[]) =>
  ({
    ...{ id: caseId, openedAt: morning, endedAt: morning, photos: [] },
    sources: [{ key: 'c', evidence, ...(ref && { reporterRef: ref }) }],
  }) as unknown as Case

const picture = async () => (await house.records.evidence.keep(await smallPhoto(), morning))!
const message = (id: string) => ({ id: id as DeliveryId, thread: id, caseId, type: 'case.opened', body: {} })
async function told(records: Records, id: string) {
  const neighbour = aNeighbour()
  await records.neighbours.add(neighbour, { signing: [] }, morning)
  await records.deliveries.enqueue(neighbour.id, [message(id)], null, morning)
}

/** One of each, of this morning; what of it ended, in the archive; and where its row lies. */
const made: Record<KeptKind, { rows: string; make(records: Records): Promise<Case[] | void> }> = {
  residents: {
    rows: 'reporters',
    make: async ({ reporters }) => [endedWith(await reporters.keep({ name: '王秀英' }, morning), [])],
  },
  pictures: { rows: 'evidence', make: async () => [endedWith(undefined, [await picture()])] },
  strayPictures: { rows: 'evidence', make: async () => void (await picture()) },
  quarantine: {
    rows: 'quarantine',
    make: async ({ quarantine }) =>
      void (await quarantine.keep({
        ...{ at: morning, sourceId: 'hik' as SourceId, dialect: 'sanping', contentType: 'application/json' },
        ...{ body: Buffer.from('{'), refusal: 'bad-json', words: '坏了' },
      })),
  },
  audit: {
    rows: "audit where what = 'signed-in'",
    make: ({ audit }) => audit.write({ at: morning, who: 'li', what: 'signed-in', about: '' }),
  },
  looks: {
    rows: 'reveals',
    make: ({ personal }) =>
      personal.looks.grant({ caseId, at: morning, until: morning + hour / 2, by: li, reason: 'visit' }),
  },
  viewings: {
    rows: 'viewings',
    make: async ({ viewings }) =>
      void (await viewings.ask({ of: { what: 'case', caseId }, askedBy: li, reason: 'verify' }, morning)),
  },
  wishes: {
    rows: 'personal_wishes',
    make: async ({ personal: { wishes } }) => {
      const id = await wishes.ask({ kind: 'erase', about: 'r-1', caseId }, morning - day)
      await wishes.decide(id, { at: morning, by: 'qin', granted: false })
    },
  },
  notices: {
    rows: 'notices',
    make: ({ notices }) =>
      notices.decide(
        [
          {
            ...{ id: 'n-1' as NoticeId, personId: li, caseId, what: 'told', level: 1, words: '车棚冒烟', at: morning },
            ...{ revision: 1, legs: [{ road: 'push', wayId: null, thread: 't', dueAt: morning }] },
          },
        ],
        null,
      ),
  },
  deliveries: {
    rows: 'deliveries',
    make: async (records) => {
      await told(records, 'm-1')
      await records.deliveries.taken('m-1' as DeliveryId, { at: morning, answer: '200' })
    },
  },
  undelivered: {
    rows: 'deliveries',
    make: async (records) => {
      await told(records, 'm-1')
      await records.deliveries.dies('m-1' as DeliveryId, { at: morning, answer: '500' })
    },
  },
}
const countOf = async (kind: KeptKind) =>
  Number((await house.ask(`select count(*) as n from ${made[kind].rows}`))[0]!['n'])

const lengths: Record<string, (kind: KeptKind) => number> = {
  'as usual': (kind) => usualDays[kind],
  'shorter than usual': (kind) => Math.max(7, usualDays[kind] - 20),
  'longer than usual': (kind) => usualDays[kind] + 200,
}

describe.each(Object.entries(lengths))('kept %s', (_how, daysOf) => {
  it.each(keptKinds)('[PD80] %s: there the day before, gone the day after, and counted in the audit', async (kind) => {
    const ended = (await made[kind].make(house.records)) ?? []
    const days = daysOf(kind)
    const sweep = sweeping({ ...usualDays, [kind]: days }, ended)
    await sweep(morning + (days - 1) * day)
    expect(await countOf(kind)).toBe(1)
    await sweep(morning + days * day + hour)
    expect(await countOf(kind)).toBe(0)
    const lines = await house.ask(`select about from audit where what = 'erased-by-rule'`)
    expect(lines.at(-1)).toMatchObject({ about: expect.stringMatching(new RegExp(`\\b${kind} 1\\b`)) })
  })
})

it('[PD80] with a notice go its steps; a message that still waits goes never by itself', async () => {
  await made.notices.make(house.records)
  await told(house.records, 'm-1')
  await sweeping(usualDays, [])(morning + 5000 * day)
  expect(await house.ask('select * from notice_legs')).toEqual([])
  expect(await house.ask('select state from deliveries')).toEqual([{ state: 'waiting' }])
})

it('[PD81] a wish nobody has decided stays, however old', async () => {
  await house.records.personal.wishes.ask({ kind: 'erase', about: 'r-1', caseId }, morning)
  await sweeping(usualDays, [])(morning + 5000 * day)
  expect(await house.records.personal.wishes.list(10)).toMatchObject([{ about: 'r-1', decided: null }])
})

it.each(['audit', 'looks', 'viewings', 'wishes'])('[PD81] %s is kept 180 days whatever a site writes', async (kind) => {
  const folder = await mkdtemp(join(tmpdir(), 'sanping-keep-'))
  const write = (value: object) => writeFile(join(folder, 'retention.json'), JSON.stringify(value))
  await write({ [kind]: 179 })
  await expect(readRetention(folder)).rejects.toThrow(new RegExp(`retention\\.json.*${kind}`))
  await write({ [kind]: 180 })
  expect(await readRetention(folder)).toMatchObject({ [kind]: 180 })
  await rm(folder, { recursive: true })
})

it('[PD81] where a site names only the audit, who looked and who asked go with it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sanping-keep-'))
  await writeFile(join(folder, 'retention.json'), '{"audit":400}')
  expect(await readRetention(folder)).toMatchObject({ audit: 400, looks: 400, viewings: 400, wishes: 1095 })
  await rm(folder, { recursive: true })
})

it('[PD80] what the inventory of personal columns says is kept by a kind is one, and every kind is named there', () => {
  const named = new Set(Object.values(personalColumns).flatMap(({ kept }) => kept.match(/(?<=retention\.)\w+/g) ?? []))
  expect([...named].filter((name) => !keptKinds.some((kind) => kind === name))).toEqual([])
  expect(keptKinds.filter((kind) => !named.has(kind))).toEqual([])
})

it('[PD82] when each kind was last swept is known, and only once all that was due of it went', async () => {
  const { retention } = house.records.personal
  expect(await retention.sweptAt()).toEqual(new Map())
  for (let nth = 0; nth < 450; nth++)
    await house.records.audit.write({ at: morning, who: 'li', what: 'signed-in', about: '' })
  await sweeping(usualDays, [])(morning + 800 * day)
  expect(await countOf('audit')).toBe(0)
  expect(await retention.sweptAt()).toEqual(new Map(keptKinds.map((kind) => [kind, morning + 800 * day])))
  expect((await house.records.operation.counts(house.clock.now)).sweptAt.get('looks')).toBe(morning + 800 * day)
})
