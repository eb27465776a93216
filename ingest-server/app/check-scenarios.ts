// What a schema cannot see: that every name in a scenario is known, and that no two scenarios are at odds.
import type { RuleFault } from '#contract/rules'
import type { Scenario } from '#contract/scenario'
import { checkFeeds } from './check-feeds.ts'
import { checkPeople } from './check-ladder.ts'
import { checkPhases } from './check-phases.ts'
import { checkForms } from './check-forms.ts'
import { checkClocks } from './check-clocks.ts'
import { repeated, said } from './check-words.ts'
import type { Wrong } from './check-words.ts'

/** A scenario and the file it came in. */
export interface Checked {
  file: string
  rule: Scenario
}

/** All that is known to all scenarios together. */
export interface Common {
  matters: ReadonlySet<string>
  groups: ReadonlySet<string>
}

/** One sentence a fault, in the order of the files; empty where all is well. */
export function checkScenarios(all: readonly Checked[]): RuleFault[] {
  const matters = all.flatMap(({ rule }) => rule.matters)
  const common = {
    matters: new Set(matters.map(({ code }) => code)),
    groups: new Set(matters.map(({ group }) => group)),
  }
  const own = all.flatMap(({ file, rule }) => wrongsOf(file, rule, common).map((wrong) => ({ file, ...wrong })))
  return [...own, ...checkTogether(all), ...checkFeeds(all)]
}

function wrongsOf(file: string, rule: Scenario, common: Common): Wrong[] {
  return [
    ...(file === `${rule.id}.json`
      ? []
      : [said('id', `文件名要用场景的 id：${rule.id}.json`, `a file is called by its scenario's id: ${rule.id}.json`)]),
    ...checkNames(rule, common),
    ...checkWords(rule),
    ...checkClocks(rule),
    ...checkPeople(rule),
    ...checkForms(rule),
    ...checkPhases(rule, common),
  ]
}

function checkNames(rule: Scenario, { groups }: Common): Wrong[] {
  const isName = /^[a-z][a-z0-9-]{0,59}$/.test(rule.id) && rule.id !== 'calendar'
  const strangers = (rule.likely?.groups ?? []).filter((group) => !groups.has(group))
  return [
    ...(isName ? [] : [said('id', 'id 只用小写字母、数字和连字符', 'an id is of small letters, figures and hyphens')]),
    ...repeated(
      rule.matters.map(({ code }) => code),
      'matters',
      '事项',
      'matters',
    ),
    ...repeated(
      rule.checklist.map(({ id }) => id),
      'checklist',
      '步骤',
      'checklist items',
    ),
    ...repeated(rule.handledBy, 'handledBy', '岗位', 'posts'),
    ...strangers.map((group) =>
      said('likely.groups', `没有哪个事项属于「${group}」`, `no matter is of the group ${group}`),
    ),
    ...rule.apart.flatMap(([first, second], i) =>
      first === second ? [said(`apart[${i}]`, '两步是同一步', 'the two steps are one')] : [],
    ),
  ]
}

const chinese = /[\u3400-\u9fff]/

/** Every sentence in both languages, each in its own place. */
function checkWords(value: unknown, path = ''): Wrong[] {
  if (typeof value !== 'object' || value === null) return []
  if ('zh' in value && 'en' in value && typeof value.zh === 'string' && typeof value.en === 'string')
    return [
      ...(chinese.test(value.zh) ? [] : [said(`${path}.zh`, '这里要写中文', 'Chinese belongs here')]),
      ...(chinese.test(value.en) ? [said(`${path}.en`, '这里要写英文', 'English belongs here')] : []),
    ]
  return Object.entries(value).flatMap(([key, one]) =>
    checkWords(one, Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`),
  )
}

/** A report belongs to exactly one scenario; the phone shows each at one place of its menu. */
function checkTogether(all: readonly Checked[]): RuleFault[] {
  const faults: RuleFault[] = []
  const [ids, codes, places] = [new Map<string, Checked>(), new Map<string, Checked>(), new Map<number, Checked>()]
  for (const one of all) {
    const { file, rule } = one
    const fault = (path: string, zh: string, en: string) => faults.push({ file, path, words: { zh, en } })
    const twin = ids.get(rule.id)
    if (twin) fault('id', `与 ${twin.file} 的 id 相同`, `two scenarios have the same id, the other is ${twin.file}`)
    ids.set(rule.id, one)
    rule.matters.forEach(({ code }, i) => {
      const taken = codes.get(code)
      if (taken && taken !== one)
        fault(
          `matters[${i}].code`,
          `事项「${code}」已归 ${taken.rule.id}`,
          `${rule.id} and ${taken.rule.id} both claim the matter ${code}`,
        )
      codes.set(code, one)
    })
    if (rule.menu === undefined) continue
    const there = places.get(rule.menu)
    if (there)
      fault(
        'menu',
        `菜单的第 ${rule.menu} 位已归 ${there.rule.id}`,
        `${there.rule.id} stands at ${rule.menu} of the menu`,
      )
    places.set(rule.menu, one)
  }
  return faults
}
