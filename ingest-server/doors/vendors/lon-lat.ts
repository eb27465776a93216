// A point out of two numbers of somebody else's: none where the device has no fix, a no where they stand the wrong way round.
import type { Crs } from '#contract/point'
import { isNo, type No } from './reading.ts'

export type LonLatCrs = { lon: number; lat: number; crs: Crs }

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
  if (Math.abs(lat) > 90 && Math.abs(lon) <= 90) return swapped(lon, lat, names)
  return { lon, lat, crs }
}

export const isPoint = (point: LonLatCrs | undefined | No): point is LonLatCrs => point !== undefined && !isNo(point)

function degrees(text: string | undefined, name: string): number | undefined | No {
  if (text === undefined || text.trim() === '') return undefined
  const plain = text.trim().replace(/[°度]$/, '')
  return /^[-+]?\d{1,3}(\.\d{1,20})?$/.test(plain) ? Number(plain) : noNumber(name, text)
}

const noNumber = (name: string, text: string): No => ({
  refusal: 'wrong-shape',
  words: {
    zh: `${name}：「${text.slice(0, 60)}」不是以度为单位的数字。`,
    en: `${name}: "${text.slice(0, 60)}" is no number of degrees.`,
  },
})
const half = (missing: string): No => ({
  refusal: 'wrong-shape',
  words: { zh: `坐标只有一半，缺 ${missing}。`, en: `Half a point: ${missing} is missing.` },
})
const swapped = (lon: number, lat: number, [a, b]: readonly [string, string]): No => ({
  refusal: 'wrong-shape',
  words: {
    zh: `经度和纬度写反了：${a} ${lon}、${b} ${lat}，纬度不会超过 90。`,
    en: `Longitude and latitude stand the wrong way round: ${a} ${lon}, ${b} ${lat}; no latitude is above 90.`,
  },
})
