// What is counted while the house works, for whoever keeps the machine running: what came in, what was kept, what was seen.
import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { SourceId } from '#contract/ids'
import { familyOf } from './vendors/dialects.ts'

export interface Meters {
  /** An answer at the intake: its dialect, how it was settled or why it was refused, and whose it was where that is known. */
  settled(dialect: string, result: string, sourceId?: SourceId): void
  appended(lines: number, seconds: number): void
  /** From a report's coming in to the line. */
  handed(seconds: number): void
  /** From the desk to the glass. */
  drawn(screen: 'wall' | 'phone', milliseconds: number): void
  /** A line of the audit, by its word for the deed. */
  audited(what: string): void
}

const spans = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30]
const taken = new Set(['opened', 'joined', 'repeated', 'ignored'])

/** `process`: also what Node says of itself, event loop delay above all; once a process. */
export function openMeters({ process = false } = {}): Meters & { registry: Registry } {
  const registry = new Registry()
  if (process) collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const reports = new Counter({
    name: 'sanping_reports_total',
    help: 'Reports answered, by dialect and by how they were settled or why refused.',
    labelNames: ['dialect', 'result'] as const,
    registers,
  })
  const bySource = new Counter({
    name: 'sanping_source_reports_total',
    help: 'The same by source: opened, joined, repeated, ignored, or refused.',
    labelNames: ['source', 'outcome'] as const,
    registers,
  })
  const batch = new Histogram({
    name: 'sanping_batch_lines',
    help: 'Journal lines kept by one commit.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers,
  })
  const append = new Histogram({
    name: 'sanping_append_seconds',
    help: 'How long one commit took, flush included.',
    buckets: [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2],
    registers,
  })
  const intake = new Histogram({
    name: 'sanping_intake_seconds',
    help: "From a report's coming in to its being on the line, decided, kept and answered.",
    buckets: [0.001, 0.002, ...spans],
    registers,
  })
  const lag = new Histogram({
    name: 'sanping_screen_lag_seconds',
    help: 'From the desk to the glass, as walls and phones say themselves.',
    labelNames: ['screen'] as const,
    buckets: spans,
    registers,
  })
  const audit = new Counter({
    name: 'sanping_audit_lines_total',
    help: 'Lines of the audit written by this process, by their word for the deed.',
    labelNames: ['what'] as const,
    registers,
  })
  return {
    registry,
    // The dialect comes out of the address: a label anybody may make up would grow without end.
    settled(dialect, result, source) {
      reports.inc({ dialect: familyOf(dialect) ?? 'unknown', result })
      if (source !== undefined) bySource.inc({ source, outcome: taken.has(result) ? result : 'refused' })
    },
    appended(lines, seconds) {
      batch.observe(lines)
      append.observe(seconds)
    },
    handed: (seconds) => intake.observe(seconds),
    drawn: (screen, milliseconds) => lag.observe({ screen }, milliseconds / 1000),
    audited: (what) => audit.inc({ what }),
  }
}
