// Which street of a system a command is for: its folder, its map, its addresses, and what lies above it.
import { join } from 'node:path'
import type { Words } from '#contract/language'
import { findPaths } from '../app/paths.ts'
import { placeOf } from '../app/postgres-setting.ts'
import { readStreets, streetsFile } from '../app/read-streets.ts'
import { rulesOf } from '../app/settle-levels.ts'
import type { World } from './call.ts'
import { readPlaces } from './places.ts'

/** The world as that street has it; as it was where the folder holds one street and none is named. */
export async function whichStreet(world: World, given: string | undefined): Promise<World | { no: Words }> {
  const streets = await readStreets(world.folder)
  if (!streets && given === undefined) return world
  const file = join(world.folder, streetsFile)
  if (!streets)
    return no(
      `没有 ${file}，这里只有一个街道，不用 --street。`,
      `There is no ${file}: it is one street, without --street.`,
    )
  const open = [...streets.all.values()].filter(({ hosts }) => hosts.length > 0)
  const found = given === undefined ? (open.length === 1 ? open[0] : undefined) : streets.all.get(given as never)
  if (!found)
    return given === undefined
      ? no(
          `这里有 ${open.length} 个街道，请用 --street 写明编码，street list 可查。`,
          `There are ${open.length} streets here: say which with --street and its code; street list shows them.`,
        )
      : no(`没有编码为 ${given} 的街道，street list 可查。`, `There is no street ${given}: see street list.`)
  const { id, kind, names, above, map } = found
  const { mapFolder: _mapFolder, ...rest } = world
  return {
    ...rest,
    folder: found.folder,
    ...(world.postgres && { postgres: placeOf(world.postgres.url, world.folder, found) }),
    address: found.origins[0] ?? world.address,
    ...(map !== undefined && { mapFolder: map }),
    places: () => readPlaces(findPaths(import.meta.dirname).map, map),
    levels: {
      above: above.map((one) => ({ id: one.id, kind: one.kind, words: one.names, folder: rulesOf(one.folder) })),
      self: { id, kind, words: names },
    },
  }
}

const no = (zh: string, en: string) => ({ no: { zh, en } })
