// What the gallery shows of a scenario's own road: its phases, a form of every kind of field, a ballot under way, its board.
import type { PersonId } from '#contract/ids'
import type { Ballot, Form, Phase } from '#contract/process'
import { sayGallery } from '../../words/gallery.ts'
import { ballotsSay } from '../desk/ballots-say.ts'
import type { Looker } from '../desk/may.ts'
import { boardCases, columnsOf, rowsOf } from '../desk/pages/boards.ts'
import { formsSay, nextsSay, phasesSay, proceedingOf, rollsSay } from '../desk/process-says.ts'
import { known, now, sample } from './samples.ts'

const hour = 3_600_000
const [li, zhou] = ['li', 'zhou'] as [PersonId, PersonId]
const looker: Looker = { id: zhou, role: 'chief', post: 'station' }
const words = (zh: string, en: string) => ({ zh, en })

const kinds = ['text', 'long-text', 'number', 'date', 'time', 'choice', 'choices', 'yes-no', 'photo', 'person'] as const
const options = [
  { id: 'a', words: words('具备', 'Fit') },
  { id: 'b', words: words('需加固', 'To be strengthened') },
]
/** Every kind of field there is. */
const form = (id: string): Form => ({
  id,
  words: words('评估表', 'Assessment'),
  fields: kinds.map((kind) => ({
    ...{ id: kind, kind, required: kind !== 'long-text', options },
    words: words(`一项 ${kind}`, `A field: ${kind}`),
    ...(kind === 'number' && { least: 2, most: 33, unit: words('层', 'floors') }),
  })),
  before: ['finish'],
})
const twoThirds = { of: [2, 3] as [number, number] }
const ballot: Ballot = {
  ...{ id: 'lift', roll: 'homes', words: words('加装征询', 'Vote on the lift') },
  choices: [
    { id: 'yes', words: words('同意', 'Agrees'), counts: 'for' },
    { id: 'no', words: words('不同意', 'Against'), counts: 'against' },
  ],
  quorum: { heads: twoThirds, weight: twoThirds },
  pass: { heads: { of: [3, 4] } },
}
const phases: Phase[] = [
  { id: 'wish', words: words('意愿', 'Wish'), next: [], mayFinish: false },
  {
    ...{ id: 'vote', words: words('征询', 'Consultation'), mayFinish: false },
    next: [
      { to: 'build', needs: [{ form: 'filled' }, { ballot: 'lift', is: 'passed' }] },
      { to: 'wish', needs: [{ form: 'filled' }] },
    ],
  },
  { id: 'build', words: words('施工', 'Building'), next: [], mayFinish: true },
]

const withRoad = () => known({ phases, ballots: [ballot], forms: [form('empty'), form('filled')] })

function underWay() {
  const roll = Array.from({ length: 9 }, (_, i) => ({ id: `${i + 1}01`, weight: 80 }))
  const said = roll.slice(0, 7).map((member, i) => [member.id, i < 5 ? 'yes' : 'no'] as const)
  return sample({
    stage: 'handling',
    phase: { id: 'vote', since: now - hour },
    forms: {
      filled: { by: li, at: now, values: { text: '5', number: 6, 'yes-no': true, choice: 'a', choices: ['a', 'b'] } },
    },
    rolls: { homes: roll },
    votes: { lift: Object.fromEntries(said.map(([id, choice]) => [id, { choice, by: li, at: now }])) },
  })
}

function boardOf() {
  const road = withRoad()
  const scenario = [...road.scenarios.values()][0]!
  const cases = [underWay(), sample({ stage: 'handling', phase: { id: 'wish', since: now - 30 * hour } })]
  const all = new Map(cases.map((one) => [one.id, one]))
  const rows = rowsOf(scenario, boardCases(scenario, cases, null), { facts: road, all, looker, now })
  const long = { title: sayGallery('longTitle'), where: sayGallery('longPlace'), about: sayGallery('longName') }
  return { columns: columnsOf(scenario, cases), rows, long: rows.map((row) => ({ ...row, ...long })) }
}

export function roadShown() {
  const road = withRoad()
  const subject = underWay()
  const proceeding = proceedingOf({ facts: road, subject, all: new Map(), looker, now })!
  return {
    phases: phasesSay(proceeding),
    nexts: nextsSay(proceeding),
    forms: formsSay(proceeding),
    rolls: rollsSay(proceeding).map((one) => ({ ...one, closed: '' })),
    ballots: ballotsSay(proceeding),
    board: boardOf(),
  }
}
