// The rules in force as they are asked for: every scenario with where it came from, and what is wrong with a file that was refused. No zod: screens read this too.
import type { Instant, ScenarioId } from './ids.ts'
import type { Words } from './language.ts'
import type { Scenario } from './scenario.ts'

/** One thing that is wrong with a file, in one sentence. */
export interface RuleFault {
  /** `dropped-garbage.json`. */
  file: string
  /** `clocks[3].phase`; empty where it is the file as a whole. */
  path: string
  words: Words
  /** Whose file it is, where levels above have theirs: a `RuleLevel`'s id. */
  level?: string
}

/** Where a rule comes from: the city, the district, the street itself. */
export interface RuleLevel {
  /** Its code; `own` in a house with one street. */
  id: string
  kind: 'city' | 'district' | 'street'
  words: Words
}

/** One value said otherwise than above it; absent where it is not there. */
export interface RuleLine {
  /** `clocks[3].limit.amount`. */
  path: string
  above?: unknown
  ours?: unknown
}

/** What one level made of a scenario. */
export interface RuleOrigin {
  level: RuleLevel
  /** It is that level's own: nothing above has it. */
  isNew: boolean
  lines: RuleLine[]
}

/** Answer of `GET /api/scenarios`. */
export interface ScenariosAnswer {
  scenarios: Scenario[]
  /** Those of them that are the site's own files, in place of the shipped ones or beside them. */
  own: ScenarioId[]
  /** By scenario, the levels that say it otherwise than what is above them, the widest first; the others are as shipped. */
  origins?: Record<string, RuleOrigin[]>
  calendar: string
  /** Older versions that cases may still go by, the one that was last in force last; since when it was. */
  older: { id: ScenarioId; version: string; keptAt: Instant }[]
  /** Of files that were refused: the version before stays in force. */
  faults: RuleFault[]
}

/** Answer of `PUT /api/scenarios/:id`. */
export type ScenarioPutAnswer = { ok: true; version: string } | { ok: false; faults: RuleFault[] }
