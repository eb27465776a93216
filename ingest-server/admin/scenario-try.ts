// A scenario file tried on what really came in: what it would have opened, joined and told, beside the rules in force.
import { readFile } from 'node:fs/promises'
import type { DryRun, DryRunCount } from '#contract/dry-run'
import type { Instant } from '#contract/ids'
import type { Words } from '#contract/language'
import { tryFromFolder } from '../app/trying.ts'
import { no, tell, textOf, wrong, type AdminCommand, type Answer, type Call } from './call.ts'
import { localTime, startOfDay } from './local-time.ts'
import { withJournal } from './with-journal.ts'

const month = 30 * 24 * 60 * 60_000

/** A local day, or a moment with its offset; null where it is neither. */
function momentOf(text: string): Instant | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? startOfDay(text) : Date.parse(text)
  return Number.isNaN(at) ? null : at
}

async function attempt(call: Call): Promise<Answer> {
  const to = momentOf(textOf(call, 'to') ?? new Date(call.now()).toISOString())
  const from = momentOf(textOf(call, 'from') ?? new Date((to ?? call.now()) - month).toISOString())
  if (from === null || to === null || from >= to)
    return wrong('--from 和 --to 后请写日期，先早后晚。', '--from and --to are followed by days, the earlier first.')
  const text = await readFile(call.words[0]!, 'utf8').catch(() => null)
  if (text === null) return no(`读不到文件 ${call.words[0]}。`, `${call.words[0]} cannot be read.`)
  return withJournal(call, async (journal) => {
    const { records, folder, mapFolder, now, language } = call
    const world = { now, seconds: () => performance.now() / 1000, rest: () => call.pause(0) }
    const onFault = (fault: unknown) => call.complain(fault instanceof Error ? fault.message : String(fault))
    const tried = await tryFromFolder({ journal, records, folder, mapFolder, ...world, onFault }, text, {
      from,
      to,
      language,
    })
    if (!('faults' in tried)) return shown(call, tried)
    for (const { path, words } of tried.faults) call.complain(`${path} ${words[language]}`.trim())
    return no('场景文件不对。', 'The scenario file is not right.')
  })
}

const rows: { words: Words; of: (count: DryRunCount) => number }[] = [
  { words: { zh: '新开', en: 'opened' }, of: (count) => count.opened },
  { words: { zh: '其中一级', en: 'of level I' }, of: (count) => count.byLevel[1] },
  { words: { zh: '待核', en: 'unsure' }, of: (count) => count.unsure },
  { words: { zh: '并入', en: 'joined' }, of: (count) => count.joined },
  { words: { zh: '可能同一件', en: 'candidates' }, of: (count) => count.candidates },
  { words: { zh: '通知人次', en: 'told' }, of: (count) => count.told },
]

function shown(call: Call, run: DryRun): Answer {
  const { language } = call
  tell(
    call,
    `${localTime(run.from)} 到 ${localTime(run.to)}，上报 ${run.reports} 条`,
    `${localTime(run.from)} to ${localTime(run.to)}, ${run.reports} reports`,
  )
  tell(call, '\t现行规则\t改后', '\tin force\tchanged')
  for (const { words, of } of rows) call.say([words[language], of(run.then), of(run.now)].join('\t'))
  for (const one of run.differences)
    call.say([localTime(one.at), one.matter, one.then, '→', one.now, one.really ?? '—'].join('\t'))
  return null
}

export const scenarioTryCommands: Record<string, AdminCommand> = {
  'scenario try': {
    usage: 'scenario try FILE [--from 2026-11-01] [--to 2026-12-01]',
    says: {
      zh: '把改过的场景放到过去的上报上试一遍，不改动任何东西；不写时段就是最近 30 天',
      en: 'tries a changed scenario on what came in, changing nothing; without days on the last 30',
    },
    standsOn: 'journal.db',
    takes: 1,
    options: { from: { type: 'string' }, to: { type: 'string' } },
    run: attempt,
  },
}
