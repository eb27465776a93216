// Tables as clerks and spreadsheets leave them: whichever encoding and delimiter, lost digits, days as numbers, headers in every spelling.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lineOf } from '../../ingest-server/doors/vendors/json-line.ts'
import { decodeTable, readTable } from '../../ingest-server/doors/vendors/table-text.ts'
import { toGb18030 } from '../suites/hotline-records.ts'
import { shippedMappings } from '../suites/mappings.ts'
import { aSource, doorOnTheWire } from '../suites/torture/fakes.ts'

let door: Awaited<ReturnType<typeof doorOnTheWire>>
beforeEach(async () => {
  door = await doorOnTheWire(aSource({ matters: { 电梯故障: 'water-leak' } }), await shippedMappings())
})
afterEach(async () => {
  expect(door.faults).toEqual([])
  await door.close()
})

const header = [
  '工单编号',
  '受理时间',
  '事项',
  '标题',
  '经度',
  '纬度',
  '状态',
  '办结时间',
  '联系人',
  '联系电话',
  '地址',
]
const good = [
  'GD1',
  '2026-11-20 08:00:00',
  '漏水',
  '滴水',
  '121.4757',
  '31.2041',
  '已办结',
  '2026-11-20 10:00',
  '王芳',
  '13812345678',
  '瞿溪路 1 弄',
]
const row = (change: Record<string, string> = {}) => header.map((name, at) => change[name] ?? good[at]!)
const csv = (rows: readonly (readonly string[])[], delimiter = ',', names = header) =>
  [names, ...rows].map((cells) => cells.join(delimiter)).join('\r\n')
const post = (body: string | Uint8Array, type = 'text/csv') =>
  door.post('table.hotline-export', body, { 'content-type': type })
const said = async (change: Record<string, string>) => {
  const [answer] = (await post(csv([row(change)]))).results
  return answer?.ok === false ? { refusal: answer.refusal, words: answer.words } : answer
}
const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}+08:00`)

describe('[IN115] whichever encoding and delimiter', () => {
  const text = csv([row()])
  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8-bom', Buffer.from(`\uFEFF${text}`)],
    ['gb18030', toGb18030(text)],
    ['utf-16le', Buffer.from(`\uFEFF${csv([row()], '\t')}`, 'utf16le')],
  ])('%s', async (encoding, bytes) => {
    expect(decodeTable(bytes)).toMatchObject({ encoding })
    expect(await post(bytes)).toMatchObject({ status: 200 })
    expect(door.reports()).toMatchObject([
      {
        ...{ kind: 'service-ticket', channel: 'hotline', eventId: 'GD1', matter: 'water-leak', text: '滴水' },
        ...{ occurredAt: at('2026-11-20 08:00:00'), at: { lon: 121.4757, lat: 31.2041, crs: 'gcj02' } },
        register: { endedAt: at('2026-11-20 10:00:00'), disposition: 'solved' },
      },
    ])
  })

  it.each([';', '\t', '|', '，'])('cells parted by %j', async (delimiter) => {
    expect(await post(csv([row()], delimiter))).toMatchObject({ status: 200 })
  })

  it('a header typed with full-width commas over rows that have the usual ones', async () => {
    expect(await post(`${header.join('，')}\r\n${row().join(',')}`)).toMatchObject({ status: 200 })
  })

  it('what is neither is refused, and kept', async () => {
    const { status, results } = await post(Buffer.from([0xff, 0x80, 0x2c, 0xff]))
    expect([status, results[0]]).toMatchObject([
      422,
      { words: '既不是 UTF-8 也不是 GB18030，请另存为「CSV UTF-8」后重发。' },
    ])
    expect(door.rows).toHaveLength(1)
  })
})

describe('[IN116] what a spreadsheet does to cells', () => {
  it('="GD1" and \'GD1 are GD1; a day as a number is its time; a thousands separator goes', async () => {
    await post(csv([row({ 工单编号: '="0012"' }), row({ 工单编号: "'0013", 受理时间: '46346.333333333' })]))
    await post(
      csv([
        row({ 工单编号: '0014', 受理时间: '2026年11月20日8时5分' }),
        row({ 工单编号: '0015', 受理时间: '2026/11/20 8:05', 经度: '１２１.4757' }),
      ]),
    )
    expect(door.reports().map(({ eventId, occurredAt }) => [eventId, occurredAt])).toEqual([
      ['0012', at('2026-11-20 08:00:00')],
      ['0013', at('2026-11-20 08:00:00')],
      ['0014', at('2026-11-20 08:05:00')],
      ['0015', at('2026-11-20 08:05:00')],
    ])
  })

  it('digits that are gone are never made up: an id or a phone in scientific notation is refused', async () => {
    expect(await said({ 工单编号: '2.02611E+11' })).toMatchObject({
      refusal: 'wrong-shape',
      words: expect.stringMatching(/^第 2 行：工单编号：「2.02611E\+11」被表格软件改成了科学计数/) as string,
    })
    expect(await said({ 联系电话: '1.38E+10' })).toMatchObject({ words: expect.stringContaining('联系电话') as string })
  })

  it('a comma without quotes makes a cell too many, and is said so; quotes keep commas and lines', async () => {
    expect(await said({ 标题: '滴水，很久,很久' })).toMatchObject({
      words: expect.stringContaining('这一行有 12 格，表头只有 11 格') as string,
    })
    await post(csv([row({ 标题: '"滴水,\r\n""很久"""' }), row({ 工单编号: '', 标题: 'x' })]))
    expect(door.reports()).toMatchObject([{ text: '滴水,\r\n"很久"' }])
    expect(door.rows.at(-1)!.words).toMatch(/^第 4 行：/)
  })

  it('what is still open has no end; a state nobody knows, an end that is missing, a day that never was are refused', async () => {
    await post(csv([row({ 状态: '办理中', 办结时间: '' })]))
    expect(door.reports()).toMatchObject([{ register: {} }])
    expect(await said({ 状态: '飞了' })).toMatchObject({
      words: expect.stringContaining('「飞了」不在 待处理、办理中') as string,
    })
    expect(await said({ 办结时间: '' })).toMatchObject({ words: '第 2 行：「办结时间」这一格是空的。' })
    expect(await said({ 受理时间: '2026-02-30 08:00' })).toMatchObject({ refusal: 'time-impossible' })
    expect(await said({ 事项: '外星人' })).toMatchObject({ refusal: 'matter-unknown' })
    expect(await said({ 经度: '31.2041', 纬度: '121.4757' })).toMatchObject({
      words: '第 2 行：经度和纬度写反了：经度 31.2041、纬度 121.4757，请对调后重发。',
    })
    expect(await said({ 经度: '' })).toMatchObject({ words: '第 2 行：坐标只有一半，缺 经度。' })
    expect(await said({ 事项: '咨询' })).toBeUndefined()
  })
})

describe('[IN117] headers', () => {
  it('full-width, spaced, starred and other years spell the same column', async () => {
    const names = header.with(0, ' ＊工单号 ').with(1, '来电时间').with(2, '\u200b诉求类型：')
    expect(await post(csv([row()], ',', names))).toMatchObject({ status: 200 })
  })

  it('a column that is missing is named with those there are; one that stands twice is refused', async () => {
    const [missing] = (await post(csv([row()], ',', header.with(0, '号')))).results
    expect(missing).toMatchObject({
      words: expect.stringMatching(/^表头缺少 工单编号／工单号／诉求编号；有 号、受理时间/) as string,
    })
    const [twice] = (await post(csv([row()], ',', header.with(3, '工单编号')))).results
    expect(twice).toMatchObject({ words: '表头里有两列都叫「工单编号」。' })
  })

  it('one JSON object a line is the same row, and long ids keep every digit', async () => {
    const lines = [row({ 工单编号: '17' }), row()].map((cells) =>
      JSON.stringify(Object.fromEntries(header.map((name, i) => [name, cells[i]]))),
    )
    await post(lines.join('\n').replace('"17"', '202611200000000017'), 'application/x-ndjson')
    expect(door.reports().map(({ eventId }) => eventId)).toEqual(['202611200000000017', 'GD1'])
  })

  it('a refused row is kept with its header, so that it can be read again by itself', async () => {
    await post(csv([row(), row({ 工单编号: 'GD2', 事项: '外星人' })]))
    const kept = Buffer.from(door.rows[0]!.body).toString()
    expect((await post(kept.replace('外星人', '电梯故障'))).results).toMatchObject([{ ok: true }])
    expect(door.reports().at(-1)).toMatchObject({ eventId: 'GD2' })
  })

  it('a piece of a larger file says on which of its lines it begins', async () => {
    const [answer] = (await post(csv([row({ 事项: '外星人' })]), 'text/csv; charset=utf-8; first-line=501')).results
    expect(answer).toMatchObject({ words: expect.stringMatching(/^第 501 行：/) as string })
  })
})

it('[IN115] lines are counted through empty ones and cells of several lines', () => {
  const table = readTable('\n\na,b\n1,"x\ny"\n\n2,z\n')
  expect('rows' in table && table.rows.map(({ line }) => line)).toEqual([4, 7])
})

it('[IN101] where a value stands in a file is found by its path', () => {
  const text = '{\n  "a": [1,\n    {"b": "},{"}],\n  "c":\n    {"d": null}\n}'
  expect([
    lineOf(text, ['a', 1, 'b']),
    lineOf(text, ['c', 'd']),
    lineOf(text, ['c', 'e']),
    lineOf(text, ['x']),
  ]).toEqual([3, 5, 4, 1])
})
