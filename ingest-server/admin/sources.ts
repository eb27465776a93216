// Sources: camera platforms, edge boxes and hotlines, and the keys they send with.
import { CameraId, SourceId } from '#contract/ids'
import { NameTaken } from '../records/port-people.ts'
import { no, note, tell, textOf, wrong, type AdminCommand, type Answer, type Call } from './call.ts'
import { localTime } from './local-time.ts'
import { warnOfAddress, waysOf, wrongWays } from './source-ways.ts'
import { oneCell } from './plain.ts'

/** `theirs=ours`, as often as wanted; null where one of them is not. */
function mappingOf(call: Call, option: string): Record<string, string> | null {
  const given = call.options[option]
  const pairs = (Array.isArray(given) ? given : []).map((pair) => /^(.+)=([^=]+)$/.exec(pair))
  if (pairs.includes(null)) return null
  return Object.fromEntries(pairs.map((pair) => [pair?.[1]?.trim(), pair?.[2]?.trim()]))
}

async function add(call: Call): Promise<Answer> {
  const id = SourceId.safeParse(call.words[0])
  if (!id.success) return wrong('来源编号要 1 到 128 个字。', 'A source id has 1 to 128 characters.')
  const matters = mappingOf(call, 'matter')
  const cameras = mappingOf(call, 'camera')
  if (!matters || !cameras || !Object.values(cameras).every((ours) => CameraId.safeParse(ours).success))
    return wrong(
      '映射请写成 对方叫法=我方编号，如 --matter fire=smoke。',
      'A mapping is theirs=ours, as in --matter fire=smoke.',
    )
  const ways = waysOf(call)
  if (!ways) return wrongWays
  try {
    const key = await call.records.sources.add(
      { id: id.data, name: textOf(call, 'name') ?? id.data, matters, cameras, ...ways },
      call.now(),
    )
    await note(call, 'source-added', id.data)
    tell(call, `来源 ${id.data} 已建。密钥只显示这一次：`, `Source ${id.data} may send. Its key, shown this once:`)
    call.say(key)
    if (ways.byAddress) warnOfAddress(call)
    if (ways.mustSign)
      tell(
        call,
        `它必须签名：请用 source rotate ${id.data} --secret 取签名密钥。`,
        `It must sign: source rotate ${id.data} --secret gives its signing secret.`,
      )
    return null
  } catch (fault) {
    if (!(fault instanceof NameTaken)) throw fault
    return no(
      `来源「${id.data}」已在用。要换密钥，请用 source rotate ${id.data}。`,
      `Source ${id.data} is in use. For a new key: source rotate ${id.data}.`,
    )
  }
}

async function list(call: Call): Promise<Answer> {
  for (const source of await call.records.sources.list()) {
    const state = source.withdrawnAt === null ? '●' : '○'
    const maps = { ...source.matters, ...source.cameras }
    const mapped = Object.entries(maps).map(([theirs, ours]) => `${theirs}=${ours}`)
    call.say([state, source.id, source.name, localTime(source.addedAt), mapped.join(' ')].map(oneCell).join('\t'))
    const ways = source.withdrawnAt === null ? waysInWords(call, source) : []
    if (ways.length > 0) call.say(`\t${ways.join(' · ')}`)
  }
  tell(call, '● 在用 ○ 已停用', '● in use ○ withdrawn')
  return null
}

type Listed = Awaited<ReturnType<Call['records']['sources']['list']>>[number]

/** Only what is not as usual. */
function waysInWords(call: Call, { mustSign, byAddress, byDigest, perMinute, keys, secrets }: Listed): string[] {
  const zh = call.language === 'zh'
  const ends = (all: Listed['keys']) => all.flatMap(({ endsAt }) => (endsAt === null ? [] : [localTime(endsAt)]))
  return [
    ...(mustSign ? [zh ? '必须签名' : 'must sign'] : []),
    ...(secrets.length > 0 ? [zh ? `签名密钥 ${secrets.length} 个` : `${secrets.length} signing secrets`] : []),
    ...(byAddress ? [zh ? '密钥在网址里' : 'key in the address'] : []),
    ...(byDigest ? ['Digest'] : []),
    ...(perMinute === undefined ? [] : [zh ? `每分钟 ${perMinute} 条` : `${perMinute} a minute`]),
    ...ends(keys).map((at) => (zh ? `旧密钥到 ${at}` : `the old key until ${at}`)),
    ...ends(secrets).map((at) => (zh ? `旧签名密钥到 ${at}` : `the old secret until ${at}`)),
  ]
}

async function withdraw(call: Call): Promise<Answer> {
  const sources = await call.records.sources.list()
  const source = sources.find((one) => one.id === call.words[0] && one.withdrawnAt === null)
  if (!source)
    return no(
      `没有在用的来源「${call.words[0]}」，请用 source list 查看。`,
      `No source ${call.words[0]} is in use: see source list.`,
    )
  await call.records.sources.withdraw(source.id, call.now())
  await note(call, 'source-withdrawn', source.id)
  tell(call, `来源 ${source.id} 已停用，密钥作废。`, `Source ${source.id} is withdrawn; its key is no longer taken.`)
  return null
}

const mapping = { type: 'string', multiple: true } as const

export const sourceCommands: Record<string, AdminCommand> = {
  'source add': {
    usage:
      'source add ID [--name 名称] [--matter THEIRS=OURS]… [--camera THEIRS=OURS]… [--must-sign] [--by-address] [--by-digest] [--per-minute N]',
    says: { zh: '建来源，密钥只显示一次', en: 'a source; its key is shown once' },
    takes: 1,
    options: {
      ...{ name: { type: 'string' }, matter: mapping, camera: mapping },
      ...{ 'must-sign': { type: 'boolean' }, 'by-address': { type: 'boolean' }, 'by-digest': { type: 'boolean' } },
      'per-minute': { type: 'string' },
    },
    run: add,
  },
  'source list': {
    usage: 'source list',
    says: { zh: '所有来源', en: 'all sources' },
    standsOn: 'records.db',
    takes: 0,
    run: list,
  },
  'source withdraw': {
    usage: 'source withdraw ID',
    says: { zh: '停用来源', en: 'ends a source' },
    standsOn: 'records.db',
    takes: 1,
    run: withdraw,
  },
}
