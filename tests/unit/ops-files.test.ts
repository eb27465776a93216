// What is given to whoever runs it holds together: metrics, dashboard, alert rules and the runbook speak of the same things.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Role } from '#contract/roles'
import { commands } from '../../ingest-server/admin/run.ts'
import { readConfig } from '../../ingest-server/app/config.ts'
import { openHouse, type House } from '../../ingest-server/app/house.ts'
import { realWorld } from '../../ingest-server/app/world.ts'
import { openGauges, type GaugeNeeds } from '../../ingest-server/doors/ops-gauges.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const runbook = read('docs/operate.md')

interface Rule {
  alert: string
  expr: string
  for: string
  labels: { severity: string }
  annotations: Record<'summary' | 'summary_zh' | 'summary_en' | 'runbook', string>
}
interface Panel {
  id: number
  type: string
  title: string
  targets?: { expr: string }[]
}
const rules = (JSON.parse(read('ops/prometheus/alerts.yml')) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  (group) => group.rules,
)
const dashboard = JSON.parse(read('ops/grafana/sanping.json')) as {
  schemaVersion: number
  templating: { list: { name: string; type: string; allValue?: string }[] }
  panels: Panel[]
}

let house: House
const folder = mkdtempSync(join(tmpdir(), 'sanping-ops-'))
/** By name: its kind and the labels it may carry. */
const there = new Map<string, { kind: string; labels: Set<string> }>()

/** A real server, and what only one among many has. */
beforeAll(async () => {
  const config = readConfig({ PORT: '0', SANPING_DATA: folder, SANPING_MQTT: '127.0.0.1:0' })
  const logs = () => ({ days: 0, bytes: 0, oldest: null, dropped: 0, keptDays: 180, failing: false })
  const log = pino({ level: 'silent' })
  house = await openHouse({ config, world: realWorld, log, build: 'test', logs, onBroken: () => {} })
  take(await (await fetch(`${house.url}/metrics`)).text())
  const registry = new Registry()
  const board = { revision: 0, cases: new Map() }
  openGauges(registry, {
    desk: { inStep: () => true, waiting: () => 0, board: () => board, holds: () => true, keeps: () => true },
    node: () => ({ isUp: true, held: 1, turned: 2, passed: 3, answered: { middle: 0.1, worst: 0.2 } }),
    screens: () => new Map<Role, number>(),
    silent: () => 0,
    lags: () => ({ intake: null, wall: null, phone: null }),
  } as unknown as GaugeNeeds)
  const alone = await registry.metrics()
  take(alone)
  expect(alone).toContain('sanping_wishes_passed_total 3')
  expect(await registry.metrics()).toContain('sanping_desk_turns_total 2')
}, 30_000)
afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true, force: true })
})

function take(text: string): void {
  for (const [, name, kind] of text.matchAll(/^# TYPE (\w+) (\w+)$/gm))
    there.set(name!, { kind: kind!, labels: new Set() })
  for (const [, name, labels] of text.matchAll(/^(\w+)\{([^}]*)\}/gm))
    for (const [, label] of labels!.matchAll(/(\w+)="/g)) there.get(base(name!))?.labels.add(label!)
}
const base = (name: string): string => (there.has(name) ? name : name.replace(/_(bucket|sum|count)$/, ''))

it('[OP66] every metric there is stands in the runbook’s table, and the other way round', () => {
  const written = [...runbook.matchAll(/^\| `(sanping_\w+)`/gm)].map(([, name]) => name!)
  expect(written.toSorted()).toEqual([...there.keys()].filter((name) => name.startsWith('sanping_')).toSorted())
  expect(new Set(written).size).toBe(written.length)
})

it('[OP66] their names tell what they are: a counter ends in total, a measure in its unit', () => {
  for (const [name, { kind }] of there) {
    if (!name.startsWith('sanping_')) continue
    expect(name.endsWith('_total'), name).toBe(kind === 'counter')
    if (kind === 'histogram') expect(name, name).toMatch(/_(seconds|bytes|lines)$/)
    expect(name).not.toMatch(/milliseconds|_ms$|_minutes|_kb/)
  }
})

/** The metrics an expression asks for, and the labels it names of them. */
function askedIn(expr: string): { metrics: string[]; labels: string[] } {
  const bare = expr.replace(/"[^"]*"/g, '""')
  const metrics = [...bare.matchAll(/\b(sanping_\w+|nodejs_\w+|process_\w+)\b/g)].map(([, name]) => name!)
  const labels = [...bare.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*""/g)].map(([, label]) => label!)
  return { metrics, labels }
}
/** Given by Prometheus, or by a house of many streets. */
const given = new Set(['street', 'instance', 'job', 'le'])
const labelsOf: Record<string, string[]> = {
  sanping_source_reports_total: ['source', 'outcome'],
  sanping_reports_total: ['dialect', 'result'],
  sanping_screen_lag_seconds: ['screen'],
  sanping_audit_lines_total: ['what'],
  sanping_screens: ['role'],
  sanping_lag_seconds: ['step'],
  sanping_lag_worst_seconds: ['step'],
  sanping_notices: ['state'],
}

const asked = [
  ...rules.map(({ alert, expr }) => ({ of: alert, expr })),
  ...dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ of: title, expr }))),
]
it('[OP67] no alert rule and no panel asks for a metric that does not exist, or for a label it has not', () => {
  expect(asked.length).toBeGreaterThan(80)
  for (const { of, expr } of asked) {
    const { metrics, labels } = askedIn(expr)
    expect(metrics.length + Number(expr.startsWith('up{')), of).toBeGreaterThan(0)
    for (const name of metrics) expect(there.has(base(name)), `${of}: ${name}`).toBe(true)
    const known = new Set([
      ...given,
      ...metrics.flatMap((name) => [...(labelsOf[base(name)] ?? []), ...there.get(base(name))!.labels]),
    ])
    for (const label of labels) expect(known.has(label), `${of}: ${label}`).toBe(true)
    expect([...expr].filter((sign) => '({['.includes(sign)).length, of).toBe(
      [...expr].filter((sign) => ')}]'.includes(sign)).length,
    )
  }
})

it('[OP66] every metric is looked at somewhere: in a panel or by an alert rule', () => {
  const used = new Set(asked.flatMap(({ expr }) => askedIn(expr).metrics.map(base)))
  expect([...there.keys()].filter((name) => name.startsWith('sanping_') && !used.has(name))).toEqual([])
})

it('[OP67] alert rules have a name of their own, wait, are grave by degree, speak both languages and lead to their chapter', () => {
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
  for (const { alert, annotations, labels, ...rule } of rules) {
    expect(alert).toMatch(/^Sanping[A-Z]\w+$/)
    expect(rule.for, alert).toMatch(/^\d+[smh]$/)
    expect(['critical', 'warning', 'info']).toContain(labels.severity)
    expect(annotations.summary_zh, alert).toMatch(/[\u4e00-\u9fff]/)
    expect(annotations.summary_en, alert).not.toMatch(/[\u4e00-\u9fff]/)
    const [file, anchor] = annotations.runbook.split('#')
    expect(file).toBe('docs/operate.md')
    expect(runbook, alert).toContain(`<a id="${anchor}"></a>`)
    expect(runbook, alert).toContain(`\`${alert}\``)
  }
})

it('[OP67] where promtool is installed, it takes the rules', ({ skip }) => {
  try {
    execFileSync('promtool', ['--version'], { stdio: 'ignore' })
  } catch {
    return skip('promtool is not installed')
  }
  execFileSync('promtool', ['check', 'rules', join(root, 'ops/prometheus/alerts.yml')], { stdio: 'pipe' })
})

it('[OP67] the dashboard has a source and a street to choose, and panels each with a number of its own', () => {
  expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(39)
  expect(dashboard.templating.list.map(({ name, type }) => [name, type])).toEqual([
    ['datasource', 'datasource'],
    ['street', 'query'],
  ])
  // A house of one street has no such label: all of them must be those without one, too.
  expect(dashboard.templating.list[1]?.allValue).toBe('.*')
  const ids = dashboard.panels.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(dashboard.panels.filter(({ type }) => type === 'row').length).toBeGreaterThanOrEqual(7)
})

it('[OP68] the command lines in the runbook are ones there are, with options they take', () => {
  const written = [...runbook.matchAll(/npm run (?:-s )?sanping -- ([^\n`|&]+)/g)].map(([, words]) => words!.trim())
  expect(written.length).toBeGreaterThan(20)
  for (const said of written) {
    const words = said.split(/\s+/)
    if (words[0] === 'help') continue
    const name = [words.slice(0, 2).join(' '), words[0]!].find((one) => Object.hasOwn(commands, one))
    expect(name, said).toBeDefined()
    const options = [...Object.keys(commands[name!]!.options ?? {}), 'data', 'street']
    for (const [, option] of said.matchAll(/--(\w[\w-]*)/g)) expect(options, said).toContain(option)
  }
})
