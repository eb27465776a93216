// Who may keep what quiet: a level I case nobody but the duty officer.
import type { Case } from '#contract/case'
import type { PersonId } from '#contract/ids'
import type { Role } from '#contract/roles'
import type { Known } from './known.ts'

export const mayShelve = ({ level }: Pick<Case, 'level'>, role: Role | undefined): boolean =>
  level > 1 || role === 'duty-officer'

/** Also once it has become worse: whoever put it aside is asked again by their role. */
export const mayStayShelved = (
  subject: Pick<Case, 'level'>,
  { by }: { by: PersonId },
  { people }: Pick<Known, 'people'>,
): boolean => mayShelve(subject, people.get(by)?.role)
