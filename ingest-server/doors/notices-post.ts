// Notices on their way: each step asked anew whether it is still wanted, sent, tried again, or handed to the next.
import type { Instant, PersonId } from '#contract/ids'
import type { Notice } from '#contract/notice'
import type { Person } from '#contract/person'
import type { Desk } from '../desk/port.ts'
import type { Leg, Notices, NoticeWays, Reachable } from '../records/port-notices.ts'
import { dingtalk } from './notice-dingtalk.ts'
import { isPushService } from './notice-push.ts'
import type { PushTo } from './notice-push.ts'
import { smsOf } from './notice-sms.ts'
import type { NoticeLeaf, Sent } from './notice-way.ts'
import { wecom } from './notice-wecom.ts'
import { isTooLate, overFor } from './notices-over.ts'
import { openPace, retryAfter } from './notices-pace.ts'
import { quietFor } from './outward-pace.ts'
import { inOneLine, send } from './outward-send.ts'
import type { Wire } from './outward-send.ts'

export interface NoticesPostNeeds extends Omit<Wire, 'closing'> {
  desk: Pick<Desk, 'board' | 'holds'>
  people: ReadonlyMap<PersonId, Person>
  notices: Notices
  ways: NoticeWays
  reachable: Reachable
  push: NoticeLeaf<PushTo>
  /** Whose push services may be posted to. */
  services: readonly string[]
  now: () => Instant
  onFault: (fault: unknown) => void
}

export interface NoticesPost {
  /** Sends what is due. Cheap where nothing is. */
  look(): void
  settled(): Promise<void>
  close(): Promise<void>
}

interface Said {
  sent: Sent
  answer: string
  /** So long they want quiet. */
  quiet?: number
}

const atOnce = 16
/** More than any one lane holds up: behind a robot that hangs the phones are still found. */
const ofOneLook = 1000
/** A robot, a gateway, a person's phones: one thing after the other, and none waits for another's. */
const laneOf = ({ wayId, notice }: Leg): string => wayId ?? `push ${notice.personId}`

export function openNoticesPost(needs: NoticesPostNeeds): NoticesPost {
  const { desk, people, notices, ways, reachable, push, services, now, onFault } = needs
  const closing = new AbortController()
  const busy = new Map<string, Promise<void>>()
  const pace = openPace()
  let looking: Promise<void> | null = null

  async function hand(): Promise<void> {
    const due = await notices.due(now(), ofOneLook)
    for (const leg of due) {
      const lane = laneOf(leg)
      if (busy.has(lane) || busy.size >= atOnce || closing.signal.aborted || !desk.holds()) continue
      const done = one(leg)
        .catch(onFault)
        .finally(() => {
          busy.delete(lane)
          look()
        })
      busy.set(lane, done)
    }
  }

  async function one(leg: Leg): Promise<void> {
    const { notice } = leg
    const at = now()
    const board = desk.board()
    const subject = notice.caseId === null ? undefined : board.cases.get(notice.caseId)
    const over = overFor(notice, { subject, person: people.get(notice.personId), board, now: at })
    if (over) return notices.ends(notice.id, over, at)
    if (isTooLate(notice.level, leg.dueAt, at))
      return leg.tries === 0
        ? notices.ends(notice.id, 'too-late', at)
        : notices.fails(leg, { at, answer: 'given up · 过时不发' })
    if (leg.road === 'robot' && (await notices.isSaid(leg.thread)))
      return notices.sent(leg, { at, answer: 'said in this group already · 群里已说过' })
    const free = leg.wayId === null ? at : freeAt(leg, at)
    if (free > at) return notices.waits(leg, free)
    const said = leg.road === 'push' ? await toPhones(notice) : await byWay(leg)
    if (!closing.signal.aborted) await settle(leg, said)
  }

  const perMinuteOf = ({ wayId }: Leg): number => {
    const way = ways.live().get(wayId!)
    if (!way) return Infinity
    return (way.kind === 'sms' ? smsOf(way) : robots[way.kind]).perMinute ?? Infinity
  }
  const freeAt = (leg: Leg, at: Instant) => pace.freeAt(laneOf(leg), perMinuteOf(leg), at)

  /** All of this person's phones; one that took it is enough. */
  async function toPhones(notice: Notice): Promise<Said> {
    const phones = reachable.phonesOf(notice.personId).filter(({ endpoint }) => isPushService(endpoint, services))
    if (phones.length === 0) return { sent: 'gone', answer: 'no phone · 没有可推送的手机' }
    const receipt = reachable.receiptOf(notice.id)
    const all = await Promise.all(
      phones.map(async (address): Promise<Said> => {
        const said = await post(push, notice, { address, receipt })
        if (said.sent === 'gone' && !closing.signal.aborted) await reachable.unsubscribe(address.endpoint)
        return said
      }),
    )
    const best = (['sent', 'again', 'never', 'gone'] as const).find((word) => all.some(({ sent }) => sent === word))
    return all.find(({ sent }) => sent === best)!
  }

  async function byWay({ notice, wayId }: Leg): Promise<Said> {
    const way = ways.live().get(wayId!)
    const secrets = way && ways.secretsOf(way.id)
    if (!way || !secrets) return { sent: 'gone', answer: 'this way was taken away · 这条路已撤' }
    pace.count(way.id, now())
    if (way.kind !== 'sms') return post(robots[way.kind], notice, secrets)
    const phone = reachable.numberOf(notice.personId)
    if (phone === null) return { sent: 'gone', answer: 'no number · 没有手机号' }
    return post(smsOf(way), notice, { phone, secrets, settings: way.settings })
  }

  async function post<To>(leaf: NoticeLeaf<To>, notice: Notice, to: To): Promise<Said> {
    const answer = await send(leaf.request(notice, to, now()), { ...needs, closing: closing.signal })
    const quiet = quietFor(answer, now())
    const sent = answer.status === 0 ? 'again' : leaf.understood(answer)
    return { sent, answer: inOneLine(answer), ...(quiet !== null && { quiet }) }
  }

  async function settle(leg: Leg, { sent, answer, quiet = 0 }: Said): Promise<void> {
    const at = now()
    if (sent === 'sent') return notices.sent(leg, { at, answer })
    const nextAt = at + Math.max(quiet, retryAfter(leg.tries + 1))
    if (sent === 'again' && !isTooLate(leg.notice.level, leg.dueAt, nextAt))
      return notices.again(leg, { at, answer, nextAt })
    return notices.fails(leg, { at, answer })
  }

  function look(): void {
    if (closing.signal.aborted || !desk.holds()) return
    looking ??= hand()
      .catch(onFault)
      .finally(() => void (looking = null))
  }

  return {
    look,
    async settled() {
      while (looking || busy.size > 0) await Promise.all([looking, ...busy.values()])
    },
    async close() {
      closing.abort()
      await looking
      await Promise.all(busy.values())
    },
  }
}

const robots = { wecom, dingtalk }
