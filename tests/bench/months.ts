// Day after day of one street, in a process of its own: the whole app on its files, its clock driven, its people at work; what each day left in memory is told.
import { join } from 'node:path'
import { pino } from 'pino'
import { SourceId } from '#contract/ids'
import { asRostered } from '#contract/roster'
import { readConfig } from '../../ingest-server/app/config.ts'
import { openHouse } from '../../ingest-server/app/house.ts'
import type { Log } from '../../ingest-server/app/log.ts'
import { realWorld } from '../../ingest-server/app/world.ts'
import { openAlbum } from '../../ingest-server/demo/album.ts'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { openDemoClock } from '../../ingest-server/demo/clock.ts'
import { forward } from '../../ingest-server/demo/forward.ts'
import { happenings } from '../../ingest-server/demo/happenings.ts'
import { matterMaps, sourceNames, sourceTitles, type SourceName } from '../../ingest-server/demo/messages.ts'
import { demoPeople } from '../../ingest-server/demo/people.ts'
import { openPlayer } from '../../ingest-server/demo/player.ts'
import { at as instantOf } from '../suites/builders.ts'
import { percentile } from '../suites/figure.ts'

export interface DayTold {
  day: number
  /** After a garbage collection. */
  heap: number
  resident: number
  /** Of what the staff wished, milliseconds. */
  submitted: number
  p99: number
  onBoard: number
  revision: number
}

const day = 24 * 3_600_000
/** A limit is rung within one step of the driven clock. */
const pace = 600

const [folder, days, seed] = [process.argv[2]!, Number(process.argv[3]), Number(process.argv[4])]
const first = instantOf('2026-07-01 00:00')
const clock = openDemoClock(first, Date.now)
const house = await openHouse({
  config: readConfig({
    ...{ PORT: '0', SANPING_DATA: join(folder, 'data'), SANPING_LOG: 'silent' },
    ...{ SANPING_MQTT: 'off', SANPING_PROBE_MINUTES: '0' },
  }),
  world: {
    ...realWorld,
    now: clock.now,
    after: (milliseconds, run) => realWorld.after(milliseconds / pace, run),
  },
  log: pino({ level: 'silent' }) as unknown as Log,
  build: 'months',
  pace,
  onBroken(fault) {
    throw fault
  },
})
const keys = Object.fromEntries(
  await Promise.all(
    sourceNames.map(async (name) => {
      const source = {
        id: SourceId.parse(`demo-${name}`),
        name: sourceTitles[name],
        matters: matterMaps[name],
        cameras: {},
      }
      return [name, await house.records.sources.add(source, first)] as const
    }),
  ),
) as Record<SourceName, string>
for (const person of demoPeople(house.ground.places.values())) await house.records.accounts.add(person, first)

let took: number[] = []
const player = openPlayer({
  ...{ url: house.url, keys, album: openAlbum(house.records.evidence, clock.now), now: clock.now },
  cases: () => house.desk.board().cases.values(),
  people: house.records.accounts.people,
  onDuty: (person) => asRostered(person, house.desk.board().shifts.get(person.id), clock.now()).onDuty,
  pathOf: house.ground.pathOf,
  scenarios: new Map(house.scenarios.map((scenario) => [scenario.id, scenario])),
  async submit(by, id, wish) {
    const began = performance.now()
    const outcome = await house.desk.submit({ id, by, wish })
    took.push(performance.now() - began)
    return outcome
  },
  complain: (words) => console.error(words),
})
const chance = chanceFrom(seed)

for (let nth = 0; nth < days; nth++) {
  const [from, to] = [first + nth * day, first + (nth + 1) * day - 15_000]
  const tellings = happenings(chance, house.ground, from, to, `day-${nth}`)
  await forward({ clock, player, tellings, appointments: [], from, to, say: () => {} })
  globalThis.gc!()
  const { heapUsed, rss } = process.memoryUsage()
  const { cases, revision } = house.desk.board()
  const told: DayTold = {
    ...{ day: nth, heap: heapUsed, resident: rss, submitted: took.length, p99: percentile(took, 0.99) },
    ...{ onBoard: cases.size, revision },
  }
  process.send!(told)
  took = []
}
await house.close()
process.exit(0)
