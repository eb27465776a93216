// Wires a line to the stores, once a screen: what the desk says goes to the board, what the screen wishes goes out.
import { openLine } from '../link/line.ts'
import type { Line, LineWorld } from '../link/line-port.ts'
import { useBoard } from './board.ts'
import { useRequests } from './requests.ts'

export interface Connection {
  line: Line
  close(): void
}

/** Needs an active pinia. Gives back its stop. */
export function connectScreen(world: LineWorld): Connection {
  const board = useBoard()
  const requests = useRequests()
  const line = openLine(world)
  const stops = [line.follow(board.hear), world.every(1_000, () => board.tick(world.now()))]
  board.tick(world.now())
  requests.attach(line.command)
  return {
    line,
    close() {
      requests.attach(null)
      stops.forEach((stop) => stop())
      line.close()
    },
  }
}
