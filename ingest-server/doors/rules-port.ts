// What the doors see of the rules in force, which a site may change while the house runs.
import type { ScenarioBook } from '../case-engine/known.ts'
import type { Calendar } from '#contract/clock'
import type { ScenarioId } from '#contract/ids'
import type { ScenarioPutAnswer, ScenariosAnswer } from '#contract/rules'

export interface Rules {
  /** In force now; another book as soon as a file changed. */
  book(): ScenarioBook
  calendar(): Calendar
  /** By version, all that were ever in force. */
  calendars(): ReadonlyMap<string, Calendar>
  answer(): ScenariosAnswer
  /** The site's own scenario of this id, as the text of its file; refused in words where it is not right. */
  put(id: ScenarioId, text: string): Promise<ScenarioPutAnswer>
  /** Told when other rules are in force, or a file was refused. Returns the stop. */
  follow(tell: () => void): () => void
}
