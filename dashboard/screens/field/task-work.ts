// What a scenario asks of whoever handles it besides photos: steps to tick, forms to fill in, its own road to go on. Pure.
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import type { Form, Phase, Value } from '#contract/process'
import type { Post } from '#contract/roles'
import type { Scenario } from '#contract/scenario'
import { valuesOf, wrongField, type Draft } from '#contract/wrong-field'

export interface TickSays {
  id: string
  words: Scenario['checklist'][number]['words']
  required: boolean
  done: boolean
}

/** The steps of doing it: those before it was accepted were the desk's. */
export const ticksOf = (subject: Case, scenario: Scenario | undefined, asked: readonly PersonWish[]): TickSays[] =>
  (scenario?.checklist ?? [])
    .filter((item) => item.before !== 'accept')
    .map(({ id, words, required = false }) => ({
      id,
      words,
      required,
      done: subject.ticked.includes(id) || asked.some((wish) => wish.type === 'tick' && wish.item === id),
    }))

export interface FormSays {
  form: Form
  filled: boolean
  /** Without it the task cannot be finished. */
  needed: boolean
}

/** Those this post may fill in. */
export const formsOf = (
  subject: Case,
  scenario: Scenario | undefined,
  post: Post | undefined,
  asked: readonly PersonWish[],
): FormSays[] =>
  (scenario?.forms ?? [])
    .filter((form) => !form.by || (post !== undefined && form.by.includes(post)))
    .map((form) => ({
      form,
      filled:
        subject.forms?.[form.id] !== undefined || asked.some((wish) => wish.type === 'fill' && wish.form === form.id),
      needed: form.before.includes('finish'),
    }))

/** Where it stands on its scenario's own road, and where this post may take it. */
export function roadOf(
  subject: Case,
  scenario: Scenario | undefined,
  post: Post | undefined,
): { phase: Phase; next: Phase[] } | null {
  const phase = scenario?.phases.find((one) => one.id === subject.phase?.id)
  if (!scenario || !phase) return null
  const next = phase.next
    .filter(({ by }) => !by || (post !== undefined && by.includes(post)))
    .flatMap(({ to }) => scenario.phases.find((one) => one.id === to) ?? [])
  return { phase, next }
}

/** Why 办完 must wait, the first thing; null where nothing stands in the way. */
export function unready(
  subject: Case,
  scenario: Scenario | undefined,
  post: Post | undefined,
  asked: readonly PersonWish[],
): 'tick' | 'form' | 'phase' | null {
  const missing = scenario?.checklist.some(
    (item) =>
      item.before === 'finish' &&
      item.required &&
      !ticksOf(subject, scenario, asked).some((tick) => tick.id === item.id && tick.done),
  )
  if (missing) return 'tick'
  if (formsOf(subject, scenario, post, asked).some(({ filled, needed }) => needed && !filled)) return 'form'
  const road = roadOf(subject, scenario, post)
  return road && !road.phase.mayFinish ? 'phase' : null
}

/** What goes out, and the first field that is not right, if any. */
export function filledIn(form: Form, draft: Draft): { values: Record<string, Value>; wrong: string | null } {
  const values = valuesOf(form.fields, draft)
  return { values, wrong: wrongField(form, values) }
}
