// Circles of so many metres on the ground.
import type { LonLat } from '#contract/point'

const corners = 96
/** Along a meridian of the mean sphere, the one `metresBetween` measures on. */
const metresPerDegree = 111_195

/** A circle of so many metres about a point as a closed line, from east counter-clockwise. True for rings of a few hundred metres. */
export function ringAround([lon, lat]: LonLat, radius: number): LonLat[] {
  const high = radius / metresPerDegree
  const wide = high / Math.cos((lat * Math.PI) / 180)
  return Array.from({ length: corners + 1 }, (_, i): LonLat => {
    const angle = (i / corners) * 2 * Math.PI
    return [lon + wide * Math.cos(angle), lat + high * Math.sin(angle)]
  })
}
