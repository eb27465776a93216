// Scenarios of the site: what is in force, what is wrong, one put into the folder of a server that may be running, one drawn.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ScenarioId } from '#contract/ids'
import type { RuleFault } from '#contract/rules'
import { drawScenario } from '../app/draw-scenario.ts'
import { findPaths } from '../app/paths.ts'
import { checkRuleFiles, isRead, readShipped } from '../app/read-scenarios.ts'
import { faultInWords, readScenarioText } from '../app/rule-file.ts'
import { settleLevels } from '../app/settle-levels.ts'
import { writeRuleFile } from '../app/site-rules.ts'
import { no, note, tell, type AdminCommand, type Answer, type Call } from './call.ts'
import { oneCell } from './plain.ts'

const siteOf = (call: Call): string => join(call.folder, 'scenarios')

/** As a server that starts now would have it. */
async function inForce(call: Call) {
  const shipped = { ...(await readShipped(findPaths(import.meta.dirname).scenarios)), own: new Set<never>() }
  const self = call.levels?.self ?? { id: 'own', kind: 'street' as const, words: { zh: '本街道', en: 'this street' } }
  const levels = [...(call.levels?.above ?? []), { ...self, folder: siteOf(call) }]
  const all = await settleLevels(shipped, levels, (_level, base) => base)
  const last = all.at(-1)!
  return { ...last, above: all.slice(0, -1), faults: all.flatMap(({ faults }) => faults) }
}

const sayFaults = (call: Call, faults: readonly RuleFault[]): void =>
  faults.forEach((fault) => call.complain(faultInWords(fault, call.language)))

async function list(call: Call): Promise<Answer> {
  const { scenarios, own, above, calendar, faults } = await inForce(call)
  const isInherited = (id: ScenarioId) => above.some((level) => level.own.has(id))
  for (const { rule } of scenarios.values())
    call.say(
      [own.has(rule.id) ? '●' : isInherited(rule.id) ? '◐' : '○', rule.id, rule.version, rule.words[call.language]]
        .map(oneCell)
        .join('\t'),
    )
  call.say(['　', 'calendar', calendar.rule.version].map(oneCell).join('\t'))
  tell(call, '● 本站自己的 ◐ 市、区的 ○ 随程序来的', '● the site’s own ◐ the city’s or the district’s ○ as shipped')
  sayFaults(call, faults)
  return null
}

async function check(call: Call): Promise<Answer> {
  const { faults, scenarios } = await inForce(call)
  sayFaults(call, faults)
  if (faults.length > 0)
    return no(
      `共 ${faults.length} 处不对，原来的版本继续有效。`,
      `${faults.length} wrong; what was there before stays in force.`,
    )
  tell(call, `${scenarios.size} 个场景都对。`, `All ${scenarios.size} scenarios are right.`)
  return null
}

async function add(call: Call): Promise<Answer> {
  const [given = ''] = call.words
  const text = await readFile(given, 'utf8').catch(() => null)
  if (text === null) return no(`读不了 ${given}。`, `${given} cannot be read.`)
  // The folder calls it by its id, whatever the file given is called.
  const named = readScenarioText(given, text)
  if (!isRead(named)) {
    sayFaults(call, named.faults)
    return no('没有放入。', 'It was not put in.')
  }
  const { id } = named.rule
  const { scenarios } = await inForce(call)
  const others = [...scenarios.values()].filter(({ rule }) => rule.id !== id)
  const faults = checkRuleFiles({ scenarios: [...others, { ...named, file: `${id}.json` }], calendar: null })
  if (faults.length > 0) {
    sayFaults(call, faults)
    return no('没有放入。', 'It was not put in.')
  }
  await writeRuleFile(siteOf(call), `${id}.json`, text)
  await note(call, 'scenario-put', `${id}@${named.rule.version}`)
  tell(
    call,
    `${id} ${named.rule.version} 已放入，运行中的程序几秒内生效。`,
    `${id} ${named.rule.version} is in; a server that runs takes it within seconds.`,
  )
  return null
}

async function draw(call: Call): Promise<Answer> {
  const [id = ''] = call.words
  const { scenarios } = await inForce(call)
  const found = [...scenarios.values()].find(({ rule }) => rule.id === id)
  if (!found)
    return no(`没有场景「${id}」，请用 scenario list 查看。`, `There is no scenario ${id}: see scenario list.`)
  call.say(drawScenario(found.rule))
  return null
}

export const scenarioCommands: Record<string, AdminCommand> = {
  'scenario list': {
    usage: 'scenario list',
    says: { zh: '现行场景与版本', en: 'the scenarios in force and their versions' },
    takes: 0,
    run: list,
  },
  'scenario check': {
    usage: 'scenario check',
    says: { zh: '查本站场景目录，逐条说明哪里不对', en: 'what is wrong in the site’s folder, a sentence each' },
    takes: 0,
    run: check,
  },
  'scenario add': {
    usage: 'scenario add FILE',
    says: { zh: '检查后放入本站场景目录', en: 'checks a scenario and puts it into the site’s folder' },
    takes: 1,
    run: add,
  },
  'scenario draw': {
    usage: 'scenario draw ID',
    says: { zh: '用文字画出一个场景的环节、时限、阶段', en: 'draws a scenario’s stages, limits and phases in letters' },
    takes: 1,
    run: draw,
  },
}
