// Windows of quiet: which are open, coming and over, what each keeps quiet, and whether one may be opened as it is written.
import type { Case } from '#contract/case'
import type { Window } from '#contract/duty'
import type { Instant, WindowId } from '#contract/ids'
import { isOpen } from '#contract/stage'
import type { Spot } from '../../../parts/spots.ts'
import { dayMs } from '../../../words/moments.ts'

export interface WindowLists {
  open: Window[]
  coming: Window[]
  over: Window[]
}

/** The one that ends first before the others; of those over the last one. */
export function windowsBy(windows: readonly Window[], now: Instant): WindowLists {
  return {
    open: windows.filter((one) => one.from <= now && now < one.until).sort((a, b) => a.until - b.until),
    coming: windows.filter((one) => now < one.from).sort((a, b) => a.from - b.from),
    over: windows.filter((one) => one.until <= now).sort((a, b) => b.until - a.until),
  }
}

/** What it keeps quiet now. */
export const quietBy = (cases: readonly Case[], id: WindowId): Case[] =>
  cases.filter((subject) => isOpen(subject.stage) && subject.shelved?.windowId === id)

/** All that is put aside, by a window or by hand: what comes back first stands first. */
export const putAside = (cases: readonly Case[]): Case[] =>
  cases
    .filter((subject) => isOpen(subject.stage) && subject.shelved)
    .sort((a, b) => (a.shelved?.until ?? 0) - (b.shelved?.until ?? 0))

export interface Draft {
  kind: Window['kind']
  spot: Spot | null
  scenarioId: string
  matter: string
  from: Instant | null
  until: Instant | null
  reason: string
}
export type Missing = 'spot' | 'reason' | 'until' | 'past' | 'long'

const longest = 7 * dayMs

/** The first thing that keeps it from being opened; null where nothing does. The desk says the last word. */
export function missingIn({ spot, from, until, reason }: Draft, now: Instant): Missing | null {
  if (!spot) return 'spot'
  if (until === null) return 'until'
  if (until <= Math.max(now, from ?? now)) return 'past'
  if (until - (from ?? now) > longest) return 'long'
  return reason.trim() ? null : 'reason'
}

/** What is sent. Only what is named is asked to match. */
export function windowOf(draft: Draft, id: WindowId, now: Instant): Omit<Window, 'by'> {
  const { kind, spot, scenarioId, matter, from, until, reason } = draft
  return {
    id,
    kind,
    ...(spot ? { [`${spot.kind}Id`]: spot.id } : {}),
    ...(matter ? { matter } : scenarioId ? { scenarioId: scenarioId as NonNullable<Window['scenarioId']> } : {}),
    from: from ?? now,
    until: until ?? now,
    reason: reason.trim(),
  }
}
