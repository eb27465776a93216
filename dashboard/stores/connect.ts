// Wires a line to the stores, once a screen: what the desk says goes to the board, what the screen wishes goes out.
import { openLine } from '../link/line.ts'
import type { Line, LineWorld, Told } from '../link/line-port.ts'
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
  const tick = () => board.tick(world.now())
  const hear = (told: Told) => {
    board.hear(told)
    // It brings the server's own time: nothing may stand there for a second with the device's.
    if (told.what === 'welcome') tick()
  }
  const stops = [line.follow(hear), world.every(1_000, tick)]
  tick()
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
