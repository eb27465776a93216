// What is likely the same as another case, but not certain: written on both, for a person to say; never joined by itself.
import type { Candidate, Case } from '#contract/case'
import type { Event } from '#contract/event'
import type { CaseId, Instant, ScenarioId } from '#contract/ids'
import { metresBetween } from '#contract/metres'
import type { Board } from './board.ts'
import { differ, secondsSince } from './correlate.ts'
import type { Sought } from './correlate.ts'
import type { Known, ScenarioBook } from './known.ts'
import { cellsAround } from './ways.ts'

/** A person looks at so many; a case that has as many is shown no more, so a flood does not write on itself. */
export const mostCandidates = 5

/** Where to look, how far, and at matters of which groups; `null`: of any. */
interface Search {
  in: ScenarioId
  metres: number
  minutes: number
  groups: ReadonlySet<string> | null
}

const none: Candidate[] = []

/**
 * The open cases a report that opens one of its own is likely the same as, the nearest first: of its own scenario and group farther off
 * or later, or of a matter whose group either scenario names. Two that name different facilities are two. Only index look-ups.
 */
export function candidatesFor(board: Board, sought: Sought, now: Instant, known: Known): Candidate[] {
  const searches = searchesOf(known.scenarios, sought)
  if (searches.length === 0) return none
  const found = new Map<CaseId, Candidate>()
  for (const search of searches)
    for (const key of cellsAround(search.in, sought.located.wgs84, search.metres))
      for (const id of board.openBy.get(key) ?? []) {
        const candidate = found.has(id) ? null : judged(board.cases.get(id), search, sought, now, known)
        if (candidate) found.set(id, candidate)
      }
  return [...found.values()].toSorted(byNearness).slice(0, mostCandidates)
}

const byNearness = (a: Candidate, b: Candidate) => metresOf(a) - metresOf(b) || (a.caseId < b.caseId ? -1 : 1)
const metresOf = ({ why }: Candidate) => ('metres' in why ? why.metres : 0)

function judged(
  current: Case | undefined,
  search: Search,
  { located }: Sought,
  now: Instant,
  known: Known,
): Candidate | null {
  if (!current || now - current.lastReportAt > search.minutes * 60_000) return null
  if ((current.candidates?.length ?? 0) >= mostCandidates || differ(located.facilityId, current.facilityId)) return null
  const group = known.scenarios.byMatter.get(current.matter)?.matter.group
  if (search.groups && (group === undefined || !search.groups.has(group))) return null
  const metres = metresBetween(current.wgs84, located.wgs84)
  if (metres > search.metres) return null
  return { caseId: current.id, why: { rule: 'likely', metres, seconds: secondsSince(current, now) }, at: now }
}

/** The other half: each of them is told of the new one. */
export const namedOnBoth = (board: Board, opened: CaseId, candidates: readonly Candidate[]): Event[] =>
  candidates.map(({ caseId, why, at }) => ({
    type: 'marked',
    caseId,
    set: { candidates: [...(board.cases.get(caseId)?.candidates ?? []), { caseId: opened, why, at }] },
  }))

const searches = new WeakMap<ScenarioBook, Map<string, Search[]>>()

/** Worked out once a book and matter: where nothing is ever likely, asking costs a look-up. */
function searchesOf(book: ScenarioBook, sought: Sought): Search[] {
  const known = searches.get(book) ?? new Map<string, Search[]>()
  if (known.size === 0) searches.set(book, known)
  const made = known.get(sought.matter.code) ?? searchesFor(book, sought)
  known.set(sought.matter.code, made)
  return made
}

function searchesFor(book: ScenarioBook, { scenario, matter }: Sought): Search[] {
  return book.all.flatMap((other): Search[] => {
    const own = scenario.likely && searchBy(scenario.likely, other.id, groupsIn(scenario, matter.group, other))
    const theirs =
      other.id !== scenario.id && other.likely?.groups.includes(matter.group)
        ? searchBy(other.likely, other.id, null)
        : null
    return [own, theirs].filter((one): one is Search => !!one)
  })
}

const searchBy = (
  { metres, minutes }: { metres: number; minutes: number },
  where: ScenarioId,
  groups: ReadonlySet<string> | null,
): Search | null => (groups?.size === 0 ? null : { in: where, metres, minutes, groups })

function groupsIn(scenario: Sought['scenario'], group: string, other: Sought['scenario']): Set<string> {
  const named = new Set(scenario.likely?.groups)
  if (other.id === scenario.id) named.add(group)
  return new Set(other.matters.map((matter) => matter.group).filter((one) => named.has(one)))
}
