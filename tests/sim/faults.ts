// What can befall the street, drawn by the seed: wires, phones, disks, processes, the platform above, and what is between the processes.
import type { Chance } from '../../ingest-server/demo/chance.ts'
import type { SimBetween } from './between.ts'
import type { Device } from './device.ts'
import { mishaps, type Disk } from './disk.ts'
import type { SimNeighbour } from './neighbour.ts'
import type { SimServer } from './server.ts'
import type { Owner, SimTime } from './time.ts'

export type Befell = Record<string, number>

interface FaultsNeeds {
  chance: Chance
  time: SimTime
  devices: readonly Device[]
  servers: readonly SimServer[]
  disk: Disk
  neighbour: SimNeighbour
  between: SimBetween | null
  note: (what: string) => void
}

export function openFaults({ chance, time, devices, servers, disk, neighbour, between, note }: FaultsNeeds) {
  const outside: Owner = { kind: 'wire', alive: true }
  const befell: Befell = {}
  const anyone = () => chance.oneOf(devices)
  const some = () => chance.oneOf(servers)
  const later = (from: number, to: number, run: () => void) => void time.after(outside, chance.whole(from, to), run)

  const kinds: Record<string, () => void | Promise<void>> = {
    'dead spot'() {
      const device = anyone()
      device.link.up = false
      device.cut()
      later(2_000, 900_000, () => void (device.link.up = true))
    },
    cut: () => anyone().cut(),
    'half open'() {
      const device = anyone()
      device.link.half = true
      later(3_000, 30_000, () => void (device.link.half = false))
    },
    slow() {
      const device = anyone()
      device.link.slow = true
      later(5_000, 60_000, () => void (device.link.slow = false))
    },
    'page killed': () => anyone().reopens(),
    disk: () => void disk.coming.push(chance.oneOf(mishaps)),
    'disk again and again'() {
      for (let n = chance.whole(2, 4); n > 0; n--) disk.coming.push(chance.oneOf(mishaps))
    },
    'disk full'() {
      disk.full = true
      later(2_000, 40_000, () => void (disk.full = false))
    },
    unreadable: () => void (disk.unreadable = true),
    async killed() {
      some().dies()
      await time.pass(chance.whole(200, 8_000))
      await startAll()
    },
    async 'started anew'() {
      const server = some()
      await server.closes()
      await time.pass(chance.whole(100, 3_000))
      await startAll()
    },
    /** Suspended, all of them, and for their own clocks they were awake: leases and patience are over. */
    'stood still': () => time.slumber(chance.whole(5_000, 90_000), true),
    'neighbour away'() {
      neighbour.away = true
      later(10_000, 3_000_000, () => void (neighbour.away = false))
    },
    ...(between && {
      'node cut off'() {
        const { name } = some()
        between.partition(name, true)
        later(500, 15_000, () => between.partition(name, false))
      },
      'leases forgotten': () => between.forgetAll(),
    }),
  }
  const names = Object.keys(kinds)

  async function startAll(): Promise<void> {
    for (const server of servers) await server.starts()
  }

  return {
    befell: () => befell,
    async one(): Promise<void> {
      const what = chance.oneOf(names)
      befell[what] = (befell[what] ?? 0) + 1
      note(`fault ${what}`)
      await kinds[what]!()
    },
    /** Whatever stood still stands up: also what was killed by its disk in the midst of a line. */
    async heal(): Promise<void> {
      for (const { link } of devices) Object.assign(link, { up: true, half: false, slow: false })
      Object.assign(disk, { coming: [], full: false, unreadable: false })
      neighbour.away = false
      for (const { name } of servers) between?.partition(name, false)
      await startAll()
      for (const device of devices) device.opens()
    },
    /** A process that was killed in mid-append is started again by whoever watches over it. */
    watch: startAll,
  }
}
