// The same export counted by hand, so to speak: by other code, from its own text, with the rules written down once more.

export interface RecordCounts {
  byMatter: Record<string, number>
  byState: Record<string, number>
  byDay: Record<string, number>
  refused: number
  ignored: number
  orders: number
}

// prettier-ignore
const matters: Record<string, string> = {
  漏水: 'water-leak', 下水道堵塞: 'sewer-blocked', 电梯故障: 'lift-fault', 门禁损坏: 'door-lock', 楼道灯不亮: 'light-out',
  小包垃圾: 'dropped-garbage', 垃圾满溢: 'bin-overflow', 大件垃圾: 'bulky-garbage', 装修垃圾: 'construction-waste',
  违法搭建: 'illegal-building', 道路积水: 'standing-water', 楼道堆物: 'corridor-clutter', 跨门营业: 'shop-spill',
  乱设摊: 'street-vendor', 非机动车乱停: 'bike-parking', 乱张贴: 'small-advert', 飞线充电: 'charging-wire',
  高空抛物: 'throwing', 燃气异味: 'gas-smell', 自来水管爆裂: 'pipe-burst',
}
// prettier-ignore
const states: Record<string, string> = {
  待处理: 'open', 办理中: 'open', 已办结: 'solved', 不属实: 'not-found', 重复件: 'duplicate', 不属职责: 'beyond-remit',
}

export function countRecords(bytes: Uint8Array): RecordCounts {
  const [header = [], ...rows] = cellsOf(new TextDecoder('gb18030').decode(bytes))
  const column = (name: string) => header.indexOf(name)
  const orders = new Map<string, { matter: string; state: string; day: string }>()
  let [refused, ignored] = [0, 0]
  for (const row of rows) {
    const cell = (name: string) => row[column(name)] ?? ''
    const id = cell('工单编号').replace(/^="|"$/g, '')
    // A question is nobody's order, whatever else is wrong with it; only its number is looked at first.
    if (/E\+/.test(id)) refused++
    else if (cell('事项') === '咨询') ignored++
    else if (!isGood(cell)) refused++
    else {
      const [state, day] = [states[cell('状态')]!, dayOf(cell('受理时间'))!]
      const known = orders.get(id)
      // What we hold open stays ours until we close it; what was over is replaced by what is told later.
      if (!known || known.state !== 'open') orders.set(id, { matter: matters[cell('事项')]!, state, day })
    }
  }
  const all = [...orders.values()]
  const by = (key: 'matter' | 'state' | 'day') =>
    Object.fromEntries(
      [...new Set(all.map((one) => one[key]))]
        .sort()
        .map((name) => [name, all.filter((one) => one[key] === name).length]),
    )
  return { byMatter: by('matter'), byState: by('state'), byDay: by('day'), refused, ignored, orders: all.length }
}

function isGood(cell: (name: string) => string): boolean {
  const [lon, lat] = [Number(cell('经度')), Number(cell('纬度'))]
  const isHere = lon > 121.4 && lon < 121.6 && lat > 31.1 && lat < 31.3
  const state = states[cell('状态')]
  const isTold = state !== undefined && (state === 'open' || cell('办结时间') !== '')
  return isHere && isTold && cell('事项') in matters && dayOf(cell('受理时间')) !== null
}

/** The day in Shanghai; null for a day that never was. */
function dayOf(text: string): string | null {
  if (/^\d{5}\./.test(text))
    return new Date(Math.round((Number(text) - 25_569) * 86_400) * 1000).toISOString().slice(0, 10)
  const day = text.slice(0, 10)
  return new Date(`${day}T12:00:00Z`).toISOString().slice(0, 10) === day ? day : null
}

/** One sign after the other: a quote opens or closes, a comma or a line's end outside of them ends a cell. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]]
  let [cell, isQuoted] = ['', false]
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!
    if (sign === '"' && isQuoted && text[at + 1] === '"') [cell, at] = [`${cell}"`, at + 1]
    else if (sign === '"' && (isQuoted || cell === '')) isQuoted = !isQuoted
    else if (sign === ',' && !isQuoted) {
      rows.at(-1)!.push(cell)
      cell = ''
    } else if (sign === '\n' && !isQuoted) {
      rows.at(-1)!.push(cell.replace(/\r$/, ''))
      cell = ''
      rows.push([])
    } else cell += sign
  }
  return rows.filter((row) => row.length > 0)
}
