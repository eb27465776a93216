// What the streets of one process have in common, read once: the map they come with, the shipped rules, who answers for what.
import { existsSync } from 'node:fs'
import type { Ground } from '#contract/ground'
import type { ResponsibilityTable } from '#contract/responsibility'
import { openGround } from '../places/ground.ts'
import type { Layers } from '../places/layers.ts'
import { readLayers } from '../places/read-layers.ts'
import { ConfigFault } from './config.ts'
import { findPaths, type Paths } from './paths.ts'
import { readResponsibility } from './read-responsibility.ts'
import { readShipped } from './read-scenarios.ts'

interface Land {
  layers: Omit<Layers, 'above'>
  ground: Ground
}

export interface Shared {
  paths: Paths
  /** Of the map the product comes with, or of a folder of one's own over it. Throws one sentence where it cannot be used. */
  land(mapFolder?: string): Land
  rules(): ReturnType<typeof readShipped>
  responsibility(): Promise<ResponsibilityTable>
}

/** Nothing is read before it is asked for. Whatever is handed out is never written to. */
export function openShared(from: string = import.meta.dirname): Shared {
  const paths = findPaths(from)
  const lands = new Map<string | undefined, Land>()
  let rules: ReturnType<typeof readShipped> | undefined
  let responsibility: Promise<ResponsibilityTable> | undefined
  return {
    paths,
    land(mapFolder) {
      const known = lands.get(mapFolder)
      if (known) return known
      if (mapFolder !== undefined && !existsSync(mapFolder))
        throw new ConfigFault(`SANPING_MAP 的目录 ${mapFolder} 不存在。\nSANPING_MAP: there is no folder ${mapFolder}.`)
      const { above, ...layers } = readLayers(paths.map, mapFolder)
      const land = { layers, ground: openGround({ above, ...layers }) }
      lands.set(mapFolder, land)
      return land
    },
    rules: () => (rules ??= readShipped(paths.scenarios)),
    responsibility: () => (responsibility ??= readResponsibility(paths.scenarios)),
  }
}
