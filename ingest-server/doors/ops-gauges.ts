// What is asked of the rooms whenever somebody collects: how it stands now, not what happened.
import { Counter, Gauge, type Registry } from 'prom-client'
import type { HouseHealth } from '#contract/health'
import type { Instant } from '#contract/ids'
import type { Role } from '#contract/roles'
import type { Lags } from '#contract/wire'
import type { Desk } from '../desk/port.ts'
import type { OperationCounts } from '../records/port-operation.ts'

/** As the room of the nodes counts them. */
export interface NodeFigures {
  isUp: boolean
  held: number
  turned: number
  passed: number
  answered: { middle: number; worst: number } | null
}

export interface GaugeNeeds {
  desk: Pick<Desk, 'inStep' | 'waiting' | 'board' | 'holds' | 'keeps'>
  /** Among others like it; absent: it is the only process. */
  node?: () => NodeFigures
  screens: () => ReadonlyMap<Role, number>
  silent: () => number
  lags: () => Lags
  /** Absent where nobody counts. */
  counts?: () => Promise<OperationCounts>
  /** Absent where nobody looks after it. */
  health?: () => HouseHealth
  /** Lines the journal is ahead of this board. */
  behind?: () => number
}

type Sample = [labels: Record<string, string>, value: number | null | undefined]

export function openGauges(registry: Registry, needs: GaugeNeeds): void {
  const { desk, screens, silent, lags, node, counts, health, behind } = needs
  const registers = [registry]
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      ...{ name, help, registers },
      collect() {
        this.set(read())
      },
    })
  /** Only what is known: no figure is better than one made up. */
  const gauges = (name: string, help: string, labelNames: string[], read: () => Sample[] | Promise<Sample[]>) =>
    new Gauge({
      ...{ name, help, registers, labelNames },
      async collect() {
        // A store that does not answer leaves a gap, never a collection that fails.
        const samples = await Promise.resolve()
          .then(read)
          .catch((): Sample[] => [])
        this.reset()
        for (const [labels, value] of samples) if (typeof value === 'number') this.set(labels, value)
        // Without labels a reset leaves a nought.
        if (labelNames.length === 0 && typeof samples[0]?.[1] !== 'number') this.remove()
      },
    })
  /** Counted elsewhere: only what came since is added. */
  const counter = (name: string, help: string, read: () => number) => {
    let said = 0
    return new Counter({
      ...{ name, help, registers },
      collect() {
        const now = read()
        if (now > said) this.inc(now - said)
        said = Math.max(said, now)
      },
    })
  }

  gauge('sanping_revision', 'The last line of the journal that is on the board.', () => desk.board().revision)
  gauge('sanping_cases', 'Cases on the board.', () => desk.board().cases.size)
  gauge('sanping_waiting', 'Commands waiting for the next commit.', desk.waiting)
  gauge('sanping_in_step', '1 while the board is in step with the journal.', () => Number(desk.inStep()))
  gauge('sanping_keeps', '0 from a line that could not be kept until one can again.', () => Number(desk.keeps()))
  gauge('sanping_silent_cameras', 'Cameras not heard of for too long.', silent)
  gauge('sanping_holds', '1 where this process holds the desk, 0 where it follows.', () => Number(desk.holds()))
  if (behind) gauge('sanping_behind_lines', 'Lines the journal is ahead of the board here.', behind)
  if (node) {
    gauge('sanping_redis_up', '1 while Redis answers this process.', () => Number(node().isUp))
    gauge('sanping_desks_held', 'Desks of all streets this process holds.', () => node().held)
    counter('sanping_desk_turns_total', 'How often a desk came to this process or left it.', () => node().turned)
    counter('sanping_wishes_passed_total', 'Wishes passed on to the holder and answered.', () => node().passed)
    gauges('sanping_passed_seconds', 'From a wish passed on to its answer, of the last hundred.', ['of'], () => [
      [{ of: 'middle' }, node().answered?.middle],
      [{ of: 'worst' }, node().answered?.worst],
    ])
  }
  gauges('sanping_screens', 'Screens on the line, by role.', ['role'], () =>
    [...screens()].map(([role, count]) => [{ role }, count]),
  )
  gauges('sanping_lag_seconds', 'The middle of the last half minute: intake, wall, phone.', ['step'], () => {
    const { intake, wall, phone } = lags()
    return [
      [{ step: 'intake' }, inSeconds(intake)],
      [{ step: 'wall' }, inSeconds(wall?.milliseconds)],
      [{ step: 'phone' }, inSeconds(phone?.milliseconds)],
    ]
  })
  gauges('sanping_lag_worst_seconds', 'The worst of the same screens.', ['step'], () => {
    const { wall, phone } = lags()
    return [
      [{ step: 'wall' }, inSeconds(wall?.worst)],
      [{ step: 'phone' }, inSeconds(phone?.worst)],
    ]
  })
  if (counts) openCounts(gauges, counts)
  if (health) openHealthGauges(gauges, health)
}

type Gauges = (name: string, help: string, labels: string[], read: () => Sample[] | Promise<Sample[]>) => unknown

function openCounts(gauges: Gauges, counts: () => Promise<OperationCounts>): void {
  const one = (name: string, help: string, read: (all: OperationCounts) => number | null) =>
    gauges(name, help, [], async () => [[{}, read(await counts())]])
  gauges('sanping_outbox_messages', 'Messages to neighbours, waiting or dead.', ['state'], async () => {
    const { waiting, dead } = (await counts()).outbox
    return [
      [{ state: 'waiting' }, waiting],
      [{ state: 'dead' }, dead],
    ]
  })
  one('sanping_outbox_oldest_timestamp_seconds', 'When the oldest that waits was made.', ({ outbox }) =>
    stamp(outbox.oldestAt),
  )
  gauges('sanping_notices', 'Calls of the last day, by what they came to.', ['state'], async () =>
    Object.entries((await counts()).notices.byState).map(([state, rows]) => [{ state }, rows]),
  )
  one('sanping_notices_oldest_timestamp_seconds', 'When the oldest call that waits was decided.', ({ notices }) =>
    stamp(notices.oldestAt),
  )
  one('sanping_quarantine_rows', 'Messages nobody has understood yet.', ({ quarantined }) => quarantined)
  one('sanping_evidence_pictures', 'Pictures kept.', ({ evidence }) => evidence.pictures)
  one('sanping_evidence_bytes', 'Bytes of all pictures and their small ones.', ({ evidence }) => evidence.bytes)
  one('sanping_sign_in_locks', 'Names and addresses that must wait before they try again.', ({ locks }) => locks)
  gauges('sanping_sessions', 'Sessions that are kept, of people and of walls.', ['of'], async () => {
    const { people, walls } = (await counts()).sessions
    return [
      [{ of: 'people' }, people],
      [{ of: 'walls' }, walls],
    ]
  })
  one('sanping_personal_wishes', 'Wishes about personal data nobody has decided.', ({ wishes }) => wishes)
  one('sanping_retention_timestamp_seconds', 'When retention last looked.', ({ retentionAt }) => stamp(retentionAt))
}

function openHealthGauges(gauges: Gauges, health: () => HouseHealth): void {
  const one = (name: string, help: string, read: (all: HouseHealth) => number | null | undefined) =>
    gauges(name, help, [], () => [[{}, read(health())]])
  gauges('sanping_part_up', 'Each thing the house stands on: 1 well, 0.5 to be looked at, 0 down.', ['part'], () =>
    health().parts.map(({ part, state }) => [{ part }, worth[state]]),
  )
  one('sanping_backup_timestamp_seconds', 'When the newest backup was made.', ({ backup }) => stamp(backup?.at))
  one('sanping_checkpoint_timestamp_seconds', 'When the newest checkpoint was signed.', ({ checkpoint }) =>
    stamp(checkpoint?.at),
  )
  one(
    'sanping_checkpoint_unsigned_lines',
    'Lines no checkpoint has signed yet.',
    ({ checkpoint }) => checkpoint?.unsigned,
  )
  one('sanping_disk_free_bytes', 'Free for the house on the disk of the data folder.', ({ disk }) => disk?.free)
  one('sanping_disk_size_bytes', 'All of that disk.', ({ disk }) => disk?.size)
  one('sanping_log_files_bytes', 'Bytes of all kept log files.', ({ logs }) => logs?.bytes)
  one('sanping_log_dropped_lines', 'Log lines that could not be written since the start.', ({ logs }) => logs?.dropped)
}

const worth = { ok: 1, stale: 0.5, down: 0 } as const
const stamp = (at: Instant | null | undefined): number | null => (typeof at === 'number' ? at / 1000 : null)
const inSeconds = (milliseconds: number | null | undefined): number | null =>
  typeof milliseconds === 'number' ? milliseconds / 1000 : null
