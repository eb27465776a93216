// A storm thought out beforehand: one shed that everything cries about, and as many things apart as have nothing to do with each other.
import { join } from 'node:path'
import { openScenarioBook } from '../../ingest-server/case-engine/scenario-book.ts'
import { readScenarios } from '../../ingest-server/app/read-scenarios.ts'
import type { Chance } from '../../ingest-server/demo/chance.ts'
import { openGround } from '../../ingest-server/places/ground.ts'
import { readLayers } from '../../ingest-server/places/read-layers.ts'
import { metresBetween } from '#contract/metres'
import type { LonLat } from '#contract/point'
import type { Scenario } from '#contract/scenario'
import { projectRoot } from '../suites/server-process.ts'

export interface Planned {
  eventId: string
  /** Nothing else in the storm has anything to do with it. */
  isDistinct: boolean
  report: Record<string, unknown>
}

const metresPerDegree = 111_195
/** So much beyond the circle in which two would be one. */
const clear = 10

/** `distinct` of them a case each; the others one fire at one shed, by every camera that sees it. Shuffled. */
export async function planStorm(alerts: number, distinct: number, chance: Chance): Promise<Planned[]> {
  const { scenarios } = await readScenarios(join(projectRoot, 'ingest-server/scenarios'))
  const ground = openGround(readLayers(join(projectRoot, 'map-data')))
  const { scenario: fire } = openScenarioBook(scenarios).byMatter.get('smoke')!
  const cameras = [...ground.cameras.values()]
  const [camera] = cameras.filter(({ watches }) => watches !== undefined)
  const shed = ground.facilities.get(camera!.watches!)!
  const eyes = cameras.filter(
    ({ watches, at }) => watches === shed.id || metresBetween(at, shed.at) <= fire.sameCase.metres,
  )
  const apart = scenarios.flatMap((scenario) => spotsFor(scenario, ground, shed.at))
  if (apart.length < distinct) throw new Error(`the map has room for ${apart.length} that are apart, not ${distinct}`)
  const planned = shuffled(apart, chance)
    .slice(0, distinct)
    .map(({ matter, at: [lon, lat] }, i): Planned => {
      const eventId = `apart-${i}`
      return {
        eventId,
        isDistinct: true,
        report: { kind: 'grid-report', eventId, matter, at: { lon, lat, crs: 'wgs84' } },
      }
    })
  for (let i = planned.length; i < alerts; i++) {
    const eventId = `fire-${i}`
    const matter = chance.oneOf(['smoke', 'smoke', 'open-fire'])
    const seen = { cameraId: chance.oneOf(eyes).id, facilityId: shed.id, confidence: 0.6 + chance.next() * 0.35 }
    planned.push({ eventId, isDistinct: false, report: { kind: 'camera-alert', eventId, matter, ...seen } })
  }
  return shuffled(planned, chance)
}

/** One matter of each group, at points so far apart that no two are one; away from the fire. */
function spotsFor(
  scenario: Scenario,
  ground: ReturnType<typeof openGround>,
  fire: LonLat,
): { matter: string; at: LonLat }[] {
  const { metres, ways } = scenario.sameCase
  if (scenario.kind !== 'alarm' || (ways && !ways.includes('near'))) return []
  const matters = [...new Map(scenario.matters.map((matter) => [matter.group, matter.code])).values()]
  const step = metres + clear
  const spots: LonLat[] = []
  for (let north = -2000; north <= 2000; north += step)
    for (let east = -2000; east <= 2000; east += step) {
      const wide = metresPerDegree * Math.cos((fire[1] * Math.PI) / 180)
      const at: LonLat = [fire[0] + east / wide, fire[1] + north / metresPerDegree]
      if (metresBetween(at, fire) > step && ground.leafAt(at)) spots.push(at)
    }
  return matters.flatMap((matter) => spots.map((at) => ({ matter, at })))
}

function shuffled<T>(list: readonly T[], chance: Chance): T[] {
  const all = [...list]
  for (let i = all.length - 1; i > 0; i--) {
    const j = chance.whole(0, i)
    ;[all[i], all[j]] = [all[j]!, all[i]!]
  }
  return all
}
