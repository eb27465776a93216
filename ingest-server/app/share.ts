// How much of a process's waiting line is one street's: all of it while there is room for all, its share once there is not.
import type { Desk } from '../desk/port.ts'

/**
 * What a street may have waiting now. `most`: of all of them together; past it each keeps its equal share and no more, so that
 * nobody waits longer for being one of many, and a street in flood turns away its own before it delays a neighbour's.
 */
export function openShare(desks: () => readonly Pick<Desk, 'waiting'>[], most: number): () => number {
  return () => {
    const all = desks()
    const waiting = all.reduce((sum, desk) => sum + desk.waiting(), 0)
    return waiting <= most ? most : Math.floor(most / all.length)
  }
}
