// What the engine knows besides the board: the scenarios, the ground, the people, the calendar. Given, never fetched.
import type { Calendar } from '#contract/clock'
import type { Ground } from '#contract/ground'
import type { PersonId, ScenarioId } from '#contract/ids'
import type { Person } from '#contract/person'
import type { Matter, Scenario } from '#contract/scenario'

export interface ScenarioBook {
  all: readonly Scenario[]
  byId: ReadonlyMap<ScenarioId, Scenario>
  byMatter: ReadonlyMap<string, { scenario: Scenario; matter: Matter }>
}

export interface Known {
  scenarios: ScenarioBook
  ground: Ground
  people: ReadonlyMap<PersonId, Person>
  calendar: Calendar
}
