// A world of its own for a piece that reads the stores: a board at a fixed moment, a line in a given state, people on duty, and nobody who answers.
import type { Case } from '#contract/case'
import type { Instant, PersonId, PlaceId } from '#contract/ids'
import type { LinkageView } from '#contract/linkage'
import type { Role } from '#contract/roles'
import type { LineState } from '../../link/line-port.ts'
import { emptyLook } from '../../link/outbox-port.ts'
import type { OutboxLook } from '../../link/outbox-port.ts'
import { useBoard } from '../../stores/board.ts'
import { useGround } from '../../stores/ground.ts'
import { useOutbox } from '../../stores/outbox.ts'
import { useRequests } from '../../stores/requests.ts'
import { facts, now, people } from './samples.ts'
import type { StateName } from './shelf.ts'

export interface Stood {
  role: Role
  personId: PersonId
  cases: readonly Case[]
  linkage?: LinkageView
  line?: LineState
  outbox?: Partial<OutboxLook>
}

/** How the line is in a state; in all others it lives. */
const lines: Partial<Record<StateName, LineState>> = { stale: 'stale', lost: 'lost' }
export const lineIn = (state: StateName): LineState => lines[state] ?? 'live'
const nobodyDrives: LinkageView = { spotlight: null, casts: [] }
const noDuty = { shifts: [], handOvers: [], windows: [] }

export function stand({ role, personId, cases, linkage = nobodyDrives, line = 'live', outbox = {} }: Stood): void {
  const board = useBoard()
  const { name } = facts.people.get(personId) ?? { name: personId }
  const viewer = { personId, name, role, placeIds: ['b' as PlaceId] }
  const scenarios = [...facts.scenarios.values()]
  const calendar = facts.calendar ?? undefined
  const still = { presences: [], silent: [], build: 'gallery', demo: false, at: now, board: null, patch: null }
  board.hear({ what: 'welcome', welcome: { ...still, viewer, scenarios, people, ...(calendar && { calendar }) } })
  board.hear({
    what: 'look',
    look: { state: line, since: 0, lastAt: now, lagMs: 41, offsetMs: 0, pace: 1 },
  })
  const held = new Map(cases.map((one) => [one.id, one]))
  const rest = { tallies: new Map<Instant, never>(), duty: noDuty, linkage }
  board.hear({ what: 'board', board: { journal: 'gallery', revision: 1, at: now, cases: held, ...rest } })
  board.tick(now)
  const ground = useGround()
  ground.places = facts.places
  ground.facilities = facts.facilities
  useOutbox().look = { ...emptyLook, ...outbox }
  useRequests().attach(() => Promise.resolve('unanswered'))
}
