// Notices wired: who is to be called follows the desk, each step goes when it is due, phones say what they showed.
import type { Instant } from '#contract/ids'
import { usualNotices, type NoticeRules } from '#contract/notice'
import type { Past } from '../desk/past.ts'
import type { Desk } from '../desk/port.ts'
import { pushOf, usualServices } from '../doors/notice-push.ts'
import { openNoticesPost } from '../doors/notices-post.ts'
import { openNoticesDoor } from '../doors/notices.ts'
import type { House } from '../doors/outward-kind.ts'
import type { ViewerOf } from '../doors/session-viewer.ts'
import type { Records } from '../records/port.ts'
import type { Config } from './config.ts'
import { keepNoticing } from './noticing.ts'

export interface NoticesNeeds {
  config: Pick<Config, 'origins'> & Partial<Pick<Config, 'push'>>
  rules: NoticeRules | undefined
  records: Pick<Records, 'notices' | 'noticeWays' | 'reachable' | 'accounts'>
  desk: Desk
  past: Past
  house: House
  viewerOf: ViewerOf
  fetch: typeof fetch
  now: () => Instant
  after: (milliseconds: number, run: () => void) => () => void
  onFault: (fault: unknown) => void
}

export function openNotices(needs: NoticesNeeds) {
  const { config, records, desk, past, house, viewerOf, now, onFault } = needs
  const { notices, noticeWays: ways, reachable } = records
  const { origins, push: services = usualServices } = config
  const common = { desk, people: records.accounts.people(), notices, ways, reachable, now, onFault }
  // A push service writes there when something is wrong with what we send; some take no address that is not https.
  const subject = origins.find((origin) => origin.startsWith('https:')) ?? 'https://sanping.invalid'
  const post = openNoticesPost({
    ...common,
    push: pushOf({ vapid: reachable.vapid(), subject }),
    // Of a street that is played nothing goes to the real world.
    services: house.isExercise ? [] : services,
    fetch: house.isExercise ? homeOnly(needs.fetch) : needs.fetch,
    after: needs.after,
  })
  const rules = needs.rules ?? usualNotices
  const noticing = keepNoticing({ ...common, past, rules, house, wake: post.look })

  return {
    door: openNoticesDoor({ ...common, viewerOf, origins, services: house.isExercise ? [] : services }),
    look() {
      noticing.look()
      post.look()
    },
    async settled() {
      await noticing.settled()
      await post.settled()
    },
    async close() {
      await noticing.close()
      await post.close()
    },
  }
}

const homes: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

const homeOnly =
  (fetch: typeof globalThis.fetch): typeof globalThis.fetch =>
  async (url, init) => {
    if (!homes.has(new URL(String(url)).hostname)) throw new Error('an exercise sends nothing out · 演练不外发')
    return fetch(url, init)
  }
