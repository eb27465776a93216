// What is said of a case that has left the board, as a change of it like any other.
import type { Case } from '#contract/case'
import { evolve } from '../case-engine/evolve.ts'
import type { Afterwards } from '../case-engine/project.ts'
import type { CaseChange } from './outward-kind.ts'

/** `archived`: as the archive has it now, perhaps with these words in it already, and with later ones. */
export function changeAfterwards(archived: Case, { event, revision, at }: Afterwards): CaseChange {
  const before = { ...archived, ...(archived.revision >= revision && without(archived, event)) }
  return { before, now: { ...evolve(before, event, at), revision }, at }
}

function without({ steps }: Case, event: Afterwards['event']): Partial<Case> {
  if (event.type !== 'marked') return {}
  const { step, set = {} } = event
  const said = steps.findIndex(({ verb, at }) => verb === step?.verb && at === step.at)
  const unset = Object.fromEntries(Object.keys(set).map((field) => [field, undefined]))
  return { ...unset, ...(said >= 0 && { steps: steps.slice(0, said) }) }
}
