// P6: one source at a hundred times its quota, and what the others feel of it: their p99 beside a quiet minute, and refusals.
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { median, percentile, type Program } from '../suites/figure.ts'
import { startServer } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'
import { reportOf } from '../trial/load.ts'
import { postFor, type Posted } from './posting.ts'

const quota = 600
const times = 100
const othersRate = 100
const seconds = 10

export const quotas: Program = {
  id: 'P6',
  about: 'one source at 100 × its quota: the others’ p99 and refusals',
  async run({ seed, runs = 5, say, stopped }) {
    const site = await prepareSite('p6', [{ id: 'mad', perMinute: quota }])
    const server = await startServer({ folder: site.folder })
    const chance = chanceFrom(seed)
    let sent = 0
    const body = () => JSON.stringify(reportOf(chance, `p6-${++sent}`, Date.now()))
    const others = () =>
      postFor({ url: server.url, key: site.sourceKey, body, seconds, connections: 16, rate: othersRate })
    const mad = () =>
      postFor({ url: server.url, key: site.keys[0]!, body, seconds, connections: 64, rate: (quota / 60) * times })
    try {
      await others()
      const pairs: { quiet: Posted; beside: Posted; mad: Posted }[] = []
      while (pairs.length < runs && !stopped()) {
        const quiet = await others()
        const [beside, held] = await Promise.all([others(), mad()])
        pairs.push({ quiet, beside, mad: held })
        say(
          `${p99(beside).toFixed(1)} ÷ ${p99(quiet).toFixed(1)} ms; mad: ${held.taken.length} taken, ${held.later} held back`,
        )
      }
      const ratio = median(pairs.map(({ quiet, beside }) => p99(beside) / p99(quiet)))
      const refused = pairs.reduce((sum, { beside }) => sum + beside.later + beside.otherwise, 0)
      const [taken, held] = [pairs.map(({ mad }) => mad.taken.length), pairs.map(({ mad }) => mad.later)]
      return [
        {
          id: 'P6 others',
          value: ratio.toFixed(2),
          target: '<= 1.20',
          ok: ratio <= 1.2,
          words: `p99 beside the mad one ÷ quiet, median of ${pairs.length}; of the mad one ${median(taken)} taken and ${median(held)} held back in ${seconds} s`,
        },
        { id: 'P6 refused', value: String(refused), target: '= 0', ok: refused === 0, words: 'of the others' },
      ]
    } finally {
      await server.kill('SIGTERM')
      await site.remove()
    }
  },
}

const p99 = ({ taken }: Posted): number => percentile(taken, 0.99)
