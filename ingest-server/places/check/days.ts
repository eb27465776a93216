// A map with boundaries that are cut anew is one map a day: each of those days is checked by itself.
import { isInForce } from '#contract/in-force'
import { placeLayers, type Layers } from '../layers.ts'

const beforeAll = '0001-01-01'
const dayMs = 86_400_000
const dayAfter = (date: string): string => new Date(Date.parse(date) + dayMs).toISOString().slice(0, 10)

/** Every day from which another map holds; one where nothing ever changes. */
export function turningDays(layers: Layers): string[] {
  const places = placeLayers.flatMap((name) => layers[name].features.map((f) => f.properties))
  const days = places.flatMap(({ from, until }) => [...(from ? [from] : []), ...(until ? [dayAfter(until)] : [])])
  return [...new Set([beforeAll, ...days])].toSorted()
}

/** Only what is in force on that day. */
export function layersOn(layers: Layers, date: string): Layers {
  const on = placeLayers.map((name) => {
    const layer = layers[name]
    return [name, { ...layer, features: layer.features.filter((f) => isInForce(f.properties, date)) }] as const
  })
  return { ...layers, ...Object.fromEntries(on) }
}
