// A scenario read out: its matters by level, its limits, its ladder, in sentences.
import type { Limit } from '#contract/clock'
import type { Post } from '#contract/roles'
import type { ClockRule, Rung, Scenario } from '#contract/scenario'
import type { Verb } from '#contract/stage'
import { sayCase } from '../../../words/case.ts'
import { sayHygiene } from '../../../words/desk-hygiene.ts'
import { sayRules } from '../../../words/desk-rules.ts'
import { inWords } from '../../../words/words.ts'
import { clauses, listed } from './listed.ts'

export interface Said {
  key: string
  name: string
  words: string
}

/** Minutes: no case is open for longer, so that is for as long as it is open. */
const aYear = 525_600

export const limitSaid = ({ amount, unit }: Limit): string => `${amount} ${sayHygiene(`unit.${unit}`)}`

const startSaid = (starts: ClockRule['starts']): string =>
  starts === 'open' || starts === 'urge' || starts === 'advance'
    ? sayRules(`start.${starts}`)
    : sayCase(`verb.${starts as Verb}`)

export const clocksOf = ({ clocks }: Scenario): Said[] =>
  clocks.map(({ name, words, limit, starts, stops }) => ({
    key: name,
    name: inWords(words),
    words: sayRules('clock', {
      limit: limitSaid(limit),
      starts: startSaid(starts),
      stops: stops.map((verb) => sayCase(`verb.${verb}`)).join('/'),
    }),
  }))

const postsSaid = (posts: readonly Post[]): string => listed([...new Set(posts.map((post) => sayCase(`post.${post}`)))])

const rungSaid = ({ after, until, tell, again }: Rung): string =>
  clauses([
    sayRules('rung', { after: limitSaid(after), until: sayCase(`verb.${until}`) }),
    tell.length ? sayRules('ladderTell', { who: postsSaid(tell.map(({ post }) => post)) }) : '',
    again ? sayRules('ladderAgain') : '',
  ])

export const ladderOf = ({ ladder }: Scenario): Said[] =>
  ladder.map((rung) => ({ key: rung.name, name: inWords(rung.words), words: rungSaid(rung) }))

export const restOf = (scenario: Scenario): Said[] => {
  const { sameCase, likely, sureFrom, handledBy, forms, ballots, phases, branches } = scenario
  const near =
    sameCase.minutes >= aYear
      ? sayRules('sameEver', { m: sameCase.metres })
      : sayRules('sameSaid', { m: sameCase.metres, t: sameCase.minutes })
  const maybe = likely ? sayRules('likelySaid', { m: likely.metres, t: likely.minutes }) : ''
  const said: Said[] = [
    { key: 'same', name: sayRules('same'), words: clauses([near, maybe]) },
    { key: 'sure', name: sayCase('unsure'), words: sayRules('sure', { n: sureFrom }) },
    {
      key: 'handled',
      name: sayRules('handled'),
      words: postsSaid(handledBy),
    },
  ]
  if (phases.length)
    said.push({ key: 'phases', name: sayRules('phases'), words: phases.map(({ words }) => inWords(words)).join(' → ') })
  if (branches.length)
    said.push({
      key: 'children',
      name: sayRules('children'),
      words: listed(branches.map(({ words }) => inWords(words))),
    })
  if (forms.length || ballots.length)
    said.push({
      key: 'forms',
      name: sayRules('more'),
      words: sayRules('forms', { n: forms.length, ballots: ballots.length, phases: phases.length }),
    })
  return said
}
