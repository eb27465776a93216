// What has changed between two states of a moving source: all that is ever sent to the map.
import type { GeoJSONSourceDiff } from 'maplibre-gl'

/** Every feature of a moving source has an id of its own and properties that are plain. */
export type Marked = GeoJSON.Feature & { id: string; properties: Record<string, unknown> }

/** What it takes to make `before` into `after`; null where nothing changed. */
export function difference(before: ReadonlyMap<string, Marked>, after: readonly Marked[]): GeoJSONSourceDiff | null {
  const kept = new Set(after.map((feature) => feature.id))
  const remove = [...before.keys()].filter((id) => !kept.has(id))
  const add = after.filter((feature) => !isSame(before.get(feature.id), feature))
  return remove.length + add.length === 0 ? null : { remove, add }
}

const isSame = (a: Marked | undefined, b: Marked): boolean =>
  a !== undefined && (a === b || JSON.stringify(a) === JSON.stringify(b))
