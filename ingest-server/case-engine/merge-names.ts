// What other cases said of one that went into another, they say of the other now.
import type { Besides, Candidate, Case } from '#contract/case'
import type { Event } from '#contract/event'
import type { CaseId, Instant } from '#contract/ids'
import { metresBetween } from '#contract/metres'
import { isOpen } from '#contract/stage'
import { areApart, keptApart, likelyOf, notApart, notLikely } from './apart.ts'
import type { Board } from './board.ts'
import { mostCandidates } from './candidates.ts'
import { secondsSince } from './correlate.ts'

/** Nothing where neither was likely, or not, the same as any. */
export function inherited(board: Board, current: Case, into: Case, now: Instant): Event[] {
  const others = [...namesOf(current)].filter((id) => id !== into.id).flatMap((id) => openOn(board, id))
  const likely = others.filter((other) => isLikely(current, other) && !areApart(into, other))
  const ours = ownOf(current, into, likely, now)
  const theirs = others.map((other) => ({ caseId: other.id, set: theirOf(current, into, other, now) }))
  return [{ caseId: into.id, set: ours }, ...theirs]
    .filter(({ set }) => Object.keys(set).length > 0)
    .map((event) => ({ type: 'marked', ...event }))
}

const namesOf = ({ candidates = [], apart = [] }: Case) => new Set([...candidates.map((one) => one.caseId), ...apart])

const openOn = (board: Board, id: CaseId): Case[] => {
  const found = board.cases.get(id)
  return found && isOpen(found.stage) ? [found] : []
}

const isLikely = ({ candidates }: Case, other: Case) => candidates?.some(({ caseId }) => caseId === other.id) ?? false

/** The one that stays: what the other was not, it is not; what the other was likely to be, it is likely to be. */
function ownOf(current: Case, into: Case, likely: readonly Case[], now: Instant): Besides {
  const apart = (current.apart ?? []).filter((id) => id !== into.id)
  const wasApart = into.apart?.includes(current.id) ?? false
  const rest = (into.candidates ?? []).filter(({ caseId }) => caseId !== current.id)
  const news = likely.filter(({ id }) => !rest.some(({ caseId }) => caseId === id))
  const candidates = [...rest, ...news.map((other) => candidate(other, into, now))].slice(0, mostCandidates)
  const isChanged = news.length > 0 || rest.length !== (into.candidates?.length ?? 0)
  const left = wasApart ? notApart(into, [current.id]) : into.apart
  return {
    ...(isChanged && { candidates: likelyOf(candidates) }),
    ...(wasApart && { apart: left ?? null }),
    ...(apart.length > 0 && { apart: [...new Set([...(left ?? []), ...apart])] }),
  }
}

function theirOf(current: Case, into: Case, other: Case, now: Instant): Besides {
  if (current.apart?.includes(other.id)) return keptApart(other, [into.id])
  const without = notLikely(other, [current.id])
  const rest = without.candidates ?? (without.candidates === null ? [] : (other.candidates ?? []))
  const isKnown = rest.some(({ caseId }) => caseId === into.id) || areApart(into, other)
  return isKnown || rest.length >= mostCandidates ? without : { candidates: [...rest, candidate(into, other, now)] }
}

const candidate = (one: Case, seenFrom: Case, now: Instant): Candidate => ({
  caseId: one.id,
  why: { rule: 'likely', metres: metresBetween(one.wgs84, seenFrom.wgs84), seconds: secondsSince(one, now) },
  at: now,
})
