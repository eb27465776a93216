// All rooms wired into one server: the desk, its doors, and the order in which they close.
import { createServer } from 'node:http'
import type { Router } from 'express'
import { openClockDoor } from '../doors/clock.ts'
import { openDocumentsDoor } from '../doors/documents.ts'
import { openGroundDoor } from '../doors/ground.ts'
import { openHotlineOrders } from '../doors/hotline-orders.ts'
import { openKioskDoor } from '../doors/kiosk.ts'
import { openLagMeter } from '../doors/line-lag.ts'
import { openPresences } from '../doors/line-presence.ts'
import { openLineDoor } from '../doors/line.ts'
import { openMeters } from '../doors/ops-meters.ts'
import { openOpsDoor } from '../doors/ops.ts'
import { openOrdersAbove } from '../doors/orders-above.ts'
import { openPeopleDoor } from '../doors/people.ts'
import { openResponsibilityDoor } from '../doors/responsibility.ts'
import { noMappings } from '../doors/vendors/mappings.ts'
import { openScenariosDoor } from '../doors/scenarios.ts'
import { openScreensDoor } from '../doors/screens.ts'
import { openStreetsDoor } from '../doors/streets.ts'
import { openSessionDoor } from '../doors/session.ts'
import { openSignIn } from '../doors/sign-in.ts'
import { openViewerOf } from '../doors/session-viewer.ts'
import { openViolationsDoor } from '../doors/violations.ts'
import { openOperators } from '../doors/wall-operators.ts'
import { openWallDoor } from '../doors/wall.ts'
import { JournalBroken } from '../journal/journal.ts'
import type { App, AppNeeds } from './app-needs.ts'
import { openEyes, openWatchAndDoors, ownUrl } from './eyes.ts'
import { openIdentityDoors } from './identity.ts'
import { openHindsight } from './hindsight.ts'
import { openJudge } from './judging.ts'
import { liveKnown } from './known.ts'
import { shareCount, sharePresences, shareSeats } from './live-state.ts'
import { meteredJournal } from './metered-journal.ts'
import { openRoll } from './roll.ts'
import { keepOperation } from './operation.ts'
import { countedAudit, countedLag, openProcessGauges } from './process-gauges.ts'
import { openPublicDoors } from './public-doors.ts'
import { openStreetDesk } from './open-desk.ts'
import { usualDays } from './read-retention.ts'
import { usualViewing } from './read-viewing.ts'
import { recalling } from './recalling.ts'
import { keepRetention } from './retaining.ts'
import { stillRules } from './still-rules.ts'
import { openViewing } from './viewing.ts'
import { openWaysIn } from './ways-in.ts'
import { openWaysOut } from './ways-out.ts'
import { openWeb } from './web.ts'

export async function openApp(needs: AppNeeds): Promise<App> {
  const { config, ground, scenarios, calendar, world, log } = needs
  const { now, every } = world
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

  const keptDays = needs.keptDays ?? usualDays
  const retaining = keepRetention({
    ...{ records, archive: needs.archive, complete: hindsight.complete, desk, world, onFault },
    days: keptDays,
  })

  const roll = await openRoll({
    ...{ rank: needs.rank, config, records, desk, known, layers: needs.layers, live, viewerOf, world, onFault },
    silent: () => silent().length,
    judge: openJudge({ known, accounts: records.accounts, now }),
    fetch: needs.fetch ?? fetch,
  })

  let leaving = false
  const server = createServer((req, res) => {
    if (!ways.take(req, res)) asked.web(req, res)
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
    ...{ leaving: () => leaving, node: needs.node, outside: needs.outside, keptDays },
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

  const asked = openWeb({ config, records, viewerOf, world, log, doors, onFault })

  return {
    server,
    web: asked.web,
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
      asked.close()
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
