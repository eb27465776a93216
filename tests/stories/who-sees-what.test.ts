// Who sees what: the next block's life passes an officer's phone by to the last byte, and the wall only looks.
import { expect, it } from 'vitest'
import type { PersonWish } from '#contract/command'
import type { PersonId, PlaceId } from '#contract/ids'
import type { DutyRoom } from '../world/duty-room.ts'
import { spot } from '../suites/small-ground.ts'
import { agree, allFour, caseOf, does, hour, openRooms, photographs, until, walk } from './story.ts'

const aRoom = openRooms()
const staff = ['chen', 'shen', 'gu', 'li', 'wu']
const smokeAt = (eventId: string, [lon, lat]: readonly number[]) => ({
  kind: 'camera-alert',
  ...{ eventId, matter: 'smoke', cameraId: `eye of ${eventId}` },
  occurredAt: '2026-11-21T09:31:00+08:00',
  at: { lon, lat, crs: 'wgs84' },
})
const north = smokeAt('in-the-north', spot(4, 4))
/** 铁一第 1 微网格：吴磊's. */
const south = smokeAt('in-the-south', [121.4725, 31.1975])

/** A fire in the north from the first word to the last, as in the first story. */
async function burns(room: DutyRoom) {
  const [desk, phone] = [await room.opens('shen'), await room.opens('gu')]
  const caseId = caseOf(await room.posts(north))
  await agree(room, caseId, desk, phone)
  await does(desk, { type: 'acknowledge', caseId })
  await does(desk, { type: 'dispatch', caseId, to: 'gu' as PersonId })
  await until(room, '09:33:00')
  await does(phone, { type: 'take', caseId })
  await does(phone, { type: 'arrive', caseId })
  const pictures = await photographs(room, ['gu', phone], caseId, allFour)
  await does(phone, { type: 'finish', caseId, note: '余火已清' })
  await does(desk, { type: 'close', caseId, disposition: 'solved' })
  return { caseId, pictures }
}

it('[SC1] a whole fire in the next block: an officer’s line carries no byte of it, nor the pictures, nor that it ever was', async () => {
  const room = await aRoom({ at: '09:31:00', staff })
  const [wall, officer] = [await room.opens('wall'), await room.opens('wu')]
  const { caseId, pictures } = await burns(room)
  const own = caseOf(await room.posts(south))
  await agree(room, caseId, wall)
  await officer.sees(() => officer.only().id === own)
  officer.drops()
  await officer.returns()
  await room.restarts()
  await officer.returns()

  expect(officer.only().id).toBe(own)
  const foreign = [caseId, 'in-the-north', 'north-west-1', '余火已清', ...pictures]
  for (const secret of foreign) {
    expect(wall.bytes(), secret).toContain(secret)
    expect(officer.bytes(), secret).not.toContain(secret)
  }
  const headers = { cookie: await room.signIn('wu') }
  for (const picture of pictures) {
    const answer = await fetch(`${room.url}/api/evidence/${picture}?size=thumb`, { headers })
    expect(answer.status).toBe(403)
  }
  // Not even that there is such a case.
  expect((await fetch(`${room.url}/api/cases/${caseId}/reporter`, { headers })).status).toBe(404)
  expect(await officer.wishes({ type: 'see', caseId })).toMatchObject({ ok: false })
})

it('[SC1] [SC4] whose ground changed loses what lies on the old one at once, and gets what lies on the new', async () => {
  const room = await aRoom({ at: '09:31:00', staff })
  const officer = await room.opens('li')
  const [old, next] = [caseOf(await room.posts(north)), caseOf(await room.posts(south))]
  await officer.sees(() => officer.only().id === old)
  await room.records.accounts.change('li' as PersonId, { placeIds: ['south-west-1' as PlaceId] })
  await officer.sees(() => !officer.connected())
  await officer.returns()
  expect(officer.only().id).toBe(next)

  // Of what is done to the old one from here on nothing reaches them, and they may do nothing to it.
  const before = officer.bytes().length
  const desk = await room.opens('shen')
  await does(desk, { type: 'acknowledge', caseId: old })
  await does(desk, { type: 'accept', caseId: old })
  await officer.asks('echo')
  expect(officer.bytes().slice(before)).not.toContain(old)
  expect(await officer.wishes({ type: 'acknowledge', caseId: old })).toMatchObject({ refusal: 'not-your-area' })
})

it('[SC2] the wall by itself looks and wishes nothing of a case: not one of all the wishes there are, not in anybody’s name', async () => {
  const room = await aRoom({ at: '09:31:00', staff })
  const wall = await room.opens('wall')
  const caseId = caseOf(await room.posts(north))
  await agree(room, caseId, wall)
  const about = { caseId }
  const wishes: PersonWish[] = [
    ...(['accept', 'file', 'take', 'finish', 'verify', 'acknowledge', 'see'] as const).map((type) => ({
      type,
      ...about,
    })),
    { type: 'dispatch', ...about, to: 'li' as PersonId },
    { type: 'arrive', ...about, unit: 'brigade' },
    { type: 'close', ...about, disposition: 'solved' },
    { type: 'return', ...about, reason: '派错人了' },
    { type: 'void', ...about, reason: '演练' },
    { type: 'tick', ...about, item: 'flame-asked' },
    {
      type: 'report',
      report: {
        kind: 'grid-report',
        phase: 'new',
        eventId: 'w',
        matter: 'smoke',
        occurredAt: hour('09:31'),
        evidence: [],
      },
    },
  ]
  for (const wish of wishes) expect(await wall.wishes(wish), wish.type).toMatchObject({ refusal: 'operator-needed' })
  const forged = { id: 'f', by: { kind: 'person', id: 'chen', role: 'duty-officer' }, wish: wishes[0] }
  expect(await wall.asks('command', forged)).toMatchObject({ refusal: 'operator-needed' })
  expect(await walk(room.journal)).toEqual(['09:31:00 hik report'])
  expect(wall.only()).toMatchObject({ id: caseId, stage: 'reported' })
})

it('[EV22] a wall sends no picture either', async () => {
  const room = await aRoom({ at: '09:31:00', staff: ['chen'] })
  const answer = await fetch(`${room.url}/api/evidence/${'a'.repeat(64)}`, {
    method: 'PUT',
    headers: { cookie: await room.signIn('wall'), 'content-type': 'image/jpeg' },
    body: 'anything',
  })
  expect([answer.status, await answer.json()]).toMatchObject([403, { refusal: 'role-not-allowed' }])
})
