// A screen as the dashboard really opens one: its own line, its own clock and timers, a real socket that comes back by itself.
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import type { CommandId } from '#contract/ids'
import type { PersonWish } from '#contract/command'
import type { ScreenBoard } from '#contract/patch'
import { browserUnpack } from '../../dashboard/link/held-rules.ts'
import { openLine } from '../../dashboard/link/line.ts'
import type { Answer, LineLook, LineSocket } from '../../dashboard/link/line-port.ts'
import { openTestClock } from '../world/test-clock.ts'
import type { DutyRoom } from '../world/duty-room.ts'

export interface RealScreen {
  look(): LineLook
  /** Every state it has shown, in order, each once in a row. */
  states: LineLook['state'][]
  /** How it was brought up to date each time it said hello. */
  greetings: ('whole' | 'patch')[]
  board(): ScreenBoard
  /** Lets the screen's own clock run: the server's stands. */
  pass(milliseconds: number): Promise<void>
  wishes(wish: PersonWish, id: string): Promise<Answer>
  /** The cable is out: nobody said goodbye, and trying again is in vain. */
  unplugs(): void
  plugsIn(): void
  close(): void
}

export async function openRealScreen(
  room: Pick<DutyRoom, 'url' | 'signIn' | 'clock'>,
  id: string,
): Promise<RealScreen> {
  const cookie = await room.signIn(id)
  const clock = openTestClock(room.clock.now())
  const { now, every, after } = clock.world
  const socket: Socket = io(room.url, {
    path: '/line',
    transports: ['websocket'],
    forceNew: true,
    // As the browser's, only that it tries again sooner: the real world's half second is nobody's to wait for here.
    ...{ reconnectionDelay: 20, reconnectionDelayMax: 60 },
    extraHeaders: { cookie, origin: room.url },
  })
  const line = openLine({
    connect: () => socket as unknown as LineSocket,
    ...{ now, every, after },
    random: () => 0.5,
    signedIn: async () => true,
    unpack: browserUnpack!,
  })
  let look: LineLook | null = null
  let board: ScreenBoard | null = null
  const states: LineLook['state'][] = []
  const greetings: RealScreen['greetings'] = []
  line.follow((told) => {
    if (told.what === 'board') board = told.board
    if (told.what === 'welcome') greetings.push(told.welcome.board ? 'whole' : 'patch')
    if (told.what !== 'look') return
    look = told.look
    if (states.at(-1) !== look.state) states.push(look.state)
  })
  return {
    look: () => look!,
    ...{ states, greetings },
    board: () => board!,
    pass: (milliseconds) => clock.pass(milliseconds),
    wishes: (wish, command) => line.command({ id: command as CommandId, wish }),
    unplugs() {
      socket.io.reconnection(false)
      socket.io.engine.transport.close()
    },
    plugsIn() {
      socket.io.reconnection(true)
      socket.connect()
    },
    close() {
      line.close()
      socket.io.engine?.close()
    },
  }
}
