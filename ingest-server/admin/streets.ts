// The streets of a system on the command line: put into the list, which a server that runs looks at again within seconds; and shown.
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigFault } from '../app/config.ts'
import { readStreets, StreetsFile, streetsFile, streetsIn } from '../app/read-streets.ts'
import type { StreetListed } from '../app/read-streets.ts'
import { writeRuleFile } from '../app/site-rules.ts'
import { streetKindOf, StreetId } from '#contract/streets'
import { listOf, no, tell, textOf, wrong, type Answer, type SystemCall, type SystemCommand } from './call.ts'
import { oneCell } from './plain.ts'

const kinds = {
  city: { zh: '市', en: 'city' },
  district: { zh: '区', en: 'district' },
  street: { zh: '街道', en: 'street' },
}

async function add(call: SystemCall): Promise<Answer> {
  const [given = ''] = call.words
  const id = StreetId.safeParse(given).data
  const [zh, en] = [textOf(call, 'zh'), textOf(call, 'en')]
  if (!id)
    return wrong(
      `「${given}」不是编码：市 4 位、区 6 位、街道 9 位。`,
      `${given} is no code: 4 digits a city, 6 a district, 9 a street.`,
    )
  if (!zh || !en) return wrong('请用 --zh 和 --en 写明名称。', 'Say its names with --zh and --en.')
  const before = await readFile(join(call.folder, streetsFile), 'utf8').catch(() => '{"streets":[]}')
  const file = JSON.parse(before) as { streets: { id: string }[]; [key: string]: unknown }
  const others = file.streets.filter((one) => one.id !== id)
  const hadOne = file.streets.length > 0 || !existsSync(join(call.folder, 'journal.db'))
  const folder = textOf(call, 'folder')
  if (!hadOne && folder === undefined && streetKindOf(id) === 'street')
    return no(
      '这个数据目录里已有一个街道：如果就是它，请加 --folder .，否则请换一个数据目录。',
      'This data folder holds a street already: if that is the one, add --folder . ; else use another data folder.',
    )
  const row = {
    ...{ id, zh, en, hosts: listOf(call, 'hosts') },
    ...given1(call, 'folder'),
    ...given1(call, 'map'),
    ...given1(call, 'mqtt'),
    ...given1(call, 'sip'),
  }
  const scheme = textOf(call, 'scheme')
  const next = { ...file, ...(scheme !== undefined && { scheme }), streets: [...others, row] }
  const read = StreetsFile.safeParse(next)
  if (!read.success) {
    const at = read.error.issues[0]?.path.join('.') ?? ''
    return no(`${at} 不能用，没有改动。`, `${at} cannot be used; nothing was changed.`)
  }
  try {
    streetsIn(read.data, call.folder)
  } catch (fault) {
    if (!(fault instanceof ConfigFault)) throw fault
    const [chinese = '', english = ''] = fault.message.split('\n')
    return no(chinese, english)
  }
  await mkdir(call.folder, { recursive: true, mode: 0o700 })
  await writeRuleFile(call.folder, streetsFile, `${JSON.stringify(next, null, 2)}\n`)
  tell(
    call,
    `${id} ${zh} 已列入，运行中的程序几秒内打开它。`,
    `${id} ${en} is listed; a server that runs opens it within seconds.`,
  )
  return null
}

const given1 = (call: SystemCall, name: string): Record<string, string> => {
  const value = textOf(call, name)
  return value === undefined ? {} : { [name]: value }
}

async function list(call: SystemCall): Promise<Answer> {
  const streets = await readStreets(call.folder)
  if (!streets) return none(call)
  for (const { id, kind, names, origins } of [...streets.all.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    call.say([id, kinds[kind][call.language], names[call.language], origins.join(' ') || '—'].map(oneCell).join('\t'))
  return null
}

async function show(call: SystemCall): Promise<Answer> {
  const streets = await readStreets(call.folder)
  if (!streets) return none(call)
  const [given = ''] = call.words
  const found = streets.all.get(given as StreetId)
  if (!found) return no(`没有编码为 ${given} 的街道。`, `There is no street ${given}.`)
  for (const [name, value] of linesOf(found)) call.say(`${name}\t${value}`)
  return null
}

const linesOf = ({ id, kind, names, origins, folder, map, mqtt, sip, above }: StreetListed): [string, string][] => [
  ['id', id],
  ['kind', `${kinds[kind].zh} ${kind}`],
  ['name', `${names.zh} ${names.en}`],
  ['above', above.map((one) => `${one.id} ${one.names.zh}`).join(' → ') || '—'],
  ['origins', origins.join(' ') || '—'],
  ['folder', folder],
  ['map', map ?? '—'],
  ['mqtt', mqtt.kind === 'embedded' ? `${mqtt.host}:${mqtt.port}` : mqtt.kind],
  ['sip', sip ? `${sip.host}:${sip.port}` : 'off'],
]

const none = (call: SystemCall): Answer =>
  no(
    `没有 ${join(call.folder, streetsFile)}，这里只有一个街道。`,
    `There is no ${join(call.folder, streetsFile)}: it is one street.`,
  )

export const streetCommands: Record<string, SystemCommand> = {
  'street list': {
    usage: 'street list',
    says: { zh: '列出各市、区、街道和它们的网址', en: 'the city, its districts, its streets, and their addresses' },
    takes: 0,
    runs: list,
  },
  'street show': {
    usage: 'street show ID',
    says: { zh: '一个街道的编码、网址、目录、端口', en: 'one street: its code, its addresses, its folder, its ports' },
    takes: 1,
    runs: show,
  },
  'street add': {
    usage:
      'street add ID --zh 名称 --en NAME [--hosts a.example,b.example] [--map 目录] [--folder 目录] [--mqtt HOST:PORT] [--sip HOST:PORT] [--scheme http|https]',
    says: {
      zh: '把市、区、街道列入 streets.json，不用重启',
      en: 'lists a city, a district or a street in streets.json; no restart',
    },
    takes: 1,
    options: Object.fromEntries(
      ['zh', 'en', 'hosts', 'map', 'folder', 'mqtt', 'sip', 'scheme'].map((name) => [
        name,
        { type: 'string' as const },
      ]),
    ),
    runs: add,
  },
}
