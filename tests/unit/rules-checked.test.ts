// What a scenario says is held against itself and the others: one sentence a fault, naming the file and the place; and drawn.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkCalendar } from '../../ingest-server/app/check-calendar.ts'
import { checkScenarios } from '../../ingest-server/app/check-scenarios.ts'
import { drawScenario } from '../../ingest-server/app/draw-scenario.ts'
import { checkRuleFiles, readRuleFiles } from '../../ingest-server/app/read-scenarios.ts'
import { faultInWords, readScenarioText } from '../../ingest-server/app/rule-file.ts'
import { Scenario } from '#contract/scenario'
import { aProcess } from '../suites/a-process.ts'
import { calendar, scenarios } from '../suites/builders.ts'

const shipped = path.resolve(import.meta.dirname, '../../ingest-server/scenarios')
const asFile = (rule: Scenario) => ({ file: `${rule.id}.json`, rule })
/** The trial scenario beside the shipped ones, with something said otherwise. */
const faultsOf = (change: Record<string, unknown>) =>
  checkScenarios([...scenarios, Scenario.parse({ ...aProcess(), ...change })].map(asFile)).map(
    (fault) => `${fault.path}: ${fault.words.en}`,
  )
const words = { zh: '试行', en: 'Trial' }
const { phases, forms, ballots, clocks, branches, feeds } = aProcess()
const [plan, ask, build] = phases
const rung = { name: 'again', words, after: { amount: 5, unit: 'minutes' }, until: 'acknowledge' as const, again: true }

describe('a scenario held against itself', () => {
  it('[SE20] the shipped ones are right, and so is the trial', async () => {
    expect(checkRuleFiles(await readRuleFiles(shipped))).toEqual([])
    expect(faultsOf({})).toEqual([])
  })

  // prettier-ignore
  it.each<[string, Record<string, unknown>, string]>([
    ['an id that is no file name', { id: '../up' }, 'id: an id is of small letters, figures and hyphens'],
    ['a matter of another scenario', { matters: [{ code: 'smoke', words, level: 4, group: 'x' }], feeds: [] }, 'matters[0].code: trial-process and bike-shed-fire both claim the matter smoke'],
    ['one matter twice', { matters: [...aProcess().matters, aProcess().matters[0]] }, 'matters[2]: two matters are called trial'],
    ['a place in the menu that is taken', { menu: 1 }, 'menu: dropped-garbage stands at 1 of the menu'],
    ['a group nobody has', { likely: { metres: 5, minutes: 5, groups: ['ufo'] } }, 'likely.groups: no matter is of the group ufo'],
    ['no Chinese', { short: { zh: 'Trial', en: 'Trial' } }, 'short.zh: Chinese belongs here'],
    ['two clocks of one name', { clocks: [...clocks, clocks[0]] }, 'clocks[2]: two clocks are called plan'],
    ['a clock of a phase that is not', { clocks: [{ ...clocks[1], phase: 'roof' }] }, 'clocks[0].phase: there is no phase roof'],
    ['a clock of no phase', { clocks: [{ ...clocks[1], phase: undefined }] }, 'clocks[0]: a clock that starts by advance must name its phase'],
    ['a phase where none starts it', { clocks: [{ ...clocks[0], phase: 'plan' }] }, 'clocks[0].phase: only a clock that starts by advance names a phase'],
    ['levels nothing has', { clocks: [{ ...clocks[0], levels: [1] }] }, 'clocks[0].levels: no matter is of these levels: it would never run'],
    ['a vote that should stop it', { clocks: [{ ...clocks[0], stops: ['vote'] }] }, 'clocks[0].stops: a vote stops no clock: let a form or the next phase do it'],
    ['a matter of no clock', { clocks: [{ ...clocks[0], matters: ['ufo'] }] }, 'clocks[0].matters[0]: the clock plan names the unknown matter ufo'],
    ['rungs out of order', { ladder: [{ ...rung, after: { amount: 1, unit: 'hours' } }, { ...rung, name: 'chief' }] }, 'ladder[1].after: it comes before the rung above it'],
    ['a rung of no effect', { ladder: [{ ...rung, again: false }] }, 'ladder[0]: it tells nobody and calls nobody again: it does nothing'],
    ['a rung again and again without a pause', { ladder: [{ ...rung, atMost: 3 }] }, 'ladder[0].every: climbed more than once it must say after how long'],
    ['sent by itself what it has not', { autoDispatch: { matters: ['ufo'], after: rung.after } }, 'autoDispatch.matters[0]: there is no matter ufo'],
    ['a self-check that calls', { kind: 'self-check' }, 'kind: a self-check tells nobody and has no clocks'],
    ['one step apart from itself', { apart: [['verify', 'verify']] }, 'apart[0]: the two steps are one'],
    ['a choice without options', { forms: [{ ...forms[0], fields: [{ id: 'a', words, kind: 'choice' }] }] }, 'forms[0].fields[0]: a choice needs options'],
    ['a range of words', { forms: [{ ...forms[0], fields: [{ id: 'a', words, kind: 'text', least: 1 }] }] }, 'forms[0].fields[0]: only a number has a range and a unit'],
    ['a range upside down', { forms: [{ ...forms[0], fields: [{ id: 'a', words, kind: 'number', least: 2, most: 1 }] }] }, 'forms[0].fields[0].least: the least is more than the most'],
    ['a share of more than all', { ballots: [{ ...ballots[0], quorum: { heads: { of: [4, 3] } } }] }, 'ballots[0].quorum.heads: more than all of them: it can never be reached'],
    ['more than all of them', { ballots: [{ ...ballots[0], pass: { weight: { of: [1, 1], over: true } } }] }, 'ballots[0].pass.weight: more than all of them: it can never be reached'],
    ['nobody can be for it', { ballots: [{ ...ballots[0], choices: [{ id: 'no', words, counts: 'against' }] }] }, 'ballots[0].choices: no choice counts for it: it could never pass'],
    ['a phase that is not', { phases: [{ ...plan, next: [{ to: 'roof', needs: [] }] }, ask, build] }, 'phases[0].next[0]: there is no phase roof'],
    ['a phase never reached', { phases: [plan, { ...ask, next: [], mayFinish: true }, build] }, 'phases[2]: the phase build is never reached'],
    ['a phase without a way out', { phases: [plan, { ...ask, next: [] }, build] }, 'phases[1]: from the phase ask there is no way to one in which it may be finished'],
    ['a form that is not', { forms: [] }, 'phases[0].next[0].needs[0]: there is no form plan'],
    ['a box that is not', { checklist: [] }, 'phases[0].next[0].needs[1]: there is no checklist item posted'],
    ['a ballot that is not', { ballots: [] }, 'phases[1].next[0].needs[0]: there is no ballot wish'],
    ['passed, but how', { ballots: [{ ...ballots[0], pass: {} }] }, 'phases[1].next[0].needs[0]: the ballot wish does not say when it is passed'],
    ['children that cannot be', { branches: [] }, 'waitsForChildren: there is no branch whose cases it could wait for'],
    ['a branch of an unknown matter', { branches: [{ ...branches[0], matter: 'ufo' }] }, 'branches[0].matter: there is no matter ufo'],
    ['a branch of a phase that is not', { branches: [{ ...branches[0], phases: ['roof'] }] }, 'branches[0].phases[0]: there is no phase roof'],
    ['a sum of an unknown matter', { feeds: [{ ...feeds[0], matters: ['ufo'] }] }, 'feeds[0].matters[0]: there is no matter ufo'],
    ['a sum that opens nothing known', { feeds: [{ ...feeds[0], opens: 'ufo' }] }, 'feeds[0].opens: there is no matter ufo'],
    ['a sum that feeds itself', { feeds: [{ ...feeds[0], matters: ['trial-topic'] }] }, 'feeds[0].matters: trial-topic is itself a sum of others'],
    ['two sums that are one', { feeds: [feeds[0], feeds[0]] }, 'feeds[1]: another sums up to trial-topic at the same level'],
  ])('[SE20] %s', (_what, change, sentence) => {
    expect(faultsOf(change)).toContain(sentence)
  })

  it('[SE20] what is misspelt is told, not passed over; so is a file called otherwise', async () => {
    const text = await readFile(path.join(shipped, 'dropped-garbage.json'), 'utf8')
    const read = readScenarioText('dropped-garbage.json', text.replace('"returnReasons"', '"returnReason"'))
    const told = 'faults' in read ? read.faults.map((fault) => faultInWords(fault, 'en')) : []
    expect(told[0]).toMatch(/^dropped-garbage\.json: returnReasons: /)
    const stray = readScenarioText('dropped-garbage.json', text.replace('"handledBy"', '"skils": "none", "handledBy"'))
    expect('faults' in stray && stray.faults.map((fault) => faultInWords(fault, 'zh'))).toEqual([
      'dropped-garbage.json: skils: 没有这个字段，是不是写错了',
    ])
    const other = checkScenarios([...scenarios.slice(1).map(asFile), { file: 'fire.json', rule: scenarios[0]! }])
    expect(other.map(({ path: where, words: { en } }) => `${where}: ${en}`)).toEqual([
      "id: a file is called by its scenario's id: bike-shed-fire.json",
    ])
    expect(readScenarioText('a.json', '{')).toMatchObject({ faults: [{ words: { zh: '不是完整的 JSON' } }] })
  })

  it('[SE20] a calendar that contradicts itself', () => {
    const [day] = calendar.holidays
    const wrong = checkCalendar('calendar.json', { ...calendar, hours: [], makeUpDays: [day!] })
    expect(wrong.map(({ path: where }) => where)).toEqual(['hours', 'makeUpDays[0]'])
  })
})

describe('a version', () => {
  const textOf = (change: Record<string, unknown> = {}, space = 0) =>
    JSON.stringify({ ...JSON.parse(JSON.stringify(scenarios[0])), ...change }, null, space)
  const versionOf = (text: string) => {
    const read = readScenarioText('bike-shed-fire.json', text)
    return 'rule' in read ? read.rule.version : read.faults
  }

  it('[SE21] says what stands in the file: spaces and order do not change it, a word does, and it may be handed back', () => {
    const version = versionOf(textOf()) as string
    expect(version).toMatch(/^2#[0-9a-f]{6}$/)
    expect(versionOf(textOf({}, 4))).toBe(version)
    const turned = Object.fromEntries(Object.entries(JSON.parse(textOf()) as object).toReversed())
    expect(versionOf(JSON.stringify(turned))).toBe(version)
    expect(versionOf(textOf({ sureFrom: 0.7 }))).not.toBe(version)
    expect(versionOf(textOf({ version }))).toBe(version)
  })
})

describe('a picture of letters', () => {
  const drawn = (id: string) => drawScenario(scenarios.find((one) => one.id === id)!)

  it('[SE22] shows the stages in boxes, each limit from where it starts to what it waits for, and the ladder', () => {
    const fire = drawn('bike-shed-fire')
    expect(fire).toContain('│待受理│ ─▶ │待立案│')
    expect(fire).toMatch(/├─ 消防救援 5 分钟 → 到场 ─+┤ 一级/)
    expect(fire).toContain('+ 1 分钟，之后每 1 分钟，最多 3 次 ─▶ 再叫一次')
  })

  it('[SE22] shows a process: its phases with what each asks for, its ballots and what grows out of it', () => {
    const lift = drawn('lift')
    expect(lift).toContain('└─▶ 评估  要：表单「意愿申请表」、表决「意愿摸底」达到法定人数')
    expect(lift).toMatch(/加装征询.*：参加人数达到 2\/3、面积达到 2\/3：其中同意人数达到 3\/4、面积达到 3\/4/)
    expect(lift).toContain('◎ 可办完')
    expect(drawn('three-meetings')).toContain('同一微网格 30 天内 5 次（corridor-clutter）─▶ topic-clutter')
  })
})
