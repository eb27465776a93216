// Which case an order of a hotline is now: on the board by its sources, afterwards by what was written down.
import type { Case } from '#contract/case'
import type { CaseId, SourceId } from '#contract/ids'
import { isOpen } from '#contract/stage'
import type { Change, Desk } from '../desk/port.ts'
import type { Orders } from '../records/port-residents.ts'
import type { OrdersFound } from './intake-word.ts'

interface Needs {
  desk: Pick<Desk, 'board' | 'follow'>
  archived: (id: CaseId) => Promise<Case | null>
  kept: Orders
  onFault: (fault: unknown) => void
}

export interface HotlineOrders extends OrdersFound {
  /** When all that is known is written down. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** `12345/SH-1#reopened-1` is still the order `12345/SH-1`. */
const plain = (key: string): string => key.replace(/#.*$/s, '')
const hotlineKeys = ({ sources }: Pick<Case, 'sources'>): string[] =>
  sources.filter(({ channel }) => channel === 'hotline').map(({ key }) => plain(key))

/** The order numbers this source knows a case by. */
export const orderNosOf = (subject: Pick<Case, 'sources'>, sourceId: SourceId): string[] => {
  const own = hotlineKeys(subject).filter((key) => key.startsWith(`${sourceId}/`))
  return [...new Set(own.map((key) => key.slice(sourceId.length + 1)))]
}

export function openHotlineOrders({ desk, archived, kept, onFault }: Needs): HotlineOrders {
  const unwritten = new Map<string, CaseId>()
  let writing: Promise<void> = Promise.resolve()

  /** What could not be written is tried again with the next. */
  function write(): void {
    writing = writing.then(async () => {
      const rows = [...unwritten].map(([sourceKey, caseId]) => ({ sourceKey, caseId }))
      if (rows.length === 0) return
      await kept.keep(rows)
      for (const { sourceKey, caseId } of rows) if (unwritten.get(sourceKey) === caseId) unwritten.delete(sourceKey)
    })
    writing = writing.catch(onFault)
  }
  const note = (subject: Case) => hotlineKeys(subject).forEach((key) => unwritten.set(key, subject.id))

  function take({ put }: Change): void {
    for (const { before, now } of put) if (before?.sources !== now.sources && !now.mergedInto) note(now)
    if (unwritten.size > 0) write()
  }

  // What came while nobody wrote it down: a crash between the line and this.
  for (const subject of desk.board().cases.values()) if (isOpen(subject.stage)) note(subject)
  if (unwritten.size > 0) write()
  const stop = desk.follow(take)

  return {
    async find(sourceId, orderNo) {
      const key = `${sourceId}/${orderNo}`
      const here = [...desk.board().cases.values()].filter((one) => hotlineKeys(one).includes(key))
      const standing = here.find(({ stage }) => isOpen(stage)) ?? here.toSorted((a, b) => b.openedAt - a.openedAt)[0]
      if (standing && !standing.mergedInto) return standing
      const id = standing?.mergedInto ?? unwritten.get(key) ?? (await kept.caseOf(key))
      return id ? (desk.board().cases.get(id) ?? archived(id)) : null
    },
    async gone(sourceId, orderNo) {
      const key = `${sourceId}/${orderNo}`
      const id = unwritten.get(key) ?? (await kept.caseOf(key))
      return !id || desk.board().cases.has(id) ? null : archived(id)
    },
    settled: () => writing,
    async close() {
      stop()
      await writing
    },
  }
}
