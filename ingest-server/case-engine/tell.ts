// Who is told when a case becomes an alarm, and who is told besides while nobody answers.
import type { Case, Receipt } from '#contract/case'
import type { Instant, PlaceId } from '#contract/ids'
import type { Person } from '#contract/person'
import { PlaceLevel } from '#contract/places'
import type { Role } from '#contract/roles'
import type { Scenario, TellRule } from '#contract/scenario'
import type { Board } from './board.ts'
import type { Known } from './known.ts'
import { inTurn, isOnDuty } from './roster.ts'

const width = Object.fromEntries(PlaceLevel.options.map((level, i) => [level, i])) as Record<PlaceLevel, number>

/** Accounts that are people who can be reached. */
export const carriesPhone: Record<Role, boolean> = {
  'duty-officer': true,
  chief: true,
  officer: true,
  property: true,
  wall: false,
  administrator: false,
  'security-administrator': false,
  'audit-administrator': false,
}

/** As much of a case as says whom it concerns. `sources`: who said it knows of it already. */
type Told = Pick<Case, 'level' | 'unsure' | 'path' | 'told' | 'sources'>

/**
 * On duty, of a post the scenario names, answering for a place on the case's path no wider than the scenario says.
 * Nobody while the case is unsure; nobody twice, nor by their own call. The off-duty are left alone.
 */
export const tell = (
  board: Pick<Board, 'shifts'>,
  current: Told,
  scenario: Scenario | undefined,
  known: Pick<Known, 'people' | 'ground'>,
  now: Instant,
): Receipt[] => tellBy(board, current, scenario?.tell ?? [], known, now)

/** By these rules: everybody one fits, or, where it picks the next, the first in the order of the roster who was not told yet. */
export function tellBy(
  board: Pick<Board, 'shifts'>,
  current: Told,
  rules: readonly TellRule[],
  { people, ground }: Pick<Known, 'people' | 'ground'>,
  now: Instant,
  rung?: string,
): Receipt[] {
  const applying = rules.filter((rule) => rule.levels?.includes(current.level) ?? true)
  if (current.unsure || applying.length === 0) return []
  const widths = new Map(current.path.map((id) => [id, width[ground.places.get(id)?.level ?? 'city']]))
  const callers = current.sources.flatMap(({ by }) => (by.kind === 'person' ? by.id : []))
  const known = new Set([...current.told.map((receipt) => receipt.personId), ...callers])
  const free = [...people.values()].filter(
    (person) => carriesPhone[person.role] && !known.has(person.id) && isOnDuty(board, person, now),
  )
  const everybody = free.filter((person) => applying.some((rule) => rule.pick !== 'next' && fits(rule, person, widths)))
  const told = new Set(everybody)
  for (const rule of applying) {
    if (rule.pick !== 'next') continue
    const [next] = inTurn(
      board,
      free.filter((person) => !told.has(person) && fits(rule, person, widths)),
      now,
    )
    if (next) told.add(next)
  }
  return [...told].map((person) => ({ personId: person.id, toldAt: now, ...(rung !== undefined && { rung }) }))
}

const fits = (rule: TellRule, person: Person, widths: ReadonlyMap<PlaceId, number>): boolean =>
  rule.post === person.post && person.placeIds.some((id) => (widths.get(id) ?? -1) >= width[rule.within])
