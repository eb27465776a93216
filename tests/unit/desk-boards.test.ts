// The boards of the long matters, out of the shipped rules and out of rules nobody has thought of yet.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { CaseId, Instant, PersonId, PlaceId } from '#contract/ids'
import { Scenario } from '#contract/scenario'
import {
  areasOf,
  boardCases,
  boardScenarios,
  columnsOf,
  householdsOf,
  householdsServed,
  isOverdue,
  rowsOf,
} from '../../dashboard/screens/desk/pages/boards.ts'
import type { Facts } from '../../dashboard/screens/desk/facts.ts'
import { facts as shown, clock, now, sample } from '../../dashboard/screens/gallery/samples.ts'
import { language } from '../../dashboard/words/words.ts'

beforeEach(() => (language.value = 'zh'))

const folder = join(import.meta.dirname, '../../ingest-server/scenarios')
const shipped = (name: string) => Scenario.parse(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')))
const [lift, meetings, repair] = [shipped('lift'), shipped('three-meetings'), shipped('resident-repair')]
const day = 86_400_000

const knowing = (scenario: Scenario): Facts => ({
  ...shown,
  scenarios: new Map([[scenario.id, scenario]]),
  versions: new Map([[`${scenario.id}@${scenario.version}`, scenario]]),
  matters: new Map(scenario.matters.map((matter) => [matter.code, matter])),
})
const homes = (n: number) => Array.from({ length: n }, (_, nth) => ({ id: `${101 + nth}室`, weight: 60 }))
function aLift(change: Partial<Case> = {}, scenario = lift): Case {
  const { facilityId: _none, ...plain } = sample({
    ...{ scenarioId: scenario.id, scenarioVersion: scenario.version, matter: scenario.matters[0]!.code, level: 4 },
    ...{ stage: 'handling', clocks: [], unsure: false },
    ...change,
  })
  return plain
}
const inPhase = (id: string, since: Instant = now - 3 * day) => ({ phase: { id, since } })
const advanced = (...ways: string[]): Case['steps'] =>
  ways.map((about) => ({
    verb: 'advance',
    at: now,
    by: { kind: 'person', id: 'li' as PersonId, role: 'officer' },
    about,
  }))
const board = (cases: Case[], scenario = lift) =>
  rowsOf(scenario, cases, {
    facts: knowing(scenario),
    all: new Map(cases.map((one) => [one.id, one])),
    ...{ looker: { id: 'li' as PersonId, role: 'officer', post: 'grid' }, now },
  })
const only = (subject: Case, scenario = lift) => board([subject], scenario)[0]!

describe('which boards there are', () => {
  it('[SN294] every scenario with phases has one, whatever it is called; the others have none', () => {
    const garden = { ...lift, id: 'garden' as never, words: { zh: '口袋花园', en: 'A pocket garden' } }
    expect(boardScenarios([repair, lift, meetings, garden]).map(({ id }) => id)).toEqual([
      ...['lift', 'three-meetings', 'garden'],
    ])
  })

  it('[SN294] its columns are its phases up to the good end; another end stands there only while somebody is in it', () => {
    const words = (cases: Case[]) => columnsOf(lift, cases).map((one) => one.words)
    expect(words([])).toEqual([
      ...['意愿', '评估', '征询', '方案公示', '签约', '审批', '施工', '验收', '维保', '交付使用'],
    ])
    expect(words([aLift(inPhase('not-agreed'))])).toContain('征询未通过')
    expect(columnsOf(lift, [aLift(inPhase('consultation'))])[2]).toMatchObject({ words: '征询', count: 1 })
  })
})

describe('a row', () => {
  it('[SN295] says how far it has come and how long it has been there; what was left out was not passed', () => {
    const row = only(aLift({ ...inPhase('coordination'), steps: advanced('topic>coordination') }, meetings), meetings)
    expect(row.cells.map(({ state }) => state).slice(0, 4)).toEqual(['done', 'ahead', 'now', 'ahead'])
    expect(row.cells[2]?.since).toBe('3 天')
  })

  it('[SN295] what went back shows where it had been', () => {
    const steps = advanced('wish>assessment', 'assessment>consultation', 'consultation>wish')
    const row = only(aLift({ ...inPhase('wish'), steps }))
    expect(row.cells.slice(0, 3).map(({ state }) => state)).toEqual(['now', 'been', 'been'])
  })

  it('[SN295] names what the next phase still lacks, and says when it is ready', () => {
    const lacking = only(aLift({ ...inPhase('consultation'), rolls: { households: homes(4) } }))
    const publicity = lacking.nexts.find(({ words }) => words === '方案公示')
    expect(publicity?.lacks).toEqual(['「加装征询」表决通过'])
    expect(publicity?.isReady).toBe(false)

    const votes = Object.fromEntries(
      homes(4).map(({ id }) => [id, { choice: yesOf('consultation'), by: 'li' as PersonId, at: now }]),
    )
    const ready = only(
      aLift({ ...inPhase('consultation'), rolls: { households: homes(4) }, votes: { consultation: votes } }),
    )
    expect(ready.nexts.find(({ words }) => words === '方案公示')).toMatchObject({ lacks: [], isReady: true })
  })
  const yesOf = (ballot: string) =>
    lift.ballots.find(({ id }) => id === ballot)!.choices.find(({ counts }) => counts === 'for')!.id

  it('[SN296] draws only the ballot the step turns on, by head and by area, with the lines at 2/3 and 3/4', () => {
    const row = only(aLift({ ...inPhase('consultation'), rolls: { households: homes(3) } }))
    expect(row.ballots.map(({ id }) => id)).toEqual(['consultation'])
    expect(row.ballots[0]?.bars.map(({ must, line }) => [must, line])).toEqual([
      ['要 2/3', 2 / 3],
      ['要 2/3', 2 / 3],
      ['要 3/4', 3 / 4],
      ['要 3/4', 3 / 4],
    ])
    expect(only(aLift({ ...inPhase('building'), rolls: { households: homes(3) } })).ballots).toEqual([])
  })

  it('[SN295] over its limit it is said with the name of the limit', () => {
    const late = aLift({ ...inPhase('consultation'), clocks: [clock('consultation', 60)] })
    expect(only(late)).toMatchObject({ isOver: true })
    expect(only(late).time).toContain('超时')
    expect(isOverdue(late, now)).toBe(true)
    expect(isOverdue({ ...late, stage: 'closed' }, now)).toBe(false)
  })

  it('[SN295] rows stand by area, there by building; the area is not said twice', () => {
    const elsewhere = aLift({ ...inPhase('wish'), path: ['s', 'b'] as PlaceId[] })
    const rows = board([aLift(inPhase('wish')), elsewhere])
    expect(rows.map(({ area }) => area)).toEqual(['', '桥一居民区'])
    expect(rows[1]?.where).not.toContain('桥一居民区')
    expect(areasOf(knowing(lift), [aLift()])).toEqual([{ id: 'a', words: '桥一居民区' }])
    expect(boardCases(lift, [aLift(), elsewhere, sample()], 'a' as PlaceId)).toHaveLength(1)
  })

  it('[SN295] what has ended is on no road any more', () => {
    expect(board([aLift({ ...inPhase('in-use'), stage: 'closed' })])).toEqual([])
    expect(only(aLift(inPhase('in-use'))).mayFinish).toBe(true)
  })
})

describe('how many households', () => {
  it('[SN297] by the roll; before there is one, by what was filled in; served once it was solved', () => {
    const [form, field] = lift.forms.flatMap((one) =>
      one.fields.filter(({ unit }) => unit?.zh === '户').map(({ id }) => [one.id, id]),
    )[0]!
    const filled = { [form!]: { by: 'li' as PersonId, at: now, values: { [field!]: 12 } } }
    expect(householdsOf(lift, aLift({ forms: filled }))).toBe(12)
    expect(householdsOf(lift, aLift({ forms: filled, rolls: { households: homes(18) } }))).toBe(18)
    expect(householdsOf(lift, aLift())).toBe(0)

    const done = aLift({ rolls: { households: homes(10) }, stage: 'closed', disposition: 'solved', id: 'd' as CaseId })
    const failed = aLift({ rolls: { households: homes(7) }, stage: 'closed', disposition: 'not-found' })
    const underWay = aLift({ rolls: { households: homes(5) } })
    expect(householdsServed(lift, [done, failed, underWay])).toEqual({ concerned: 22, served: 10 })
  })

  it('[SN297] a roll of heads alone is of whoever was invited, and counts no households', () => {
    expect(householdsOf(meetings, aLift({ rolls: { 'hearing-parties': homes(7) } }, meetings))).toBe(0)
  })
})
