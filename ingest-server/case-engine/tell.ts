// Who is told when a case becomes an alarm.
import type { Case, Receipt } from '#contract/case'
import type { Instant } from '#contract/ids'
import type { Person } from '#contract/person'
import { PlaceLevel } from '#contract/places'
import type { Role } from '#contract/roles'
import type { Scenario } from '#contract/scenario'
import type { Board } from './board.ts'
import type { Known } from './known.ts'
import { isOnDuty } from './roster.ts'

const width = Object.fromEntries(PlaceLevel.options.map((level, i) => [level, i])) as Record<PlaceLevel, number>

/** Accounts that are people who can be reached. */
const carriesPhone: Record<Role, boolean> = {
  'duty-officer': true,
  chief: true,
  officer: true,
  property: true,
  wall: false,
  administrator: false,
}

/**
 * On duty, of a post the scenario names, answering for a place on the case's path no wider than the scenario says.
 * Nobody while the case is unsure; nobody twice. The off-duty are left alone.
 */
export function tell(
  board: Pick<Board, 'shifts'>,
  current: Pick<Case, 'level' | 'unsure' | 'path' | 'told'>,
  scenario: Scenario | undefined,
  { people, ground }: Pick<Known, 'people' | 'ground'>,
  now: Instant,
): Receipt[] {
  const rules = (scenario?.tell ?? []).filter((rule) => rule.levels?.includes(current.level) ?? true)
  const told: Receipt[] = []
  if (current.unsure || rules.length === 0) return told
  const widths = new Map(current.path.map((id) => [id, width[ground.places.get(id)?.level ?? 'city']]))
  const isMeant = (person: Person) =>
    rules.some(
      (rule) => rule.post === person.post && person.placeIds.some((id) => (widths.get(id) ?? -1) >= width[rule.within]),
    )
  for (const person of people.values()) {
    if (!isOnDuty(board, person, now) || !carriesPhone[person.role] || !isMeant(person)) continue
    if (current.told.some((receipt) => receipt.personId === person.id)) continue
    told.push({ personId: person.id, toldAt: now })
  }
  return told
}
