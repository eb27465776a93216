// Which cases lie in which of the desk's lists, and in what order: by level, then by the clock that breaks first.
import type { Case } from '#contract/case'
import type { Clock } from '#contract/clock'
import type { PersonId } from '#contract/ids'
import { runs } from '#contract/ledger'
import type { Stage } from '#contract/stage'

export type DeskTab = 'inbox' | 'handling' | 'verify'
export const deskTabs: readonly DeskTab[] = ['inbox', 'handling', 'verify']

/** What lies in a tab besides its main list: 待批, 静默, 挂账, 已结束. The first of each is where it opens. */
export type DeskPart = 'waiting' | 'asked' | 'shelved' | 'underWay' | 'held' | 'toVerify' | 'ended'
export const partsOf: Record<DeskTab, readonly DeskPart[]> = {
  inbox: ['waiting', 'asked', 'shelved'],
  handling: ['underWay', 'held'],
  verify: ['toVerify', 'ended'],
}

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
  /** 待批: somebody asked for something that the viewer may grant. They lie in their own list too. */
  asked: Case[]
  /** 静默: put aside, until then in no other list. */
  shelved: Case[]
  /** 挂账: nobody works on it meanwhile. */
  held: Case[]
  /** Ended and still on the board, the last first. */
  ended: Case[]
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
  return subject.clocks.filter(runs).sort((a, b) => a.dueAt - b.dueAt)[0]
}

const dueOf = (subject: Case) => nextClock(subject)?.dueAt ?? Number.POSITIVE_INFINITY

/** Level I first; within a level the one whose clock breaks first; without a clock the oldest. */
export function byUrgency(a: Case, b: Case): number {
  if (a.level !== b.level) return a.level - b.level
  const [dueA, dueB] = [dueOf(a), dueOf(b)]
  if (dueA !== dueB) return dueA - dueB
  return a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1)
}

/** `waitsForYou`: somebody asked for something on it that the viewer may grant. */
export function listsOf(
  cases: Iterable<Case>,
  viewer: PersonId | undefined,
  waitsForYou: (subject: Case) => boolean = () => false,
): DeskLists {
  const lists: DeskLists = {
    ...{ waiting: [], unsure: [], underWay: [], toVerify: [], notMine: [] },
    ...{ asked: [], shelved: [], held: [], ended: [] },
  }
  for (const subject of [...cases].sort(byUrgency)) {
    listFor(lists, subject, viewer).push(subject)
    if (waitsForYou(subject)) lists.asked.push(subject)
  }
  lists.ended.sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0))
  return lists
}

function listFor(lists: DeskLists, subject: Case, viewer: PersonId | undefined): Case[] {
  const tab = tabFor(subject)
  if (tab === null) return lists.ended
  if (tab === 'verify') return viewer && subject.handlers.includes(viewer) ? lists.notMine : lists.toVerify
  if (subject.shelved) return lists.shelved
  if (subject.held) return lists.held
  if (tab === 'handling') return lists.underWay
  return subject.unsure ? lists.unsure : lists.waiting
}

/** Where a case is found when it is asked for from elsewhere. */
export function partFor(subject: Case): { tab: DeskTab; part: DeskPart } {
  const tab = tabFor(subject)
  if (tab === null) return { tab: 'verify', part: 'ended' }
  if (tab === 'verify') return { tab, part: 'toVerify' }
  if (subject.shelved) return { tab: 'inbox', part: 'shelved' }
  if (subject.held) return { tab: 'handling', part: 'held' }
  return tab === 'inbox' ? { tab, part: 'waiting' } : { tab, part: 'underWay' }
}
