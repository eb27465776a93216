// The neighbours kept up with the journal: every line made into messages once, from a cursor a neighbour, whatever happened in between.
import { createHash } from 'node:crypto'
import type { Case } from '#contract/case'
import type { CaseId, Instant } from '#contract/ids'
import { isOpen } from '#contract/stage'
import { DeliveryId } from '#contract/neighbour'
import type { Neighbour, NeighbourId } from '#contract/neighbour'
import type { Past } from '../desk/past.ts'
import type { Change, Desk } from '../desk/port.ts'
import { changeAfterwards } from '../doors/outward-afterwards.ts'
import type { CaseChange, House, OutwardKind } from '../doors/outward-kind.ts'
import type { Deliveries, Neighbours, NewDelivery } from '../records/port-neighbours.ts'
import { keepUp, type KeepingUp } from './keep-up.ts'

interface TellingNeeds {
  desk: Pick<Desk, 'journalId' | 'board' | 'follow' | 'holds'>
  past: Pick<Past, 'play'>
  /** A case that has left the board, whenever it did. */
  archived: (id: CaseId) => Promise<Case | null>
  neighbours: Pick<Neighbours, 'live'>
  deliveries: Pick<Deliveries, 'toldUpTo' | 'enqueue'>
  kindOf: (kind: Neighbour['kind']) => OutwardKind | null
  house: House
  now: () => Instant
  /** Something is to be sent. */
  wake: () => void
  onFault: (fault: unknown) => void
}

export interface Telling extends Pick<KeepingUp, 'look' | 'settled'> {
  close(): Promise<void>
}

/** Lines that say nothing to a neighbour are noted only now and then: a start reads those again. */
const notedEvery = 2000

interface Cursor {
  /** Everything up to here has been made into messages. */
  at: number
  /** As the disk has it. */
  noted: number
}

export function keepTold(needs: TellingNeeds): Telling {
  const { desk, past, archived, neighbours, deliveries, kindOf, house, now, wake, onFault } = needs
  const stopping = new AbortController()
  const cursors = new Map<NeighbourId, Cursor>()

  /** A new neighbour is told from now on; of a journal that is another, or was put back, nothing is told twice. */
  async function meet(): Promise<void> {
    for (const id of cursors.keys()) if (!neighbours.live().has(id)) cursors.delete(id)
    for (const { id } of neighbours.live().values()) {
      if (cursors.has(id)) continue
      const known = await deliveries.toldUpTo(id)
      const here = desk.board().revision
      const isOurs = known !== null && known.journal === desk.journalId && known.revision <= here
      if (!isOurs) await deliveries.enqueue(id, [], { journal: desk.journalId, revision: here }, now())
      const at = isOurs ? known.revision : here
      cursors.set(id, { at, noted: at })
    }
  }

  async function take(change: Change): Promise<void> {
    const behind = [...cursors.values()].some(({ at }) => at < change.revision && at !== change.since)
    if (behind || !change.archived || isCutShort(change)) return readUpTo(change.revision)
    await tell(change)
  }

  async function readUpTo(revision: number): Promise<void> {
    const from = Math.min(...[...cursors.values()].map(({ at }) => at))
    if (from >= revision) return
    const { changes } = await past.play({ revision: from }, { revision }, stopping.signal)
    for await (const change of changes) await tell(change)
  }

  async function tell(change: Change): Promise<void> {
    const changes = await changesOf(change)
    for (const [id, cursor] of cursors) {
      const neighbour = neighbours.live().get(id)
      if (!neighbour || cursor.at >= change.revision) continue
      const messages = changes.flatMap((one) => messagesOf(neighbour, one))
      if (messages.length > 0 || change.revision - cursor.noted >= notedEvery) {
        await deliveries.enqueue(id, messages, { journal: desk.journalId, revision: change.revision }, now())
        cursor.noted = change.revision
      }
      cursor.at = change.revision
      if (messages.length > 0) wake()
    }
  }

  async function changesOf({ put, at, afterwards = [] }: Change): Promise<CaseChange[]> {
    const changes = put.map(({ before, now: subject }): CaseChange => ({ before, now: subject, at }))
    for (const said of afterwards) {
      const subject = await archived(said.caseId)
      if (subject) changes.push(changeAfterwards(subject, said))
    }
    return changes
  }

  function messagesOf(neighbour: Neighbour, change: CaseChange): NewDelivery[] {
    const { id } = change.now
    const messages = kindOf(neighbour.kind)?.about(change, neighbour, house) ?? []
    return messages.map(({ type, body }, i) => ({
      ...{ id: idOf(desk.journalId, neighbour.id, change, i), thread: id, caseId: id, type, body },
    }))
  }

  const keeping = keepUp({
    ...{ desk, take, stopping, onFault },
    first: meet,
    last: () => readUpTo(desk.board().revision),
    forget: () => cursors.clear(),
    listens: () => neighbours.live().size > 0 || cursors.size > 0,
  })
  return {
    look() {
      if (!desk.holds()) return
      const isKnown = [...neighbours.live().keys()].every((id) => cursors.has(id))
      const isBehind = [...cursors.values()].some(({ at }) => at < desk.board().revision)
      if (!isKnown || isBehind || cursors.size > neighbours.live().size) keeping.look()
    },
    settled: keeping.settled,
    close: () =>
      keeping.close(async () => {
        for (const [id, { at, noted }] of cursors)
          if (at > noted) await deliveries.enqueue(id, [], { journal: desk.journalId, revision: at }, now())
      }),
  }
}

/** Came and went, or went on and went, in one commit: what lies between stands in the journal's own lines alone. */
const isCutShort = ({ since, put, archived = [] }: Change): boolean =>
  put.some(({ before, now }) => !before && !isOpen(now.stage)) ||
  archived.some(({ revision, fromRegister }) => !fromRegister && revision > since)

/** Made of the line and of whom it is for: told once more after a crash, it is the same message. */
function idOf(journal: string, neighbour: NeighbourId, { now }: CaseChange, i: number): DeliveryId {
  const about = [journal, neighbour, now.id, now.revision, i].join('\n')
  return DeliveryId.parse(`msg_${createHash('sha256').update(about).digest('base64url').slice(0, 27)}`)
}
