// What a resident gave of themselves is taken out of a ticket before it goes to the desk and into the journal.
import { scrubbed } from '#contract/personal-numbers'
import type { IncomingReport, Report, Reporter } from '#contract/report'

/** The report as the desk may have it, and what is to be kept apart; `reporter` is null where there is nothing personal. */
export function withoutPersonal({ persons: _, ...report }: IncomingReport): {
  report: Report
  reporter: Reporter | null
} {
  if (report.kind !== 'service-ticket') return { report, reporter: null }
  const { reporter, ...ticket } = report
  // What is over elsewhere has nobody to be called back: their name stays with whoever keeps that register.
  if (ticket.register?.endedAt !== undefined)
    return {
      report: { ...ticket, ...(ticket.text !== undefined && { text: scrubbed(ticket.text) }) },
      reporter: null,
    }
  if (ticket.text === undefined) return { report: ticket, reporter: someOf(reporter) }
  const text = scrubbed(ticket.text)
  const full = text === ticket.text ? {} : { text: ticket.text }
  return { report: { ...ticket, text }, reporter: someOf({ ...reporter, ...full }) }
}

const someOf = (reporter: Reporter | undefined): Reporter | null =>
  reporter && Object.values(reporter).some((value) => value !== undefined && value !== '') ? reporter : null
