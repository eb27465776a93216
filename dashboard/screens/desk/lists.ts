// Which cases lie in which of the desk's lists, and in what order: by level, then by the clock that breaks first.
import type { Case } from '#contract/case'
import type { Clock } from '#contract/clock'
import type { PersonId } from '#contract/ids'
import type { Stage } from '#contract/stage'

export type DeskTab = 'inbox' | 'handling' | 'verify'
export const deskTabs: readonly DeskTab[] = ['inbox', 'handling', 'verify']

export interface DeskLists {
  /** 待受理. */
  waiting: Case[]
  /** 待核: a machine saw it and was not sure. */
  unsure: Case[]
  /** 处置中. */
  underWay: Case[]
  /** 待核查, by somebody other than who handled it … */
  toVerify: Case[]
  /** … and those the viewer handled, listed apart because somebody else must look. */
  notMine: Case[]
}

const tabOf: Record<Stage, DeskTab | null> = {
  reported: 'inbox',
  accepted: 'inbox',
  filed: 'inbox',
  dispatched: 'handling',
  handling: 'handling',
  verification: 'verify',
  verified: 'verify',
  closed: null,
  void: null,
}

/** The tab a case lies in; null once it has ended. */
export const tabFor = (subject: Case): DeskTab | null => tabOf[subject.stage]

/** Of the clocks that still run, the one that breaks first. */
export function nextClock(subject: Case): Clock | undefined {
  return subject.clocks.filter((clock) => clock.metAt === undefined).sort((a, b) => a.dueAt - b.dueAt)[0]
}

const dueOf = (subject: Case) => nextClock(subject)?.dueAt ?? Number.POSITIVE_INFINITY

/** Level I first; within a level the one whose clock breaks first; without a clock the oldest. */
export function byUrgency(a: Case, b: Case): number {
  if (a.level !== b.level) return a.level - b.level
  const [dueA, dueB] = [dueOf(a), dueOf(b)]
  if (dueA !== dueB) return dueA - dueB
  return a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1)
}

export function listsOf(cases: Iterable<Case>, viewer: PersonId | undefined): DeskLists {
  const lists: DeskLists = { waiting: [], unsure: [], underWay: [], toVerify: [], notMine: [] }
  for (const subject of [...cases].sort(byUrgency)) listFor(lists, subject, viewer)?.push(subject)
  return lists
}

function listFor(lists: DeskLists, subject: Case, viewer: PersonId | undefined): Case[] | null {
  const tab = tabFor(subject)
  if (tab === 'inbox') return subject.unsure ? lists.unsure : lists.waiting
  if (tab === 'handling') return lists.underWay
  if (tab === 'verify') return viewer && subject.handlers.includes(viewer) ? lists.notMine : lists.toVerify
  return null
}
