// How one kind of neighbour is spoken to, as pure functions: what it is told, how that is sent, what its answer means.
import type { Known } from '../case-engine/known.ts'
import type { Case } from '#contract/case'
import type { Instant } from '#contract/ids'
import type { Neighbour, NeighbourKind } from '#contract/neighbour'
import type { Delivery, NeighbourSecrets } from '../records/port-neighbours.ts'

/** One case before and after a line of the journal. */
export interface CaseChange {
  before: Case | null
  now: Case
  /** When the line was kept. */
  at: Instant
}

/** What every kind may know of the house besides. */
export interface House {
  known: Pick<Known, 'scenarios' | 'ground' | 'people'>
  /** Nothing of it is real: whoever is told must see that. */
  isExercise: boolean
}

/** What is to be told, without an id: that is made of the journal's line. `body` is kept as JSON. */
export interface Message {
  type: string
  body: unknown
}

/** As it goes over the wire. */
export interface Outgoing {
  url: string
  method: 'GET' | 'POST' | 'PUT'
  headers: Record<string, string>
  body?: string
}

/** What came back, its body cut short. */
export interface Answer {
  /** 0: nobody answered. */
  status: number
  headers: Headers
  body: string
}

/** taken: they have it · again: later · never: it is wrong as it is · gone: they want nothing any more. */
export type Understood = 'taken' | 'again' | 'never' | 'gone'

export interface Sending {
  neighbour: Neighbour
  secrets: NeighbourSecrets
  now: Instant
}

export interface OutwardKind {
  kind: NeighbourKind
  /** In the order in which they are to arrive; `[]` where it says nothing to this neighbour. Asked for every change: cheap where it is none. */
  about(change: CaseChange, neighbour: Neighbour, house: House): Message[]
  /** That the road is open, with nothing of any case in it. */
  test(now: Instant): Message
  request(delivery: Pick<Delivery, 'id' | 'type' | 'caseId' | 'body'>, sending: Sending): Outgoing
  understood(answer: Answer): Understood
  /** Their own number of it, where their answer has one. */
  theirs?(answer: Answer): string | undefined
  /** How it is asked how that stands with them, and what their answer says: `said` in words for the case; a new number where they gave one at last. */
  follow?: {
    everyMs: number
    request(theirs: string, sending: Sending): Outgoing
    heard(answer: Answer): { state: string; said: string | null; theirs?: string } | null
  }
}

/**
 * What most servers mean. A no to who we are (401, 403) or where we post (404) is mended by somebody while we wait: days are given for
 * that. Only what says that this very message is wrong is not sent again.
 */
export function usually({ status }: Pick<Answer, 'status'>): Understood {
  if (status >= 200 && status < 300) return 'taken'
  if (status === 410) return 'gone'
  return [400, 413, 415, 422].includes(status) ? 'never' : 'again'
}
