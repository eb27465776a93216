// Many screens in one process: real lines to the server, each with its own board.
import { io, type Socket } from 'socket.io-client'
import type { Hello, ScreenToServer, ServerToScreen, Welcome } from '#contract/wire'
import { applyPatch, boardFrom, type Patch, type ScreenBoard } from '#contract/patch'

export interface Screens {
  boards: ScreenBoard[]
  /** Patches taken in so far, by all screens together. */
  delivered(): number
  /** Told of each patch once it stands on the screen's own board. */
  follow(tell: (patch: Patch) => void): void
  close(): void
}

type Line = Socket<ServerToScreen, ScreenToServer>

const opened = (url: string, cookie: string): Promise<Line> =>
  new Promise((done, failed) => {
    const line: Line = io(url, {
      path: '/line',
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie, origin: url },
    })
    line.once('connect', () => done(line))
    line.once('connect_error', failed)
  })

export async function openScreens(url: string, cookie: string, count: number): Promise<Screens> {
  const lines: Line[] = []
  const boards: ScreenBoard[] = []
  const followers: ((patch: Patch) => void)[] = []
  let delivered = 0
  for (let index = 0; index < count; index++) {
    const line = await opened(url, cookie)
    lines.push(line)
    const welcome = await new Promise<Welcome>((done) => line.emit('hello', {} satisfies Hello, done))
    if (!welcome.board) throw new Error('a new screen was not given the whole board')
    boards.push(boardFrom(welcome.board))
    line.on('patch', (patch) => {
      const next = applyPatch(boards[index]!, patch)
      if (next === 'gap') throw new Error(`screen ${index} has a gap before ${patch.revision}`)
      boards[index] = next
      delivered++
      for (const tell of followers) tell(patch)
    })
  }
  return {
    boards,
    delivered: () => delivered,
    follow: (tell) => followers.push(tell),
    close: () => lines.forEach((line) => line.disconnect()),
  }
}
