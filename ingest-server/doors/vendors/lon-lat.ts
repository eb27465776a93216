// A point out of two numbers of somebody else's: none where the device has no fix, a no where they stand the wrong way round.
import type { Crs } from '#contract/point'
import { wrongShape } from './noes.ts'
import { isNo, type No } from './reading.ts'

type LonLatCrs = { lon: number; lat: number; crs: Crs }

/** Undefined where neither is given, or both are nought: that is how a box says it has none. `names`: how the sender calls them. */
export function pointFrom(
  lonText: string | undefined,
  latText: string | undefined,
  crs: Crs,
  names: readonly [string, string],
): LonLatCrs | undefined | No {
  const [lon, lat] = [degrees(lonText, names[0]), degrees(latText, names[1])]
  if (typeof lon === 'object') return lon
  if (typeof lat === 'object') return lat
  if (lon === undefined && lat === undefined) return undefined
  if (lon === undefined || lat === undefined) return half(lon === undefined ? names[0] : names[1])
  if (lon === 0 && lat === 0) return undefined
  if ((Math.abs(lat) > 90 && Math.abs(lon) <= 90) || (isChineseLon(lat) && isChineseLat(lon)))
    return swapped(lon, lat, names)
  return Math.abs(lon) > 180 || Math.abs(lat) > 90 ? nowhere(lon, lat, names) : { lon, lat, crs }
}

/** Wide round China: whoever is outside with the one and inside with the other has swapped them. */
const isChineseLon = (degrees: number): boolean => degrees >= 73 && degrees <= 136
const isChineseLat = (degrees: number): boolean => degrees >= 3 && degrees <= 54

export const isPoint = (point: LonLatCrs | undefined | No): point is LonLatCrs => point !== undefined && !isNo(point)

function degrees(text: string | undefined, name: string): number | undefined | No {
  if (text === undefined || text.trim() === '') return undefined
  const plain = text.trim().replace(/[°度]$/, '')
  return /^[-+]?\d{1,3}(\.\d{1,20})?$/.test(plain) ? Number(plain) : noNumber(name, text)
}

const noNumber = (name: string, text: string): No =>
  wrongShape(
    `${name}：「${text.slice(0, 60)}」不是以度为单位的数字。`,
    `${name}: "${text.slice(0, 60)}" is no number of degrees.`,
  )
const half = (name: string): No => wrongShape(`坐标只有一半，缺 ${name}。`, `Half a point: ${name} is missing.`)
const nowhere = (lon: number, lat: number, [a, b]: readonly [string, string]): No =>
  wrongShape(`${a} ${lon}、${b} ${lat} 不在地球上。`, `${a} ${lon}, ${b} ${lat} is nowhere on earth.`)
const swapped = (lon: number, lat: number, [a, b]: readonly [string, string]): No =>
  wrongShape(
    `经度和纬度写反了：${a} ${lon}、${b} ${lat}，请对调后重发。`,
    `Longitude and latitude stand the wrong way round: ${a} ${lon}, ${b} ${lat}. Turn them round and send again.`,
  )
