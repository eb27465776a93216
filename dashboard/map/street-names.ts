// Street names, set by hand as a sign-painter would: turned along a flat street; down a steep one each letter upright under the other.
// MapLibre's own lettering along lines turns Chinese letters on their side there, and loses the name where a tile ends.
import type { Language } from '#contract/language'
import type { Ground } from './ground.ts'

/** Metres between two names of one street where the map is near. */
const nearEvery = 260
/** From letter to letter, in ems. */
const pace = 1.45
const metresPerDegree = 111_320
const squeeze = Math.cos((31.2 * Math.PI) / 180)

/** How far along its street a name stands when all is seen: where streets cross, their names would. Half way where nothing is said. */
const places: Record<string, number> = {
  斜土路: 0.24,
  瑞金南路: 0.6,
  制造局路: 0.44,
  高雄路: 0.55,
  中山南一路: 0.65,
  打浦路: 0.42,
  蒙自路: 0.74,
  瞿溪路: 0.6,
  局门路: 0.32,
  南北高架路: 0.52,
  内环高架路: 0.7,
}

interface Street {
  text: string
  line: GeoJSON.Position[]
  /** Where along it the name stands when all is seen. */
  part: number
}

export function streetNames(ground: Ground, language: Language): GeoJSON.Feature[] {
  return [...streets(ground, language), ...viaducts(ground, language)].flatMap((street) => {
    const whole = lengthOf(street.line)
    const count = Math.floor(whole / nearEvery)
    return [
      ...set(street, street.part * whole, false, language),
      ...Array.from({ length: count }, (_, i) => set(street, ((i + 0.5) / count) * whole, true, language)).flat(),
    ]
  })
}

const wordOf = (feature: GeoJSON.Feature, language: Language): string =>
  String(feature.properties?.[language === 'zh' ? 'name' : 'nameEn'] ?? '')

/** A street that carries two names is the one under a viaduct, and the viaduct carries the name. */
function streets(ground: Ground, language: Language): Street[] {
  return ground.roads.features.flatMap((feature) => {
    const { name, part, class: roadClass } = feature.properties ?? {}
    const isNamed = typeof name === 'string' && !name.includes('/') && part === 'inside' && roadClass !== 'tunnel'
    if (!isNamed || feature.geometry.type !== 'LineString') return []
    const line = feature.geometry.coordinates
    return [{ text: wordOf(feature, language), line, part: places[name] ?? 0.5 }]
  })
}

/** One carriageway speaks for both. The ring's street is named inside, so the ring says its own name where it leaves in the east. */
function viaducts(ground: Ground, language: Language): Street[] {
  const seen = new Set<string>()
  return ground.viaducts.features.flatMap((feature) => {
    const { name, class: kind, part } = feature.properties ?? {}
    if (kind !== 'main' || feature.geometry.type !== 'MultiLineString' || name === '鲁班路') return []
    if (seen.has(name) || part !== (name === '内环高架路' ? 'stub' : 'inside')) return []
    seen.add(name)
    const east = [...feature.geometry.coordinates].sort((a, b) => (b[0]?.[0] ?? 0) - (a[0]?.[0] ?? 0))[0]
    return east ? [{ text: wordOf(feature, language), line: east, part: places[name] ?? 0.5 }] : []
  })
}

/** The name at so many metres along the line. */
function set(street: Street, metres: number, isNear: boolean, language: Language): GeoJSON.Feature[] {
  const { at, way } = pointAlong(street.line, metres)
  const isSteep = Math.abs(way[1]) > Math.abs(way[0]) * 1.2
  if (language !== 'zh' || !isSteep) {
    // Clockwise from east, never upside down.
    const turn = (-Math.atan2(way[1], way[0]) * 180) / Math.PI
    const upright = turn > 90 ? turn - 180 : turn < -90 ? turn + 180 : turn
    return [feature('street', street.text, at, isNear, { turn: upright })]
  }
  const down: [number, number] = way[1] > 0 ? [-way[0], -way[1]] : [way[0], way[1]]
  const letters = [...street.text]
  return letters.map((letter, i) => {
    const step = (i - (letters.length - 1) / 2) * pace
    return feature('letter', letter, at, isNear, { shift: [down[0] * step, -down[1] * step] })
  })
}

const feature = (kind: string, text: string, at: GeoJSON.Position, isNear: boolean, rest: object): GeoJSON.Feature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: at },
  properties: { kind, text, isNear, ...rest },
})

const span = (a: GeoJSON.Position, b: GeoJSON.Position): [number, number] => [
  ((b[0] ?? 0) - (a[0] ?? 0)) * metresPerDegree * squeeze,
  ((b[1] ?? 0) - (a[1] ?? 0)) * metresPerDegree,
]
const lengthOf = (line: GeoJSON.Position[]): number =>
  line.slice(1).reduce((sum, point, i) => sum + Math.hypot(...span(line[i] as GeoJSON.Position, point)), 0)

/** The point so far along a line, and the way the line runs there, of length 1, [east, north]. */
function pointAlong(line: GeoJSON.Position[], metres: number): { at: GeoJSON.Position; way: [number, number] } {
  let left = metres
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1] as GeoJSON.Position, line[i] as GeoJSON.Position]
    const [east, north] = span(a, b)
    const length = Math.hypot(east, north) || 1
    if (left <= length || i === line.length - 1) {
      const t = Math.min(1, left / length)
      const at = [(a[0] ?? 0) + t * ((b[0] ?? 0) - (a[0] ?? 0)), (a[1] ?? 0) + t * ((b[1] ?? 0) - (a[1] ?? 0))]
      return { at, way: [east / length, north / length] }
    }
    left -= length
  }
  return { at: line[0] ?? [0, 0], way: [1, 0] }
}
