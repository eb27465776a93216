// A scenario made up for the tests of forms, ballots, phases, branches and feeds: something to be brought about, and what is counted towards it.
import { Scenario } from '#contract/scenario'
import type { PersonId } from '#contract/ids'
import { aKnown, aStreet, people, scenarios } from './builders.ts'

/** In both languages, each in its own letters. */
const said = (text: string) => ({ zh: `试行 ${text}`, en: `Trial ${text.replace(/[^ -~]/g, '')}` })
const named = (id: string) => ({ id, words: said(id) })
const choices = [
  { ...named('yes'), counts: 'for' },
  { ...named('no'), counts: 'against' },
  { ...named('neither'), counts: 'neither' },
]

/** `plan` → `ask` → (passed) `build` → `plan`; a form before closing, a roll with two ballots, a branch, and a feed at the building group. */
export const aProcess = (change: Record<string, unknown> = {}): Scenario =>
  Scenario.parse({
    id: 'trial-process',
    version: '1',
    kind: 'process',
    words: said('试行'),
    short: said('试'),
    matters: [
      { code: 'trial', words: said('试行事项'), level: 4, group: 'trial' },
      { code: 'trial-topic', words: said('试行议题'), level: 4, group: 'topic' },
    ],
    sureFrom: 0,
    sameCase: { metres: 5, minutes: 60 },
    clocks: [
      { name: 'plan', words: said('方案'), limit: { amount: 1, unit: 'hours' }, starts: 'open', stops: ['fill'] },
      {
        name: 'asking',
        words: said('征询'),
        limit: { amount: 2, unit: 'hours' },
        starts: 'advance',
        phase: 'ask',
        stops: ['advance'],
        anew: true,
      },
    ],
    photos: {},
    tell: [],
    handledBy: ['grid'],
    checklist: [{ ...named('posted'), before: 'finish' }],
    forms: [
      {
        ...named('plan'),
        by: ['grid', 'command'],
        before: ['close'],
        fields: [
          { ...named('title'), kind: 'text', required: true },
          { ...named('floors'), kind: 'number', least: 1, most: 40 },
          { ...named('colour'), kind: 'choice', options: [named('red'), named('blue')] },
          { ...named('days'), kind: 'choices', options: [named('mon'), named('tue')] },
          { ...named('paid'), kind: 'yes-no' },
          { ...named('on'), kind: 'date' },
          { ...named('at'), kind: 'time' },
          { ...named('picture'), kind: 'photo' },
          { ...named('who'), kind: 'person' },
          { ...named('more'), kind: 'long-text' },
        ],
      },
    ],
    ballots: [
      {
        ...named('wish'),
        roll: 'homes',
        choices,
        quorum: { heads: { of: [2, 3] }, weight: { of: [2, 3] } },
        pass: { heads: { of: [3, 4] }, weight: { of: [3, 4] } },
      },
      { ...named('show'), roll: 'homes', choices: [choices[0]], quorum: { heads: { of: [1, 2], over: true } } },
    ],
    phases: [
      { ...named('plan'), next: [{ to: 'ask', needs: [{ form: 'plan' }, { ticked: 'posted' }] }] },
      {
        ...named('ask'),
        next: [
          { to: 'build', by: ['grid'], needs: [{ ballot: 'wish', is: 'passed' }] },
          { to: 'plan', needs: [{ ballot: 'wish', is: 'not-passed' }] },
        ],
      },
      { ...named('build'), mayFinish: true, next: [{ to: 'plan', needs: [{ children: 'ended' }] }] },
    ],
    branches: [{ ...named('waste'), matter: 'dropped-garbage', phases: ['build'], by: ['grid'] }],
    waitsForChildren: true,
    feeds: [{ matters: ['corridor-clutter'], times: 3, days: 30, within: 'building-group', opens: 'trial-topic' }],
    returnReasons: [],
    voidReasons: [],
    resident: false,
    ...change,
  })

/** A street that knows it, with the trial at 甲楼组 in 李's hand. */
export function aTrial(change: Record<string, unknown> = {}) {
  const street = aStreet({ known: aKnown({ scenarios: [...scenarios, aProcess(change)] }) })
  street.reports({ kind: 'grid-report', cameraId: undefined, facilityId: 'shed-1', matter: 'trial' }, 'desk')
  street.says('shen', { type: 'dispatch', to: 'li' as PersonId })
  street.says('li', { type: 'take' })
  return street
}

export const staffOf = (id: string) => people.find((person) => person.id === id)!
