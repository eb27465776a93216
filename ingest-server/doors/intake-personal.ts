// What a resident gave of themselves is taken out of a ticket before it goes to the desk and into the journal.
import type { IncomingReport, Report, Reporter } from '#contract/report'

// Full-width digits too: they come from Chinese keyboards.
const digit = '[0-9０-９]'
const gap = '[-\\s－—·]?'
const rules: readonly [RegExp, string][] = [
  [
    new RegExp(`(?<!${digit})${digit}{6}(?:1[89]|20|１[８９]|２０)${digit}{9}[0-9０-９XxＸｘ](?!${digit})`, 'g'),
    '［身份证］',
  ],
  [
    new RegExp(
      `(?<!${digit})(?:[+＋]?(?:86|８６)${gap})?[1１][3-9３-９]${digit}(?:${gap}${digit}{4}){2}(?!${digit})`,
      'g',
    ),
    '［电话］',
  ],
  [new RegExp(`(?<!${digit})[0０]${digit}{2,3}${gap}${digit}{4}${gap}${digit}{3,4}(?!${digit})`, 'g'), '［电话］'],
  // Eight bare digits are a phone only where the words say so: else they may be a day or a case's number.
  [
    new RegExp(`((?:电话|座机|致电|联系|拨打|tel|phone)\\D{0,4})${digit}{4}${gap}${digit}{4}(?!${digit})`, 'gi'),
    '$1［电话］',
  ],
]

export const scrubbed = (text: string): string => rules.reduce((rest, [rule, mark]) => rest.replace(rule, mark), text)

/** The report as the desk may have it, and what is to be kept apart; `reporter` is null where there is nothing personal. */
export function withoutPersonal(report: IncomingReport): { report: Report; reporter: Reporter | null } {
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
