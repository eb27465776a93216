// Before a resident sends, the page says whether the same is being dealt with there, however they said where.
import { expect, it, vi } from 'vitest'
import type { FacilityId, PlaceId } from '#contract/ids'
import { askNear } from '../../dashboard/link/resident.ts'
import { spot } from '../suites/small-ground.ts'
import { hour, openRooms } from './story.ts'

const openRoom = openRooms()
const [lon, lat] = spot()
const at = { lon, lat, crs: 'wgs84' as const }

it('[EX30] by the list, by the plate at the door and by the phone it is the same hint', async () => {
  const room = await openRoom({ at: '09:31', staff: [] })
  const asks: typeof fetch = (path, init) => fetch(`${room.url}${path as string}`, init)
  const leak = { kind: 'service-ticket', eventId: 'a', matter: 'water-leak', at, occurredAt: hour('09:30:00') }
  await room.posts(leak)
  expect(await askNear(asks, 'water-leak', { placeId: 'north-west-1-a' as PlaceId })).toBe(1)
  expect(await askNear(asks, 'water-leak', { facilityId: 'shed-1' as FacilityId })).toBe(1)
  expect(await askNear(asks, 'water-leak', { at })).toBe(1)
  // The same spot as a phone in China says it.
  expect(await askNear(asks, 'water-leak', { at: { lon: lon + 0.0045, lat: lat - 0.0019, crs: 'gcj02' } })).toBe(1)
  expect(await askNear(asks, 'light-out', { at })).toBe(0)
  expect(await askNear(asks, 'water-leak', { at: { ...at, lat: 31.195 } })).toBe(0)
})

it('[EX30] who has not said where is asked nothing; nonsense is refused and no hint', async () => {
  const room = await openRoom({ at: '09:31', staff: [] })
  const never = vi.fn<typeof fetch>()
  expect(await askNear(never, 'water-leak', {})).toBe(0)
  expect(never).not.toHaveBeenCalled()
  for (const query of [
    '',
    'lon=a&lat=b&crs=wgs84',
    'lon=121.47&lat=31.2',
    'facilityId=nowhere',
    'lon=0&lat=0&crs=wgs84',
  ]) {
    const answer = await fetch(`${room.url}/api/resident/near?matter=water-leak&${query}`)
    expect([query, answer.status]).toEqual([query, 422])
  }
})
