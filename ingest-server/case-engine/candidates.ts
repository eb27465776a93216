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

/** How far to look among the cases of a scenario, and at matters of which groups; `null`: of any. */
interface Search {
  metres: number
  minutes: number
  groups: ReadonlySet<string> | null
}
type Searches = ReadonlyMap<ScenarioId, readonly Search[]>

const none: never[] = []

/**
 * The open cases a report that opens one of its own is likely the same as, the nearest first: of its own scenario and group farther off
 * or later, or of a matter whose group either scenario names. Two that name different facilities are two. Only index look-ups.
 */
export function candidatesFor(board: Board, sought: Sought, now: Instant, known: Known): Candidate[] {
  const searches = searchesOf(known.scenarios, sought)
  if (searches.size === 0) return none
  const found: Candidate[] = []
  for (const [scenario, rules] of searches) {
    const ground = board.openIn.get(scenario)
    if (!ground) continue
    for (const cell of cellsAround(sought.located.wgs84, farthest(rules)))
      for (const id of ground.get(cell) ?? none) {
        const candidate = judged(board.cases.get(id), rules, sought, now, known)
        if (candidate) found.push(candidate)
      }
  }
  return found.length > 0 ? found.toSorted(byNearness).slice(0, mostCandidates) : none
}

const farthest = (rules: readonly Search[]) => Math.max(...rules.map(({ metres }) => metres))
const byNearness = (a: Candidate, b: Candidate) => metresOf(a) - metresOf(b) || (a.caseId < b.caseId ? -1 : 1)
const metresOf = ({ why }: Candidate) => ('metres' in why ? why.metres : 0)

function judged(
  current: Case | undefined,
  rules: readonly Search[],
  { located }: Sought,
  now: Instant,
  known: Known,
): Candidate | null {
  if (!current || (current.candidates?.length ?? 0) >= mostCandidates) return null
  if (differ(located.facilityId, current.facilityId)) return null
  const silentFor = now - current.lastReportAt
  const group = known.scenarios.byMatter.get(current.matter)?.matter.group
  const fitting = rules.filter(
    ({ minutes, groups }) => silentFor <= minutes * 60_000 && (!groups || (group !== undefined && groups.has(group))),
  )
  if (fitting.length === 0) return null
  const metres = metresBetween(current.wgs84, located.wgs84)
  if (!fitting.some((rule) => metres <= rule.metres)) return null
  return { caseId: current.id, why: { rule: 'likely', metres, seconds: secondsSince(current, now) }, at: now }
}

/** The other half: each of them is told of the new one. */
export const namedOnBoth = (board: Board, opened: CaseId, candidates: readonly Candidate[]): Event[] =>
  candidates.map(({ caseId, why, at }) => ({
    type: 'marked',
    caseId,
    set: { candidates: [...(board.cases.get(caseId)?.candidates ?? []), { caseId: opened, why, at }] },
  }))

const searches = new WeakMap<ScenarioBook, Map<string, Searches>>()

/** Worked out once a book and matter: where nothing is ever likely, asking costs a look-up. */
function searchesOf(book: ScenarioBook, sought: Sought): Searches {
  const known = searches.get(book) ?? new Map<string, Searches>()
  if (known.size === 0) searches.set(book, known)
  const made = known.get(sought.matter.code) ?? searchesFor(book, sought)
  known.set(sought.matter.code, made)
  return made
}

function searchesFor(book: ScenarioBook, { scenario, matter }: Sought): Searches {
  const found = new Map<ScenarioId, Search[]>()
  for (const other of book.all) {
    const isOwn = other.id === scenario.id
    const named = new Set([...(scenario.likely?.groups ?? []), ...(isOwn ? [matter.group] : [])])
    const groups = new Set(other.matters.map(({ group }) => group).filter((group) => named.has(group)))
    const rules: Search[] = []
    if (scenario.likely && groups.size > 0) rules.push({ ...scenario.likely, groups })
    if (!isOwn && other.likely?.groups.includes(matter.group)) rules.push({ ...other.likely, groups: null })
    if (rules.length > 0) found.set(other.id, rules)
  }
  return found
}
