// The control points the map is drawn from, read and checked.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { LonLat } from '#contract/point'

const Line = z.array(LonLat).min(2)
const NamedLines = z.array(z.object({ name: z.string(), lines: z.array(Line) }))

const Facts = z.object({
  subDistrictBoundary: Line,
  streetBlocks: z.array(z.object({ name: z.string(), label: LonLat, ring: Line })),
  neighbours: z.array(z.object({ name: z.string(), ring: Line })),
  elevatedRoads: NamedLines,
  roads: z.array(z.object({ name: z.string(), class: z.string(), confidence: z.string(), line: Line })),
  metroLines: NamedLines,
  metroStations: z.array(
    z.object({ name: z.string(), lines: z.array(z.string()), at: LonLat, confidence: z.string() }),
  ),
  river: z.object({ name: z.string(), ring: Line }),
  green: z.array(z.object({ inSubDistrict: z.boolean(), ring: Line })),
  residentsCommittees: z.object({
    list: z.array(z.object({ code: z.string(), name: z.string(), anchor: LonLat.nullable() })),
  }),
})
export type Facts = z.infer<typeof Facts>

export function readFacts(path: string | URL): Facts {
  return Facts.parse(JSON.parse(readFileSync(path, 'utf8')))
}
