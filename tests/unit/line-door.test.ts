// The line to the screens: everybody sees what is theirs, at once, after a break too, and never a byte of anything else.
import { afterEach, expect, it } from 'vitest'
import type { CaseId, PersonId, PlaceId, ReporterRef } from '#contract/ids'
import type { PersonWish } from '#contract/command'
import { aCase, aSource, scenarios, sourceActor } from '../suites/builders.ts'
import { smallGround } from '../suites/small-ground.ts'
import { dutyRoom } from '../world/duty-room.ts'
import type { DutyRoom, DutyRoomNeeds } from '../world/duty-room.ts'
import { turns } from '../world/test-clock.ts'

const rooms: DutyRoom[] = []
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.close()
})
const aRoom = async (needs?: DutyRoomNeeds) => {
  const room = await dutyRoom(needs)
  rooms.push(room)
  return room
}

const id = (text: string) => text as CaseId
const labelOf = (place: string) => smallGround.places.get(place as PlaceId)!.label
/** A case in this building group; 李志强 answers for `north-west-1`, 吴磊 for `south-west-1`. */
const aCaseIn = (place: string, number: string, change: Parameters<typeof aCase>[0] = {}) =>
  aCase({
    id: id(number),
    path: smallGround.pathOf(place as PlaceId),
    wgs84: labelOf(place),
    sources: [aSource({ key: `hik/${number}`, wgs84: labelOf(place) })],
    ...change,
  })
const here = aCaseIn('north-west-1-a', '20261121-101')
const there = aCaseIn('south-west-1-a', '20261121-202')
const smokeIn = (place: string, eventId: string) => {
  const [lon, lat] = labelOf(place)
  return {
    kind: 'camera-alert',
    ...{ eventId, matter: 'smoke', cameraId: 'cam-x' },
    occurredAt: '2026-11-21T09:31:00+08:00',
    at: { lon, lat, crs: 'wgs84' },
  }
}
const voids = (caseId: CaseId): PersonWish => ({ type: 'void', caseId, reason: '误报', disposition: 'false-alarm' })

it('[SY1] a screen says hello, gets the whole board, and from then on every change as it becomes durable', async () => {
  const room = await aRoom({ holding: here })
  const screen = await room.opens('chen')
  expect(screen.only()).toMatchObject({ id: here.id, stage: 'reported' })
  expect(screen.welcome()).toMatchObject({
    viewer: { personId: 'chen', role: 'duty-officer' },
    build: 'test',
    demo: false,
  })
  expect(screen.welcome().scenarios).toHaveLength(scenarios.length)
  const answer = await screen.wishes({ type: 'accept', caseId: here.id })
  expect(answer).toMatchObject({ ok: true, revision: 2 })
  await screen.sees(() => screen.only().stage === 'accepted')
  expect(screen.patches).toMatchObject([{ since: 1, revision: 2, put: [{ id: here.id }], remove: [] }])
})

it('[SY2] a screen that comes back gets what changed meanwhile and no more', async () => {
  const room = await aRoom({ holding: [here, there] })
  const [screen, other] = [await room.opens('chen'), await room.opens('chen')]
  screen.drops()
  await other.wishes({ type: 'accept', caseId: here.id })
  await screen.returns()
  expect(screen.greetings).toEqual(['whole', 'patch'])
  expect(screen.welcome().patch).toMatchObject({ since: 2, revision: 3, put: [{ id: here.id }] })
  expect(screen.cases()).toEqual(other.cases())
})

it('[SY2] it comes back to the same board after the server was restarted', async () => {
  const room = await aRoom({ holding: [here, there] })
  const screen = await room.opens('chen')
  await screen.wishes({ type: 'accept', caseId: here.id })
  await room.restarts()
  await screen.returns()
  expect(screen.board().revision).toBe(3)
  expect(screen.cases().find((subject) => subject.id === here.id)).toMatchObject({ stage: 'accepted' })
})

it('[SY3] a screen that held another journal, or another person’s board, takes the whole anew', async () => {
  const room = await aRoom({ holding: [here, there] })
  const officer = await room.signIn('li')
  const screen = await room.opens('chen')
  expect(screen.cases()).toHaveLength(2)
  const cookieJar = { cookie: officer }
  const hello = async (journal: string) => {
    const one = await room.opens('li', cookieJar)
    return (await one.asks('hello', { journal, revision: 2 })) as { board: unknown; patch: unknown }
  }
  expect(await hello('some other journal')).toMatchObject({ patch: null, board: { cases: [{ id: here.id }] } })
  expect(await hello(screen.board().journal)).toMatchObject({ patch: null, board: { cases: [{ id: here.id }] } })
})

it('[SY4] a patch lost on the way leaves a gap, and the gap heals itself', async () => {
  const room = await aRoom({ holding: here })
  let lose = true
  const screen = await room.opens('chen', { arrives: () => !lose })
  await screen.wishes({ type: 'accept', caseId: here.id })
  lose = false
  expect(screen.only().stage).toBe('reported')
  await screen.wishes({ type: 'file', caseId: here.id })
  await screen.sees(() => screen.only().stage === 'filed')
  expect(screen.greetings).toEqual(['whole', 'patch'])
})

it('[SY5] every two seconds a pulse says the time and the last revision that was told', async () => {
  const room = await aRoom({ holding: here })
  let lose = false
  const screen = await room.opens('chen', { arrives: () => !lose })
  await room.clock.pass(2000)
  await screen.sees(() => screen.pulses.length === 1)
  expect(screen.pulses[0]).toEqual({ at: room.clock.now(), revision: 1 })
  lose = true
  await screen.wishes({ type: 'accept', caseId: here.id })
  await room.clock.pass(2000)
  await screen.sees(() => screen.only().stage === 'accepted')
})

it('[SC11] an officer never receives a byte of a case outside their places', async () => {
  const room = await aRoom({ holding: [here, there], staff: ['chen', 'li', 'wu'] })
  const [duty, officer] = [await room.opens('chen'), await room.opens('li')]
  const [reported] = (await room.posts(smokeIn('south-east-1-b', 'far'))).results
  await room.posts(smokeIn('north-west-1-b', 'near'))
  await duty.wishes({ type: 'accept', caseId: there.id })
  await duty.wishes(voids(there.id))
  await duty.wishes({ type: 'accept', caseId: here.id })
  await officer.sees(() => officer.cases().some((subject) => subject.stage === 'accepted'))
  officer.drops()
  await duty.wishes({ type: 'file', caseId: here.id })
  await officer.returns()

  const foreign = reported?.ok ? reported.caseId! : ''
  expect(officer.cases().every((subject) => subject.path.includes('north-west-1' as PlaceId))).toBe(true)
  expect(officer.bytes()).toContain(here.id)
  for (const secret of [there.id, foreign, 'hik/far', 'south-west-1-a', 'south-east-1-b', 'wu'])
    expect(officer.bytes(), secret).not.toContain(`"${secret}"`)
  expect(duty.bytes()).toContain(foreign)
})

it('[SC11] a case that leaves the board is taken off the screens that had it, and named to no other', async () => {
  const room = await aRoom({ holding: [here, there] })
  const cookie = await room.signIn('li')
  const [officer, away] = [await room.opens('li', { cookie }), await room.opens('li', { cookie })]
  const duty = await room.opens('chen')
  away.drops()
  for (const one of [here, there]) expect(await duty.wishes(voids(one.id))).toMatchObject({ ok: true })
  for (const hours of [11, 11, 3]) {
    room.clock.jump(room.clock.now() + hours * 3_600_000)
    await room.clock.pass(10_000)
  }
  await officer.sees(() => officer.cases().length === 0)
  await away.returns()
  expect(away.greetings).toEqual(['whole', 'patch'])
  expect(away.cases()).toEqual([])
  for (const screen of [officer, away]) expect(screen.bytes()).not.toContain(there.id)
})

it('[SC12] the wall shows no word a resident wrote and no way to their name', async () => {
  const words = '我家漏水，孩子在住院'
  const ticket = aCaseIn('north-west-1-a', '20261121-303', {
    reporterRef: 'reporter-77' as ReporterRef,
    sources: [
      aSource({ kind: 'service-ticket', text: words, channel: 'page', reporterRef: 'reporter-77' as ReporterRef }),
    ],
    steps: [{ verb: 'open', at: 0, by: sourceActor('page'), note: words }],
  })
  const room = await aRoom({ holding: ticket })
  const [wall, officer] = [await room.opens('wall'), await room.opens('li')]
  expect(officer.only().sources[0]).toMatchObject({ text: words })
  expect(wall.only()).toMatchObject({ id: ticket.id, path: ticket.path })
  await (await room.opens('chen')).wishes({ type: 'accept', caseId: ticket.id })
  await wall.sees(() => wall.only().stage === 'accepted')
  expect(wall.bytes()).not.toContain(words)
  expect(wall.bytes()).not.toContain('reporter-77')
})

it('[SC13] who wishes is the session’s word, and a wall by itself wishes nothing of a case', async () => {
  const room = await aRoom({ holding: here })
  const [wall, officer] = [await room.opens('wall'), await room.opens('li')]
  expect(await wall.wishes({ type: 'accept', caseId: here.id })).toMatchObject({
    ok: false,
    refusal: 'operator-needed',
  })
  const forged = {
    id: 'forged',
    by: { kind: 'person', id: 'chen', role: 'duty-officer' },
    wish: { type: 'accept', caseId: here.id },
  }
  expect(await officer.asks('command', forged)).toMatchObject({ ok: false })
  const duty = await room.opens('chen')
  await duty.wishes({ type: 'accept', caseId: here.id })
  await duty.sees(() => duty.only().stage === 'accepted')
  expect(duty.only().steps.at(-1)?.by).toEqual({ kind: 'person', id: 'chen', role: 'duty-officer' })
})

it('[SC14] the same wish again gets the same answer; nobody can use up another’s id', async () => {
  const room = await aRoom({ holding: [here, there] })
  const duty = await room.opens('chen')
  const first = await duty.wishes({ type: 'accept', caseId: here.id }, 'tap-1')
  expect(first).toMatchObject({ ok: true, commandId: 'tap-1' })
  expect(await duty.wishes({ type: 'accept', caseId: here.id }, 'tap-1')).toEqual(first)
  const chief = await room.opens('shen')
  expect(await chief.wishes({ type: 'file', caseId: here.id }, 'tap-1')).toMatchObject({ ok: true, revision: 4 })
})

it('[SC14] what is no wish is refused in words and breaks nothing', async () => {
  const room = await aRoom({ holding: here })
  const duty = await room.opens('chen')
  for (const said of [null, 7, 'x', {}, { id: 'a' }, { id: 'a', wish: { type: 'late', caseId: here.id, clock: 'x' } }])
    expect(await duty.asks('command', said)).toMatchObject({ ok: false, refusal: 'wrong-shape' })
  duty.says('command', { id: 'a' })
  duty.says('hello', 'not a function')
  duty.says('where', { lon: 1, lat: 2 })
  duty.says('no such event', {})
  const evidence = 'a'.repeat(64)
  const attach = { type: 'attach', caseId: here.id, evidence, slot: 'other', takenAt: 1 }
  expect(await duty.asks('command', { id: 'b', wish: attach })).toMatchObject({ refusal: 'evidence-unknown' })
  expect(await duty.wishes({ type: 'accept', caseId: here.id })).toMatchObject({ ok: true })
  expect(room.complaints).toEqual([])
})

it('[SC14] a number typed into a note stands nowhere in the journal', async () => {
  const room = await aRoom({ holding: here })
  const duty = await room.opens('chen')
  await duty.wishes({ ...voids(here.id), reason: '误报，已电话 13812345678 核实' } as PersonWish)
  await duty.sees(() => duty.only().stage === 'void')
  let kept = ''
  for await (const line of room.journal.read(0)) kept += line.text
  expect(kept).toContain('误报')
  expect(kept).not.toContain('13812345678')
})

it('[SC15] a screen that says too much is told so, and may speak again later', async () => {
  const room = await aRoom({ holding: here })
  const duty = await room.opens('chen')
  const answers = await Promise.all(Array.from({ length: 80 }, () => duty.wishes({ type: 'see', caseId: here.id })))
  expect(answers.filter((answer) => !answer.ok && answer.refusal === 'overloaded').length).toBeGreaterThan(10)
  await room.clock.pass(5000)
  expect(await duty.wishes({ type: 'accept', caseId: here.id })).toMatchObject({ ok: true })
})

it('[SC16] without a session, from another site, or from nowhere the line stays shut', async () => {
  const room = await aRoom({ holding: here })
  const cookie = await room.signIn('chen')
  await expect(room.opens('chen', { cookie: 'sanping=made-up' })).rejects.toThrow('not-signed-in')
  await expect(room.opens('chen', { cookie: '' })).rejects.toThrow('not-signed-in')
  for (const origin of ['http://evil.example', `${room.url}.evil.example`, 'null', null])
    await expect(room.opens('chen', { cookie, origin })).rejects.toThrow()
  const polled = await fetch(`${room.url}/line/?EIO=4&transport=polling`, { headers: { cookie, origin: room.url } })
  expect(polled.status).toBe(400)
  expect(await (await room.opens('chen', { cookie })).cases()).toHaveLength(1)
})

it('[SC17] whose session ended is sent away at once', async () => {
  const room = await aRoom({ holding: here })
  const cookie = await room.signIn('chen')
  const screen = await room.opens('chen', { cookie })
  await room.records.sessions.close(cookie.split('=')[1]!)
  await screen.sees(() => screen.left() && !screen.connected())
  const stale = await room.opens('shen')
  room.clock.jump(room.clock.now() + 8 * 24 * 3_600_000)
  await room.clock.pass(2000)
  await stale.sees(() => stale.left())
})

it('[WH111] a session that goes on under another token keeps its screen, and what ends it ends the screen', async () => {
  const room = await aRoom({ holding: here })
  const cookie = await room.signIn('chen')
  const screen = await room.opens('chen', { cookie })
  const { sessions } = room.records
  const next = await sessions.prove(cookie.split('=')[1]!, room.clock.now())
  await room.clock.pass(2000)
  expect(screen.connected() && !screen.left()).toBe(true)
  await screen.wishes({ type: 'accept', caseId: here.id })
  expect(screen.only().stage).toBe('accepted')
  await sessions.close(next!)
  await screen.sees(() => screen.left() && !screen.connected())
})

it('[SC17] whose ground or role changed is cut, and comes back to the board they may see now', async () => {
  const room = await aRoom({ holding: [here, there] })
  const officer = await room.opens('li')
  expect(officer.only().id).toBe(here.id)
  await room.records.accounts.change('li' as PersonId, { placeIds: ['south-west-1' as PlaceId] })
  await officer.sees(() => !officer.connected())
  expect(officer.left()).toBe(false)
  await officer.returns()
  expect(officer.greetings).toEqual(['whole', 'whole'])
  expect(officer.only().id).toBe(there.id)
})

it('[SC18] people are told to those they work with; a change of duty arrives by itself', async () => {
  const room = await aRoom({ staff: ['chen', 'shen', 'ma', 'li', 'wu'] })
  const officer = await room.opens('li')
  expect(
    officer
      .people()
      .map((person) => person.id)
      .sort(),
  ).toEqual(['chen', 'li', 'shen'])
  await room.records.accounts.change('li' as PersonId, { onDuty: false })
  await officer.sees(() => officer.people().find((person) => person.id === 'li')?.onDuty === false)
})

it('[SC18] where a phone is, is seen by those on whose ground it stands, for twenty minutes', async () => {
  const room = await aRoom({ staff: ['chen', 'li', 'wu'] })
  const [duty, officer, other] = [await room.opens('chen'), await room.opens('li'), await room.opens('wu')]
  const [lon, lat] = labelOf('north-west-1-a')
  officer.moves({ lon, lat, crs: 'wgs84', accuracy: 8 })
  await turns()
  await duty.asks('echo')
  await officer.asks('echo')
  await room.clock.pass(2000)
  await duty.sees(() => duty.presences().length === 1)
  expect(duty.presences()[0]).toMatchObject({ personId: 'li', wgs84: [lon, lat], accuracy: 8, trail: [[lon, lat]] })
  await other.asks('echo')
  expect(other.presences()).toEqual([])
  room.clock.jump(room.clock.now() + 21 * 60_000)
  expect((await room.opens('chen')).presences()).toEqual([])
})

it('[SC19] a camera gone silent is told to those whose ground it watches', async () => {
  const room = await aRoom({ staff: ['chen', 'wu'] })
  const [duty, far] = [await room.opens('chen'), await room.opens('wu')]
  await room.posts({ ...smokeIn('north-west-1-a', 'e'), cameraId: 'cam-1' })
  await room.clock.pass(62_000)
  await duty.sees(() => duty.silent().includes('cam-1'))
  expect(far.silent()).toEqual([])
})
