// What is asked of each thing the house stands on, and what its answer means.
import type { Words } from '#contract/language'
import type { CaseId, Instant } from '#contract/ids'
import type { Lags } from '#contract/wire'
import type { Archive } from '../archive/archive.ts'
import type { Desk } from '../desk/port.ts'
import type { Journal } from '../journal/journal.ts'
import type { Records } from '../records/port.ts'
import { well, type Probe, type Seen } from './health.ts'
import type { World } from './world.ts'

export interface ProbeNeeds {
  desk: Pick<Desk, 'inStep' | 'keeps' | 'holds' | 'waiting' | 'board' | 'follow'>
  journal: Pick<Journal, 'head'>
  archive: Pick<Archive, 'get'>
  records: Pick<Records, 'operation'>
  overload: number
  lags: () => Lags
  walls: () => number
  world: Pick<World, 'now' | 'seconds'>
  pace: number
  /** How far the journal is ahead, found on the way. */
  onHead: (revision: number) => void
  /** Each absent where the house has no such thing. */
  node?: { isUp: () => boolean }
  postgres?: () => Promise<{ now: Instant }>
  disk?: () => Promise<{ free: number; size: number }>
  broker?: () => { isUp: boolean } | null
  sip?: () => boolean | null
  checkpoint?: () => { at: Instant; unsigned: number } | null
  logs?: () => { dropped: number; failing: boolean }
}

const stale = (zh: string, en: string): Seen => ({ state: 'stale', words: { zh, en } })
const down = (zh: string, en: string): Seen => ({ state: 'down', words: { zh, en } })
const ok = (zh: string, en: string): Seen => ({ state: 'ok', words: { zh, en } satisfies Words })

const megabyte = 1024 ** 2
/** Below the first somebody should make room, below the second the next flush may fail. */
export const roomLeft = { little: 2048 * megabyte, share: 0.05, none: 256 * megabyte } as const
/** A leap of the clock is told of for so long. */
const leapToldFor = 10 * 60_000
const nudge = 2_000
/** Lines wait ten seconds for their checkpoint; so much longer means that it is not written. */
const unsignedTooLong = 30_000
const slowWall = 5_000

export function openProbes(needs: ProbeNeeds): Probe[] {
  const { desk, journal, archive, records, overload, lags, walls, node, postgres, disk, onHead } = needs
  const { broker, sip, checkpoint, logs } = needs
  const probes: Probe[] = [
    {
      part: 'desk',
      look() {
        if (!desk.inStep()) return down('还没跟上日志', 'not in step with the journal')
        if (desk.waiting() >= overload) return stale(`排队 ${desk.waiting()} 条`, `${desk.waiting()} wait`)
        return well
      },
    },
    {
      part: 'journal',
      async look() {
        onHead((await journal.head()).revision)
        return desk.keeps() ? well : down('写不进去，屏幕停在原处', 'cannot be written, screens stand still')
      },
    },
    { part: 'archive', look: () => archive.get('nobody' as CaseId).then(() => well) },
    { part: 'records', look: () => records.operation.reached().then(() => well) },
    { part: 'clock', look: lookAtClock(needs) },
    {
      part: 'screens',
      look() {
        const worst = lags().wall?.worst ?? 0
        if (worst > slowWall)
          return stale(`大屏慢 ${Math.round(worst / 1000)} 秒`, `a wall is ${Math.round(worst / 1000)} s late`)
        return ok(`大屏 ${walls()} 块在线`, `${walls()} walls on the line`)
      },
    },
  ]
  if (node) {
    probes.push({
      part: 'holds',
      look: () => (desk.holds() ? ok('本进程主持', 'held here') : ok('跟随别的进程', 'follows another process')),
    })
    probes.push({
      part: 'redis',
      look: () => (node.isUp() ? well : down('没有回答，各进程各自为政', 'does not answer, processes stand alone')),
    })
  }
  if (postgres) probes.push({ part: 'postgres', look: () => postgres().then(() => well) })
  if (disk) probes.push({ part: 'disk', look: async () => roomIn(await disk()) })
  if (broker)
    probes.push({
      part: 'broker',
      look() {
        const there = broker()
        if (!there) return stale('没有在监听', 'not listening')
        return there.isUp ? well : down('MQTT 服务断开', 'the MQTT broker is away')
      },
    })
  if (sip) probes.push({ part: 'sip', look: () => (sip() ? well : down('没有在监听', 'not listening')) })
  if (checkpoint) {
    /** Not since the last checkpoint: on a quiet street that is long ago, and the first line after it is new. */
    let unsignedSince: Instant | null = null
    probes.push({
      part: 'checkpoints',
      look() {
        const last = checkpoint()
        const at = needs.world.now()
        unsignedSince = last === null || last.unsigned === 0 ? null : (unsignedSince ?? at)
        const late = unsignedSince !== null && at - unsignedSince > unsignedTooLong * needs.pace
        if (last !== null && desk.holds() && late)
          return stale(`${last.unsigned} 行没有签名`, `${last.unsigned} lines not signed`)
        return well
      },
    })
  }
  if (logs)
    probes.push({
      part: 'logs',
      look: () => (logs().failing ? stale(`丢了 ${logs().dropped} 行`, `${logs().dropped} lines dropped`) : well),
    })
  return probes
}

export function roomIn({ free, size }: { free: number; size: number }): Seen {
  const [zh, en] = [`剩 ${inGigabytes(free)} GB`, `${inGigabytes(free)} GB left`]
  if (free < roomLeft.none) return down(zh, en)
  if (free < roomLeft.little || free < size * roomLeft.share) return stale(zh, en)
  return ok(zh, en)
}

const inGigabytes = (bytes: number): string => (bytes / 1024 ** 3).toFixed(1)

/** Against the machine's own steady clock, the journal's last line, and the database's clock where there is one. */
function lookAtClock({ world, pace, desk, postgres }: ProbeNeeds): () => Promise<Seen> {
  let last = { at: world.now(), steady: world.seconds() * 1000 }
  let leapt: { by: number; at: number } | null = null
  let lineAt: Instant = 0
  desk.follow(({ at }) => void (lineAt = Math.max(lineAt, at)))
  return async () => {
    const [at, steady] = [world.now(), world.seconds() * 1000]
    const by = at - last.at - (steady - last.steady) * pace
    last = { at, steady }
    if (Math.abs(by) > nudge * pace) leapt = { by, at: steady }
    if (leapt && steady - leapt.at > leapToldFor) leapt = null
    if (lineAt - at > nudge * pace) return stale('比日志最后一行还早', "earlier than the journal's last line")
    if (leapt) {
      const seconds = Math.round(leapt.by / 1000)
      return stale(`往${seconds < 0 ? '回' : '前'}跳了 ${Math.abs(seconds)} 秒`, `leapt by ${seconds} s`)
    }
    const other = await postgres?.().catch(() => null)
    const apart = other ? Math.round((at - other.now) / 1000) : 0
    // A demo's time is its own.
    if (pace === 1 && Math.abs(apart) > 5) return stale(`与数据库差 ${apart} 秒`, `${apart} s off the database's`)
    return well
  }
}
