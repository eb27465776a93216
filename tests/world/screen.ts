// A real screen on a real line: socket.io over a websocket, its own board, and every byte that reached it.
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import type { Instant } from '#contract/ids'
import type { Outcome } from '#contract/outcome'
import { applyPatch, boardFrom } from '#contract/patch'
import type { Patch, ScreenBoard } from '#contract/patch'
import type { Person, Presence } from '#contract/person'
import type { Point } from '#contract/point'
import type { Scenario } from '#contract/scenario'
import type { WallSite } from '#contract/wall-site'
import type { AlarmPath, Lags, Operator, ScreenToServer, ServerToScreen, Welcome } from '#contract/wire'

type Line = Socket<ServerToScreen, ScreenToServer>

export interface Screen {
  board(): ScreenBoard
  cases(): Case[]
  /** The one case there is; throws where there is none or more than one. */
  only(): Case
  welcome(): Welcome
  /** How it was brought up to date each time it said hello. */
  greetings: ('whole' | 'patch')[]
  patches: Patch[]
  people(): Person[]
  presences(): Presence[]
  silent(): string[]
  scenarios(): Scenario[]
  paths(): AlarmPath[]
  pulses: { at: Instant; revision: number; lags?: Lags }[]
  /** As a bound wall was told last; undefined for anybody else. */
  site(): WallSite | undefined
  operator(): Operator | null | undefined
  /** Everything that came over the wire, as text. */
  bytes(): string
  left(): boolean
  connected(): boolean
  /** Looks until `check` holds; rejects with what it saw last where it does not within five seconds. */
  sees(check: (screen: Screen) => boolean | void): Promise<void>
  wishes(wish: PersonWish, id?: string): Promise<Outcome>
  /** Anything at all, as a hostile page might. */
  says(event: string, ...said: unknown[]): void
  asks(event: string, ...said: unknown[]): Promise<unknown>
  moves(to: Point): void
  /** The network goes; what it holds stays. */
  drops(): void
  returns(): Promise<void>
  close(): void
}

export interface ScreenWorld {
  url: () => string
  cookie: string
  origin?: string | null
  newId: () => string
  /** Told each patch before it is taken in: false loses it on the way. */
  arrives?: (patch: Patch) => boolean
}

/** Rejects with the server's words where the door stays shut. */
export async function openScreen(world: ScreenWorld): Promise<Screen> {
  const frames: string[] = []
  let line = connect()
  let board: ScreenBoard | null = null
  let welcome: Welcome | null = null
  let left = false
  let people: Person[] = []
  let presences: Presence[] = []
  let silent: string[] = []
  let scenarios: Scenario[] = []
  let paths: AlarmPath[] = []
  let site: WallSite | undefined
  let operator: Operator | null | undefined
  let greeting: Promise<void> | null = null

  function connect(): Line {
    const origin = world.origin === undefined ? world.url() : world.origin
    const made: Line = io(world.url(), {
      path: '/line',
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie: world.cookie, ...(origin !== null && { origin }) },
    })
    made.io.on('open', () => {
      made.io.engine.on('data', (part: unknown) => frames.push(String(part)))
    })
    made.on('patch', (patch) => {
      screen.patches.push(patch)
      if (!board || world.arrives?.(patch) === false) return
      const next = applyPatch(board, patch)
      if (next === 'gap') void hello()
      else board = next
    })
    made.on('pulse', (pulse) => {
      screen.pulses.push(pulse)
      if (board && pulse.revision > board.revision) void hello()
    })
    made.on('people', (told) => void (people = told))
    made.on('presence', (told) => void (presences = told))
    made.on('silent', (told) => void (silent = told))
    made.on('scenarios', (told) => void (scenarios = told))
    made.on('paths', (told) => void (paths = told))
    made.on('site', (told) => void (site = told))
    made.on('operator', (told) => void (operator = told))
    made.on('leave', () => void (left = true))
    return made
  }

  const open = () =>
    new Promise<void>((connected, refused) => {
      line.once('connect', connected)
      line.once('connect_error', refused)
    })

  function hello(): Promise<void> {
    greeting ??= new Promise<void>((greeted) => {
      const asked = line
      asked.once('disconnect', () => greeted())
      asked.emit('hello', board ? { journal: board.journal, revision: board.revision } : {}, (answer) => {
        if (asked === line) take(answer)
        greeted()
      })
    }).finally(() => (greeting = null))
    return greeting
  }

  function take(answer: Welcome): void {
    welcome = answer
    people = answer.people
    presences = answer.presences
    silent = answer.silent
    scenarios = answer.scenarios
    paths = answer.paths ?? []
    site = answer.site
    operator = answer.operator
    screen.greetings.push(answer.board ? 'whole' : 'patch')
    if (answer.board) board = boardFrom(answer.board)
    if (!answer.patch || !board) return
    const next = applyPatch(board, answer.patch)
    if (next === 'gap') throw new Error('a welcome left a gap')
    board = next
  }

  const screen: Screen = {
    board: () => board!,
    cases: () => [...board!.cases.values()],
    only() {
      const cases = screen.cases()
      if (cases.length !== 1) throw new Error(`${cases.length} cases on the screen, not one`)
      return cases[0]!
    },
    welcome: () => welcome!,
    greetings: [],
    patches: [],
    people: () => people,
    presences: () => presences,
    silent: () => silent,
    scenarios: () => scenarios,
    paths: () => paths,
    pulses: [],
    site: () => site,
    operator: () => operator,
    bytes: () => frames.join('\n'),
    left: () => left,
    connected: () => line.connected,
    async sees(check) {
      const until = performance.now() + 5000
      for (;;) {
        try {
          if (check(screen) !== false) return
        } catch (fault) {
          if (performance.now() > until) throw fault
        }
        if (performance.now() > until) throw new Error(`never seen: ${check.toString()}`)
        await new Promise((over) => setTimeout(over, 2))
      }
    },
    wishes: (wish, id = world.newId()) =>
      new Promise((answered, lost) => {
        line.once('disconnect', () => lost(new Error('the line broke before the answer')))
        line.emit('command', { id, wish } as Parameters<ScreenToServer['command']>[0], answered)
      }),
    says: (event, ...said) => void (line as Socket).emit(event, ...said),
    asks: (event, ...said) => (line as Socket).timeout(3000).emitWithAck(event, ...said),
    moves: (to) => void line.emit('where', to),
    drops() {
      line.disconnect()
    },
    async returns() {
      line.disconnect()
      line = connect()
      await open()
      await hello()
    },
    close: () => void line.disconnect(),
  }

  await open().catch((fault: Error) => {
    line.disconnect()
    throw fault
  })
  await hello()
  return screen
}
