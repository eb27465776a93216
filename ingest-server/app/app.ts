// All rooms wired into one server: the desk, its doors, and the order in which they close.
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import express from 'express'
import type { Express, Router } from 'express'
import type { Registry } from 'prom-client'
import type { Archive } from '../archive/archive.ts'
import type { Calendar } from '#contract/clock'
import type { Ground } from '#contract/ground'
import type { HouseHealth } from '#contract/health'
import type { NoticeRules } from '#contract/notice'
import type { ResponsibilityTable } from '#contract/responsibility'
import type { Scenario } from '#contract/scenario'
import type { ViewingRules } from '#contract/viewing'
import type { Desk } from '../desk/port.ts'
import { openClockDoor } from '../doors/clock.ts'
import { openDocumentsDoor } from '../doors/documents.ts'
import { openGroundDoor } from '../doors/ground.ts'
import { openHotlineOrders } from '../doors/hotline-orders.ts'
import { openKioskDoor } from '../doors/kiosk.ts'
import { openLagMeter } from '../doors/line-lag.ts'
import { openPresences } from '../doors/line-presence.ts'
import { openLineDoor, type LineDoorNeeds } from '../doors/line.ts'
import type { TopicTable } from '../doors/mqtt-topics.ts'
import { openMeters } from '../doors/ops-meters.ts'
import { openOpsDoor } from '../doors/ops.ts'
import { openOrdersAbove } from '../doors/orders-above.ts'
import { openPeopleDoor } from '../doors/people.ts'
import { openPermitting } from '../doors/permitting.ts'
import { openResponsibilityDoor } from '../doors/responsibility.ts'
import type { Rules } from '../doors/rules-port.ts'
import { noMappings, type Mappings } from '../doors/vendors/mappings.ts'
import { openScenariosDoor } from '../doors/scenarios.ts'
import type { RollBoard } from '../doors/roll-board.ts'
import { openScreensDoor } from '../doors/screens.ts'
import { openStreetsDoor } from '../doors/streets.ts'
import type { Streets } from '../doors/streets-port.ts'
import { openSessionDoor } from '../doors/session.ts'
import { openSignIn } from '../doors/sign-in.ts'
import { openViewerOf } from '../doors/session-viewer.ts'
import { openViolationsDoor } from '../doors/violations.ts'
import { openOperators } from '../doors/wall-operators.ts'
import { openWallDoor } from '../doors/wall.ts'
import { JournalBroken } from '../journal/journal.ts'
import type { Journal } from '../journal/journal.ts'
import type { Node } from '../nodes/node.ts'
import type { KeptDays } from '../records/port-personal.ts'
import type { Records } from '../records/port.ts'
import type { Config } from './config.ts'
import { openEyes, openWatchAndDoors, ownUrl, type OwnRoad } from './eyes.ts'
import { headers } from './headers.ts'
import { openIdentityDoors } from './identity.ts'
import { permissions } from './permissions.ts'
import { openHindsight } from './hindsight.ts'
import { openJudge } from './judging.ts'
import { liveKnown } from './known.ts'
import { meeting } from './meeting.ts'
import { logRequests } from './log.ts'
import { shareCount, sharePresences, shareSeats } from './live-state.ts'
import type { Log } from './log.ts'
import { meteredJournal } from './metered-journal.ts'
import { openRoll, type Rank } from './roll.ts'
import { faultOf, nothingHere } from './pages.ts'
import { keepOperation, type FromOutside } from './operation.ts'
import { countedAudit, countedLag, openProcessGauges } from './process-gauges.ts'
import { openPublicDoors } from './public-doors.ts'
import { openStreetDesk } from './open-desk.ts'
import { usualDays } from './read-retention.ts'
import { usualViewing } from './read-viewing.ts'
import { recalling } from './recalling.ts'
import { keepRetention } from './retaining.ts'
import { stillRules } from './still-rules.ts'
import { openViewing } from './viewing.ts'
import { openWaysIn, type Listening } from './ways-in.ts'
import { openWaysOut } from './ways-out.ts'
import type { World } from './world.ts'

export interface AppNeeds {
  config: Pick<Config, 'origins' | 'secure' | 'overload' | 'silentAfterMs' | 'proxies'> &
    Partial<Pick<Config, 'probeMs' | 'tiles' | 'mqtt' | 'sip' | 'push' | 'sso'>>
  /** Whose topics are whose, where the site says so. */
  topics?: TopicTable
  journal: Journal
  archive: Archive
  records: Records
  ground: Ground
  /** The map's own files for the screens, by name. */
  layers: Readonly<Record<string, unknown>>
  scenarios: readonly Scenario[]
  calendar: Calendar
  /** Rules that may change while the house runs; without them those two hold for ever. */
  rules?: Rules
  /** Mapping files of boxes and tables, which may change while the house runs. */
  mappings?: Mappings
  /** Who answers for what, until the site says so itself. */
  responsibility?: ResponsibilityTable
  /** How long each kind is kept; as usual where the site says nothing. */
  keptDays?: KeptDays
  /** From when on pictures are asked for; as usual where the site says nothing. */
  viewing?: ViewingRules
  /** By which steps people are called beyond their screens; the usual ones where the site says nothing. */
  noticeRules?: NoticeRules
  /** Where the built screens lie. */
  screens: string
  /** Where the vendors' samples lie, for the documents. */
  samples: string | null
  world: World
  log: Log
  /** Told to the screens: another than their own means reload in a quiet minute. */
  build: string
  demo?: boolean
  /** The way to other machines; Node's own unless a test says otherwise. */
  fetch?: typeof fetch
  /** How screens come in; socket.io's own unless a trial says otherwise. */
  sockets?: LineDoorNeeds['sockets']
  /** How the house asks itself as this street, where a front listens for many; absent: this server listens. */
  own?: OwnRoad
  /** The other streets of its system; absent: it is the only one. */
  streets?: Streets
  /** What may wait here while all streets of the process are pressed together; absent: it is the only one. */
  share?: () => number
  /** Where it stands among the levels of its system; absent: it stands alone. */
  rank?: Rank
  /** This process among others like it; absent: it is the only one. */
  node?: Node
  /** How fast `world.now` runs, where not as fast as ours. */
  pace?: number
  /** Also what Node says of itself in the metrics: once a process. */
  processMeters?: boolean
  /** What only whoever opened the stores can tell of them. */
  outside?: FromOutside
  /** The journal can be trusted no longer: stop the process. */
  onBroken: (fault: JournalBroken) => void
}

export interface App {
  /** Not listening yet. */
  server: Server
  /** All that is asked by HTTP and is no machine's. */
  web: Express
  desk: Desk
  /** What it counts, for the metrics of a process with many. */
  meters: Pick<Registry, 'getMetricsAsJSON'>
  /** How it is, each thing it stands on. */
  health(): HouseHealth
  /** Lets machines come that do not post, and gives back where. Rejects with one sentence where that cannot be. */
  openWays(): Promise<Listening>
  /** Of a district or a city: what it holds of those below it. */
  roll: RollBoard | null
  /** When all that has left the board is in the archive. */
  settled(): Promise<void>
  /** Answers whoever waits, then hangs up. Journal, archive and records stay open: they belong to whoever opened them. */
  close(): Promise<void>
}

export async function openApp(needs: AppNeeds): Promise<App> {
  const { config, ground, scenarios, calendar, world, log } = needs
  const { now, newId, every } = world
  const { origins, secure, overload } = config
  const onFault = (fault: unknown) => log.error({ event: 'fault', err: fault }, 'a fault that heals')

  const meters = openMeters({ process: needs.processMeters ?? false })
  if (needs.processMeters) openProcessGauges(meters.registry)
  const records = countedAudit(needs.records, meters.audited)
  const rules = needs.rules ?? stillRules(scenarios, calendar)
  const live = needs.node?.live(needs.journal.id) ?? null
  const presences = live ? sharePresences(openPresences(), live) : openPresences()
  const lag = openLagMeter({ now, pace: needs.pace ?? 1, taken: meters.drawn })
  const operators = openOperators({ ...records, now, onFault, ...(live && { share: shareSeats(live) }) })
  const signIn = openSignIn({ ...records, now })
  const { responsibility } = needs
  const known = liveKnown({ ground, records, rules, responsibility, presences, streets: needs.streets, now })
  const shared = await openStreetDesk({
    ...{ node: needs.node, world },
    journal: meteredJournal(needs.journal, world.seconds, meters.appended),
    known,
    now,
    defer: world.defer,
    pause: world.pause,
    onFault: (fault) => (fault instanceof JournalBroken ? needs.onBroken(fault) : onFault(fault)),
  })

  const desk = recalling(shared.desk, needs.archive)
  const viewerOf = openViewerOf({ sessions: records.sessions, now })
  const silent = () => hearing.silent(now())
  const hindsight = openHindsight({ ...needs, desk, known, viewerOf, silent, onFault })
  const eyes = await openEyes({
    ...{ config, records, world, log, known, live },
    acts: desk.holds,
    pace: needs.pace ?? 1,
    own: needs.own ?? { url: () => ownUrl(server), fetch },
    told: () => line.told(),
  })
  const { hearing } = eyes
  const viewing = openViewing({
    ...{ records, archive: needs.archive, desk, known, operators, viewerOf, world, origins, onFault },
    rules: needs.viewing ?? usualViewing,
  })
  const hotline = openHotlineOrders({ desk, archived: needs.archive.get, kept: records.hotlineOrders, onFault })
  const orders = openOrdersAbove({ orders: hotline, neighbours: records.neighbours, desk })
  const ways = openWaysIn({
    ...{ config, records, eyes, desk, ground, known, meters, orders, world, log },
    lag: countedLag(lag, meters),
    share: needs.share,
    ...{ topics: needs.topics ?? [], mappings: needs.mappings ?? noMappings, archived: needs.archive.get },
  })

  const out = openWaysOut({
    ...{ config, records, desk, known, viewerOf, world, onFault },
    ...{ journal: needs.journal, archive: needs.archive, demo: needs.demo ?? false },
    ...{ fetch: needs.fetch ?? needs.streets?.fetch ?? fetch, streets: needs.streets },
    complete: hindsight.complete,
    archived: hindsight.settled,
    noticeRules: needs.noticeRules,
  })

  const retaining = keepRetention({
    ...{ records, archive: needs.archive, complete: hindsight.complete, desk, world, onFault },
    days: needs.keptDays ?? usualDays,
  })

  const roll = await openRoll({
    ...{ rank: needs.rank, config, records, desk, known, layers: needs.layers, live, viewerOf, world, onFault },
    silent: () => silent().length,
    judge: openJudge({ known, accounts: records.accounts, now }),
    fetch: needs.fetch ?? fetch,
  })

  let leaving = false
  const web = express()
  const server = createServer((req, res) => {
    if (!ways.take(req, res)) web(req, res)
  })
  const line = openLineDoor({
    ...records,
    ...{ server, desk, hearing, ground, presences, known, origins, secure, operators, lag, now, every, onFault },
    paths: eyes.probe.all,
    streets: needs.streets?.others,
    roll: roll.board ?? undefined,
    sockets: needs.sockets,
    build: needs.build,
    demo: needs.demo ?? false,
    ...(needs.pace !== undefined && { pace: needs.pace }),
  })
  const clock = openClockDoor({ desk, now, after: world.after, onFault })
  const watch = openWatchAndDoors({
    ...{ config, records, world, log, ground, eyes, known, desk, viewerOf, orders, onFault },
    ...{ mappings: needs.mappings ?? noMappings, topics: needs.topics ?? [] },
    samples: needs.samples,
  })

  const operation = keepOperation({
    ...{ desk, journal: needs.journal, archive: needs.archive, records, overload, world, build: needs.build, log },
    ...{ lags: lag.all, walls: () => line.screens().get('wall') ?? 0, pace: needs.pace ?? 1 },
    ...{ leaving: () => leaving, node: needs.node, outside: needs.outside },
    ...(config.mqtt && config.mqtt.kind !== 'off' && { broker: () => ways.heard().mqtt }),
    ...(config.sip && { sip: () => ways.heard().sip }),
  })

  const doors: { router: Router; close?: () => void }[] = [
    openOpsDoor(meters, {
      ...{ desk, viewerOf, overload },
      leaving: () => leaving,
      ...{ counts: operation.counts, health: operation.now, whole: operation.whole, behind: operation.behind },
      ...(needs.node && { node: needs.node.figures }),
      screens: line.screens,
      silent: () => silent().length,
      lags: lag.all,
    }),
    openSessionDoor({ ...records, now, origins, secure, signIn, onFault }),
    ...openIdentityDoors({
      ...{ config, records, signIn, ground, viewerOf, world, onFault },
      ...{ fetch: needs.fetch ?? fetch, journal: needs.journal },
    }),
    openWallDoor({ ...records, ...{ operators, ground, signIn, viewerOf, now, origins } }),
    openKioskDoor({ kiosks: records.kiosks, viewerOf, now, secure }),
    ...viewing.doors,
    openGroundDoor({ layers: needs.layers, ground, calendar, viewerOf, now, tiles: config.tiles }),
    openPeopleDoor({ ...records, ...records.personal, desk, viewerOf, now, origins }),
    ...watch.doors,
    openScenariosDoor({ ...records, rules, viewerOf, now, origins }),
    openResponsibilityDoor({
      ...records,
      ...{ ground, viewerOf, now, origins },
      table: () => known.responsibility,
      knowsMatter: (matter) => known.scenarios.byMatter.has(matter),
    }),
    ...openPublicDoors({
      ...{ config, records, archive: needs.archive, desk, known, road: ways.road, viewerOf, world },
      ...(live && { shareCount: (name, count) => shareCount(name, count, live) }),
    }),
    ...hindsight.doors,
    ...out.doors,
    ...(needs.streets
      ? [openStreetsDoor({ ...records, ...{ streets: needs.streets, desk, ground, now, onFault } })]
      : []),
    openViolationsDoor({
      meters: meters.registry,
      now,
      log: (seen) => log.warn({ event: 'browser-forbade', ...seen }, 'a browser forbade something'),
    }),
    ...roll.doors,
    openDocumentsDoor({ build: needs.build, samples: needs.samples }),
    openScreensDoor({ folder: needs.screens, isRoll: roll.board !== null }),
  ]

  const permitting = openPermitting({ ...records, ...{ viewerOf, origins, every }, nothing: nothingHere })
  web.disable('x-powered-by')
  // A proxy that is trusted may say whom it speaks for; nobody else.
  web.set('trust proxy', config.proxies)
  web.use(headers({ origins, secure, tiles: config.tiles }), permissions, logRequests(log, { newId, viewerOf }))
  web.use(meeting(records.sessions, onFault), permitting.permitted)
  for (const door of doors) web.use(door.router)
  web.use(nothingHere, faultOf(newId, log))

  return {
    server,
    web,
    desk,
    meters: meters.registry,
    health: operation.now,
    openWays: ways.open,
    roll: roll.board,
    settled: hindsight.settled,
    async close() {
      leaving = true
      await roll.close()
      // Others write on while those who wait here are answered.
      await shared.handOver()
      if (needs.node) await line.letGo(world.pause)
      permitting.close()
      operation.close()
      clock.close()
      await watch.close()
      await operators.close()
      await ways.close()
      await line.close()
      // Whoever waits for the desk is answered first; what comes on a connection still open is told to come again.
      await desk.close()
      shared.close()
      live?.close()
      await retaining.close()
      await hindsight.close()
      await out.close()
      await orders.close()
      await world.pause(0)
      server.closeAllConnections()
      for (const door of doors) door.close?.()
      await viewing.close()
    },
  }
}
