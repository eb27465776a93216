// A hotline's export as a clerk hands it over: months of orders in GB18030, with doubles, wrong coordinates and what spreadsheets do.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import gcoord from 'gcoord'
import { projectRoot } from './server-process.ts'

type Chance = () => number

export const headers = [
  '工单编号',
  '受理时间',
  '事项',
  '标题',
  '地址',
  '经度',
  '纬度',
  '联系人',
  '联系电话',
  '状态',
  '办结时间',
]
const kinds = [
  ...[
    '漏水',
    '下水道堵塞',
    '电梯故障',
    '门禁损坏',
    '楼道灯不亮',
    '小包垃圾',
    '垃圾满溢',
    '大件垃圾',
    '装修垃圾',
    '违法搭建',
  ],
  ...[
    '道路积水',
    '楼道堆物',
    '跨门营业',
    '乱设摊',
    '非机动车乱停',
    '乱张贴',
    '飞线充电',
    '高空抛物',
    '燃气异味',
    '自来水管爆裂',
  ],
]
const closings = ['已办结', '已办结', '已办结', '已办结', '不属实', '重复件', '不属职责']
const day = 86_400_000

/** Orders of the 250 days before `until`. */
export function hotlineRecords(amount: number, chance: Chance, until: number): { bytes: Buffer; rows: number } {
  const spots = cameraSpots()
  const one = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)]!
  const rows: string[][] = []
  while (rows.length < amount) {
    const before = rows.length > 50 && chance() < 0.04 ? one(rows) : null
    rows.push(before ? again(before, chance, until) : order(rows.length, { one, chance, spots, until }))
  }
  const lines = [headers, ...rows].map((cells) => cells.map(quoted).join(','))
  return { bytes: toGb18030(`${lines.join('\r\n')}\r\n`), rows: rows.length }
}

interface Drawing {
  one: <T>(list: readonly T[]) => T
  chance: Chance
  spots: readonly [number, number][]
  until: number
}

function order(at: number, { one, chance, spots, until }: Drawing): string[] {
  const received = until - Math.floor(chance() * 250 * day)
  const isOpen = chance() < 0.08
  const ended = Math.min(until, received + Math.floor(chance() * 9 * day) + 60_000)
  const [lon, lat] = one(spots)
  const cells = [
    `GD${String(202_600_000_000 + at)}`,
    localText(received),
    chance() < 0.02 ? '咨询' : one(kinds),
    one(['居民反映多次', '请尽快处理，谢谢', '夜间特别明显\r\n白天还好', '第 3 次来电']),
    `瞿溪路 ${Math.floor(chance() * 900)} 弄`,
    lon.toFixed(6),
    lat.toFixed(6),
    one(['王女士', '李先生', '张阿姨']),
    `1381234${String(Math.floor(chance() * 10_000)).padStart(4, '0')}`,
    isOpen ? one(['待处理', '办理中']) : one(closings),
    isOpen ? '' : localText(ended),
  ]
  return spoilt(cells, received, chance)
}

/** What a spreadsheet, a tired clerk or a foreign street does to a row. */
function spoilt(cells: string[], received: number, chance: Chance): string[] {
  const dice = chance()
  const put = (at: number, text: string) => cells.with(at, text)
  if (dice < 0.01) return cells.with(5, cells[6]!).with(6, cells[5]!)
  if (dice < 0.015) return put(5, '116.397400').with(6, '39.908700')
  if (dice < 0.02) return put(0, '2.026E+11')
  if (dice < 0.025) return put(2, '外星人')
  if (dice < 0.03) return put(1, '2026-02-30 10:00:00')
  if (dice < 0.033 && cells[10] !== '') return put(10, '')
  if (dice < 0.035) return put(9, '不知道')
  if (dice < 0.085) return put(0, `="${cells[0]}"`)
  if (dice < 0.105) return put(1, serialDay(received))
  return cells
}

/** The same row once more; sometimes what was open has been done since. */
function again(cells: string[], chance: Chance, until: number): string[] {
  const isOpen = cells[9] === '办理中' || cells[9] === '待处理'
  return isOpen && chance() < 0.5 ? cells.with(9, '已办结').with(10, localText(until)) : [...cells]
}

const localText = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
/** To the second: a day has 86,400 of them, and the text enough digits. */
const serialDay = (at: number): string =>
  ((Math.floor(at / 1000) * 1000 + 8 * 3_600_000 - Date.UTC(1899, 11, 30)) / day).toFixed(8)
const quoted = (cell: string): string =>
  /[",\r\n]/.test(cell) && !cell.startsWith('=') ? `"${cell.replaceAll('"', '""')}"` : cell

function cameraSpots(): [number, number][] {
  const { features } = JSON.parse(readFileSync(join(projectRoot, 'map-data/cameras.geojson'), 'utf8')) as {
    features: { properties: { at: [number, number] } }[]
  }
  return features.map(({ properties: { at } }) => gcoord.transform(at, gcoord.WGS84, gcoord.GCJ02))
}

let table: Map<string, number> | null = null

/** Node reads this encoding and does not write it: its table of two bytes, turned round. */
export function toGb18030(text: string): Buffer {
  table ??= turnedRound()
  const bytes: number[] = []
  for (const sign of text) {
    const code = sign.codePointAt(0)!
    const pair = code < 0x80 ? undefined : table.get(sign)
    if (code >= 0x80 && pair === undefined) throw new Error(`${sign} is not in the two-byte part`)
    if (pair === undefined) bytes.push(code)
    else bytes.push(pair >> 8, pair & 0xff)
  }
  return Buffer.from(bytes)
}

function turnedRound(): Map<string, number> {
  const decoder = new TextDecoder('gb18030')
  const found = new Map<string, number>()
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++)
      if (trail !== 0x7f) found.set(decoder.decode(Uint8Array.of(lead, trail)), (lead << 8) | trail)
  return found
}
