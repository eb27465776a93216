// One sample down the real road of the running server, and what each station of it says.
import { SourceId } from '#contract/ids'
import type { TestStation } from '#contract/source-test'
import type { Words } from '#contract/language'
import { testSource } from '../app/test-source.ts'
import { no, note, tell, textOf, type AdminCommand, type Answer, type Call } from './call.ts'
import { noSource } from './source-ways.ts'

const stations: Record<TestStation, Words> = {
  proved: { zh: '认出来源', en: 'proved' },
  read: { zh: '读懂报文', en: 'read as' },
  judged: { zh: '值守会怎么办', en: 'the desk would' },
  kept: { zh: '写进日志', en: 'kept' },
}

async function test(call: Call): Promise<Answer> {
  const id = SourceId.safeParse(call.words[0]).data
  const url = (textOf(call, 'to') ?? call.address).replace(/\/+$/, '')
  const dialect = textOf(call, 'dialect') ?? 'sanping'
  if (!URL.canParse(url)) return no(`「${url}」不是网址。`, `${url} is no address.`)
  const token = id && (await call.records.sources.mintTest(id, call.now()))
  if (!id || !token) return noSource(call)
  await note(call, 'source-tested', id)
  tell(call, `${id} · ${dialect} → ${url}`, `${id} · ${dialect} → ${url}`)
  const { now, pause } = call
  const ask = { url, token, dialect, now, pause, fetch: call.fetch ?? fetch }
  const tested = await testSource(ask).catch((fault: unknown) => fault)
  if (tested === 'no-sample')
    return no(`没有「${dialect}」格式的样例可发。`, `There is no sample of the dialect ${dialect}.`)
  if (tested === 'unknown')
    return no(
      '服务器不认这个测试令牌：它用的可能是另一个数据目录，请核对 --data 和 --to。',
      'The server does not know this token: it may stand on another data folder; see --data and --to.',
    )
  if (tested instanceof Error || typeof tested !== 'object' || tested === null || !('steps' in tested))
    return no(`${url} 没有应答：${said(tested)}`, `${url} did not answer: ${said(tested)}`)
  const { steps, ok } = tested as Awaited<ReturnType<typeof testSource>> & object
  for (const { station, ok: passed, words, milliseconds } of steps)
    call.say(
      [passed ? '✓' : '✗', stations[station][call.language], words[call.language], `${milliseconds} ms`].join('\t'),
    )
  return ok ? null : no('到这一站没有过去。', 'It did not pass this station.')
}

/** What a failed connection says stands in its cause. */
const said = (fault: unknown): string =>
  fault instanceof Error ? (fault.cause instanceof Error ? fault.cause.message || fault.message : fault.message) : ''

export const sourceTestCommands: Record<string, AdminCommand> = {
  'source test': {
    usage: 'source test ID [--dialect sanping] [--to http://127.0.0.1:8787]',
    says: {
      zh: '发一条样例走一遍真实的路，不立案、不通知人',
      en: 'a sample down the real road; no case comes of it and nobody is told',
    },
    standsOn: 'records.db',
    takes: 1,
    options: { dialect: { type: 'string' }, to: { type: 'string' } },
    run: test,
  },
}
