// What the part shows of a reporter: its lines, until when, and who has looked, in words.
import type { PersonId } from '#contract/ids'
import { lookReasonWords, type Look } from '#contract/look'
import { sayPersonal } from '../../words/personal.ts'
import { timeOf } from '../../words/times.ts'
import { inWords } from '../../words/words.ts'
import type { ReporterState, useReporter } from './use-reporter.ts'

/** Lines below it; the newest of them. */
const mostLooks = 5

export interface ReporterShown {
  state: ReporterState
  says: {
    lines: readonly string[]
    until?: string | undefined
    refused?: string | undefined
    mayLook: boolean
    looks?: readonly string[] | undefined
  }
}

export function reporterSays(
  { lines, state, until, refused, looks, mayLook }: ReturnType<typeof useReporter>,
  nameOf: (id: PersonId) => string,
): ReporterShown {
  const looked = ({ at, by, reason, words }: Look) =>
    sayPersonal('looked', {
      ...{ time: timeOf(at), who: nameOf(by) },
      why: words ? `${inWords(lookReasonWords[reason])}·${words}` : inWords(lookReasonWords[reason]),
    })
  return {
    state: state.value,
    says: {
      ...{ lines: lines.value, mayLook: mayLook.value },
      until: until.value === null ? undefined : timeOf(until.value),
      refused: refused.value ?? undefined,
      looks: looks.value?.slice(0, mostLooks).map(looked),
    },
  }
}
