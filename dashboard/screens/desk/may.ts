// Who may urge, put aside and go on at this desk, so that only what can be done is offered. The engine has the last word.
import { waitingFor } from '#contract/asks'
import type { Case } from '#contract/case'
import type { PersonId } from '#contract/ids'
import type { Post, Role } from '#contract/roles'
import { isOpen } from '#contract/stage'

/** Whoever looks at this desk. */
export interface Looker {
  id: PersonId
  role: Role
  post: Post | undefined
}

/** Those who sit at a desk: they urge, merge, split, put aside. */
export const keepsDesk = (looker: Looker | null): boolean => looker?.role === 'duty-officer' || looker?.role === 'chief'

/** On hold, or while an appeal waits, nothing is moved on. */
export const standsStill = (subject: Case): boolean =>
  subject.held !== undefined || subject.passed !== undefined || waitingFor(subject, 'appeal') !== undefined

/** A level I fire is put aside by nobody but who keeps the watch. */
export const mayShelve = (subject: Case, looker: Looker | null): boolean =>
  keepsDesk(looker) &&
  isOpen(subject.stage) &&
  !subject.shelved &&
  (subject.level > 1 || looker?.role === 'duty-officer')

/** Where a list of posts is named, the looker must have one of them. */
export const hasPost = (posts: readonly Post[] | undefined, looker: Looker | null): boolean =>
  !posts || (looker?.post !== undefined && posts.includes(looker.post))
