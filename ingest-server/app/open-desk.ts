// The street's desk: its own where there is one process, shared where there are others.
import { openDesk, type DeskNeeds } from '../desk/desk.ts'
import type { Desk } from '../desk/port.ts'
import { openSharedDesk } from '../desk/shared.ts'
import type { Live } from '../nodes/live.ts'
import type { Node } from '../nodes/node.ts'
import type { World } from './world.ts'

interface Needs extends Omit<DeskNeeds, 'from' | 'onLost'> {
  node: Node | undefined
  world: Pick<World, 'seconds' | 'every'>
}

export interface StreetDesk {
  desk: Desk
  /** What is said between the processes and kept nowhere; null where there is one. */
  live: Live | null
  /** Others take over what is held here; what is wished here still is passed on. */
  handOver(): Promise<void>
  /** After the desk. */
  close(): void
}

export async function openStreetDesk({ node, world, ...needs }: Needs): Promise<StreetDesk> {
  if (!node) return { desk: await openDesk(needs), live: null, handOver: async () => {}, close: () => {} }
  const { seconds, every } = world
  const { id } = needs.journal
  const joined = await node.join(id, (wire) => openSharedDesk({ ...needs, wire, seconds, every }))
  const live = node.live(id)
  return {
    desk: joined.desk,
    live,
    handOver: joined.handOver,
    close() {
      live.close()
      joined.close()
    },
  }
}
