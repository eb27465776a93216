// What the page of the house itself shows beside its parts: each fact in one sentence, and what is wrong first.
import { healthStates, type HouseHealth, type PartHealth } from '#contract/health'
import type { Instant } from '#contract/ids'
import { dayTime, timeOf } from '../../../words/times.ts'
import { sayOperation } from '../../../words/desk-operation.ts'

export interface Fact {
  name: string
  words: string
  isOld?: boolean
}

/** What is down stands first, what is well last; else in their own order. */
export const worstFirst = (parts: readonly PartHealth[]): PartHealth[] =>
  [...parts].sort((a, b) => healthStates.indexOf(b.state) - healthStates.indexOf(a.state))

const day = 86_400_000
const gigabytes = (bytes: number): string => (bytes / 1024 ** 3).toFixed(1)

export function factsOf(house: HouseHealth, now: Instant): Fact[] {
  const { backup, checkpoint, verified, retention, disk, logs, nodes } = house
  const time = (at: Instant) => dayTime(at, now) || timeOf(at)
  const say = sayOperation
  return [
    { name: say('build'), words: house.build },
    { name: say('node'), words: house.node },
    { name: say('startedAt'), words: time(house.startedAt) },
    { name: say('lines'), words: say('linesValue', { n: house.revision, waiting: house.waiting }) },
    {
      name: say('nodes'),
      words: nodes
        ? say('nodesValue', {
            name: nodes.name,
            how: say(nodes.holds ? 'holds' : 'follows'),
            all: nodes.others.join(' · ') || nodes.name,
          })
        : say('alone'),
    },
    {
      name: say('backup'),
      words: backup ? say('backupValue', { time: time(backup.at), n: backup.revision ?? '—' }) : say('never'),
      isOld: !backup || now - backup.at > 2 * day,
    },
    {
      name: say('checkpoint'),
      words: checkpoint
        ? say('checkpointValue', { time: time(checkpoint.at), n: checkpoint.revision, unsigned: checkpoint.unsigned })
        : say('never'),
    },
    {
      name: say('verified'),
      words: verified
        ? say('verifiedValue', {
            time: time(verified.at),
            how: say(verified.sound ? 'sound' : 'broken'),
            n: verified.revision,
          })
        : say('never'),
      isOld: verified ? !verified.sound : false,
    },
    { name: say('retention'), words: retention === null ? say('never') : time(retention) },
    ...(disk
      ? [{ name: say('disk'), words: say('diskValue', { free: gigabytes(disk.free), size: gigabytes(disk.size) }) }]
      : []),
    { name: say('logs'), words: logs ? logsWords(logs) : say('noFiles'), isOld: (logs?.dropped ?? 0) > 0 },
  ]
}

function logsWords({ days, bytes, oldest, dropped, keptDays }: NonNullable<HouseHealth['logs']>): string {
  const size = (bytes / 1024 ** 2).toFixed(1)
  const words = sayOperation('logsValue', { days, size, oldest: oldest ?? '—', kept: keptDays })
  return dropped > 0 ? `${words} · ${sayOperation('dropped', { n: dropped })}` : words
}
