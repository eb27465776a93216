// Whom a command of the whole system means: the one street that was named, or every one there is.
import type { Words } from '#contract/language'
import { readStreets } from '../app/read-streets.ts'
import { textOf, type SystemCall, type World } from './call.ts'
import { whichStreet } from './which-street.ts'

export interface Meant {
  /** Its code; null where it is the only one. */
  id: string | null
  world: World
}

/** `levels`: folders of what lies above the streets; null where the house is one street, or one was named. */
export async function streetsMeant(
  call: SystemCall,
): Promise<{ meant: Meant[]; levels: string[] | null } | { no: Words }> {
  const named = textOf(call, 'street')
  const streets = await readStreets(call.folder)
  const ids = named !== undefined || !streets ? [named] : [...streets.all.values()].filter(isOpen).map(({ id }) => id)
  const meant: Meant[] = []
  for (const id of ids) {
    const world = await whichStreet(call, id)
    if ('no' in world) return world
    meant.push({ id: id ?? null, world })
  }
  const all = named === undefined && streets ? [...streets.all.values()] : null
  return { meant, levels: all && all.filter((one) => !isOpen(one)).map(({ folder }) => folder) }
}

const isOpen = ({ hosts }: { hosts: readonly string[] }): boolean => hosts.length > 0
