// Who may ask, grant and urge at this desk, so that only what can be done is offered. The engine has the last word.
import type { Request } from '#contract/approval'
import type { Case } from '#contract/case'
import type { PersonId } from '#contract/ids'
import type { Post, Role } from '#contract/roles'
import type { Scenario, Who } from '#contract/scenario'
import { isOpen, stages } from '#contract/stage'
import type { Ask, Stage } from '#contract/stage'

/** Whoever looks at this desk. */
export interface Looker {
  id: PersonId
  role: Role
  post: Post | undefined
}

interface AskHouse {
  from: readonly Stage[]
  asks: readonly Who[]
  grants: readonly Who[]
  times: number
  /** Every asking counts, not only what was granted. */
  countsAll?: true
}

const desk: readonly Who[] = ['duty-officer', 'chief']
const sent: readonly Stage[] = ['filed', 'dispatched', 'handling', 'verification', 'verified']

/** As the house does it, where the scenario says nothing else. */
export const house: Record<Ask, AskHouse> = {
  extend: { from: sent, asks: ['holder', ...desk], grants: desk, times: 2 },
  hold: { from: sent, asks: ['holder', ...desk], grants: desk, times: 3 },
  void: { from: stages.filter(isOpen), asks: ['holder', 'told', ...desk], grants: desk, times: Infinity },
  appeal: { from: ['dispatched', 'handling'], asks: ['holder', 'chief'], grants: desk, times: 2, countsAll: true },
}

const isOneOf = (who: readonly Who[], looker: Looker, subject: Case): boolean =>
  who.includes(looker.role) ||
  (who.includes('holder') && subject.holder?.personId === looker.id) ||
  (who.includes('told') && subject.told.some((receipt) => receipt.personId === looker.id))

/** Those who sit at a desk: they urge, merge, split, put aside. */
export const keepsDesk = (looker: Looker | null): boolean => looker?.role === 'duty-officer' || looker?.role === 'chief'

export const mayAsk = (scenario: Scenario | undefined, what: Ask, subject: Case, looker: Looker | null): boolean =>
  looker !== null &&
  house[what].from.includes(subject.stage) &&
  isOneOf(scenario?.asks[what]?.asks ?? house[what].asks, looker, subject)

/** How often it may still be asked for; undefined where nothing limits it. */
export function timesLeft(scenario: Scenario | undefined, what: Ask, subject: Case): number | undefined {
  const times = scenario?.asks[what]?.times ?? house[what].times
  if (times === Infinity) return undefined
  const counts = ({ answer }: Request) => house[what].countsAll || !answer || ('yes' in answer && answer.yes)
  return times - (subject.requests ?? []).filter((request) => request.what === what && counts(request)).length
}

export const grantersOf = (scenario: Scenario | undefined, what: Ask): readonly Who[] =>
  scenario?.asks[what]?.grants ?? house[what].grants

/** Nobody answers their own request. */
export const mayGrant = (
  scenario: Scenario | undefined,
  request: Request,
  subject: Case,
  looker: Looker | null,
): boolean =>
  looker !== null && request.by !== looker.id && isOneOf(grantersOf(scenario, request.what), looker, subject)

export const isWaiting = (request: Request): boolean => request.answer === undefined

/** On hold, or while an appeal waits, nothing is moved on. */
export const standsStill = (subject: Case): boolean =>
  subject.held !== undefined ||
  (subject.requests ?? []).some((request) => request.what === 'appeal' && isWaiting(request))

/** A level I fire is put aside by nobody but who keeps the watch. */
export const mayShelve = (subject: Case, looker: Looker | null): boolean =>
  keepsDesk(looker) &&
  isOpen(subject.stage) &&
  !subject.shelved &&
  (subject.level > 1 || looker?.role === 'duty-officer')

/** Where a list of posts is named, the looker must have one of them. */
export const hasPost = (posts: readonly Post[] | undefined, looker: Looker | null): boolean =>
  !posts || (looker?.post !== undefined && posts.includes(looker.post))
