// The ground of a district or a city that has accounts and rules and no map of its own: its name, and nothing that lies in it.
import { PlaceId } from '#contract/ids'
import type { LonLat } from '#contract/point'
import { openGround } from '../places/ground.ts'
import { layerNames } from '../places/layers.ts'
import type { Layers } from '../places/layers.ts'
import type { StreetListed } from './read-streets.ts'

/** 人民广场: where a map of Shanghai is opened. Nothing can be reported there: it is a metre wide. */
const middle: LonLat = [121.4737, 31.2304]
const step = 0.00001

export function landless({ id, kind, names }: Pick<StreetListed, 'id' | 'kind' | 'names'>) {
  const [lon, lat] = middle
  const ring: LonLat[] = [
    [lon, lat],
    [lon + step, lat],
    [lon + step, lat + step],
    [lon, lat],
  ]
  const origin = { title: names.en, source: 'streets.json', licence: 'own', crs: 'wgs84', illustrative: true }
  const properties = {
    ...{ id: PlaceId.parse(id), level: kind === 'street' ? 'subdistrict' : kind, name: names.zh, nameEn: names.en },
    ...{ parentId: null, label: middle, illustrative: true },
  }
  const outline = { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } }
  const layers = Object.fromEntries(
    layerNames.map((name) => [
      name,
      { type: 'FeatureCollection', origin, features: name === 'boundary' ? [outline] : [] },
    ]),
  ) as unknown as Omit<Layers, 'above'>
  const above = { origin, places: [] } as unknown as Layers['above']
  return { layers, ground: openGround({ above, ...layers }) }
}
