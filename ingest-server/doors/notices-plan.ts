// By which steps a notice goes out, and when it is one too many. Pure.
import type { Instant } from '#contract/ids'
import type { Notice, NoticeRules, NoticeWay, NoticeWayId } from '#contract/notice'
import type { Person } from '#contract/person'
import type { NewLeg } from '../records/port-notices.ts'

/** What there is to reach this person by. */
export interface Roads {
  hasPhone: boolean
  hasNumber: boolean
  ways: Iterable<NoticeWay>
}

/** So long a live screen has to say that the word has come. */
const grace = 3_000

const serves = ({ bodies }: NoticeWay, { body }: Pick<Person, 'body'>) => bodies.length === 0 || bodies.includes(body)

/**
 * One leg a step that this person can be reached by; a robot hears of one change of a case once, however many of its people are
 * called. What is kept for the case that no receipt comes, comes at once where nothing else of theirs goes before it.
 */
export function legsOf(notice: Notice, person: Person, rules: NoticeRules, roads: Roads): NewLeg[] {
  const ways = [...roads.ways].filter((way) => serves(way, person))
  const has = { push: roads.hasPhone, sms: roads.hasNumber && ways.some(({ kind }) => kind === 'sms') }
  const steps = notice.what === 'test' ? everything : rules.levels[notice.level]
  const legs: NewLeg[] = []
  for (const { by, after } of steps) {
    const isFirst = !legs.some(({ road }) => road !== 'robot')
    const dueAt: Instant = notice.at + (by !== 'robot' && isFirst ? grace : Math.max(grace, after * 1000))
    if (by === 'robot')
      for (const { id, kind } of ways)
        if (kind !== 'sms') legs.push({ road: by, wayId: id, thread: threadOf(notice, id), dueAt })
    if (by === 'push' && has.push) legs.push({ road: by, wayId: null, thread: notice.id, dueAt })
    if (by === 'sms' && has.sms) {
      const wayId = ways.find(({ kind }) => kind === 'sms')!.id
      legs.push({ road: by, wayId, thread: notice.id, dueAt })
    }
  }
  return legs
}

const everything = [
  { by: 'push', after: 0 },
  { by: 'robot', after: 0 },
  { by: 'sms', after: 0 },
] as const

const threadOf = ({ id, caseId, revision, what }: Notice, way: NoticeWayId): string =>
  caseId === null ? `${way} ${id}` : `${way} ${caseId} ${revision} ${what}`

/** One person, one case: once within the cooldown, unless it grew worse or is another kind of word. */
export const isTooSoon = (
  last: Pick<Notice, 'at' | 'level' | 'what'> | null,
  next: Pick<Notice, 'at' | 'level' | 'what'>,
  { cooldown }: Pick<NoticeRules, 'cooldown'>,
): boolean =>
  last !== null && last.what === next.what && next.level >= last.level && next.at - last.at < cooldown * 1000
