// A site writes a scenario of its own and puts the file into the folder of the server that runs: seen, reported, worked to its close, with no code.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { agree, caseOf, does, isTold, openRooms, photographs } from './story.ts'
import { closes } from './process-steps.ts'

const aRoom = openRooms()
let site = ''
beforeEach(async () => {
  site = path.join(await mkdtemp(path.join(os.tmpdir(), 'own-')), 'scenarios')
  await mkdir(site)
})
afterEach(() => rm(path.dirname(site), { recursive: true }))

const words = (zh: string, en: string) => ({ zh, en })
const bins = {
  id: 'bins-overflowing',
  version: '1',
  words: words('垃圾桶满溢', 'Garbage bins overflowing'),
  short: words('满溢', 'Bins'),
  matters: [{ code: 'bins-full', words: words('桶站满溢', 'A bin station is full'), level: 3, group: 'bins' }],
  sureFrom: 0.5,
  sameCase: { metres: 30, minutes: 240 },
  // prettier-ignore
  clocks: [
    { name: 'accept', words: words('受理', 'Accept'), limit: { amount: 15, unit: 'minutes' }, starts: 'open', stops: ['accept'] },
    { name: 'handle', words: words('清运', 'Empty them'), limit: { amount: 60, unit: 'minutes' }, starts: 'dispatch', stops: ['finish'] },
  ],
  photos: { finish: ['after-near'] },
  tell: [{ post: 'cleaning', within: 'residential-area' }],
  handledBy: ['cleaning'],
  checklist: [{ id: 'lids', words: words('桶盖已盖', 'The lids are shut'), before: 'finish', required: true }],
  returnReasons: [words('没清空', 'Not emptied')],
  voidReasons: [words('到场未满', 'Not full when looked at')],
  menu: 20,
  resident: true,
}
const full = {
  kind: 'camera-alert',
  ...{ eventId: 'full-1', matter: 'bins-full', cameraId: 'cam-6', confidence: 0.9 },
  occurredAt: '2026-11-21T09:31:00+08:00',
}

it('[SE33] dropped in, it works on every screen: reported, told, sent, finished and closed by its own rules', async () => {
  const room = await aRoom({ at: '09:31:00', staff: ['chen', 'shen', 'he'], site })
  const [wall, desk, phone] = [await room.opens('wall'), await room.opens('shen'), await room.opens('he')]
  expect((await room.posts(full)).results[0]).toMatchObject({ ok: false, refusal: 'matter-unknown' })

  await writeFile(path.join(site, 'bins-overflowing.json'), JSON.stringify(bins))
  const isThere = () => wall.scenarios().find(({ id }) => id === 'bins-overflowing')
  await expect.poll(async () => (await room.clock.pass(1000), isThere()), { timeout: 10_000 }).toBeDefined()
  expect(isThere()!.version).toMatch(/^1#[0-9a-f]{6}$/)
  const menu = await (await fetch(`${room.url}/api/resident/menu`)).json()
  expect(JSON.stringify(menu)).toContain('桶站满溢')

  const caseId = caseOf(await room.posts({ ...full, eventId: 'full-2' }))
  const first = await agree(room, caseId, wall, desk, phone)
  expect(first).toMatchObject({ scenarioId: 'bins-overflowing', scenarioVersion: isThere()!.version, level: 3 })
  expect(first.told.map(({ personId }) => personId)).toEqual(['he'])
  await does(desk, { type: 'dispatch', caseId, to: first.told[0]!.personId })
  await does(phone, { type: 'take', caseId })

  // The rules change while it is under way: it goes by those it was opened under, the next by the new ones.
  const strict = { ...bins, version: '2', photos: { finish: ['before-near', 'after-near'] } }
  await writeFile(path.join(site, 'bins-overflowing.json'), JSON.stringify(strict))
  const isNewer = () => wall.scenarios().some(({ id, version }) => id === bins.id && version.startsWith('2#'))
  await expect.poll(async () => (await room.clock.pass(1000), isNewer()), { timeout: 10_000 }).toBe(true)
  await does(phone, { type: 'arrive', caseId })
  await photographs(room, ['he', phone], caseId, ['after-near'])
  expect(await isTold(phone, { type: 'finish', caseId })).toBe('checklist-missing')
  await does(phone, { type: 'tick', caseId, item: 'lids' })
  await does(phone, { type: 'finish', caseId })
  await closes(desk, caseId)
  expect(await agree(room, caseId, wall, desk, phone)).toMatchObject({ stage: 'closed', disposition: 'solved' })

  await room.clock.pass(30 * 60_000)
  const next = caseOf(await room.posts({ ...full, eventId: 'full-3', cameraId: 'cam-4' }))
  expect((await agree(room, next, desk)).scenarioVersion).toMatch(/^2#/)
})

it('[SE24] [SE26] a wrong file is refused in words for the administrator, and what was there before stays; put through the door it is noted', async () => {
  const room = await aRoom({ at: '09:31:00', staff: ['chen', 'admin'], site })
  const ask = async (id: string, to = '/api/scenarios', init: RequestInit = {}) => {
    const cookie = await room.signIn(id)
    const answer = await fetch(`${room.url}${to}`, { ...init, headers: { cookie, 'content-type': 'application/json' } })
    return { status: answer.status, said: (await answer.json()) as Record<string, unknown> }
  }
  const put = (id: string, body: unknown) =>
    ask(id, '/api/scenarios/bins-overflowing', { method: 'PUT', body: JSON.stringify(body) })

  expect((await fetch(`${room.url}/api/scenarios`)).status).toBe(401)
  expect(await put('chen', bins)).toMatchObject({ status: 403, said: { refusal: 'role-not-allowed' } })
  expect(await put('admin', { ...bins, handledBy: [] })).toMatchObject({
    status: 422,
    said: { refusal: 'scenario-wrong', faults: [{ file: 'bins-overflowing.json', path: 'handledBy' }] },
  })
  expect(await put('admin', bins)).toMatchObject({ status: 200, said: { ok: true } })
  expect(JSON.parse(await readFile(path.join(site, 'bins-overflowing.json'), 'utf8'))).toEqual(bins)
  expect(await ask('chen')).toMatchObject({ status: 200, said: { own: ['bins-overflowing'], faults: [] } })
  caseOf(await room.posts(full))

  await writeFile(path.join(site, 'bins-overflowing.json'), JSON.stringify({ ...bins, matters: [] }))
  const faults = async () => (await room.clock.pass(1000), (await ask('admin')).said['faults'] as unknown[])
  await expect.poll(async () => (await faults()).length, { timeout: 10_000 }).toBe(1)
  expect(await faults()).toMatchObject([{ path: 'matters' }])
  expect(room.complaints.join()).toMatch(/bins-overflowing\.json: matters/)
  expect(caseOf(await room.posts({ ...full, eventId: 'full-9', cameraId: 'cam-4' }))).toBeTruthy()
  expect((await ask('admin', '/api/scenarios/..%2Fup', { method: 'PUT', body: '{}' })).said).toMatchObject({
    refusal: 'wrong-shape',
  })
})
