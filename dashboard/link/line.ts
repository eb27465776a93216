// The line between a screen and its desk: hello with what it holds → board or patch → live; a gap says hello again.
import type { Instant } from '#contract/ids'
import { applyPatch, boardFrom } from '#contract/patch'
import type { Patch, ScreenBoard } from '#contract/patch'
import type { ServerToScreen, Welcome } from '#contract/wire'
import { holdRules } from './held-rules.ts'
import type { Answer, Heard, Line, LineLook, LineState, LineWorld, Told } from './line-port.ts'
import { measureLag } from './lag.ts'

const pulseMs = 2_000
const staleMs = 2 * pulseMs
/** A socket that is open and says nothing this long, two pulses and more, is half open: cut it ourselves, the screens not all at once. */
const deadMs = { least: 4_200, andUpTo: 600 }
const watchMs = 250
/** A whole board takes its time on a bad wire: each time its answer did not come, it is given twice as long. */
const welcomeMs = { first: 4_000, most: 24_000 }
const answerMs = 15_000

export function openLine(world: LineWorld): Line {
  const listeners = new Set<(told: Told) => void>()
  const unanswered = new Set<(answer: Answer) => void>()
  const stops = new Set<() => void>()
  let lag = measureLag(world.clock?.pace ?? 1)
  let board: ScreenBoard | null = null
  const clock = world.clock ?? { offsetMs: 0, pace: 1 }
  let look: LineLook = { state: 'connecting', since: world.now(), lastAt: null, lagMs: null, ...clock }
  let heardAt = world.now()
  /** One connection's number: an answer from an older one is no answer. */
  let turn = 0
  let asking = false
  let stopAsking = () => {}
  let patience = welcomeMs.first
  const dead = deadMs.least + world.random() * deadMs.andUpTo
  /** While a welcome is unpacked: what has come since. */
  let early: (() => void)[] | null = null
  const rules = holdRules(world.unpack, world.rules)
  /** The viewer the board was filtered for: another role or other places make a patch onto it meaningless. */
  let seenWith = ''

  const tell = (told: Told) => listeners.forEach((listener) => listener(told))
  const show = (change: Partial<LineLook>) => {
    look = { ...look, ...change }
    tell({ what: 'look', look })
  }
  const become = (state: LineState) => {
    if (look.state !== state) show({ state, since: world.now() })
  }
  const heard = () => {
    heardAt = world.now()
    show({ lastAt: heardAt * look.pace + look.offsetMs })
    if (look.state === 'stale') become('live')
  }
  const later = (ms: number, run: () => void) => {
    const stop = world.after(ms, () => {
      stops.delete(stop)
      run()
    })
    stops.add(stop)
    return () => {
      stops.delete(stop)
      stop()
    }
  }

  const socket = world.connect()

  /** In the order it came: a patch before its board would be a gap, news before the welcome be overwritten by it. */
  function hears<E extends keyof ServerToScreen>(event: E, hear: (...said: Parameters<ServerToScreen[E]>) => void) {
    const inTurn = (...said: Parameters<ServerToScreen[E]>) => (early ? early.push(() => hear(...said)) : hear(...said))
    socket.on(event, inTurn as Heard[E])
  }
  function reconnect() {
    socket.disconnect()
    socket.connect()
  }
  function settle() {
    for (const answer of [...unanswered]) answer('unanswered')
  }
  function signOut() {
    // Whoever signs in next must not be shown what this one saw.
    board = null
    become('signed-out')
    socket.disconnect()
  }

  function hello() {
    if (asking) return
    asking = true
    const mine = turn
    stopAsking = later(patience, () => {
      patience = Math.min(2 * patience, welcomeMs.most)
      reconnect()
    })
    const names = rules.names()
    const held = { ...(board && { journal: board.journal, revision: board.revision }), ...(names && { rules: names }) }
    socket.emit('hello', held, (welcome) => {
      if (mine !== turn) return
      const whole = rules.whole(welcome)
      if (whole instanceof Promise) unpack(whole, mine)
      else answered(whole)
    })
  }
  function unpack(unpacked: Promise<Welcome>, mine: number) {
    const waiting: (() => void)[] = []
    early = waiting
    const then = (next: () => void) => {
      if (mine !== turn) return
      early = null
      next()
      waiting.forEach((hear) => hear())
    }
    unpacked.then(
      (welcome) => then(() => answered(welcome)),
      () =>
        then(() => {
          stopAsking()
          asking = false
          hello()
        }),
    )
  }
  function answered(welcome: Welcome) {
    stopAsking()
    asking = false
    patience = welcomeMs.first
    greeted(welcome)
  }
  function greeted(welcome: Welcome) {
    const eyes = JSON.stringify(welcome.viewer)
    const next = seenWith === eyes || welcome.board ? welcomed(board, welcome) : 'gap'
    seenWith = eyes
    if (next === 'gap') {
      board = null
      return hello()
    }
    keepPace(welcome)
    heard()
    tell({ what: 'welcome', welcome })
    if (next) put(next)
    become('live')
    echo()
  }
  /** Before the first echo is back, the welcome's own time is the best there is: a device's clock may be wrong by hours. */
  function keepPace({ pace = 1, at }: Welcome) {
    if (pace === look.pace && look.lagMs !== null) return
    if (pace !== look.pace) lag = measureLag(pace)
    show({ pace, offsetMs: at - world.now() * pace })
  }
  function put(next: ScreenBoard) {
    if (next === board) return
    board = next
    tell({ what: 'board', board })
  }
  function patched(patch: Patch) {
    heard()
    if (!board || asking) return
    const next = applyPatch(board, patch)
    if (next === 'gap') return hello()
    put(next)
    if (patch.put.some(({ level }) => level <= 2)) sayDrawn(patch.at)
  }
  /** `at`: of the pulse or patch; said once it stands on the glass. */
  function sayDrawn(at: Instant) {
    const mine = turn
    world.frame?.(() => {
      if (mine === turn && board) socket.emit('drawn', { at, revision: board.revision })
    })
  }
  /** The server is there and can keep nothing: nothing it shows is new, and to knock again would not help. */
  function standStill() {
    heardAt = world.now()
    if (look.state === 'live') become('stale')
  }
  function echo() {
    const [sentAt, mine] = [world.now(), turn]
    socket.emit('echo', (at) => {
      if (mine !== turn) return
      show(lag.add(sentAt, world.now(), at))
    })
  }
  function watch() {
    const silence = world.now() - heardAt
    if (look.state === 'live' && silence > staleMs) become('stale')
    if (look.state === 'stale' && silence > dead) reconnect()
  }

  socket.on('connect', () => {
    turn++
    early = null
    asking = false
    heardAt = world.now()
    hello()
  })
  socket.on('disconnect', (reason) => {
    turn++
    early = null
    asking = false
    stopAsking()
    settle()
    if (look.state === 'signed-out') return
    become('lost')
    // The library comes back by itself except where the server closed the door.
    if (reason === 'io server disconnect') later(500 + world.random() * 1_500, () => socket.connect())
  })
  socket.on('connect_error', async (fault) => {
    become('lost')
    const known = fault.message === 'not-signed-in' ? false : await world.signedIn()
    if (known === false) return signOut()
    later(2_000 + world.random() * 3_000, () => socket.connect())
  })
  hears('patch', patched)
  hears('pulse', ({ at, revision, lags, stuck }) => {
    if (stuck) return standStill()
    heard()
    if (lags) tell({ what: 'lags', lags })
    if (board && revision > board.revision) hello()
    else sayDrawn(at)
  })
  hears('people', (people) => tell({ what: 'people', people }))
  hears('presence', (presences) => tell({ what: 'presences', presences }))
  hears('silent', (silent) => tell({ what: 'silent', silent }))
  hears('scenarios', (scenarios) => tell({ what: 'scenarios', scenarios }))
  hears('paths', (paths) => tell({ what: 'paths', paths }))
  hears('site', (site) => tell({ what: 'site', site }))
  hears('operator', (operator) => tell({ what: 'operator', operator }))
  hears('roll', (roll) => tell({ what: 'roll', roll }))
  socket.on('leave', signOut)
  stops.add(world.every(watchMs, watch))
  stops.add(world.every(5_000, () => look.state === 'live' && echo()))

  return {
    follow(listener) {
      listeners.add(listener)
      listener({ what: 'look', look })
      return () => listeners.delete(listener)
    },
    command(command) {
      if (look.state !== 'live' && look.state !== 'stale') return Promise.resolve('unanswered')
      return new Promise((resolve) => {
        const answer = (outcome: Answer) => {
          unanswered.delete(answer)
          giveUp()
          resolve(outcome)
        }
        const giveUp = later(answerMs, () => answer('unanswered'))
        unanswered.add(answer)
        socket.emit('command', command, answer)
      })
    },
    where(point) {
      if (look.state === 'live') socket.emit('where', point)
    },
    again() {
      become('connecting')
      socket.connect()
    },
    close() {
      stops.forEach((stop) => stop())
      listeners.clear()
      settle()
      socket.disconnect()
    },
  }
}

/** The board after a welcome; null where it brought nothing new. */
function welcomed(board: ScreenBoard | null, { board: whole, patch }: Welcome): ScreenBoard | 'gap' | null {
  if (whole) return boardFrom(whole)
  if (!patch) return board
  return board ? applyPatch(board, patch) : 'gap'
}
