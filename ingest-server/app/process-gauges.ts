// What is of the process and not of a street: the connections to its databases; and rooms with a counter at their elbow.
import { Gauge, type Registry } from 'prom-client'
import type { LagMeter } from '../doors/line-lag.ts'
import type { Meters } from '../doors/ops-meters.ts'
import { poolFigures } from '../engines/pools.ts'
import type { Records } from '../records/port.ts'

export function openProcessGauges(registry: Registry): void {
  const registers = [registry]
  new Gauge({
    name: 'sanping_postgres_connections',
    help: 'Connections to PostgreSQL, by pool: lent, idle, and the most there may be.',
    labelNames: ['pool', 'state'] as const,
    registers,
    collect() {
      this.reset()
      for (const { pool, lent, idle, most } of poolFigures()) {
        this.inc({ pool, state: 'lent' }, lent)
        this.inc({ pool, state: 'idle' }, idle)
        this.inc({ pool, state: 'most' }, most)
      }
    },
  })
  new Gauge({
    name: 'sanping_postgres_waiting',
    help: 'Who waits for a connection to PostgreSQL, by pool.',
    labelNames: ['pool'] as const,
    registers,
    collect() {
      this.reset()
      for (const { pool, waiting } of poolFigures()) this.inc({ pool }, waiting)
    },
  })
}

export const countedAudit = (records: Records, audited: Meters['audited']): Records => ({
  ...records,
  audit: {
    async write(line) {
      await records.audit.write(line)
      audited(line.what)
    },
  },
})

export const countedLag = (
  lag: Pick<LagMeter, 'handed'>,
  meters: Pick<Meters, 'handed'>,
): Pick<LagMeter, 'handed'> => ({
  handed(seconds) {
    lag.handed(seconds)
    meters.handed(seconds)
  },
})
