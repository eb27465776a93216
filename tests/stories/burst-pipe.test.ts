// A resident's pipe has burst: from the page on a stairwell door to the plumber's phone, while name and number stay where they belong.
import { expect, it, vi } from 'vitest'
import { overLimit } from '#contract/figures'
import type { CaseId, PersonId } from '#contract/ids'
import type { DutyRoom } from '../world/duty-room.ts'
import { agree, bytesOf, does, openRooms, photographs, sends, shows, until } from './story.ts'

const aRoom = openRooms()
const staff = ['chen', 'shen', 'li', 'zhou', 'wu']
const name = '王小明'
const phoneNumber = '13812345678'
const address = '9 号 302 室'
const report = {
  id: 'a-tap-on-the-page',
  matter: 'pipe-burst',
  placeId: 'north-west-1-a',
  text: `水管爆了，请打 ${phoneNumber}`,
  ...{ name, phone: phoneNumber, address },
}
const secrets = [phoneNumber, name, address, '138****5678']

type Told = { ok: boolean; caseId: CaseId; words: string; refusal?: string }
const reports = async (room: DutyRoom, change: object = {}): Promise<Told> => {
  const body = JSON.stringify({ ...report, ...change })
  const headers = { 'content-type': 'application/json', origin: room.url }
  return (await fetch(`${room.url}/api/resident/reports`, { method: 'POST', headers, body })).json() as Promise<Told>
}
const asks = async (room: DutyRoom, id: string, caseId: CaseId, reveal = false) => {
  const headers = { cookie: await room.signIn(id), origin: room.url }
  const url = `${room.url}/api/cases/${caseId}/reporter${reveal ? '/reveal' : ''}`
  const why = { headers: { ...headers, 'content-type': 'application/json' }, body: '{"reason":"visit"}' }
  const answer = await fetch(url, reveal ? { method: 'POST', ...why } : { headers })
  const said = (await answer.json()) as { reporter?: unknown; refusal?: string }
  return [answer.status, said.refusal ?? said.reporter]
}

it('[WH50] [IN10] a tap on the page is a task on the plumber’s phone, and no number ever on any line or in the journal', async () => {
  const room = await aRoom({ at: '20:05:00', staff })
  const [wall, watch, desk] = [await room.opens('wall'), await room.opens('chen'), await room.opens('shen')]
  const [plumber, officer] = [await room.opens('zhou'), await room.opens('li')]
  const screens = [wall, watch, desk, plumber, officer]
  const told = await reports(room)
  const { caseId } = told
  expect(told).toMatchObject({ ok: true, words: `已收到，编号 ${caseId}，我们会尽快处理。` })
  // Its link is another to the same report: the first is known to nobody but by its hash.
  expect({ ...(await reports(room)), link: undefined }).toEqual({ ...told, link: undefined })

  expect(await agree(room, caseId, ...screens)).toMatchObject({ level: 2, sources: [{ channel: 'page' }] })
  expect(shows(plumber, caseId)?.sources[0]?.text).toBe('水管爆了，请打 ［电话］')
  expect(shows(plumber, caseId)?.told.map((receipt) => receipt.personId)).toContain('zhou')
  await does(plumber, { type: 'see', caseId })
  await does(desk, { type: 'dispatch', caseId, to: 'zhou' as PersonId })
  await does(plumber, { type: 'take', caseId })
  await does(plumber, { type: 'arrive', caseId })
  await photographs(room, ['zhou', plumber], caseId, ['before-near', 'after-near'])
  await does(plumber, { type: 'finish', caseId, note: `已换阀门，已电话 ${phoneNumber} 告知` })
  await does(desk, { type: 'close', caseId, disposition: 'solved' })

  expect(await agree(room, caseId, ...screens)).toMatchObject({ stage: 'closed' })
  await room.restarts()
  for (const screen of screens) {
    await screen.returns()
    for (const secret of secrets) expect(screen.bytes()).not.toContain(secret)
  }
  const kept = await bytesOf(room.journal)
  expect(kept).toContain(caseId)
  for (const secret of secrets) expect(kept).not.toContain(secret)
  // The hall where the wall hangs is anybody's: not even the words are there.
  expect(plumber.bytes()).toContain('水管爆了')
  expect(wall.bytes()).not.toContain('水管爆了')
  expect(wall.bytes()).not.toContain('已换阀门')
})

it('[WH54] [WH55] stars for who sees the case, nothing for the wall, in full for who must call, and that is written down', async () => {
  const room = await aRoom({ at: '20:05:00', staff })
  const written = vi.spyOn(room.records.audit, 'write')
  const desk = await room.opens('shen')
  const { caseId } = await reports(room)
  await agree(room, caseId, desk)
  const stars = { name: '王**', phone: '138****5678' }
  const full = { name, phone: phoneNumber, address, text: report.text }

  for (const id of ['chen', 'shen', 'li', 'zhou']) expect(await asks(room, id, caseId), id).toEqual([200, stars])
  expect(await asks(room, 'wall', caseId)).toEqual([403, 'role-not-allowed'])
  expect(await asks(room, 'wu', caseId)).toEqual([404, 'case-not-found'])
  for (const id of ['li', 'zhou']) expect(await asks(room, id, caseId, true)).toEqual([403, 'role-not-allowed'])
  expect(await asks(room, 'wu', caseId, true)).toEqual([404, 'case-not-found'])
  expect(written).not.toHaveBeenCalled()

  await does(desk, { type: 'dispatch', caseId, to: 'zhou' as PersonId })
  expect(await asks(room, 'zhou', caseId, true)).toEqual([200, full])
  expect(await asks(room, 'chen', caseId, true)).toEqual([200, full])
  expect(written.mock.calls.map(([line]) => [line.who, line.what, line.about])).toEqual([
    ['zhou', 'reporter-revealed', `${caseId} visit`],
    ['chen', 'reporter-revealed', `${caseId} visit`],
  ])
})

it('[CL10] [EV23] a photo from the page is seen by who sees the case; two hours without a plumber is over the limit', async () => {
  const room = await aRoom({ at: '20:05:00', staff })
  const [wall, desk] = [await room.opens('wall'), await room.opens('shen')]
  const photo = await sends(room, 'li')
  const { caseId } = await reports(room, { evidence: [photo] })
  await agree(room, caseId, desk)
  for (const [id, status] of [
    ['zhou', 200],
    ['wu', 403],
  ] as const) {
    const headers = { cookie: await room.signIn(id) }
    expect((await fetch(`${room.url}/api/evidence/${photo}?size=thumb`, { headers })).status, id).toBe(status)
  }
  await does(desk, { type: 'dispatch', caseId, to: 'zhou' as PersonId })
  await until(room, '22:04:00')
  const handle = shows(desk, caseId)?.clocks.find((clock) => clock.name === 'handle-urgent')
  expect(handle?.overSaidAt).toBeUndefined()
  await until(room, '22:05:00')
  await wall.sees(() => overLimit(wall.cases(), room.clock.now()).includes(caseId))
})
