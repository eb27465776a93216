// Does the tree of places hold together: ids once, parents there and one level up, codes well-formed?
import type { Place, PlaceLevel } from '#contract/places'
import { placeLayers, type LayerName, type Layers } from '../layers.ts'
import { fault, type Fault } from './fault.ts'

const levelOf: Record<(typeof placeLayers)[number], PlaceLevel> = {
  boundary: 'subdistrict',
  'street-blocks': 'street-block',
  'residential-areas': 'residential-area',
  'micro-grids': 'micro-grid',
  'building-groups': 'building-group',
}
const levelAbove: Partial<Record<PlaceLevel, PlaceLevel>> = {
  district: 'city',
  subdistrict: 'district',
  'street-block': 'subdistrict',
  'residential-area': 'street-block',
  'micro-grid': 'residential-area',
  'building-group': 'micro-grid',
}
/** Digits of the official code, where a level must have one: 6 area, + 3 street, + 3 community, + 3 sequence. */
const codeDigits: Partial<Record<PlaceLevel, number>> = {
  city: 6,
  district: 6,
  subdistrict: 9,
  'residential-area': 12,
  'micro-grid': 15,
}

export function treeFaults(layers: Layers): Fault[] {
  const shaped = placeLayers.flatMap((name) =>
    layers[name].features.map((f) => ({ layer: name as Fault['layer'], place: f.properties })),
  )
  const all = [...layers.above.places.map((place) => ({ layer: 'places' as const, place })), ...shaped]
  const byId = new Map(all.map(({ place }) => [place.id, place]))
  const one =
    layers.boundary.features.length === 1
      ? []
      : [fault('boundary', `holds ${layers.boundary.features.length} features: one sub-district, one feature`)]
  const levels = placeLayers.flatMap((name) =>
    layers[name].features
      .filter((f) => f.properties.level !== levelOf[name])
      .map((f) =>
        fault(
          name,
          `${f.properties.id} says it is a ${f.properties.level}: in this file every place is a ${levelOf[name]}`,
        ),
      ),
  )
  return [
    ...one,
    ...levels,
    ...twice(all),
    ...all.flatMap(({ layer, place }) => [...parentFault(layer, place, byId), ...codeFault(layer, place, byId)]),
    ...thingIds(layers),
  ]
}

function twice(all: { layer: Fault['layer']; place: Place }[]): Fault[] {
  const seen = new Set<string>()
  return all.flatMap(({ layer, place }) => {
    if (seen.has(place.id)) return [fault(layer, `the id ${place.id} is given twice: every place needs its own`)]
    seen.add(place.id)
    return []
  })
}

function parentFault(layer: Fault['layer'], place: Place, byId: ReadonlyMap<string, Place>): Fault[] {
  const above = levelAbove[place.level]
  if (!above) return []
  const parent = place.parentId === null ? undefined : byId.get(place.parentId)
  if (!parent)
    return [
      fault(
        layer,
        `${place.id} names the parent ${place.parentId ?? 'null'}, which is in no layer: add it or name another`,
      ),
    ]
  if (parent.level !== above)
    return [fault(layer, `${place.id} hangs under ${parent.id}, a ${parent.level}: its parent must be a ${above}`)]
  return []
}

function codeFault(layer: Fault['layer'], place: Place, byId: ReadonlyMap<string, Place>): Fault[] {
  const digits = codeDigits[place.level]
  if (digits === undefined) return []
  if (!place.code || !new RegExp(`^\\d{${digits}}$`).test(place.code))
    return [fault(layer, `${place.id} has the code ${place.code ?? '(none)'}: a ${place.level} has ${digits} digits`)]
  const parent = place.parentId === null ? undefined : byId.get(place.parentId)
  const prefix = place.level === 'micro-grid' ? parent?.code : undefined
  return prefix === undefined || place.code.startsWith(prefix)
    ? []
    : [fault(layer, `${place.id} has the code ${place.code}: it must begin with its residential area's, ${prefix}`)]
}

function thingIds(layers: Layers): Fault[] {
  const things: LayerName[] = ['buildings', 'grid-stations', 'facilities', 'cameras']
  return things.flatMap((name) => {
    const seen = new Set<string>()
    return layers[name].features.flatMap((f) => {
      const { id } = f.properties as { id: string }
      if (seen.has(id)) return [fault(name, `the id ${id} is given twice: every one needs its own`)]
      seen.add(id)
      return []
    })
  })
}
