// A report made into a command whose id is the report's own: sent again it is the same command, changed it is another.
import { hash } from 'node:crypto'
import type { Command } from '#contract/command'
import type { CommandId, ReporterRef, SourceId } from '#contract/ids'
import type { Report } from '#contract/report'

const longest = 128

/**
 * `source:event:phase:content`, the content as 16 hex digits of its SHA-256. The report comes out of its schema, so its
 * keys stand in the schema's order however they were sent. The reporter's reference is not part of it: it is drawn anew
 * at each delivery. Nor is anything personal: a hash of a phone number can be guessed back.
 */
export function commandFor(sourceId: SourceId, report: Report, reporterRef?: ReporterRef): Command {
  const content = hash('sha256', JSON.stringify(report)).slice(0, 16)
  const plain = `${sourceId}:${report.eventId}:${report.phase}:${content}`
  const id = plain.length <= longest ? plain : `long:${hash('sha256', plain)}`
  return {
    id: id as CommandId,
    by: { kind: 'source', id: sourceId },
    wish: { type: 'report', report: reporterRef ? { ...report, reporterRef } : report },
  }
}
