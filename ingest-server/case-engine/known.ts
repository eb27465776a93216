// What the engine knows besides the board: the scenarios, the ground, the people, the calendar. Given, never fetched.
import type { Calendar } from '#contract/clock'
import type { Ground } from '#contract/ground'
import type { PersonId, ScenarioId } from '#contract/ids'
import type { Words } from '#contract/language'
import type { Person, Presence } from '#contract/person'
import type { Feed } from '#contract/process'
import type { ResponsibilityTable } from '#contract/responsibility'
import type { Matter, Scenario } from '#contract/scenario'
import type { StreetId } from '#contract/streets'

export interface ScenarioBook {
  /** In force now. */
  all: readonly Scenario[]
  byId: ReadonlyMap<ScenarioId, Scenario>
  byMatter: ReadonlyMap<string, { scenario: Scenario; matter: Matter }>
  /** By a matter that is counted: what it may add up to. */
  feeds: ReadonlyMap<string, readonly Feed[]>
  /** `id@version`, older ones too: a case goes by the version it was opened under. */
  byVersion: ReadonlyMap<string, Scenario>
}

export interface Known {
  scenarios: ScenarioBook
  ground: Ground
  people: ReadonlyMap<PersonId, Person>
  /** In force now; a new clock is counted by it. */
  calendar: Calendar
  /** By version, older ones too: a running clock is counted by the one it was started under. */
  calendars?: ReadonlyMap<string, Calendar>
  /** The other streets of the system a case may be handed over to; absent: there is none. */
  streets?: () => ReadonlyMap<StreetId, Words>
  responsibility?: ResponsibilityTable | undefined
  /** Where phones were last: what a recommendation and a dispatch by itself go by. */
  presences?: () => readonly Presence[]
}
