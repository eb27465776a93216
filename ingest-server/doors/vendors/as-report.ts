// What a dialect made of a message, held against the shape of our reports: an item, or a sentence that names the field.
import { hash } from 'node:crypto'
import { IncomingReport } from '#contract/report'
import { mapped, type Item, type Sender } from './reading.ts'
import { shapeNo } from './shape.ts'

interface Read {
  raw: () => Uint8Array
  /** Where the message stands in its body: `reports[3]`. */
  under?: string
  pictures?: readonly Buffer[]
  /** Where the message speaks our own language, in which a site may yet call its cameras otherwise. */
  cameras?: Sender['cameras']
}

export function asReport(given: unknown, { raw, under = '', pictures = [], cameras = {} }: Read): Item {
  const read = IncomingReport.safeParse(given)
  if (!read.success) return { kind: 'refused', no: shapeNo(read.error, given, under), raw }
  const report = read.data
  const ours = report.cameraId && mapped(cameras, report.cameraId)
  if (ours) report.cameraId = ours as NonNullable<typeof report.cameraId>
  return { kind: 'report', report, pictures, raw }
}

const longest = 200

/** Of any length made one that can be kept; the same is the same. */
export const eventIdOf = (text: string): string => (text.length <= longest ? text : `long-${hash('sha256', text)}`)
