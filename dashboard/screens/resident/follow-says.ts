// What the follow page says of a report: its title, its line of steps, and what may be said back. Pure.
import type { Instant } from '#contract/ids'
import type { ResidentProgress, ResidentState } from '#contract/resident'
import { sayResident } from '../../words/resident.ts'
import { dayTime } from '../../words/times.ts'
import { inWords } from '../../words/words.ts'

type Look = ResidentState | 'thanks'

/** Whoever said that it is fixed is not asked again, and may still say that it is not. */
const lookOf = ({ state, rating }: ResidentProgress): Look => (state === 'done' && rating?.fixed ? 'thanks' : state)

const named = <P extends string>(prefix: P, look: Look) =>
  `${prefix}${look[0]!.toUpperCase()}${look.slice(1)}` as `${P}${Capitalize<Look>}`

export interface FollowRow {
  when: string
  what: string
  /** The last one: where it stands now. */
  now: boolean
}

export interface FollowSays {
  title: string
  about: string[]
  rows: FollowRow[]
  /** Asked whether it is fixed. */
  asks: boolean
  mayReopen: boolean
}

export function followSays(progress: ResidentProgress, now: Instant): FollowSays {
  const { caseId, first, how, matter, openedAt, steps, disposition, heldUntil, reworks, rating } = progress
  const look = lookOf(progress)
  const about = [sayResident('aboutSince', { matter: inWords(matter), time: dayTime(openedAt, now) })]
  if (how === 'merged') about.push(sayResident('sameAs', { id: caseId }))
  if (how === 'reopened' && first) about.push(sayResident('cameBack', { times: reworks, first }))
  if (heldUntil !== undefined) about.push(sayResident('heldUntil', { time: dayTime(heldUntil, now) }))
  if (progress.state === 'void' && disposition) about.push(sayResident(disposition))
  if (look === 'thanks' && rating) about.push(sayResident('yourStars', { count: rating.stars }))
  const rows = steps.map(({ what, at }) => ({
    when: dayTime(at, now),
    what: sayResident(`step${what[0]!.toUpperCase()}${what.slice(1)}` as Parameters<typeof sayResident>[0]),
    now: false,
  }))
  return {
    title: sayResident(named('title', look)),
    about,
    rows: [...rows, { when: sayResident('now'), what: sayResident(named('now', look)), now: true }],
    asks: look === 'done' && progress.mayRate,
    mayReopen: progress.mayReopen,
  }
}
