// A new case, however it came to be: its number, its clocks, who is told of it, and what time will do if nobody does.
import type { Candidate, Case, CaseSource, Lineage } from '#contract/case'
import type { Event } from '#contract/event'
import type { CaseId, Instant, PlaceId } from '#contract/ids'
import type { Matter, Scenario } from '#contract/scenario'
import type { Board } from './board.ts'
import { assignLater } from './assign-later.ts'
import { countsOf, feed } from './feed.ts'
import type { Known } from './known.ts'
import { startsCalling } from './ladder.ts'
import { startsAtOpening } from './limits.ts'
import { nextCaseId } from './numbers.ts'
import { firstPhase } from './phases.ts'
import { tell } from './tell.ts'
import { shelvedBy } from './windows.ts'

export interface Opening {
  scenario: Scenario
  matter: Matter
  unsure: boolean
  /** From the sub-district down to the leaf. */
  path: PlaceId[]
  /** The first says where it is. */
  sources: [CaseSource, ...CaseSource[]]
  lineage?: Lineage
  reworks?: number
  /** Where it lies in one line with another that is opened, the one before. */
  after?: CaseId
  /** Open cases it is likely the same as, and those a person said it is not. */
  candidates?: Candidate[]
  apart?: CaseId[]
  /** Over before it was heard of: it is written down, and calls nobody. */
  isQuiet?: boolean
  /** Out of an old register: that it came today says nothing of how often it comes. */
  isOld?: boolean
}

/** The case opened, and whatever is opened with it: a topic that has now come up often enough. */
export function openCase(board: Board, opening: Opening, now: Instant, known: Known): Event[] {
  const { scenario, matter, unsure, path, sources, lineage, reworks, candidates, apart } = opening
  const [first] = sources
  const id = nextCaseId(board, now, known.calendar, opening.after)
  const bare = { matter: matter.code, level: matter.level, unsure, path, told: [], clocks: [], sources }
  const shelved = shelvedBy(board, { ...bare, scenarioId: scenario.id }, now, known)
  const calls = !unsure && !shelved && !opening.isQuiet
  const subject: Omit<Case, 'revision'> = {
    id,
    scenarioId: scenario.id,
    scenarioVersion: scenario.version,
    matter: matter.code,
    level: matter.level,
    stage: 'reported',
    unsure,
    wgs84: first.wgs84,
    path,
    facilityId: sources.find((source) => source.facilityId)?.facilityId,
    ...(first.deviceId && { deviceId: first.deviceId }),
    openedAt: now,
    lastReportAt: now,
    sources,
    told: calls ? tell(board, bare, scenario, known, now) : [],
    photos: [],
    clocks: startsAtOpening(bare, scenario, now, known.calendar),
    steps: sources.map((source, i) => ({ verb: i === 0 ? 'open' : 'join', at: now, by: source.by, about: source.key })),
    ticked: [],
    handlers: [],
    returns: 0,
    reporterRef: sources.find((source) => source.reporterRef)?.reporterRef,
    ...(shelved && { shelved }),
    ...(lineage && { lineage }),
    ...(reworks && { reworks }),
    ...(candidates?.length && { candidates }),
    ...(apart?.length && { apart }),
    ...firstPhase(scenario, now),
    ...(calls && {
      ...startsCalling(bare, scenario, now, known.calendar),
      ...assignLater(bare, scenario, now, known.calendar),
    }),
  }
  if (opening.isOld) return [{ type: 'opened', subject }]
  const events: Event[] = [{ type: 'opened', subject, ...countsOf(subject, known) }]
  // What was fed feeds nothing, so each of them is one line.
  return feed(board, subject, now, known).reduce(
    (so, topic) => [...so, ...openCase(board, { ...topic, after: idOfLast(so) }, now, known)],
    events,
  )
}

const idOfLast = (events: readonly Event[]): CaseId => idOfOpened(events.toReversed())

/** The id of the case that these events opened first. */
export function idOfOpened(events: readonly Event[]): CaseId {
  const opened = events.find((event) => event.type === 'opened')
  if (!opened) throw new Error('no case was opened')
  return opened.subject.id
}
