// A form that was filled in and a vote that was taken down, in words: what a note says where neither is taken any more. Pure.
import type { PersonWish } from '#contract/command'
import type { Scenario } from '#contract/scenario'
import { valueSaid } from '../../composables/form-values-say.ts'
import type { ValueBook } from '../../composables/form-values-say.ts'
import { inWords } from '../../words/words.ts'

export interface ProcessBook extends ValueBook {
  scenario: Pick<Scenario, 'forms' | 'ballots'>
}

/** One line a field, one a vote; none of a field that holds but pictures. What the scenario no longer names goes by its id. */
export function processSaid(wish: PersonWish, book: ProcessBook): string[] {
  if (wish.type === 'fill') return filledSaid(wish, book)
  return wish.type === 'vote' ? [votedSaid(wish, book)] : []
}

function filledSaid({ form: id, values }: Extract<PersonWish, { type: 'fill' }>, book: ProcessBook): string[] {
  const form = book.scenario.forms.find((one) => one.id === id)
  const name = form ? inWords(form.words) : id
  return Object.entries(values).flatMap(([key, value]) => {
    const field = form?.fields.find((one) => one.id === key)
    const said = field ? valueSaid(field, value, book).value : String(value)
    return said ? [`${name}·${field ? inWords(field.words) : key} ${said}`] : []
  })
}

function votedSaid({ ballot: id, member, choice }: Extract<PersonWish, { type: 'vote' }>, book: ProcessBook): string {
  const ballot = book.scenario.ballots.find((one) => one.id === id)
  const chosen = ballot?.choices.find((one) => one.id === choice)
  return `${ballot ? inWords(ballot.words) : id}·${member} ${chosen ? inWords(chosen.words) : choice}`
}
