// What one street's server is made of and what it is: all that openApp asks for, and all that it gives.
import type { Server } from 'node:http'
import type { Express } from 'express'
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
import type { LineDoorNeeds } from '../doors/line.ts'
import type { TopicTable } from '../doors/mqtt-topics.ts'
import type { Rules } from '../doors/rules-port.ts'
import type { Mappings } from '../doors/vendors/mappings.ts'
import type { RollBoard } from '../doors/roll-board.ts'
import type { Streets } from '../doors/streets-port.ts'
import type { JournalBroken } from '../journal/journal.ts'
import type { Journal } from '../journal/journal.ts'
import type { Node } from '../nodes/node.ts'
import type { KeptDays } from '../records/port-personal.ts'
import type { Records } from '../records/port.ts'
import type { Config } from './config.ts'
import type { OwnRoad } from './eyes.ts'
import type { Log } from './log.ts'
import type { Rank } from './roll.ts'
import type { FromOutside } from './operation.ts'
import type { Listening } from './ways-in.ts'
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
