// What was decided at the desk while this phone was away, so that what was tapped here no longer fits: by whom and when. Pure.
import type { Actor, Case, Step } from '#contract/case'
import type { CaseId, EvidenceId, Instant, PersonId } from '#contract/ids'
import { isOpen } from '#contract/stage'
import type { OutItem } from '../../link/outbox-port.ts'
import { processSaid } from './process-said.ts'
import type { ProcessBook } from './process-said.ts'

export interface Late {
  what: 'moved' | 'returned' | 'closed' | 'voided' | 'merged' | 'finished' | 'held' | 'gone'
  /** Absent where nobody here can see it any more. */
  by?: Actor
  at?: Instant
  to?: PersonId
  into?: CaseId
  until?: Instant
}

/** Nos that mean: the case has moved on. All others say by themselves what is wrong. */
const movedOn: Partial<Record<NonNullable<OutItem['trouble']>, true>> = {
  'stage-not-allowed': true,
  'not-assigned-to-you': true,
  'not-your-area': true,
  'case-not-found': true,
  'case-held': true,
}

/** Null where the no has nothing to do with what others did. */
export function lateOf(item: OutItem, subject: Case | undefined, me: PersonId): Late | null {
  if (item.place !== 'refused' || !('caseId' in item.wish) || !item.trouble || !movedOn[item.trouble]) return null
  if (!subject) return { what: 'gone' }
  const last = (verb: Step['verb']) => subject.steps.filter((step) => step.verb === verb).pop()
  const stamp = (what: Late['what'], step: Step | undefined, more: Partial<Late> = {}): Late => ({
    what,
    ...(step && { by: step.by, at: step.at }),
    ...more,
  })
  if (subject.mergedInto) return stamp('merged', last('merge') ?? last('void'), { into: subject.mergedInto })
  if (subject.stage === 'void') return stamp('voided', last('void') ?? last('approve'))
  if (!isOpen(subject.stage)) return stamp('closed', last('close') ?? last('recover'))
  if (subject.held) return stamp('held', last('approve'), { until: subject.held.until })
  const { holder } = subject
  if (holder && holder.personId !== me)
    return stamp('moved', last('dispatch') ?? last('assign'), { to: holder.personId })
  if (!holder) return stamp('returned', last('return'))
  if (subject.stage === 'verification' || subject.stage === 'verified') return stamp('finished', last('finish'))
  return null
}

/** 备注 is taken in while the case is on the board; 重报 wants to know what and where. */
export const waysOn = (late: Late, subject: Case | undefined): ('note' | 'report')[] =>
  late.what === 'gone' || !subject ? [] : ['note', 'report']

export interface LateGroup {
  caseId: CaseId
  late: Late
  items: OutItem[]
}

/** All that was tapped for one case is one conflict, told once; what is no conflict stands by itself. */
export function lateGroups(
  refused: readonly OutItem[],
  cases: ReadonlyMap<CaseId, Case>,
  me: PersonId,
): { groups: LateGroup[]; others: OutItem[] } {
  const groups = new Map<string, LateGroup>()
  const others: OutItem[] = []
  for (const item of refused) {
    const caseId = item.lane as CaseId
    const late = lateOf(item, cases.get(caseId), me)
    const group = groups.get(caseId)
    if (!late) others.push(item)
    else if (group) group.items.push(item)
    else groups.set(caseId, { caseId, late, items: [item] })
  }
  return { groups: [...groups.values()], others }
}

/** What a report made anew takes along: photos that still lie here, and those of this case that the server has. */
export const picturesOf = (items: readonly OutItem[], lane: string): EvidenceId[] => [
  ...new Set(
    items.flatMap((item) => {
      if (item.lane !== lane) return []
      return item.wish.type === 'attach' ? [item.wish.evidence] : item.pictures
    }),
  ),
]

/** What was written by hand with what was tapped, filled in and voted, each once. `book`: absent where nobody knows any more what was asked. */
export const writtenIn = (items: readonly OutItem[], book?: ProcessBook): string[] => [
  ...new Set(
    items.flatMap(({ wish }) => [
      ...('note' in wish && wish.note ? [wish.note] : []),
      ...('reason' in wish && wish.reason ? [wish.reason] : []),
      ...(book ? processSaid(wish, book) : []),
    ]),
  ),
]

/** As long as the desk takes one. */
const longestNote = 500

/** The photos of these that lie here. A note takes none along. */
export const heldPictures = (items: readonly OutItem[]): EvidenceId[] => [
  ...new Set(items.flatMap(({ pictures }) => pictures)),
]

/** What was tapped in one sentence and all that was written with it, in as many notes as that needs. */
export function notesOf(sentence: string, items: readonly OutItem[], book?: ProcessBook): string[] {
  const letters = [...[sentence, ...writtenIn(items, book)].join('\n')]
  return Array.from({ length: Math.ceil(letters.length / longestNote) }, (_, i) =>
    letters.slice(i * longestNote, (i + 1) * longestNote).join(''),
  )
}
