// Does everything stand where it says it stands?
import pointInPolygon from 'point-in-polygon-hao'
import type { LonLat } from '#contract/point'
import { polygonsOf } from '../ground.ts'
import { placeLayers, type Layers, type Polygons } from '../layers.ts'
import { fault, type Fault } from './fault.ts'

export type Claims = ReadonlyMap<string, Polygons>

/** The shape of every place that has one, by its id. */
export function shapesOf(layers: Layers): Claims {
  return new Map(
    placeLayers.flatMap((name) => layers[name].features.map((f) => [f.properties.id as string, f.geometry] as const)),
  )
}

export function liesIn(shape: Polygons, at: LonLat): boolean {
  return polygonsOf(shape).some((rings) => pointInPolygon(at, rings) !== false)
}

export function standingFaults(layers: Layers): Fault[] {
  const shapes = shapesOf(layers)
  const facilities = new Map(layers.facilities.features.map((f) => [f.properties.id, f.properties]))
  const things = (['grid-stations', 'facilities', 'cameras'] as const).flatMap((name) =>
    layers[name].features.flatMap(({ properties: { id, at, placeId }, geometry }) => {
      const shape = shapes.get(placeId)
      if (!shape) return [fault(name, `${id} claims the place ${placeId}, which is in no layer: name one that is`)]
      if (!liesIn(shape, at))
        return [fault(name, `${id} claims ${placeId} but stands outside it: move the one or rename the other`)]
      return at[0] === geometry.coordinates[0] && at[1] === geometry.coordinates[1]
        ? []
        : [fault(name, `${id} is drawn in one spot and says \`at\` another: make them the same`)]
    }),
  )
  const watching = layers.cameras.features.flatMap(({ properties: { id, watches } }) =>
    watches === undefined || facilities.has(watches)
      ? []
      : [
          fault(
            'cameras',
            `${id} watches ${watches}, which is not in facilities.geojson: add it or take the claim back`,
          ),
        ],
  )
  const houses = layers.buildings.features.flatMap(({ properties: { id, buildingGroup }, geometry }) => {
    const shape = shapes.get(buildingGroup)
    if (!shape)
      return [
        fault('buildings', `${id} claims the building group ${buildingGroup}, which is in no layer: name one that is`),
      ]
    const out = polygonsOf(geometry)
      .flat(2)
      .some((corner) => !liesIn(shape, corner))
    return out
      ? [fault('buildings', `${id} reaches out of ${buildingGroup}: give it to the group it stands in, or split it`)]
      : []
  })
  const labels = placeLayers.flatMap((name) =>
    layers[name].features.flatMap(({ properties: { id, label }, geometry }) =>
      liesIn(geometry, label) ? [] : [fault(name, `the label of ${id} stands outside it: move it in`)],
    ),
  )
  return [...things, ...watching, ...houses, ...labels]
}
