// A map on which one micro-grid goes over to another area on a day: the same ground under new names, the old ones kept with their last day.
import type { PlaceId } from '#contract/ids'
import type { Layers } from '../../ingest-server/places/layers.ts'

const dayBefore = (date: string): string => new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10)

/** `keep`: the old one's last day, where the map's maker got it wrong. */
export function recut(
  layers: Layers,
  grid: PlaceId,
  { to, on, keep = dayBefore(on) }: { to: PlaceId; on: string; keep?: string },
): Layers {
  const renamed = (id: PlaceId) => `${id}-new` as PlaceId
  const cut = <L extends Layers['micro-grids']>(
    layer: L,
    isCut: (id: PlaceId, parent: PlaceId | null) => boolean,
  ): L => ({
    ...layer,
    features: layer.features.flatMap((feature) => {
      const { properties } = feature
      if (!isCut(properties.id, properties.parentId)) return [feature]
      const { code: _code, ...rest } = properties
      const parentId = properties.id === grid ? to : renamed(grid)
      return [
        { ...feature, properties: { ...properties, until: keep } },
        { ...feature, properties: { ...rest, id: renamed(properties.id), parentId, from: on } },
      ]
    }),
  })
  return {
    ...layers,
    'micro-grids': cut(layers['micro-grids'], (id) => id === grid),
    'building-groups': cut(layers['building-groups'], (_id, parent) => parent === grid),
  }
}
