// The line to the screens: hello with what a screen holds, then live; what it wishes, and who may no longer look.
import type { Server as HttpServer } from 'node:http'
import { z } from 'zod'
import type { Known } from '../case-engine/known.ts'
import type { Ground } from '#contract/ground'
import type { Instant } from '#contract/ids'
import type { Words } from '#contract/language'
import type { Outcome } from '#contract/outcome'
import type { Viewer } from '#contract/person'
import { Point } from '#contract/point'
import type { Role } from '#contract/roles'
import type { AlarmPath, Welcome } from '#contract/wire'
import type { Desk } from '../desk/port.ts'
import type { Accounts, Kiosks, Sessions } from '../records/port-people.ts'
import type { Audit, Evidence } from '../records/port.ts'
import type { Hearing } from './hearing.ts'
import { openAllowance } from './line-allowance.ts'
import { openAudiences } from './line-audiences.ts'
import { openLinkAudit } from './line-audit.ts'
import { openCommands } from './line-command.ts'
import type { LagMeter } from './line-lag.ts'
import { openNews } from './line-news.ts'
import { openRulePack } from './line-pack.ts'
import { openSockets } from './line-open.ts'
import { openRosteredPeople } from './line-people.ts'
import type { Presences } from './line-presence.ts'
import { openRulesFor } from './line-rules.ts'
import { heardRules, toldRules } from './permitted-line.ts'
import type { RollBoard } from './roll-board.ts'
import { audienceOf } from './line-scope.ts'
import { openScreenSessions } from './line-session.ts'
import { backlogOf, heardBy, isAnswer, letGo } from './line-socket.ts'
import type { Screen } from './line-socket.ts'
import { openRing, wholeBoard } from './line-view.ts'
import { openWallNews } from './line-walls.ts'
import type { Operators } from './wall-operators.ts'

export interface LineDoorNeeds {
  server: HttpServer
  /** How screens come in; socket.io's own unless a trial says otherwise. */
  sockets?: typeof openSockets | undefined
  desk: Pick<Desk, 'journalId' | 'submit' | 'board' | 'keeps' | 'follow'>
  sessions: Pick<Sessions, 'meet' | 'viewer' | 'followEnds' | 'followNames' | 'renew' | 'wasRenewed'>
  accounts: Pick<Accounts, 'people' | 'follow'>
  kiosks: Pick<Kiosks, 'site' | 'follow'>
  /** Who commands through which wall. */
  operators: Pick<Operators, 'of' | 'wishing' | 'wished' | 'review' | 'follow'>
  audit: Audit
  evidence: Pick<Evidence, 'has'>
  lag: LagMeter
  hearing: Pick<Hearing, 'silent'>
  ground: Pick<Ground, 'pathOf' | 'leafAt' | 'place' | 'cameras' | 'facilities'>
  /** Where phones are: the engine's recommendations read the same. */
  presences: Presences
  /** Live: rules that change are told to every screen. */
  known: Pick<Known, 'scenarios' | 'calendar'>
  /** How the synthetic alarm fared on each path. */
  paths?: () => AlarmPath[]
  /** To whom a case may be handed over. */
  streets?: (() => ReadonlyMap<string, Words>) | undefined
  /** Of a district or a city. */
  roll?: Pick<RollBoard, 'view' | 'follow'> | undefined
  /** Exactly as browsers write them. A browser always names its own; what names none is no browser and is refused. */
  origins: readonly string[]
  /** True where people come by https: a wall's cookie then never travels in the clear. */
  secure: boolean
  build: string
  demo: boolean
  pace?: number
  now: () => Instant
  every: (milliseconds: number, run: () => void) => () => void
  onFault: (fault: unknown) => void
}

export interface LineDoor {
  /** Screens on the line by role, for the metrics. */
  screens(): ReadonlyMap<Role, number>
  /** The last revision that was handed to every audience. */
  told(): number
  /** Sends the screens away a few at a time: all at once they would all come back at once, elsewhere. */
  letGo(pause: (milliseconds: number) => Promise<void>): Promise<void>
  close(): Promise<void>
}

/** A thousand screens are gone within two seconds. */
const together = 25
const between = 50

const pulseMs = 2000
/** A session that time ends tells nobody: looked after so often. */
const lookedAfter = 700
/** Packets that wait for a screen that does not read: past this it is cut and comes back for the whole. */
const longestBacklog = 500

const HelloSaid = z.object({
  journal: z.string().max(4000).optional(),
  revision: z.int().min(0).optional(),
  rules: z.array(z.string().max(64)).max(1000).optional(),
})

export function openLineDoor(needs: LineDoorNeeds): LineDoor {
  const { desk, sessions, accounts, ground, presences, known, operators, lag, now } = needs
  const audiences = openAudiences(ground)
  const people = openRosteredPeople({ accounts, desk, now })
  const pack = openRulePack()
  const rulesOf = openRulesFor(known)
  const ring = openRing(desk.board().revision)
  const doorkeeper = openScreenSessions(needs)
  const io = (needs.sockets ?? openSockets)(needs.server, doorkeeper)
  const news = openNews({ ...needs, io, audiences, people, lags: lag.all })
  const walls = openWallNews({ ...needs, io })
  const audit = openLinkAudit(needs)
  const command = openCommands({ ...needs, audit })
  let told = desk.board().revision

  io.on('connection', (screen) => {
    letGo(screen)
    const mayWish = openAllowance(60, 20, now)
    const mayMove = openAllowance(10, 1, now)
    const measured = lag.screen(screen.data.viewer.role)
    const hearAll = heardBy(screen, needs.onFault)
    const hear: typeof hearAll = (event, run) =>
      hearAll(event, (...said) => {
        const viewer = review(screen)
        if (viewer && heardRules[event].who.includes(viewer.role)) run(...said)
      })
    hear('hello', (said, answer) => {
      const hello = HelloSaid.safeParse(said)
      if (isAnswer(answer) && mayWish()) answer(welcome(screen, hello.success ? hello.data : {}))
    })
    // Asked of its session in there: whoever wishes too late is told so.
    hearAll('command', (said, answer) => {
      if (!isAnswer(answer)) return
      if (!mayWish()) return answer({ ok: false, refusal: 'overloaded' } satisfies Outcome)
      wish(screen, said).then(answer, (fault: unknown) => {
        needs.onFault(fault)
        answer({ ok: false, refusal: 'not-in-step' } satisfies Outcome)
      })
    })
    hear('where', (said) => {
      const point = Point.safeParse(said)
      if (!point.success || !mayMove()) return
      presences.moved(screen.data.viewer.personId, ground.place(point.data), now())
      news.moved()
    })
    hear('echo', (answer) => {
      if (isAnswer(answer) && mayWish()) answer(now())
    })
    if (measured) hear('drawn', measured.drawn)
    screen.on('disconnect', () => {
      measured?.leave()
      if (screen.data.audience) audiences.leave(screen.data.audience)
    })
  })

  /** In one tick: what is put on the screen here and what it is told from now on must meet without a gap. */
  function welcome(screen: Screen, hello: z.infer<typeof HelloSaid>): Welcome {
    const { viewer } = screen.data
    const [audience, board, at] = [audienceOf(viewer), desk.board(), now()]
    if (!screen.data.audience) {
      screen.data.audience = audience
      audiences.join(audience, board.revision)
      void screen.join(audience.key)
      news.heedNewcomer(audience)
    }
    // Another audience's board is another board: a device where somebody else signs in starts anew.
    const journal = `${desk.journalId} ${audience.key}`
    const held = hello.journal === journal ? hello.revision : undefined
    const patch = held === undefined ? null : ring.since(held, { board, audience, ground, at })
    return {
      viewer,
      ...pack.tell(rulesOf(board), hello.rules),
      calendar: known.calendar,
      ...(viewer.role === 'duty-officer' && needs.streets && { streets: listed(needs.streets()) }),
      ...(toldRules.roll.who.includes(viewer.role) && needs.roll && { roll: needs.roll.view() }),
      people: news.peopleFor(audience),
      presences: news.presencesFor(audience),
      silent: news.silentFor(audience),
      ...(needs.paths && { paths: needs.paths() }),
      ...walls.welcome(viewer),
      build: needs.build,
      demo: needs.demo,
      ...(needs.pace !== undefined && { pace: needs.pace }),
      at,
      board: patch ? null : wholeBoard({ journal, board, audience, ground, at }),
      patch,
    }
  }

  async function wish(screen: Screen, said: unknown): Promise<Outcome> {
    const viewer = doorkeeper.viewerOf(screen)
    if (viewer === null) return { ok: false, refusal: 'not-signed-in' }
    // Cut here, it comes back with the cookie it has by now, and asks again under the same id.
    if (viewer === 'come-back') return { ok: false, refusal: 'not-in-step' }
    if (!heardRules.command.who.includes(viewer.role)) return { ok: false, refusal: 'role-not-allowed' }
    return command(viewer, said)
  }

  /** Who it is, where it may stay. Who may no longer look, or may look at something else now, or does not read, is off the line. */
  function review(screen: Screen): Viewer | null {
    const viewer = doorkeeper.viewerOf(screen)
    if (!viewer) dismiss(screen)
    // Comes back by itself, as who it is now.
    else if (viewer === 'come-back') screen.conn.close()
    else if (audienceOf(viewer).key !== audienceOf(screen.data.viewer).key) screen.conn.close()
    else if (backlogOf(screen) > longestBacklog) screen.conn.close(true)
    else return viewer
    return null
  }

  function reviewAll(): void {
    for (const screen of io.sockets.sockets.values()) review(screen)
    operators.review()
  }

  function dismiss(screen: Screen): void {
    presences.forget(screen.data.viewer.personId)
    screen.emit('leave')
    screen.disconnect(true)
  }

  const stops = [
    desk.follow((change) => {
      ring.add(change)
      // A case never arrives before the rules it goes by.
      news.heedRules()
      if (change.put.some(({ now: subject }) => subject.level <= 2)) lag.told(change.at)
      audiences.tell(change, desk.board(), (audience, patch) => io.to(audience.key).emit('patch', patch))
      if (change.duty) news.heedRoster()
      told = change.revision
    }),
    needs.roll?.follow((patch) => {
      audiences.each((audience) => {
        if (toldRules.roll.who.includes(audience.role)) io.to(audience.key).emit('roll', patch)
      })
    }) ?? (() => {}),
    // A code given once more is no reason to be cut off: whatever was on the screen would be gone with the line.
    sessions.followNames((before, after) => {
      for (const { data } of io.sockets.sockets.values()) if (data.token === before) data.token = after
    }),
    sessions.followEnds((ended) => {
      for (const screen of io.sockets.sockets.values()) if (ended(screen.data.token)) dismiss(screen)
      operators.review()
    }),
    accounts.follow(() => {
      reviewAll()
      news.tellPeople()
    }),
    needs.every(pulseMs, () => {
      lag.told(now())
      news.pulse()
    }),
    needs.every(lookedAfter, reviewAll),
    walls.close,
    audit.close,
  ]

  return {
    screens() {
      const count = new Map<Role, number>()
      audiences.each(({ role }, _told, screens) => count.set(role, (count.get(role) ?? 0) + screens))
      return count
    },
    told: () => told,
    async letGo(pause) {
      let nth = 0
      for (const screen of [...io.sockets.sockets.values()]) {
        screen.conn.close()
        if (++nth % together === 0) await pause(between)
      }
    },
    async close() {
      for (const stop of stops) stop()
      await io.close()
    },
  }
}

const listed = (streets: ReadonlyMap<string, Words>) => [...streets].map(([id, words]) => ({ id, words }))
