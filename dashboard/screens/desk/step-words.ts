// What a step of a case is called: its verb, and what it is about: a clock, a rung, a request, another case, a form.
import type { Case, Step } from '#contract/case'
import type { CaseId } from '#contract/ids'
import type { Words } from '#contract/language'
import { sayCase } from '../../words/case.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { inWords } from '../../words/words.ts'
import { clockName, numberOf, scenarioOf } from './facts.ts'
import type { Facts } from './facts.ts'
import { wantSaid } from './requests-say.ts'

/** What a step is about, in words: which clock, which rung, which request, which case, which form. */
export function stepName(facts: Facts, subject: Case, step: Step): string {
  const verb = sayCase(`verb.${step.verb}`)
  const about = step.about === undefined ? '' : aboutStep(facts, subject, step.verb, step.about)
  if (!about) return verb
  return step.verb === 'late' || step.verb === 'over' ? `${about} ${verb}` : `${verb} ${about}`
}

function aboutStep(facts: Facts, subject: Case, verb: Step['verb'], about: string): string {
  const scenario = scenarioOf(facts, subject)
  const named = (list: readonly { id: string; words: Words }[] | undefined, id: string) => {
    const found = list?.find((one) => one.id === id)
    return found ? inWords(found.words) : ''
  }
  switch (verb) {
    case 'late':
    case 'over':
      return clockName(facts, subject, about)
    case 'escalate':
      return rungWords(facts, subject, about)
    case 'ask':
    case 'approve':
    case 'reject':
    case 'withdraw': {
      const request = subject.requests?.find((one) => one.id === about)
      return request ? wantSaid(facts, subject, request, request.at) : ''
    }
    case 'reopen':
    case 'branch':
    case 'merge':
    case 'unmerge':
    case 'split':
    case 'dismiss':
      return caseWords(verb === 'merge' && subject.mergedInto ? subject.mergedInto : about)
    case 'return':
      return about === 'misdispatch' ? sayDeskCase('misdispatch') : ''
    case 'fill':
      return named(scenario?.forms, about)
    case 'vote':
      return named(scenario?.ballots, about)
    case 'advance':
      return named(scenario?.phases, about.split('>').pop() ?? about)
    case 'callback':
      return about === 'fixed' || about === 'not-fixed'
        ? sayDeskCase(about === 'fixed' ? 'fixed.is' : 'fixed.isNot')
        : ''
    default:
      return ''
  }
}

/** Some of these steps are about a source or a stage: only a case has a number to show. */
const caseWords = (about: string): string =>
  /^\d{8}-\d+$/.test(about) ? sayDeskCase('openCase', { number: numberOf(about as CaseId) }) : ''

export function rungWords(facts: Facts, subject: Case, name: string | undefined): string {
  const rung = name && scenarioOf(facts, subject)?.ladder.find((one) => one.name === name)
  return rung ? inWords(rung.words) : ''
}
