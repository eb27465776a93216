// A micro-grid goes over to the committee beside it: last month stays as it was judged, what happens now happens in the new place.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { CaseId, PersonId, PlaceId } from '#contract/ids'
import type { KpiAnswer } from '#contract/kpi'
import type { BoardView } from '#contract/patch'
import { openGround } from '../../ingest-server/places/ground.ts'
import { readLayers } from '../../ingest-server/places/read-layers.ts'
import { recut } from '../suites/recut.ts'
import { at } from '../suites/builders.ts'
import type { DutyRoom } from '../world/duty-room.ts'
import { allFour, caseOf, does, openRooms, photographs, until } from './story.ts'

const aRoom = openRooms()
const shipped = readLayers(join(import.meta.dirname, '../../map-data'))
const before = openGround(shipped)
const camera = shipped.cameras.features.find(({ properties }) => properties.kind === 'rubbish')!.properties
const path = before.pathOf(camera.placeId)
const [, block, area, grid] = path as [PlaceId, PlaceId, PlaceId, PlaceId]
const other = [...before.places.values()].find(
  ({ id, level, parentId }) => level === 'residential-area' && parentId === block && id !== area,
)!.id
const after = openGround(recut(shipped, grid, { to: other, on: '2026-11-24' }))

const asks = async <T>(room: DutyRoom, path: string): Promise<T> => {
  const get = async () => fetch(`${room.url}${path}`, { headers: { cookie: await room.signIn('chen') } })
  const answer = await get().catch(get)
  expect([path, answer.status]).toEqual([path, 200])
  return (await answer.json()) as T
}
const garbage = (eventId: string, occurredAt: string) => ({
  ...{ kind: 'camera-alert', eventId, matter: 'dropped-garbage', cameraId: camera.id, confidence: 0.95 },
  occurredAt,
})

it('[KP22] the boundary re-cut, last week’s figures are the same to the last case, and the new cases are the new place’s', async () => {
  let ground = before
  const chief = { placeIds: [block] }
  const room = await aRoom({ at: '09:31:00', staff: ['chen'], ground: () => ground })
  await room.records.accounts.add(
    {
      ...{ id: 'he' as PersonId, name: '何斌', role: 'property', post: 'cleaning', body: '保洁一队', skills: [] },
      ...{ ...chief, onDuty: true, password: 'long enough for a test' },
    },
    room.clock.now(),
  )
  const duty = await room.opens('chen')
  const phone = await room.opens('he')
  const old = caseOf(await room.posts(garbage('heap-1', '2026-11-21T09:31:00+08:00')))
  await does(duty, { type: 'dispatch', caseId: old, to: 'he' as PersonId })
  await does(phone, { type: 'take', caseId: old })
  await does(phone, { type: 'arrive', caseId: old })
  await photographs(room, ['he', phone], old, allFour)
  await does(phone, { type: 'finish', caseId: old })
  await does(duty, { type: 'close', caseId: old, disposition: 'solved' })
  await until(room, '2026-11-23 08:00:00')
  await room.settled()

  const lastWeek = () =>
    asks<KpiAnswer>(
      room,
      `/api/kpi?from=${at('2026-11-16 00:00')}&to=${at('2026-11-23 00:00')}&cut=place&place=${block}&lists=1`,
    )
  const judged = await lastWeek()
  expect(judged.rows.map(({ key }) => key)).toEqual(['all', area])

  // The new map is laid in, and the server comes back with it; the day on which it holds comes later.
  ground = after
  await room.restarts()
  await room.settled()
  expect(await lastWeek()).toEqual(judged)
  const still = caseOf(await room.posts(garbage('heap-2', '2026-11-23T08:00:00+08:00')))
  expect(room.desk.board().cases.get(still)?.path).toEqual(path)

  await until(room, '2026-11-24 09:00:00')
  const now = caseOf(await room.posts(garbage('heap-3', '2026-11-24T09:00:00+08:00')))
  const pathOf = (id: CaseId) => room.desk.board().cases.get(id)?.path
  expect(now).not.toBe(still)
  expect(pathOf(now)).toEqual([path[0], block, other, `${grid}-new`, ...path.slice(4).map((leaf) => `${leaf}-new`)])
  expect(pathOf(still)).toEqual(path)
  expect(await lastWeek()).toEqual(judged)

  await until(room, '2026-11-24 18:00:00')
  const thisWeek = await asks<KpiAnswer>(
    room,
    `/api/kpi?from=${at('2026-11-23 00:00')}&to=${at('2026-11-30 00:00')}&cut=place&place=${block}&names=1`,
  )
  const missedIn = (place: PlaceId) =>
    thisWeek.rows.find(({ key }) => key === place)?.figures.find(({ name }) => name === 'filed-in-time')?.denominator
  expect([missedIn(area), missedIn(other)]).toEqual([[still], [now]])
  expect(Object.keys(thisWeek.names!)).toEqual([area, other].toSorted())
  const then = await asks<BoardView>(room, `/api/past?at=${at('2026-11-21 09:31')}`)
  expect(then.cases[0]?.path).toEqual(path)
})
