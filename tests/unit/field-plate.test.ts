// Plates: what their code says, how it is read, and every way a camera can be missing.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { create } from 'qrcode'
import { decodeQR } from 'qr/decode.js'
import { describe, expect, it } from 'vitest'
import type { FacilityId, PlaceId } from '#contract/ids'
import type { Facility, Place } from '#contract/places'
import { openCamera } from '../../dashboard/link/camera.ts'
import { plateIn, spotOf } from '../../dashboard/screens/field/plate.ts'
import { permissions } from '../../ingest-server/app/permissions.ts'

const map = join(import.meta.dirname, '../../map-data')
const featuresOf = <T>(file: string) =>
  (JSON.parse(readFileSync(join(map, file), 'utf8')) as { features: { properties: T }[] }).features.map(
    (one) => one.properties,
  )
const facilities = new Map(featuresOf<Facility>('facilities.geojson').map((one) => [one.id, one]))
const places = new Map(featuresOf<Place>('building-groups.geojson').map((one) => [one.id, one]))
const shed = 'shed-001-02' as FacilityId
const building = [...places.keys()][0] as PlaceId

describe('what a plate says', () => {
  it.each([
    [shed, { plate: shed }],
    [` ${shed}\n`, { plate: shed }],
    [`https://sanping.example/resident?plate=${shed}`, { plate: shed }],
    [`https://sanping.example/resident?x=1&place=${building}`, { place: building }],
    [`https://sanping.example/p/${shed}/`, { plate: shed }],
    ['https://pay.example/', null],
    ['请扫码支付 88 元', null],
    ['WIFI:S:mi;T:WPA;P:1234;;', null],
    ['', null],
  ])('[SN310] %s', (text, plate) => {
    expect(plateIn(text)).toEqual(plate)
  })
  it('[SN310] a plate of ours is a place; one the map does not know is none', () => {
    expect(spotOf(`https://sanping.example/resident?plate=${shed}`, facilities, places)).toEqual({ facilityId: shed })
    const at = { at: { lon: expect.any(Number), lat: expect.any(Number), crs: 'wgs84', from: 'plate' } }
    expect(spotOf(`?place=${building}`, facilities, places)).toEqual(at)
    expect(spotOf(building, facilities, places)).toEqual(at)
    expect(spotOf('shed-999-99', facilities, places)).toBeNull()
  })
  it('[SN311] the decoder reads a code as it hangs on the wall, also askew and small', () => {
    const { modules } = create(`https://sanping.example/resident?plate=${shed}`, { errorCorrectionLevel: 'M' })
    for (const [side, turn] of [
      [240, 0],
      [480, 0.2],
    ] as const)
      expect(decodeQR(pictureOf(modules, side, turn))).toContain(`plate=${shed}`)
  })
})

/** A grey wall with the code in its middle, turned by so many radians. */
function pictureOf(modules: ReturnType<typeof create>['modules'], side: number, turn: number) {
  const data = new Uint8ClampedArray(side * side * 4).fill(255)
  const { size } = modules
  const module = (side * 0.6) / size
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [dx, dy] = [x - side / 2, y - side / 2]
      const column = Math.floor((dx * Math.cos(turn) + dy * Math.sin(turn)) / module + size / 2)
      const row = Math.floor((-dx * Math.sin(turn) + dy * Math.cos(turn)) / module + size / 2)
      const isInside = row >= -3 && column >= -3 && row < size + 3 && column < size + 3
      const isDark = row >= 0 && column >= 0 && row < size && column < size && modules.get(row, column) === 1
      data.fill(isDark ? 25 : isInside ? 235 : 120, (y * side + x) * 4, (y * side + x) * 4 + 3)
    }
  return { data, width: side, height: side }
}

describe('the camera', () => {
  const failing = (name: string) => ({ getUserMedia: () => Promise.reject(new DOMException('no', name)) })

  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'none'],
    ['NotReadableError', 'busy'],
    ['StrangeError', 'none'],
  ])('[SN312] %s is said as %s', async (name, trouble) => {
    expect(await openCamera(failing(name), true)).toEqual({ trouble })
  })
  it('[SN312] on plain HTTP there is none, and that is why', async () => {
    expect(await openCamera(undefined, false)).toEqual({ trouble: 'plain' })
    expect(await openCamera(undefined, true)).toEqual({ trouble: 'none' })
  })
  it('[SN312] its light is offered only where it has one; closed, every track is stopped', async () => {
    const asked: unknown[] = []
    let stopped = 0
    const track = (torch: boolean) => ({
      getCapabilities: () => ({ torch }),
      applyConstraints: (wanted: unknown) => Promise.resolve(void asked.push(wanted)),
      stop: () => stopped++,
    })
    const media = (torch: boolean) => ({
      getUserMedia: () => {
        const one = track(torch)
        return Promise.resolve({ getVideoTracks: () => [one], getTracks: () => [one] } as unknown as MediaStream)
      },
    })
    const lit = await openCamera(media(true), true)
    if ('trouble' in lit) throw new Error('no camera')
    await lit.light?.(true)
    lit.close()
    expect([asked, stopped]).toEqual([[{ advanced: [{ torch: true }] }], 1])
    expect(await openCamera(media(false), true)).toMatchObject({ light: null })
  })
  it('[SN313] our own pages may ask for camera and place, and nobody’s for a microphone', () => {
    const said: string[] = []
    const response = { setHeader: (_name: string, value: string) => said.push(value) }
    permissions({} as never, response as never, () => said.push('next'))
    expect(said[0]).toContain('camera=(self)')
    expect(said[0]).toContain('geolocation=(self)')
    expect(said[0]).toContain('microphone=()')
    expect(said[1]).toBe('next')
  })
})
