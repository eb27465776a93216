// What was not understood: looked through, read, and sent in once more by the server that runs.
import { isUtf8 } from 'node:buffer'
import { QuarantineId, SourceId } from '#contract/ids'
import type { QuarantineLabel } from '#contract/quarantine'
import { no, note, tell, textOf, wrong, type AdminCommand, type Answer, type Call } from './call.ts'
import { localTime } from './local-time.ts'
import { oneCell } from './plain.ts'

/** So long a running server has to take up what was asked for. */
const patienceMs = 10_000
const lookEveryMs = 250

async function list(call: Call): Promise<Answer> {
  const limit = Number(textOf(call, 'lines') ?? 50)
  if (!Number.isInteger(limit) || limit < 1) return wrong('-n 后请写行数。', '-n is followed by a number of lines.')
  const named = textOf(call, 'source')
  const sourceId = named === undefined ? undefined : SourceId.safeParse(named).data
  const replayed = call.options.all === true ? undefined : false
  const rows = await call.records.quarantine.list(limit, { sourceId, replayed })
  for (const row of rows) call.say(lineOf(row))
  const { counts, dropped } = await call.records.quarantine.counts()
  const waiting = counts.reduce((sum, count) => sum + count.rows, 0)
  tell(call, `○ 待重放 ● 已重放；共待重放 ${waiting} 条`, `○ waiting ● replayed; ${waiting} wait in all`)
  for (const { sourceId: from, rows: gone, lastAt } of dropped)
    tell(
      call,
      `放不下，${from ?? '—'} 最旧的 ${gone} 条已清除，最近一次 ${localTime(lastAt)}`,
      `There was too much: the oldest ${gone} of ${from ?? '—'} are gone, last at ${localTime(lastAt)}`,
    )
  return null
}

const lineOf = ({ replayed, id, at, times, sourceId, dialect, refusal, words }: QuarantineLabel): string =>
  [replayed ? '●' : '○', id, localTime(at), `×${times}`, sourceId ?? '—', dialect, refusal, words]
    .map(oneCell)
    .join('\t')

async function show(call: Call): Promise<Answer> {
  const found = await find(call)
  if (!found) return unknown(call)
  call.say(lineOf(found))
  for (const answer of found.replayed?.answers ?? []) call.say(JSON.stringify(answer))
  const bytes = Buffer.from(found.body)
  call.say(isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('base64'))
  return null
}

async function replay(call: Call): Promise<Answer> {
  const found = await find(call)
  if (!found) return unknown(call)
  if (found.replayed) return already(found.replayed.at)
  const body = call.options.stdin === true ? Buffer.from(await call.readInput()) : undefined
  const asked = call.now()
  if (!(await call.records.quarantine.ask(found.id, { at: asked, by: 'command-line', body }))) return unknown(call)
  await note(call, 'quarantine-asked', found.id)
  const after = await waitFor(call, found)
  if (after?.replayed) {
    tell(call, `已重放 ${found.id}：`, `${found.id} is replayed:`)
    for (const answer of after.replayed.answers) call.say(JSON.stringify(answer))
    return null
  }
  if (after) return no(`没有收下：${after.words}`, `It was not taken (${after.refusal}): ${after.words}`)
  return no(
    '服务器还没有动手；它一启动就会重放，稍后用 quarantine show 看结果。',
    'No server has taken it up yet: it will be replayed once one runs; see quarantine show.',
  )
}

/** Null where nobody took it up in time. */
async function waitFor(call: Call, before: QuarantineLabel): Promise<QuarantineLabel | null> {
  for (let waited = 0; waited < patienceMs && !call.stopped(); waited += lookEveryMs) {
    await call.pause(lookEveryMs)
    const row = await call.records.quarantine.open(before.id)
    if (row && (row.replayed || row.triedAt !== before.triedAt)) return row
  }
  return null
}

const find = async (call: Call) => {
  const id = QuarantineId.safeParse(call.words[0]).data
  return id ? call.records.quarantine.open(id) : null
}
const unknown = (call: Call): Answer =>
  no(
    `隔离区里没有「${call.words[0]}」，请用 quarantine list 查看。`,
    `There is no ${call.words[0]} in quarantine: see quarantine list.`,
  )
const already = (at: number): Answer =>
  no(
    `这一条 ${localTime(at)} 已经重放过，不会再放第二次。`,
    `It was replayed at ${localTime(at)}; nothing replays twice.`,
  )

export const quarantineCommands: Record<string, AdminCommand> = {
  'quarantine list': {
    usage: 'quarantine list [-n 行数] [--source ID] [--all]',
    says: {
      zh: '看不懂的报文，新的在前（--all 连同已重放的）',
      en: 'what was not understood, the newest first; --all: what was replayed, too',
    },
    standsOn: 'records.db',
    takes: 0,
    options: { lines: { type: 'string', short: 'n' }, source: { type: 'string' }, all: { type: 'boolean' } },
    run: list,
  },
  'quarantine show': {
    usage: 'quarantine show ID',
    says: { zh: '一条报文的全文', en: 'one message whole' },
    standsOn: 'records.db',
    takes: 1,
    run: show,
  },
  'quarantine replay': {
    usage: 'quarantine replay ID [--stdin]',
    says: {
      zh: '请正在运行的服务器重放一次（--stdin 用标准输入的正文代替）',
      en: 'the running server replays it, once; --stdin: with this body instead',
    },
    standsOn: 'records.db',
    takes: 1,
    options: { stdin: { type: 'boolean' } },
    run: replay,
  },
}
