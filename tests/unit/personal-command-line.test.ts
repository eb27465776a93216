// The command line for what is personal: a copy for the resident, their erasure, the secrets changed, the journal looked through.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import { CommandId, type EvidenceId, type ReporterRef } from '#contract/ids'
import type { World } from '../../ingest-server/admin/call.ts'
import { usualDays } from '../../ingest-server/app/read-retention.ts'
import { runAdmin } from '../../ingest-server/admin/run.ts'
import { openSqliteJournal } from '../../ingest-server/journal/sqlite.ts'
import { readKeyRing } from '../../ingest-server/records/key-ring.ts'
import { openRecords } from '../../ingest-server/records/open-records.ts'
import type { Records } from '../../ingest-server/records/port.ts'
import { aCase, sourceActor } from '../suites/builders.ts'
import { smallPhoto } from '../suites/pictures.ts'
import { chance, day, morning, openHouse, secret, type House } from '../suites/records-folder.ts'

const wang = { name: '王秀英', phone: '13812345678', text: '水管漏水，打 13812345678' }
let house: House
let records: Records
const now = () => house.clock.now
beforeEach(async () => {
  house = await openHouse()
  // The house's own secret, in the file the command line reads.
  await writeFile(join(house.folder, 'secret.key'), Buffer.from(secret).toString('hex'))
  records = await openRecords({
    ...{ folder: house.folder, secret: await readKeyRing(house.folder, chance('f'), now), random: chance('g'), now },
  })
})
afterEach(async () => {
  await records.close()
  await house.close()
})

let seed = 0
async function call(words: string, stopAfter = Infinity) {
  const [said, complained]: [string[], string[]] = [[], []]
  let asked = 0
  const world: World = {
    ...{
      folder: house.folder,
      address: 'https://sanping.example',
      language: 'en',
      random: chance(`call ${seed++}`),
      now,
    },
    ...{ say: (line) => said.push(line), complain: (line) => complained.push(line) },
    ...{ readInput: async () => '', places: () => [], pause: async () => {}, stopped: () => ++asked > stopAfter },
  }
  const code = await runAdmin(words.split(' '), world)
  return { code, said: said.join('\n'), complained: complained.join('\n') }
}

/** Two cases of one phone, one over; a picture of theirs in each, and one that a camera sent as well. */
async function street(change: Partial<Case> = {}) {
  const [first, second] = [
    await records.reporters.keep(wang, morning),
    await records.reporters.keep({ phone: '138 1234 5678' }, morning),
  ]
  const ids: EvidenceId[] = []
  for (const extra of [0, 1, 2])
    ids.push((await records.evidence.keep(Buffer.concat([await smallPhoto(), Buffer.from([extra])]), morning))!)
  const [own, open, shared] = ids as [EvidenceId, EvidenceId, EvidenceId]
  const sample = aCase({})
  const source = sample.sources[0]!
  const told = (ref: ReporterRef | undefined, key: string, evidence: EvidenceId[]) => {
    const { reporterRef: _none, ...rest } = source
    return { ...rest, key, evidence, ...(ref && { reporterRef: ref }) }
  }
  const cases = [
    aCase({
      ...change,
      id: '20260101-001' as never,
      sources: [told(first, 'a', [own, shared]), told(undefined, 'b', [shared])],
    }),
    aCase({ id: '20260101-002' as never, sources: [told(second, 'c', [open])] }),
  ]
  const journal = openSqliteJournal({ file: join(house.folder, 'journal.db'), newId: () => 'journal' })
  const entry = (revision: number, events: unknown[]) => ({
    ...{ revision, commandId: CommandId.parse(`e-${revision}`), at: morning, by: sourceActor('page'), type: 'report' },
    events,
    outcome: { ok: true, commandId: CommandId.parse(`e-${revision}`), revision },
  })
  const opened = cases.map(({ revision: _own, ...subject }, nth) => entry(nth + 1, [{ type: 'opened', subject }]))
  const step = { ...sample.steps[0]!, verb: 'close' }
  const closed = entry(3, [{ type: 'moved', caseId: cases[0]!.id, stage: 'closed', step }])
  await journal.append(await journal.head(), [...opened, closed] as never)
  await journal.close()
  return { first, second, own, open, shared }
}

it('[PD38] a resident gets a copy of all that is kept under their number, and that is written down', async () => {
  const { first, second } = await street()
  const { code, said } = await call('person export 13812345678')
  expect(code).toBe(0)
  for (const part of [first, second, '王秀英', '20260101-001', '20260101-002']) expect(said).toContain(part)
  const { kept } = JSON.parse((await call(`person export ${first} --json`)).said)
  expect(kept).toMatchObject([
    {
      reporter: wang,
      reports: [{ caseId: '20260101-001', endedAt: morning, pictures: [1, 2].map(() => expect.any(String)) }],
    },
  ])
  expect((await call('person export 20260101-002')).said).toContain(second)
  expect((await call('person export 13900000000')).code).toBe(1)
})

it('[PD38] erased by their number they are gone from every case; a picture of an open case, or one others sent too, stays', async () => {
  const { first, second, own, open, shared } = await street()
  const { code, said } = await call('person erase 13812345678')
  expect([code, said]).toEqual([0, expect.stringContaining('1 picture(s)')])
  expect(said).toContain('20260101-002')
  for (const ref of [first, second]) expect(await records.reporters.reveal(ref)).toBeNull()
  expect([own, open, shared].map((id) => records.evidence.has(id))).toEqual([false, true, true])
  expect((await call('person export 13812345678')).code).toBe(1)
  expect((await call(`person export ${first}`)).said).toContain('erased by rule')
  expect((await call('journal verify')).code).toBe(0)
})

it('[PD23] a secret is changed, listed, and forgotten only once nothing hangs on it', async () => {
  const ref = await records.reporters.keep(wang, morning)
  const before = (await call('key list')).said.split('\t')[1]!
  expect((await call(`key forget ${before}`)).complained).toContain('rotate first')
  const halfway = await call('key rotate', 0)
  expect([halfway.code, halfway.complained]).toEqual([1, expect.stringContaining('key renew')])
  expect((await call(`key forget ${before}`)).complained).toContain('hang on it')
  expect((await call('key renew')).code).toBe(0)
  expect((await call('key list')).said).toMatch(new RegExp(`○\\t${before}\\t\\S+ ?\\S*\\t0`))
  expect((await call(`key forget ${before}`)).code).toBe(0)
  expect((await call(`key forget ${before}`)).code).toBe(1)
  expect((await readFile(join(house.folder, 'secret.key'), 'utf8')).trim().split('\n')).toHaveLength(1)
  await records.refresh()
  expect(await records.reporters.reveal(ref)).toEqual(wang)
})

it('[PD13] a number that got into the journal is found, named by its line and not printed; so is a planted word', async () => {
  await street({ matter: 'smoke' })
  expect(await call('privacy check')).toMatchObject({ code: 0, said: expect.stringContaining('3 lines') })
  expect((await call('privacy check --find 20260101-002')).code).toBe(1)
  const journal = openSqliteJournal({ file: join(house.folder, 'journal.db'), newId: () => 'journal' })
  const { revision: _own, ...subject } = aCase({ id: '20260101-003' as never })
  const leaky = { ...subject, sources: [{ ...subject.sources[0]!, text: '他的电话 13912345678' }] }
  const commandId = CommandId.parse('leak')
  await journal.append(await journal.head(), [
    {
      ...{ revision: 4, commandId, at: morning, by: sourceActor('page'), type: 'report' },
      events: [{ type: 'opened', subject: leaky }],
      outcome: { ok: true, commandId, revision: 4 },
    },
  ] as never)
  await journal.close()
  const { code, said } = await call('privacy check')
  expect([code, said.split('\n')[0]]).toEqual([1, expect.stringMatching(/^4\t.*text$/)])
  expect(said).not.toContain('13912345678')
})

it('[PD35] [PD82] what is due, the days and the last sweep of each kind are told on the command line, and all stays', async () => {
  const ref = await records.reporters.keep(wang, morning)
  await records.personal.retention.note([{ endedAt: morning, refs: [ref], pictures: [] }], morning, morning)
  house.clock.now = morning + 200 * day
  expect((await call('privacy due')).said).toMatch(/residents.*\t180 d\t—\t1/)
  await records.personal.retention.swept(usualDays, morning + 199 * day)
  expect((await call('privacy due')).said).toMatch(/who looked at whom.*\t730 d\t2027-06-08 08:00:00\t0/)
  expect(await records.reporters.reveal(ref)).toEqual(wang)
})
