// Calls as rows: the ways with what is amiss first, each notice with how it went in words.
import type { Instant } from '#contract/ids'
import type { LegLabel, NoticeLabel, NoticeList, NoticeWayState } from '#contract/notice'
import { sayNotices } from '../../../words/desk-notices.ts'

export interface WayRow {
  id: string
  name: string
  kind: string
  /** Whose, and where it goes. */
  about: string
  sent: string
  failed: number
  trouble: string | null
}

type Figures = Pick<NoticeWayState, 'sent' | 'failed' | 'sentAt' | 'trouble'>

export function waysOf({ ways, push }: NoticeList, time: (at: Instant) => string): WayRow[] {
  const figures = ({ sent, failed, sentAt, trouble }: Figures) => ({
    ...{ failed, trouble },
    sent:
      sentAt === null ? sayNotices('notices.noneSent') : sayNotices('notices.sent', { n: sent, time: time(sentAt) }),
  })
  const { phones, people } = push
  const about = phones > 0 ? sayNotices('notices.phones', { phones, people }) : sayNotices('notices.noPhones')
  const rows = [
    { id: 'push', name: sayNotices('notices.push'), kind: '', about, ...figures(push) },
    ...ways.map((way) => ({
      ...{ id: way.id, name: way.name, kind: sayNotices(`notices.kind.${way.kind}`) },
      about: `${way.bodies.join('、') || sayNotices('notices.everybody')} · ${way.host}`,
      ...figures(way),
    })),
  ]
  return rows.sort((a, b) => Number(b.trouble !== null) - Number(a.trouble !== null))
}

export function stateSaid({ state, why, shownAt }: NoticeLabel, time: (at: Instant) => string): string {
  const said = sayNotices(`notices.state.${state}`, { time: shownAt === null ? '' : time(shownAt) })
  return why === null ? said : `${said} · ${sayNotices(`notices.why.${why}`)}`
}

export const legsSaid = (legs: readonly LegLabel[], ways: NoticeList['ways']): string =>
  legs
    .map(({ road, wayId, state }) => {
      const way = wayId === null ? sayNotices('notices.push') : (ways.find(({ id }) => id === wayId)?.name ?? wayId)
      return sayNotices(`notices.leg.${state}`, { way: road === 'push' ? sayNotices('notices.push') : way })
    })
    .join(' → ')

export const heldSaid = ({ counts }: NoticeList): string | null =>
  (counts.dropped ?? 0) === 0
    ? null
    : sayNotices('notices.held', {
        cooldown: counts.cooldown ?? 0,
        offDuty: counts['off-duty'] ?? 0,
        tooLate: counts['too-late'] ?? 0,
      })
