// The point of an alarm: WGS-84 as the standard of 2022 has it, absent where a device without a receiver writes zeros, and never turned round by us.
import type { Point } from '#contract/point'
import type { No } from './reading.ts'

/** Wide round China: whoever is outside with the one and inside with the other has swapped them. */
const isLongitude = (degrees: number): boolean => degrees >= 73 && degrees <= 136
const isLatitude = (degrees: number): boolean => degrees >= 3 && degrees <= 54

export function gbPoint(longitude: string | undefined, latitude: string | undefined): Point | undefined | No {
  if (longitude === undefined && latitude === undefined) return undefined
  const [lon, lat] = [degreesOf(longitude), degreesOf(latitude)]
  if (lon === null || lat === null)
    return no(
      `Longitude「${cut(longitude)}」、Latitude「${cut(latitude)}」不是一对度数。`,
      `Longitude "${cut(longitude)}" and Latitude "${cut(latitude)}" are no pair of degrees.`,
    )
  if (lon === 0 && lat === 0) return undefined
  if (isLongitude(lat) && isLatitude(lon))
    return no(
      `Longitude ${lon} 与 Latitude ${lat} 写反了，请对调后重发。`,
      `Longitude ${lon} and Latitude ${lat} are swapped: turn them round and send again.`,
    )
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90)
    return no(
      `Longitude ${lon}、Latitude ${lat} 不在地球上。`,
      `Longitude ${lon}, Latitude ${lat} is nowhere on earth.`,
    )
  return { lon, lat, crs: 'wgs84', from: 'device' }
}

const degreesOf = (text: string | undefined): number | null =>
  text !== undefined && /^-?\d{1,3}(?:\.\d{1,20})?$/.test(text) ? Number(text) : null
const cut = (text = ''): string => text.slice(0, 40)
const no = (zh: string, en: string): No => ({ refusal: 'wrong-shape', words: { zh, en } })
