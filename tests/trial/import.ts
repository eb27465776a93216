// IMPORT: seventeen thousand orders of a hotline through the command line into a server of its own, twice: counted by other code it is the same.
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { countRecords } from '../suites/count-records.ts'
import type { Figure, Program } from '../suites/figure.ts'
import { hotlineRecords } from '../suites/hotline-records.ts'
import { countsIn, openImportHouse, type ImportRun } from '../suites/importing.ts'

const amount = 17_000
const day = 86_400_000

export const importTrial: Program = {
  id: 'IMPORT',
  about: `${amount} records of a hotline, in GB18030, twice`,
  async run({ seed, runs, say }) {
    const { bytes, rows } = hotlineRecords(runs ?? amount, chanceFrom(seed).next, Date.now() - day)
    const { refused, ignored, ...byHand } = countRecords(bytes)
    say(`${rows} rows: ${byHand.orders} orders, ${refused} to be refused, ${ignored} none of ours`)
    const house = await openImportHouse('import', 'dist/server/main.js')
    try {
      const first = await house.run(bytes)
      say(told(first))
      const second = await house.run(bytes)
      say(told(second))
      await house.server.kill('SIGTERM')
      const { quarantined: _, ...kept } = await countsIn(house.folder)
      const same = (key: keyof typeof byHand) => JSON.stringify(kept[key]) === JSON.stringify(byHand[key])
      const figure = (id: string, value: string | number, target: string, ok: boolean, words: string): Figure => ({
        ...{ id: `IMPORT.${id}`, value: String(value), target, ok, words },
      })
      const known = rows - refused - ignored
      return [
        figure('matter', same('byMatter') ? 'equal' : 'unequal', 'equal', same('byMatter'), 'counts by matter'),
        figure('state', same('byState') ? 'equal' : 'unequal', 'equal', same('byState'), 'counts by state'),
        figure('day', same('byDay') ? 'equal' : 'unequal', 'equal', same('byDay'), 'counts by day of receipt'),
        figure('orders', kept.orders, String(byHand.orders), kept.orders === byHand.orders, `of ${rows} rows`),
        figure(
          'refused',
          first.fates['退回'] ?? 0,
          String(refused),
          first.fates['退回'] === refused,
          'each in words, kept',
        ),
        figure(
          'twice',
          second.fates['已有'] ?? 0,
          String(known),
          second.fates['已有'] === known,
          'rows known the second time',
        ),
        figure(
          'lines',
          second.revision - first.revision,
          '0',
          second.revision === first.revision,
          'lines the second time wrote',
        ),
        figure(
          'rate',
          Math.round(rows / first.seconds),
          '-',
          true,
          `rows a second, ${first.seconds.toFixed(1)} s in all, seed ${seed}`,
        ),
      ]
    } finally {
      await house.server.kill('SIGKILL')
      await house.remove()
    }
  },
}

const told = ({ fates, seconds, revision }: ImportRun): string =>
  `${JSON.stringify(fates)} in ${seconds.toFixed(1)} s, line ${revision}`
