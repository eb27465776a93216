// Which sound is due: a level I calls every ten seconds until it is signed for, a level II every minute; what is new and less sounds once; a signature answers.
import type { Case } from '#contract/case'
import { isUnsigned, isWaiting } from '#contract/figures'
import type { CaseId, Instant } from '#contract/ids'
import type { Level } from '#contract/stage'
import type { ClipName } from './sounds/clips.ts'

export interface Call {
  clip: ClipName
  level: Level
  openedAt: Instant
}

export interface Called {
  /** What has been seen on the board: it is new once. */
  known: ReadonlySet<CaseId>
  /** Waited for a signature when last looked at. */
  unsigned: ReadonlySet<CaseId>
  rangAt: Readonly<Partial<Record<Level, Instant>>>
}

export const atFirst: Called = { known: new Set(), unsigned: new Set(), rangAt: {} }

const again = { 1: 10_000, 2: 60_000 } as const
/** What is older was there before this wall was: it is news to nobody. */
const newFor = 60_000

/** At most one sound at a time, the gravest: two at once are noise. */
export function callDue(cases: readonly Case[], now: Instant, called: Called): { call: Call | null; called: Called } {
  const waits = cases.filter((subject) => subject.level <= 2 && isUnsigned(subject))
  const next: Called = {
    known: new Set(cases.map(({ id }) => id)),
    unsigned: new Set(waits.map(({ id }) => id)),
    rangAt: called.rangAt,
  }
  const [gravest] = waits.sort((a, b) => a.level - b.level || b.openedAt - a.openedAt)
  if (gravest && isDue(gravest, called, now)) {
    const { level, openedAt } = gravest
    const clip = level === 1 ? 'alarm1' : 'alarm2'
    return { call: { clip, level, openedAt }, called: { ...next, rangAt: { ...called.rangAt, [level]: now } } }
  }
  const signed = cases.find((subject) => called.unsigned.has(subject.id) && subject.acknowledged !== undefined)
  if (signed) return { call: { clip: 'ack', level: signed.level, openedAt: signed.openedAt }, called: next }
  const fresh = cases
    .filter((subject) => subject.level > 2 && isWaiting(subject) && !called.known.has(subject.id))
    .filter(({ openedAt }) => now - openedAt < newFor)
    .sort((a, b) => a.level - b.level)[0]
  if (!fresh) return { call: null, called: next }
  return { call: { clip: 'soft', level: fresh.level, openedAt: fresh.openedAt }, called: next }
}

/** A new one calls at once, whoever called a moment ago. */
function isDue({ id, level }: Case, { unsigned, rangAt }: Called, now: Instant): boolean {
  return !unsigned.has(id) || now - (rangAt[level] ?? 0) >= again[level as 1 | 2]
}
