// Ten thousand cases, still readable: I, II and whatever is selected always stand; of III and IV, where many lie on one spot, one mark says how many.
import type { GeoJSONSourceDiff } from 'maplibre-gl'
import type { Level } from '#contract/stage'
import type { LonLat } from '#contract/point'
import { caseFeature, crowdFeature } from './case-features.ts'
import type { Marked } from './difference.ts'
import type { CaseMark, CrowdMark } from './marks.ts'

/** So many III and IV stand each for itself, however close; beyond, those that share a spot are counted. Two figures, so that it does not waver. */
const crowdedFrom = 240
const calmBelow = 160
/** On one spot so many still stand beside each other. */
const few = 3
/** At least so wide is a spot, in pixels of 3840. */
const spotWide = 84

export interface Gathering {
  /** What is to be told to the map since the last time; null where nothing changed. */
  settle(cases: readonly CaseMark[], view: { grain: number; keepId: string | null }): GeoJSONSourceDiff | null
  /** All that is drawn, for a source made anew. */
  drawn(): Marked[]
  /** Those a counted mark stands for. */
  behind(crowdId: string): string[]
}

/** Spots to the width of the world at this zoom, as a power of two: the same for half a step of zoom. `unit`: CSS pixels of one at 3840. */
export const grainAt = (zoom: number, unit: number): number =>
  Math.floor(2 * (zoom + Math.log2(512 / (spotWide * unit)))) / 2

/** Which spot of the world a point lies in, by Web Mercator. */
export function spotOf([lon, lat]: LonLat, grain: number): string {
  const wide = 2 ** grain
  const x = Math.floor(((lon + 180) / 360) * wide)
  const y = Math.floor((0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * wide)
  return `${x}/${y}`
}

/**
 * Kept between calls, so that a hundred changes among a hundred thousand cost a hundred: only spots something changed in are drawn anew.
 * A mark is taken as unchanged where it is the same record, or says the same.
 */
export function openGathering(): Gathering {
  const held = new Map<string, { mark: CaseMark; spot: string }>()
  const spots = new Map<string, Map<string, CaseMark>>()
  const features = new Map<string, Marked[]>()
  let [grain, keepId, isCrowded] = [NaN, null as string | null, false]

  const standsAlone = (mark: CaseMark): boolean => !isCrowded || mark.level <= 2 || mark.id === keepId
  const placeFor = (mark: CaseMark): string =>
    standsAlone(mark) ? `=${mark.id}` : `${spotOf(mark.at, grain)}${mark.isGrey ? ' grey' : ''}`

  function put(mark: CaseMark, touched: Set<string>): void {
    const before = held.get(mark.id)
    const spot = before && isAt(before.mark, mark) ? before.spot : placeFor(mark)
    if (before && before.spot !== spot) take(mark.id, before.spot, touched)
    held.set(mark.id, { mark, spot })
    const here = spots.get(spot) ?? new Map<string, CaseMark>()
    here.set(mark.id, mark)
    spots.set(spot, here)
    touched.add(spot)
  }
  function take(id: string, spot: string, touched: Set<string>): void {
    const here = spots.get(spot)
    here?.delete(id)
    if (here?.size === 0) spots.delete(spot)
    touched.add(spot)
  }
  function forget(cases: readonly CaseMark[], touched: Set<string>): void {
    const ids = new Set(cases.map(({ id }) => id))
    for (const [id, { spot }] of held) {
      if (ids.has(id)) continue
      held.delete(id)
      take(id, spot, touched)
    }
  }
  /** Another step of zoom, crowded as it was not before, selected or no more: these look for their spot anew. */
  function move(ids: Iterable<string>, touched: Set<string>): void {
    for (const id of ids) {
      const one = held.get(id)
      if (!one || placeFor(one.mark) === one.spot) continue
      take(id, one.spot, touched)
      held.delete(id)
      put(one.mark, touched)
    }
  }
  function redraw(touched: ReadonlySet<string>): GeoJSONSourceDiff | null {
    const diff = { remove: [] as string[], add: [] as Marked[] }
    for (const spot of touched) {
      const before = features.get(spot) ?? []
      const after = drawnAt(spot, [...(spots.get(spot)?.values() ?? [])])
      if (after.length > 0) features.set(spot, after)
      else features.delete(spot)
      const kept = new Set(after.map(({ id }) => id))
      for (const { id } of before) if (!kept.has(id)) diff.remove.push(id)
      diff.add.push(...after)
    }
    // One that moved from spot to spot is drawn at the new one, whichever was looked at first.
    const added = new Set(diff.add.map(({ id }) => id))
    diff.remove = diff.remove.filter((id) => !added.has(id))
    return diff.remove.length + diff.add.length === 0 ? null : diff
  }

  return {
    settle(cases, view) {
      const touched = new Set<string>()
      const minor = cases.reduce((sum, { level }) => sum + Number(level > 2), 0)
      const crowded = minor > crowdedFrom || (isCrowded && minor >= calmBelow)
      const isAnew = crowded !== isCrowded || (crowded && grain !== view.grain)
      const kept = [keepId, view.keepId].filter((id) => id !== null)
      ;[grain, keepId, isCrowded] = [view.grain, view.keepId, crowded]
      move(isAnew ? [...held.keys()] : kept, touched)
      for (const mark of cases) if (!isSame(held.get(mark.id)?.mark, mark)) put(mark, touched)
      if (held.size > cases.length) forget(cases, touched)
      return redraw(touched)
    },
    drawn: () => [...features.values()].flat(),
    behind: (crowdId) => [...(spots.get(crowdId.slice(1))?.keys() ?? [])],
  }
}

const isAt = (a: CaseMark, b: CaseMark): boolean =>
  a.at[0] === b.at[0] && a.at[1] === b.at[1] && a.level === b.level && a.isGrey === b.isGrey

const said = ['level', 'isOver', 'isWaiting', 'isUnsure', 'isGrey', 'isStemmed', 'word'] as const
const isSame = (a: CaseMark | undefined, b: CaseMark): boolean =>
  a === b ||
  (a !== undefined && a.at[0] === b.at[0] && a.at[1] === b.at[1] && said.every((name) => a[name] === b[name]))

function drawnAt(spot: string, marks: readonly CaseMark[]): Marked[] {
  return marks.length > few ? [crowdFeature(crowdOf(spot, marks))] : marks.map(caseFeature)
}

/** As bad as the worst of them; it stands in their middle. Nobody sure of any: dashed, as each of them would be. */
function crowdOf(spot: string, marks: readonly CaseMark[]): CrowdMark {
  const sure = marks.filter(({ isUnsure }) => !isUnsure)
  const middle = (axis: 0 | 1) => marks.reduce((sum, { at }) => sum + at[axis], 0) / marks.length
  return {
    id: `+${spot}`,
    at: [middle(0), middle(1)],
    level: Math.min(4, ...(sure.length > 0 ? sure : marks).map(({ level }) => level)) as Level,
    count: marks.length,
    isOver: marks.some(({ isOver }) => isOver),
    isUnsure: sure.length === 0,
    isGrey: marks.every(({ isGrey }) => isGrey === true),
  }
}
