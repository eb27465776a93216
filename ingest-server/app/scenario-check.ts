// `npm run scenario:check [FILE…]`: what is wrong with the scenarios, each in a sentence; else what they look like.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { RuleFault } from '#contract/rules'
import { drawScenario } from './draw-scenario.ts'
import { findPaths } from './paths.ts'
import { checkRuleFiles, isRead, readRuleFiles } from './read-scenarios.ts'
import { faultInWords, readScenarioText } from './rule-file.ts'

const shipped = await readRuleFiles(findPaths(import.meta.dirname).scenarios)
const given = await Promise.all(
  process.argv.slice(2).map(async (file) => readScenarioText(path.basename(file), await readFile(file, 'utf8'))),
)
/** A file of one's own stands in for the shipped one of its name, and is checked beside all the others. */
const others = shipped.scenarios.filter(({ file }) => !given.some((one) => one.file === file))
const faults: RuleFault[] = checkRuleFiles({ scenarios: [...others, ...given], calendar: shipped.calendar })
for (const fault of faults) {
  console.error(faultInWords(fault, 'zh'))
  console.error(`  ${fault.words.en}`)
}
const shown = (given.length > 0 ? given : shipped.scenarios).filter(isRead)
for (const { rule } of faults.length > 0 ? [] : shown) console.log(`${drawScenario(rule)}\n`)
process.exitCode = faults.length > 0 ? 1 : 0
