// The boundary of a street as a picture of it needs it: a few dozen points a ring, five decimals.
import { z } from 'zod'
import { LonLat } from '#contract/point'
import type { Outline } from '#contract/summary'

const mostPoints = 60
const mostRings = 4

const Ring = z.array(LonLat)
const Boundary = z.object({
  features: z.array(
    z.object({
      geometry: z.discriminatedUnion('type', [
        z.object({ type: z.literal('Polygon'), coordinates: z.array(Ring).min(1) }),
        z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(Ring).min(1)) }),
      ]),
    }),
  ),
})

/** Every n-th point of its largest rings: the corners a wall can show. Empty where the layers have no boundary. */
export function outlineOf(layers: Readonly<Record<string, unknown>>): Outline {
  const boundary = Boundary.safeParse(layers['boundary']).data
  const rings = (boundary?.features ?? []).flatMap(({ geometry }) =>
    geometry.type === 'Polygon' ? [geometry.coordinates[0]!] : geometry.coordinates.map(([outer]) => outer!),
  )
  return rings
    .toSorted((a, b) => b.length - a.length)
    .slice(0, mostRings)
    .map(thinned)
}

function thinned(ring: readonly LonLat[]): LonLat[] {
  const step = Math.max(1, Math.ceil(ring.length / mostPoints))
  return ring.filter((_, at) => at % step === 0).map(([lon, lat]) => [round(lon), round(lat)])
}

const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5
