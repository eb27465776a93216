// Three screens as one: the watch leads and the others follow, something is put on the wall for a while, and who may not see it is shown nothing.
import { expect, it } from 'vitest'
import type { CaseId, CastId, PersonId, PlaceId } from '#contract/ids'
import type { LinkageView } from '#contract/linkage'
import type { Screen } from '../world/screen.ts'
import { agree, caseOf, does, hour, isTold, openRooms, until, walk } from './story.ts'

const aRoom = openRooms()
const smoke = {
  kind: 'camera-alert',
  eventId: 'smoke-1',
  matter: 'smoke',
  cameraId: 'cam-1',
  occurredAt: '2026-11-21T09:30:58+08:00',
}
const place = (id: string) => id as PlaceId
const cast = (id: string) => id as CastId

/** Waits until each of them holds it so. */
async function hold(screens: readonly Screen[], check: (linkage: LinkageView) => void) {
  for (const screen of screens) await screen.sees(() => check(screen.board().linkage))
}
const onWall = (ids: string[]) => (linkage: LinkageView) => expect(linkage.casts.map(({ id }) => id)).toEqual(ids)

it('[LK1] [LK3] [LK4] [LK15] the watch leads to the fire and the others follow, the server comes back in the middle, the wall takes it over, and without a word nobody leads', async () => {
  const room = await aRoom({ at: '09:31:00', staff: ['chen', 'shen', 'li', 'wu'] })
  const [wall, watch, chief] = [await room.opens('wall'), await room.opens('chen'), await room.opens('shen')]
  const [phone, next] = [await room.opens('li'), await room.opens('wu')]
  const caseId = caseOf(await room.posts(smoke))
  await agree(room, caseId, wall, watch, chief, phone)
  await does(watch, { type: 'look', look: { caseId } })
  const led = { by: 'chen', since: hour('09:31:00'), until: hour('09:41:00') }
  await hold([wall, watch, chief, phone], ({ spotlight }) => expect(spotlight).toMatchObject({ ...led, caseId }))
  // Somebody leads, says the next block's phone; to what is none of its business.
  await hold([next], ({ spotlight }) => expect(spotlight).toMatchObject({ ...led, hidden: true }))
  expect(next.board().linkage.spotlight).not.toHaveProperty('caseId')
  expect(await isTold(chief, { type: 'look', look: { placeId: place('north') } })).toBe('somebody-drives')
  expect(await isTold(phone, { type: 'look', look: { caseId } })).toBe('role-not-allowed')

  await until(room, '09:34:00')
  await room.restarts()
  for (const screen of [wall, watch, chief, phone, next]) await screen.returns()
  await hold([wall, watch, chief, phone], ({ spotlight }) => expect(spotlight).toMatchObject({ ...led, caseId }))
  await until(room, '09:35:00')
  await does(wall, { type: 'look', look: { placeId: place('north-west-1') } })
  const taken = { since: hour('09:35:00'), until: hour('09:45:00'), placeId: 'north-west-1' }
  await hold([watch, chief, phone], ({ spotlight }) => expect(spotlight).toMatchObject(taken))
  expect(chief.board().linkage.spotlight?.by).toBe(wall.welcome().viewer.personId)

  await until(room, '09:45:02')
  await hold([wall, watch, chief, phone, next], ({ spotlight }) => expect(spotlight).toBeNull())
  await does(chief, { type: 'look', look: { caseId } })
  await does(chief, { type: 'look-away' })
  const own = (await walk(room.journal)).filter((line) => / (look|look-away|end-leases)$/.test(line))
  expect(own.map((line) => line.replace(/kiosk:\S+/, 'wall'))).toEqual([
    '09:31:00 chen look',
    '09:35:00 wall look',
    '09:45:00 clock end-leases',
    '09:45:02 shen look',
    '09:45:02 shen look-away',
  ])
  expect(next.bytes()).not.toContain(caseId)
})

it('[LK7] [LK9] [LK12] [LK15] the chief puts the fire on the wall for five minutes, the trend waits its turn, and then the wall is its own again', async () => {
  const room = await aRoom({ at: '09:31:00', staff: ['chen', 'shen', 'ma', 'wu'] })
  const [wall, watch, chief] = [await room.opens('wall'), await room.opens('chen'), await room.opens('shen')]
  const [other, next] = [await room.opens('ma'), await room.opens('wu')]
  const caseId = caseOf(await room.posts(smoke))
  await agree(room, caseId, wall, watch, chief)
  const fire = { kind: 'case' as const, caseId }
  expect(await isTold(other, { type: 'cast', id: cast('x'), what: fire, minutes: 5 })).toBe('not-your-area')
  expect(await isTold(next, { type: 'cast', id: cast('x'), what: fire, minutes: 5 })).toBe('role-not-allowed')
  await does(chief, { type: 'cast', id: cast('fire'), what: fire, minutes: 5 })
  await until(room, '09:32:00')
  await does(watch, { type: 'cast', id: cast('trend'), what: { kind: 'chart', chart: 'trend' }, minutes: 10 })
  await hold([wall, watch, chief], onWall(['fire', 'trend']))
  // The block beside sees that the trend waits, and not what is before it.
  await hold([other, next], onWall(['trend']))
  const [shown, waits] = wall.board().linkage.casts
  expect(shown).toMatchObject({ by: 'shen', what: fire, shownAt: hour('09:31:00'), until: hour('09:36:00') })
  expect(waits).not.toHaveProperty('until')

  await until(room, '09:34:00')
  await room.restarts()
  for (const screen of [wall, watch, chief, other, next]) await screen.returns()
  await hold([wall], onWall(['fire', 'trend']))
  await until(room, '09:36:01')
  await hold([wall, watch, chief, other, next], onWall(['trend']))
  expect(wall.board().linkage.casts[0]).toMatchObject({ shownAt: hour('09:36:00'), until: hour('09:46:00') })
  await does(watch, { type: 'cast-longer', id: cast('trend'), minutes: 20 })
  await until(room, '09:50:00')
  await hold([wall], onWall(['trend']))
  await until(room, '09:56:03')
  await hold([wall, watch, chief, other, next], onWall([]))

  await does(chief, { type: 'cast', id: cast('again'), what: fire, minutes: 30 })
  await does(wall, { type: 'cast-end', id: cast('again') })
  await hold([wall, watch, chief], onWall([]))
  expect(next.bytes()).not.toContain(caseId satisfies CaseId)
})

it('[LK13] [LK14] a server that slept through the end of a lease ends it when it wakes, and shows who waited in full', async () => {
  const room = await aRoom({ at: '09:31:00', staff: ['chen', 'shen'] })
  const [wall, watch, chief] = [await room.opens('wall'), await room.opens('chen'), await room.opens('shen')]
  await does(watch, { type: 'look', look: {} })
  await does(watch, { type: 'cast', id: cast('a'), what: { kind: 'chart', chart: 'trend' }, minutes: 5 })
  await does(chief, { type: 'cast', id: cast('b'), what: { kind: 'map', placeId: place('north') }, minutes: 5 })
  room.clock.jump(hour('10:31:00'))
  await room.restarts()
  for (const screen of [wall, watch, chief]) await screen.returns()
  await hold([wall, watch, chief], ({ spotlight, casts }) => {
    expect(spotlight).toBeNull()
    expect(casts).toMatchObject([{ id: 'b', by: 'shen' as PersonId }])
  })
  const { shownAt = 0, until: ends = 0 } = wall.board().linkage.casts[0]!
  expect(shownAt).toBeGreaterThanOrEqual(hour('10:31:00'))
  expect(ends - shownAt).toBe(5 * 60_000)
})
