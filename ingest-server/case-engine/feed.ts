// Seen so often in one place, it becomes a matter of its own: what is counted, and the case that comes of it.
import type { Case, CaseSource, Lineage } from '#contract/case'
import type { Event } from '#contract/event'
import type { CaseId, Instant, PlaceId } from '#contract/ids'
import type { Place } from '#contract/places'
import type { Feed } from '#contract/process'
import type { Matter, Scenario } from '#contract/scenario'
import { isOpen } from '#contract/stage'
import type { Board } from './board.ts'
import type { Known } from './known.ts'
import { countedSince } from './recurring.ts'
import { cellsAround } from './ways.ts'

type Opened = Omit<Case, 'revision'>
type Counts = NonNullable<Extract<Event, { type: 'opened' }>['counts']>

/** A case to be opened, as `openCase` takes it. */
export interface Fed {
  scenario: Scenario
  matter: Matter
  unsure: false
  path: PlaceId[]
  sources: [CaseSource]
  lineage: Lineage
}

const day = 24 * 60 * 60_000

/** What came of counting is not counted, nor is the same trouble that came back: it has been counted. */
const isCounted = ({ lineage }: Pick<Case, 'lineage'>) => lineage?.how !== 'fed' && lineage?.how !== 'reopened'

/** Every feed that this matter counts for, with the place it is counted at. */
function feedsOf(opened: Pick<Case, 'matter' | 'path' | 'lineage'>, { scenarios, ground }: Known) {
  if (!isCounted(opened)) return []
  return (scenarios.feeds.get(opened.matter) ?? []).flatMap((feed) => {
    const id = opened.path.find((each) => ground.places.get(each)?.level === feed.within)
    const place = id && ground.places.get(id)
    return place ? [{ feed, place }] : []
  })
}

/** Written into the opening, so that the journal alone says what counts. */
export function countsOf(opened: Opened, known: Known): { counts?: Counts } {
  const counts = feedsOf(opened, known).map(({ feed, place }) => ({
    towards: feed.opens,
    placeId: place.id,
    until: opened.openedAt + feed.days * day,
  }))
  return counts.length > 0 ? { counts } : {}
}

/** The cases that this one's opening brings about, none for most: one a place, and none while such a one is open there. */
export function feed(board: Board, opened: Opened, now: Instant, known: Known): Fed[] {
  if (opened.unsure) return []
  return feedsOf(opened, known).flatMap(({ feed, place }) => {
    const about = known.scenarios.byMatter.get(feed.opens)
    // Asked first: where a topic stands open, all that has come up since would be gone through for nothing.
    if (!about || isThere(board, about.scenario, feed, place)) return []
    const from = [...countedSince(board, feed.opens, place.id, now - feed.days * day), opened.id]
    if (from.length < feed.times) return []
    const sources: [CaseSource] = [sourceOf(feed, place, from, now)]
    const path = known.ground.pathOf(place.id)
    return [{ ...about, unsure: false, path, sources, lineage: { from, how: 'fed' } }]
  })
}

/** It lies at the place's own label, where the index finds it without looking at all that is open. */
function isThere(board: Board, scenario: Scenario, { opens }: Feed, place: Place): boolean {
  const ground = board.openIn.get(scenario.id)
  const ids = cellsAround(place.label, 1).flatMap((cell) => [...(ground?.get(cell) ?? [])])
  return ids.some((id) => {
    const current = board.cases.get(id)
    return (
      current?.lineage?.how === 'fed' &&
      isOpen(current.stage) &&
      current.path.at(-1) === place.id &&
      current.sources[0]?.matter === opens
    )
  })
}

const sourceOf = ({ opens, days }: Feed, place: Place, from: readonly CaseId[], now: Instant): CaseSource => ({
  key: `${opens}/${place.id}/${from.at(-1)}`,
  kind: 'device-report',
  by: { kind: 'clock' },
  phase: 'new',
  matter: opens,
  wgs84: place.label,
  foundBy: 'place',
  ...{ firstAt: now, lastAt: now, receivedAt: now },
  evidence: [],
  why: { rule: 'repeated', times: from.length, days },
})
