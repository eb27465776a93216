// The street's desk: its own where there is one process, shared where there are others.
import { openDesk, type DeskNeeds } from '../desk/desk.ts'
import type { Desk } from '../desk/port.ts'
import { openSharedDesk } from '../desk/shared.ts'
import type { Node } from '../nodes/node.ts'
import type { World } from './world.ts'

interface Needs extends Omit<DeskNeeds, 'from' | 'onLost'> {
  node: Node | undefined
  world: Pick<World, 'seconds' | 'every'>
}

export interface StreetDesk {
  desk: Desk
  /** Others take over what is held here; what is wished here still is passed on. */
  handOver(): Promise<void>
  /** After the desk. */
  close(): void
}

export async function openStreetDesk({ node, world, ...needs }: Needs): Promise<StreetDesk> {
  if (!node) return { desk: await openDesk(needs), handOver: async () => {}, close: () => {} }
  const { seconds, every } = world
  return node.join(needs.journal.id, (wire) => openSharedDesk({ ...needs, wire, seconds, every }))
}
