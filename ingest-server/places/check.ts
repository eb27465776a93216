// `npm run map:check [site folder]`: is the map fit to be trusted? Plain sentences, exit 1 if it is not.
import { fileURLToPath } from 'node:url'
import { coverFaults } from './check/cover.ts'
import { layersOn, turningDays } from './check/days.ts'
import type { Fault } from './check/fault.ts'
import { ringFaults } from './check/rings.ts'
import { shiftFaults } from './check/shift.ts'
import { standingFaults } from './check/standing.ts'
import { treeFaults } from './check/tree.ts'
import type { Layers } from './layers.ts'
import { MapFault, readLayers } from './read-layers.ts'

const mostPerLayer = 12

/** Every fault of the map. Where a layer stands in another datum, or its rings are broken, that is said first and the rest would be noise. */
export function faultsOf(layers: Layers): Fault[] {
  const rings = ringFaults(layers)
  if (rings.length > 0) return [...rings, ...treeFaults(layers)]
  const shifted = shiftFaults(layers)
  const tree = treeFaults(layers)
  if (shifted.length > 0) return [...shifted, ...tree]
  return [...tree, ...coverFaultsOfAllDays(layers), ...standingFaults(layers)]
}

/** What is wrong on many days is said once. */
function coverFaultsOfAllDays(layers: Layers): Fault[] {
  const all = turningDays(layers).flatMap((day) => coverFaults(layersOn(layers, day)))
  return [...new Map(all.map((fault) => [fault.sentence, fault])).values()]
}

/** The same as sentences, no more than a screenful a layer. */
export function tellFaults(faults: Fault[]): string[] {
  return [...new Set(faults.map((f) => f.layer))].flatMap((layer) => {
    const own = faults.filter((f) => f.layer === layer)
    const rest = own.length - mostPerLayer
    return [
      ...own.slice(0, mostPerLayer).map((f) => f.sentence),
      ...(rest > 0 ? [`… and ${rest} more of the kind in ${layer}.`] : []),
    ]
  })
}

function run(folder: string, siteFolder: string | undefined): number {
  const say = (line: string) => process.stdout.write(`${line}\n`)
  try {
    const layers = readLayers(folder, siteFolder)
    const faults = faultsOf(layers)
    for (const line of tellFaults(faults)) say(line)
    say(
      faults.length === 0
        ? `The map is sound: ${layers['building-groups'].features.length} building groups, ${layers.cameras.features.length} cameras.`
        : `${faults.length} to put right.`,
    )
    return faults.length === 0 ? 0 : 1
  } catch (fault) {
    if (!(fault instanceof MapFault)) throw fault
    say(fault.message)
    return 1
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = run(fileURLToPath(new URL('../../map-data', import.meta.url)), process.argv[2])
}
