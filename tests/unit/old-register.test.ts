// Old records: what is over goes to the archive and rings nobody, what is open becomes a case of its own, and told again it is the same.
import { expect, it } from 'vitest'
import type { IncomingReport } from '#contract/report'
import type { Actor, Case } from '#contract/case'
import { aCommand } from '../suites/builders.ts'
import { openRooms } from '../stories/story.ts'

const room = openRooms()
const march = '2026-03-02T09:00:00+08:00'
const aRecord = (change: Partial<Record<keyof IncomingReport | 'reporter', unknown>> = {}) => ({
  kind: 'service-ticket',
  channel: 'hotline',
  eventId: 'GD2026030200017',
  matter: 'gas-smell',
  occurredAt: march,
  cameraId: 'cam-1',
  text: '楼道有煤气味，请回电 13812345678',
  reporter: { name: '王芳', phone: '13812345678' },
  register: { endedAt: '2026-03-02T10:30:00+08:00' },
  ...change,
})

it('[IN120] what was over months ago is kept in the archive by its own times, rings nobody, runs no clock and takes no number of today', async () => {
  const { desk, posts, archive, settled } = await room({ at: '03:00' })
  const answer = await posts(aRecord())
  expect(answer.results).toMatchObject([{ ok: true, how: 'opened', caseId: 'hik:GD2026030200017' }])
  await settled()

  expect(desk.board().cases.size).toBe(0)
  expect(desk.board().tallies.size).toBe(0)
  const kept = (await archive.get('hik:GD2026030200017' as Case['id']))!
  expect(kept).toMatchObject({ stage: 'closed', disposition: 'solved', fromRegister: true, told: [], clocks: [] })
  expect(kept).toMatchObject({ openedAt: Date.parse(march), endedAt: Date.parse('2026-03-02T10:30:00+08:00') })
  expect(await archive.facts(0, Number.MAX_SAFE_INTEGER)).toEqual([])
  const next = await posts({
    ...aRecord({ register: undefined, eventId: 'live-1' }),
    occurredAt: '2026-11-21T02:59:00+08:00',
  })
  expect(next.results).toMatchObject([{ ok: true, caseId: '20261121-001' }])
})

it('[IN120] told again it is the same record; told with more it replaces what was there', async () => {
  const { posts, archive, settled, journal } = await room()
  const [first] = (await posts(aRecord())).results
  expect((await posts(aRecord())).results).toEqual([first])
  const lines = (await journal.head()).revision
  await posts(aRecord({ text: '楼道有煤气味，已换软管' }))
  await settled()
  expect((await journal.head()).revision).toBe(lines + 1)
  expect((await archive.get('hik:GD2026030200017' as Case['id']))!.sources[0]!.text).toContain('软管')
  expect(await archive.search({ limit: 10 })).toHaveLength(1)
})

it('[IN121] of what is over nobody is to be called back: no name, no phone is kept', async () => {
  const { posts, records, archive, settled } = await room()
  await posts(aRecord())
  await settled()
  const kept = (await archive.get('hik:GD2026030200017' as Case['id']))!
  expect(kept.reporterRef).toBeUndefined()
  expect(kept.sources[0]).toMatchObject({ text: '楼道有煤气味，请回电 ［电话］' })
  expect(JSON.stringify(kept)).not.toContain('1381234')
  expect(records).toBeDefined()
})

it('[IN122] what the register has open becomes a case of its own beside its like, with its limits from now, and rings nobody', async () => {
  const { desk, posts } = await room({ at: '03:00' })
  const open = (eventId: string) => aRecord({ eventId, register: {} })
  const answers = (await posts([open('a'), open('b')])).results
  expect(answers).toMatchObject([{ how: 'opened' }, { how: 'opened' }])
  const cases = [...desk.board().cases.values()]
  expect(cases).toHaveLength(2)
  for (const one of cases) {
    expect(one).toMatchObject({ stage: 'reported', told: [], openedAt: Date.parse('2026-11-21T03:00:00+08:00') })
    expect(one.calling).toBeUndefined()
    expect(one.clocks.length).toBeGreaterThan(0)
  }
})

it('[IN122] what we hold and the register has closed is written down there, and opens nothing', async () => {
  const { desk, posts, archive, settled } = await room()
  const [opened] = (await posts(aRecord({ register: {} }))).results
  const [grown] = (await posts(aRecord())).results
  await settled()
  expect(grown).toMatchObject({ how: 'updated', caseId: opened!.ok ? opened!.caseId : '' })
  expect([...desk.board().cases.values()][0]!.sources[0]).toMatchObject({ phase: 'end' })
  expect(await archive.search({ limit: 10 })).toEqual([])
})

it('[IN122] what we held ourselves, have dealt with and archived is its own record: the register’s row that closes it makes no second one', async () => {
  const { desk, clock, posts, archive, settled } = await room()
  const [opened] = (await posts(aRecord({ register: {} }))).results
  const caseId = opened!.ok ? opened!.caseId! : ('' as Case['id'])
  const chen = { kind: 'person', id: 'chen', role: 'duty-officer' } as const
  const wish = { type: 'void', caseId, reason: '重复', disposition: 'duplicate' } as const
  expect(await desk.submit(aCommand(chen as Actor, wish))).toMatchObject({ ok: true })
  clock.jump(clock.now() + 3 * 86_400_000)
  await clock.pass(60_000)
  await settled()
  expect(desk.board().cases.size).toBe(0)

  const dry = await posts([aRecord()], 'sanping?dry-run=1')
  expect(dry.results).toMatchObject([{ ok: true, how: 'repeated', caseId }])
  for (const text of ['已换软管', '已换软管', '已换软管，复查正常'])
    expect((await posts(aRecord({ text }))).results).toMatchObject([{ ok: true, how: 'repeated', caseId }])
  await settled()
  expect((await archive.search({ limit: 10 })).map(({ id }) => id)).toEqual([caseId])
})

it('[IN123] a record that ended before it began, or has not ended yet, is refused', async () => {
  const { posts } = await room()
  for (const endedAt of ['2026-03-02T08:59:00+08:00', '2026-12-01T00:00:00+08:00'])
    expect((await posts(aRecord({ register: { endedAt } }))).results).toMatchObject([{ refusal: 'time-impossible' }])
})

it('[IN122] however many an old register has open in one place, that they came today adds up to no topic', async () => {
  const { desk, posts } = await room()
  const rows = Array.from({ length: 12 }, (_, at) =>
    aRecord({ eventId: `c-${at}`, matter: 'corridor-clutter', register: {} }),
  )
  await posts(rows)
  expect([...desk.board().cases.values()].map(({ matter }) => matter)).toEqual(rows.map(() => 'corridor-clutter'))
})
