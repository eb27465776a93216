// A file of records into the house that runs: tried first where asked for, each row told of, and once more is no harm.
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { refusals } from '#contract/refusal'
import { importRows, type Fate, type Imported, type ImportedRow } from '../app/importing.ts'
import { piecesOf } from '../app/import-pieces.ts'
import { no, tell, textOf, wrong, type AdminCommand, type Answer, type Call } from './call.ts'

const fateWords: Record<Fate, { zh: string; en: string }> = {
  new: { zh: '新记', en: 'new' },
  joined: { zh: '并入', en: 'joined' },
  repeated: { zh: '已有', en: 'repeated' },
  refused: { zh: '退回', en: 'refused' },
  ignored: { zh: '不管', en: 'ignored' },
}

const headers = {
  zh: ['行号', '结果', '编号', '原因', '说明'],
  en: ['line', 'result', 'case', 'refusal', 'words'],
}

async function run(call: Call): Promise<Answer> {
  const file = call.words[0]!
  const given = textOf(call, 'key')
  const key = given === '-' ? (await call.readInput()).trim() : given
  const mapping = textOf(call, 'mapping')
  const isLines = /\.(ndjson|jsonl)$/i.test(file)
  if (!key)
    return wrong(
      '请用 --key 给出来源密钥，- 表示从标准输入读。',
      '--key is the key of the source; - reads it from standard input.',
    )
  if (!mapping && !isLines) return wrong('请用 --mapping 指明映射文件。', '--mapping names the mapping file.')
  const bytes = await readFile(file).catch(() => null)
  if (!bytes) return no(`读不到文件 ${file}。`, `The file ${file} cannot be read.`)
  const pieces = piecesOf(bytes, file)
  if ('refusal' in pieces) {
    const { zh, en } = pieces.words ?? refusals[pieces.refusal]
    return no(`${basename(file)}：${zh}`, `${basename(file)}: ${en}`)
  }
  const dryRun = call.options['dry-run'] === true
  const report = textOf(call, 'report') ?? `${file}.report.csv`
  const rows: ImportedRow[] = []
  const flush = () =>
    appendFile(
      report,
      rows
        .splice(0)
        .map((row) => csvLine(row, call))
        .join(''),
    )
  await writeFile(report, `\uFEFF${headers[call.language].join(',')}\r\n`)
  tell(
    call,
    `${basename(file)}：${pieces.encoding}，${pieces.rows.length} 行${dryRun ? '，只试算，什么都不写' : ''}`,
    `${basename(file)}: ${pieces.encoding}, ${pieces.rows.length} rows${dryRun ? '; a dry run, nothing is written' : ''}`,
  )
  const imported = await importRows({
    ...{ pieces, key, dryRun, fetch },
    to: (textOf(call, 'to') ?? call.address).replace(/\/$/, ''),
    dialect: mapping ? `table.${mapping}` : 'sanping',
    language: call.language,
    pause: call.pause,
    stopped: call.stopped,
    told: async (row) => {
      rows.push(row)
      if (rows.length >= 500) await flush()
    },
    progress: (done, all) => tell(call, `  ${done} / ${all}`, `  ${done} / ${all}`),
  })
  await flush()
  return summary(call, imported, report)
}

function summary(call: Call, { fates, stoppedAt, why }: Imported, report: string): Answer {
  const counted = (Object.keys(fates) as Fate[]).map((fate) => `${fateWords[fate][call.language]} ${fates[fate]}`)
  tell(call, `${counted.join('，')}；逐行见 ${report}`, `${counted.join(', ')}; row by row in ${report}`)
  if (stoppedAt === null) return null
  return no(
    `停在第 ${stoppedAt} 行之前${why ? `：${why}` : ''}。再运行一次即可接着来，已经收下的不会重复。`,
    `It stopped before line ${stoppedAt}${why ? `: ${why}` : ''}. Run it again to go on; what was taken is not taken twice.`,
  )
}

const csvLine = ({ line, fate, caseId, refusal, words }: ImportedRow, { language }: Call): string =>
  `${[String(line), fateWords[fate][language], caseId, refusal, words].map(csvCell).join(',')}\r\n`

/** What a spreadsheet would take for a formula is told to be text. */
const csvCell = (text: string): string => {
  const tame = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame
}

export const importCommands: Record<string, AdminCommand> = {
  import: {
    usage: 'import 文件 --mapping 名称 --key 密钥|- [--dry-run] [--to 网址] [--report 文件]',
    says: {
      zh: '导入表格（CSV，UTF-8 或 GB18030）或 NDJSON，逐行答复；--dry-run 只试算；重复导入不会重复记',
      en: 'takes in a table (CSV, UTF-8 or GB18030) or NDJSON and answers row by row; --dry-run only tries; twice is once',
    },
    takes: 1,
    options: {
      mapping: { type: 'string' },
      key: { type: 'string' },
      to: { type: 'string' },
      report: { type: 'string' },
      'dry-run': { type: 'boolean' },
    },
    run,
  },
}
