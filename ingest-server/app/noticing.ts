// Notices kept up with the journal: every line looked at once for whom it calls, from a cursor, whatever happened in between.
import type { Instant, PersonId } from '#contract/ids'
import type { Notice, NoticeRules } from '#contract/notice'
import type { Person } from '#contract/person'
import type { Past } from '../desk/past.ts'
import type { Change, Desk } from '../desk/port.ts'
import { noticesOf } from '../doors/notices-of.ts'
import { isTooLate } from '../doors/notices-over.ts'
import { isTooSoon, legsOf } from '../doors/notices-plan.ts'
import type { House } from '../doors/outward-kind.ts'
import type { NewNotice, Notices, NoticeWays, Reachable } from '../records/port-notices.ts'
import { keepUp, type KeepingUp } from './keep-up.ts'

export interface NoticingNeeds {
  desk: Pick<Desk, 'journalId' | 'board' | 'follow' | 'holds'>
  past: Pick<Past, 'play'>
  people: ReadonlyMap<PersonId, Person>
  notices: Pick<Notices, 'decidedUpTo' | 'decide' | 'lastTo'>
  ways: Pick<NoticeWays, 'live'>
  reachable: Pick<Reachable, 'phonesOf' | 'numberOf' | 'phones'>
  rules: NoticeRules
  house: House
  now: () => Instant
  /** Something is to be sent. */
  wake: () => void
  onFault: (fault: unknown) => void
}

export interface Noticing extends Pick<KeepingUp, 'look' | 'settled'> {
  close(): Promise<void>
}

/** Lines that call nobody are noted only now and then: a start reads those again. */
const notedEvery = 2000

export function keepNoticing(needs: NoticingNeeds): Noticing {
  const { desk, past, people, notices, ways, reachable, rules, house, now, wake, onFault } = needs
  const stopping = new AbortController()
  /** Everything up to `at` was decided; the disk has `noted`. Null until it is known where to begin. */
  let cursor: { at: number; noted: number } | null = null

  const anybody = () => ways.live().size > 0 || reachable.phones().phones > 0

  async function take(change: Change): Promise<void> {
    if (change.since !== cursor?.at || !change.archived) return readUpTo(change.revision)
    await decide(change)
  }

  /** Of a journal that is another, or was put back, nobody is called twice; nor where there is nobody to call. */
  async function begin(): Promise<void> {
    const known = await notices.decidedUpTo()
    const here = desk.board().revision
    const isOurs = known !== null && known.journal === desk.journalId && known.revision <= here && anybody()
    const at = isOurs ? known.revision : here
    if (!isOurs) await notices.decide([], { journal: desk.journalId, revision: at })
    cursor = { at, noted: at }
  }

  async function readUpTo(revision: number): Promise<void> {
    if (!cursor || cursor.at >= revision) return
    const { changes } = await past.play({ revision: cursor.at }, { revision }, stopping.signal)
    for await (const change of changes) await decide(change)
  }

  async function decide(change: Change): Promise<void> {
    if (!cursor || cursor.at >= change.revision) return
    const { revision, at } = change
    const called = anybody()
      ? change.put.flatMap(({ before, now: subject }) => noticesOf({ before, now: subject, at }, house, desk.journalId))
      : []
    const decided: NewNotice[] = []
    for (const notice of called) {
      const one = await planned(notice)
      if (one) decided.push(one)
    }
    if (decided.length > 0 || revision - cursor.noted >= notedEvery) {
      await notices.decide(decided, { journal: desk.journalId, revision })
      cursor.noted = revision
    }
    cursor.at = revision
    if (decided.length > 0) wake()
  }

  /** Null for whom there is no way but their screen. */
  async function planned(notice: Notice): Promise<NewNotice | null> {
    const person = people.get(notice.personId)
    if (!person) return null
    const { id } = person
    const roads = { hasPhone: reachable.phonesOf(id).length > 0, hasNumber: reachable.numberOf(id) !== null }
    const legs = legsOf(notice, person, rules, { ...roads, ways: ways.live().values() })
    if (legs.length === 0) return null
    if (isTooLate(notice.level, notice.at, now())) return { ...notice, legs: [], ended: 'too-late' }
    const last = await notices.lastTo(id, notice.caseId!)
    return isTooSoon(last, notice, rules) ? { ...notice, legs: [], ended: 'cooldown' } : { ...notice, legs }
  }

  const keeping = keepUp({
    ...{ desk, take, stopping, onFault },
    first: () => (cursor ? undefined : begin()),
    last: () => readUpTo(desk.board().revision),
    forget: () => void (cursor = null),
  })
  return {
    look() {
      if (!desk.holds()) return
      if (!cursor || cursor.at < desk.board().revision) keeping.look()
    },
    settled: keeping.settled,
    close: () =>
      keeping.close(async () => {
        if (cursor && cursor.at > cursor.noted)
          await notices.decide([], { journal: desk.journalId, revision: cursor.at })
      }),
  }
}
