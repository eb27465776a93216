// Rules through their levels: shipped, the city's, the district's, the street's own; each says only what it says otherwise.
import { join } from 'node:path'
import type { ScenarioId } from '#contract/ids'
import type { RuleFault, RuleLevel, RuleOrigin } from '#contract/rules'
import type { Scenario } from '#contract/scenario'
import { linesOf, mergePatch } from './merge-patch.ts'
import { readRuleFiles } from './read-scenarios.ts'
import type { RuleFiles } from './read-scenarios.ts'
import { readScenarioText } from './rule-file.ts'
import type { Read, RuleFile } from './rule-file.ts'
import { settleRules } from './settle-rules.ts'
import type { InForce, Settled } from './settle-rules.ts'

/** A level of the system and where its rules lie: whole scenarios as `<id>.json`, changes to what it inherits as `<id>.patch.json`. */
export interface Level extends RuleLevel {
  folder: string
}

export const rulesOf = (dataFolder: string): string => join(dataFolder, 'scenarios')

const patchEnd = '.patch.json'
export const isPatch = (file: string): boolean => file.endsWith(patchEnd)
const idOf = (file: string) => file.slice(0, -patchEnd.length)

/** One a level, the widest first; each stands on the one before. `before`: the same of the last time. */
export async function settleLevels(
  shipped: InForce,
  levels: readonly Level[],
  before: (level: number, base: InForce) => InForce | Promise<InForce>,
): Promise<Settled[]> {
  const settled: Settled[] = []
  let base: InForce = shipped
  for (const [i, level] of levels.entries()) {
    const files = await readRuleFiles(level.folder)
    const next = settleLevel(level, base, files, await before(i, base))
    settled.push(next)
    base = next
  }
  return settled
}

export function settleLevel(level: RuleLevel, base: InForce, files: RuleFiles, before: InForce): Settled {
  if (files.scenarios.length === 0 && files.patches.length === 0 && !files.calendar)
    return { ...base, own: new Set(), faults: [] }
  const patched = files.patches.map((patch) => ({ patch, read: readPatch(patch, base, files) }))
  const scenarios = [...files.scenarios, ...patched.map(({ read }) => read)]
  // Of one that says nothing beside a whole file there is no scenario to put in force.
  const alone = scenarios.filter(({ file }, i) => scenarios.findIndex((one) => one.file === file) === i)
  const settled = settleRules(base, { ...files, scenarios: alone }, before)
  const twice = patched.flatMap(({ read }) => (alone.includes(read) || !('faults' in read) ? [] : read.faults))
  const named = (fault: RuleFault): RuleFault => {
    const by = patched.find(({ read }) => read.file === fault.file && alone.includes(read))
    return { ...fault, file: by?.patch.file ?? fault.file, level: level.id }
  }
  return { ...settled, faults: [...settled.faults, ...twice].map(named) }
}

/** As the whole scenario it makes of the one above it, held against everything a whole one is. */
function readPatch(patch: { file: string; text: string }, base: InForce, files: RuleFiles): Read<Scenario> {
  const id = idOf(patch.file)
  const file = `${id}.json`
  const no = (zh: string, en: string): Read<Scenario> => ({ file, faults: [{ file, path: '', words: { zh, en } }] })
  if (files.scenarios.some((one) => one.file === file))
    return {
      file,
      faults: [
        {
          file: patch.file,
          path: '',
          words: { zh: `同目录已有完整的 ${file}，这个改动不起作用`, en: `beside a whole ${file} it says nothing` },
        },
      ],
    }
  const above = base.scenarios.get(id as ScenarioId)
  if (!above) return no('上级没有这个场景，无从改起', 'there is no such scenario above it to change')
  const given = jsonOf(patch.text)
  if (given === undefined) return no('不是完整的 JSON', 'it is not whole JSON')
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return no('应是一个对象，写明要改的字段', 'it must be an object of the fields that change')
  return readScenarioText(file, JSON.stringify(mergePatch(JSON.parse(above.text), given)))
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Of each scenario that any level says otherwise: which levels those are, and what each changed of the one above it. */
export function originsOf(
  shipped: InForce,
  levels: readonly Level[],
  settled: readonly Settled[],
): Record<string, RuleOrigin[]> {
  const origins: Record<string, RuleOrigin[]> = {}
  for (const [i, { own, scenarios }] of settled.entries()) {
    const base = settled[i - 1] ?? shipped
    const { folder: _folder, ...level } = levels[i]!
    for (const id of own) {
      const [was, is] = [base.scenarios.get(id), scenarios.get(id)]
      if (!is) continue
      const lines = was ? linesOf(plain(was), plain(is)) : []
      origins[id] = [...(origins[id] ?? []), { level, isNew: !was, lines }]
    }
  }
  return origins
}

const plain = ({ text }: RuleFile<Scenario>): unknown => {
  const { version: _version, ...rest } = JSON.parse(text) as Record<string, unknown>
  return rest
}
