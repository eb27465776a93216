// The people as the roster has them now: on duty by their turns, or by their account where they have none.
import type { Instant, PersonId } from '#contract/ids'
import type { Person } from '#contract/person'
import { asRostered } from '#contract/roster'
import type { Desk } from '../desk/port.ts'
import type { Accounts } from '../records/port-people.ts'

interface RosteredNeeds {
  accounts: Pick<Accounts, 'people'>
  desk: Pick<Desk, 'board'>
  now: () => Instant
}

export interface RosteredPeople {
  all(): Person[]
  /** Has a turn begun or ended, or the roster changed, so that somebody is on duty who was not, or until another time? */
  haveChanged(): boolean
}

export function openRosteredPeople({ accounts, desk, now }: RosteredNeeds): RosteredPeople {
  let shifts: ReturnType<Desk['board']>['shifts'] | null = null
  /** When the roster next speaks of somebody else. */
  let turnsAt: Instant = -Infinity
  let said = ''

  const all = (): Person[] => {
    const at = now()
    const turns = desk.board().shifts
    return [...accounts.people().values()].map((person) => asRostered(person, turns.get(person.id), at))
  }

  return {
    all,
    haveChanged() {
      const at = now()
      const turns = desk.board().shifts
      if (turns === shifts && at < turnsAt) return false
      shifts = turns
      turnsAt = nextTurn(turns, at)
      const duty = JSON.stringify(all().map(({ id, onDuty, dutyUntil }) => [id, onDuty, dutyUntil]))
      const changed = duty !== said
      said = duty
      return changed
    },
  }
}

/** The next beginning or end there is. */
function nextTurn(shifts: ReadonlyMap<PersonId, readonly { from: Instant; to: Instant }[]>, now: Instant): Instant {
  let next = Infinity
  for (const own of shifts.values())
    for (const { from, to } of own) {
      if (from > now) next = Math.min(next, from)
      if (to > now) next = Math.min(next, to)
    }
  return next
}
