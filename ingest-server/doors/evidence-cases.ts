// Which cases hold a picture: followed from the desk, so that asking is one look-up.
import type { Case } from '#contract/case'
import type { CaseId, EvidenceId } from '#contract/ids'
import type { Linkage } from '#contract/linkage'
import { picturesIn } from '#contract/wrong-field'
import type { Change, Desk } from '../desk/port.ts'

export type Size = 'full' | 'thumb'

/** Who may see a picture goes by the cases that hold it: see `viewing-rule`. */
export function followEvidence({ desk }: { desk: Pick<Desk, 'board' | 'follow'> }) {
  const holders = new Map<EvidenceId, Set<CaseId>>()
  let revision = -1

  function add(subject: Case): void {
    for (const id of picturesOf(subject)) holders.set(id, (holders.get(id) ?? new Set()).add(subject.id))
  }
  function drop(subject: Case): void {
    for (const id of picturesOf(subject)) {
      const cases = holders.get(id)
      cases?.delete(subject.id)
      if (cases?.size === 0) holders.delete(id)
    }
  }
  function readAll(): void {
    holders.clear()
    for (const subject of desk.board().cases.values()) add(subject)
    revision = desk.board().revision
  }
  function take(change: Change): void {
    // The desk read its board anew from the journal: what lay between was not told one by one.
    if (change.since !== revision) return readAll()
    for (const { before, now } of change.put) {
      if (before && holds.every((field) => now[field] === before[field])) continue
      if (before) drop(before)
      add(now)
    }
    for (const subject of change.remove) drop(subject)
    revision = change.revision
  }

  readAll()
  const close = desk.follow(take)
  return {
    holding(evidence: EvidenceId): Case[] {
      const { cases } = desk.board()
      return [...(holders.get(evidence) ?? [])].flatMap((id) => cases.get(id) ?? [])
    },
    close,
  }
}

/**
 * A wall hangs where anybody stands and has nobody's eyes of its own: it gets the small picture of what was reported and done, and
 * the whole one only of what fills it, a cast, or an alarm of the two upper levels that is not over. Forms and voting slips are
 * masked from it, and so are their pictures.
 */
export function hangs(subject: Case, evidence: EvidenceId, size: Size, { casts }: Pick<Linkage, 'casts'>): boolean {
  const isOpen = [...subject.photos, ...subject.sources].some(({ evidence: held }) => held.includes(evidence))
  if (!isOpen || size === 'thumb') return isOpen
  if (subject.level <= 2 && subject.endedAt === undefined) return true
  return casts.some(({ what }) => what.kind === 'photo' && what.evidence === evidence && what.caseId === subject.id)
}

/** Where a case keeps its pictures: as long as none of these is another record, they are the same. */
const holds = ['sources', 'photos', 'forms', 'votes'] as const

/** Most reports bring none, and a case may have a thousand of them: nothing is made for those. */
export function picturesOf(subject: Case): EvidenceId[] {
  const pictures = subject.photos.map((photo) => photo.evidence)
  for (const { evidence } of subject.sources) if (evidence.length > 0) pictures.push(...evidence)
  for (const { values } of Object.values(subject.forms ?? {})) pictures.push(...picturesIn(values))
  for (const votes of Object.values(subject.votes ?? {}))
    for (const { evidence } of Object.values(votes)) if (evidence) pictures.push(evidence)
  return pictures
}
