// Which requests an Open311 client asks for: by number, or by service, day and status.
import { z } from 'zod'
import type { Case } from '#contract/case'
import type { Instant } from '#contract/ids'
import { CaseId } from '#contract/ids'
import { isOpen } from '#contract/stage'

const dayMs = 86_400_000
const longestRange = 90 * dayMs
/** Of those that have left the board; whoever wants more asks for fewer days. */
const mostClosed = 500
const mostNumbers = 50

const listed = (given: string) => given.split(',').map((one) => one.trim())
const Day = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))

export const Open311Asked = z
  .object({
    service_request_id: z.string().transform(listed).pipe(z.array(CaseId).max(mostNumbers)).optional(),
    service_code: z.string().max(1000).transform(listed).optional(),
    start_date: Day.optional(),
    end_date: Day.optional(),
    status: z
      .string()
      .transform(listed)
      .pipe(z.array(z.enum(['open', 'closed'])))
      .optional(),
    page: z.coerce.number().int().min(1).max(1000).default(1),
    page_size: z.coerce.number().int().min(1).max(500).default(100),
  })
  .refine(({ start_date: from, end_date: to }) => !from || !to || (to >= from && to - from <= longestRange), {
    path: ['end_date'],
    message: 'at most 90 days after start_date',
  })
export type Open311Asked = z.infer<typeof Open311Asked>

/** The last 90 days where neither is said; 90 days from or up to the one that is. */
function rangeOf({ start_date: from, end_date: to }: Open311Asked, now: Instant): { from: Instant; to: Instant } {
  if (from !== undefined && to !== undefined) return { from, to }
  if (from !== undefined) return { from, to: from + longestRange }
  const end = to ?? now
  return { from: Math.max(0, end - longestRange), to: end }
}

interface Stores {
  board: () => { cases: ReadonlyMap<Case['id'], Case> }
  archived: (id: Case['id']) => Promise<Case | null>
  /** The last to end first. */
  ended: (from: Instant, limit: number) => Promise<Case[]>
}

/** The last requested first. Numbers given override all else, as the standard has it. */
export async function casesAsked(asked: Open311Asked, now: Instant, stores: Stores): Promise<Case[]> {
  const { cases } = stores.board()
  if (asked.service_request_id) {
    const found = await Promise.all(asked.service_request_id.map((id) => cases.get(id) ?? stores.archived(id)))
    return found.filter((one) => one !== null)
  }
  const { from, to } = rangeOf(asked, now)
  const wants = (subject: Case) =>
    subject.openedAt >= from &&
    subject.openedAt <= to &&
    (asked.status?.includes(isOpen(subject.stage) ? 'open' : 'closed') ?? true)
  const gone = asked.status && !asked.status.includes('closed') ? [] : await stores.ended(from, mostClosed)
  const all = new Map([...gone, ...cases.values()].filter(wants).map((subject) => [subject.id, subject]))
  return [...all.values()].toSorted((a, b) => b.openedAt - a.openedAt)
}

export const pageOf = <T>(all: readonly T[], { page, page_size: size }: Open311Asked): T[] =>
  all.slice((page - 1) * size, page * size)
