// G3: the figures with all their case lists over 100,000 closed cases, out of the archive's file, whole and by person.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PlaceId } from '#contract/ids'
import type { KpiCut } from '#contract/kpi'
import type { Archive, Archived } from '../../ingest-server/archive/archive.ts'
import { openSqliteArchive } from '../../ingest-server/archive/sqlite.ts'
import { kpiRows } from '../../ingest-server/case-engine/kpi.ts'
import { chanceFrom, type Chance } from '../../ingest-server/demo/chance.ts'
import { at, minutes } from '../suites/builders.ts'
import { median, type Program } from '../suites/figure.ts'
import { aLife, judged } from '../suites/lives.ts'
import type { Life } from '../suites/lives.ts'

const closed = 100_000
const batch = 2000
const target = 300
const from = at('2026-01-01 00:00')
const to = at('2027-01-01 00:00')

/** A tree as wide as the real one: 3 blocks, 19 areas, 103 grids, 440 groups. */
const pathOf = (group: number): string[] => {
  const [grid, area, block] = [group % 103, (group % 103) % 19, ((group % 103) % 19) % 3]
  return ['street', `block-${block}`, `area-${area}`, `grid-${grid}`, `group-${group}`]
}

/** Three hundred a day, most done in time, some late, some sent back, some answered for by a resident. */
function someLife(chance: Chance, index: number): Life {
  const openedAt = from + Math.floor((index / closed) * (to - from - minutes(60 * 24 * 10)))
  const done = chance.whole(30, 600)
  const isAsked = chance.next() < 0.2
  return {
    ...{ openedAt, id: `2026-${index}`, filed: chance.whole(1, 12), dispatched: chance.whole(12, 25) },
    ...{ taken: chance.whole(26, 40), arrived: chance.whole(41, 60), finished: done + 60 },
    ...(chance.next() < 0.05 && { sentBack: done + 70 }),
    ...{ verified: done + 90, closed: done + 95 },
    handler: `officer-${chance.whole(1, 120)}`,
    sender: chance.oneOf(['chen', 'shen']),
    by: isAsked ? 'resident' : chance.oneOf(['camera', 'camera', 'officer'] as const),
    ...(isAsked && {
      contacted: chance.whole(20, 60),
      rating: { at: done + 200, stars: chance.whole(1, 5), fixed: chance.next() < 0.9 },
    }),
    path: pathOf(index % 440),
    disposition: chance.next() < 0.1 ? 'false-alarm' : 'solved',
  }
}

async function fill(archive: Archive, chance: Chance, say: (words: string) => void): Promise<void> {
  for (let first = 0; first < closed; first += batch) {
    const cases = Array.from({ length: batch }, (_, i): Archived => {
      const subject = aLife(someLife(chance, first + i), to)
      return { subject, facts: judged(subject, to) }
    })
    await archive.put(cases, { journal: 'bench', revision: first + batch })
    if ((first + batch) % 20_000 === 0) say(`${first + batch} / ${closed} cases`)
  }
}

export const kpi: Program = {
  id: 'G3',
  about: 'the figures of 100,000 closed cases',
  async run({ seed, runs = 7, say, stopped }) {
    const folder = await mkdtemp(join(tmpdir(), 'sanping-g3-'))
    const archive = await openSqliteArchive({ file: join(folder, 'archive.db'), edition: 'bench' })
    try {
      await fill(archive, chanceFrom(seed), say)
      const took: Record<string, number[]> = {}
      let listed = 0
      for (let run = 0; run <= runs && !stopped(); run++)
        for (const cut of ['all', 'person', 'place'] as const satisfies KpiCut[]) {
          const [started, cpu] = [performance.now(), process.cpuUsage()]
          const facts = await archive.facts(from, to)
          const read = performance.now()
          const rows = kpiRows(facts, { from, to, cut, place: 'street' as PlaceId })
          const done = performance.now()
          // The first run warms the code, as any server is that has been asked before.
          if (run === 0) continue
          ;(took[cut] ??= []).push(done - started)
          ;(took['read'] ??= []).push(read - started)
          const { user, system } = process.cpuUsage(cpu)
          ;(took[`${cut} cpu`] ??= []).push((user + system) / 1000)
          listed = rows[0]!.figures.reduce((sum, one) => sum + one.denominator.length, 0)
        }
      return (['all', 'person', 'place'] as const).map((cut) => {
        const medianOf = (name: string) => Math.round(median(took[name] ?? [Number.NaN]))
        const milliseconds = medianOf(cut)
        return {
          id: `G3.${cut}`,
          value: `${milliseconds} ms`,
          target: `<= ${target} ms`,
          ok: milliseconds <= target,
          words: `${closed} cases, ${listed} in the denominators, reading the file ${medianOf('read')} ms of it, processor time ${medianOf(`${cut} cpu`)} ms, seed ${seed}`,
        }
      })
    } finally {
      await archive.close()
      await rm(folder, { recursive: true })
    }
  },
}
