// What a case is judged by, drawn from it under the rules and the calendars it went by, with everybody as they were then.
import type { Case } from '#contract/case'
import type { CaseFacts, Passage } from '#contract/case-facts'
import type { Calendar, Clock } from '#contract/clock'
import type { KpiName, KpiPhase } from '#contract/kpi'
import { kpiNames } from '#contract/kpi'
import type { Scenario } from '#contract/scenario'
import { formulas } from './kpi-formulas.ts'
import { tookOf, wholeOf } from './kpi-phases.ts'
import type { Act, Story, Telling } from './kpi-story.ts'
import { storyOf } from './kpi-story.ts'

export interface Judging extends Telling {
  /** The calendar a clock is counted by. */
  calendarOf: (clock: Clock) => Calendar
}

/** The house's own eyes and ears, and the alarm that only tries the road, are nobody's work. */
const isWork: Record<Scenario['kind'], boolean> = { alarm: true, process: true, device: false, 'self-check': false }

/** Null for what is not judged at all. Of a case that is still open: what is decided so far. */
export function factsOf(subject: Case, judging: Judging): CaseFacts | null {
  const { scenario } = judging
  if (subject.fromRegister || (scenario && !isWork[scenario.kind])) return null
  const story = storyOf(subject, judging)
  const verdicts: CaseFacts['verdicts'] = {}
  for (const name of kpiNames) put(verdicts, name, formulas[name].judge(story))
  const { id, scenarioId, path } = subject
  return { id, scenarioId, path, verdicts, passages: passagesOf(story, judging) }
}

function put<K extends KpiName | KpiPhase, T>(into: Partial<Record<K, T>>, key: K, value: T | null): void {
  if (value !== null) into[key] = value
}

/** Only of what was closed: until then a phase may come again. */
function passagesOf(story: Story, { calendarOf }: Judging): CaseFacts['passages'] {
  const { subject, scenario, closed, ended } = story
  const passages: CaseFacts['passages'] = {}
  if (!closed || !ended) return passages
  const sent = story.dispatched.at(-1)
  const steps = {
    file: [{ at: subject.openedAt, who: null }, story.filed],
    dispatch: [story.filed, sent],
    take: [sent, story.taken],
    handle: [sent, story.finished],
    verify: [story.finished, story.verified],
  } as const satisfies Record<Exclude<KpiPhase, 'whole'>, readonly [Act | undefined, Act | undefined]>
  for (const phase of Object.keys(steps) as (keyof typeof steps)[]) {
    const [from, to] = steps[phase]
    const took = tookOf(subject, scenario, phase, [from?.at, to?.at], calendarOf)
    put(passages, phase, took === undefined ? null : passage(ended.at, took, to))
  }
  passages.whole = passage(ended.at, wholeOf(subject, scenario, ended.at, calendarOf), story.finished)
  return passages
}

const passage = (at: Passage['at'], took: number, by: Act | undefined): Passage => ({ at, took, who: by?.who ?? null })
