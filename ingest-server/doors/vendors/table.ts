// Tables: hotline exports and property firms' sheets, CSV or one JSON object a line, each row a report or a sentence why not.
import { asReport } from './as-report.ts'
import { isLines } from './json-items.ts'
import { parseJson } from './json.ts'
import { isPoint, pointFrom } from './lon-lat.ts'
import { mappingFor, type Mappings } from './mappings.ts'
import { matterFor } from './matter.ts'
import { wrongShape } from './noes.ts'
import { isNo, mapped, mostItems, type Arrived, type Dialect, type Item, type No, type Sender } from './reading.ts'
import { idCell, numberCell, plainCell, timeCell } from './table-cells.ts'
import type { ColumnName, TableMap } from './table-map.ts'
import { decodeTable, plainHeader, readTable } from './table-text.ts'

export const openTables =
  (mappings: Mappings): Dialect =>
  ({ body, contentType, mapping, sender }: Arrived) => {
    const map = mappingFor(mappings, 'tables', mapping)
    if (isNo(map)) return map
    const decoded = decodeTable(body)
    if (isNo(decoded)) return decoded
    return isLines(contentType) ? linesOf(decoded.text, map, sender) : tableOf(decoded.text, contentType, map, sender)
  }

/** By its header as it is compared. */
type Cells = ReadonlyMap<string, string>

function tableOf(text: string, contentType: string, map: TableMap, sender: Sender): Item[] | No {
  const table = readTable(text)
  if (isNo(table)) return table
  const { headers, headerRaw, rows } = table
  if (rows.length === 0) return { refusal: 'nothing-in-it' }
  if (rows.length > mostItems) return { refusal: 'too-many' }
  const no = headersWrong(headers, map)
  if (no) return no
  // A piece of a larger file says where in it it begins.
  const firstLine = Number(/;\s*first-line=(\d{1,9})/i.exec(contentType)?.[1] ?? rows[0]?.line)
  const shift = firstLine - (rows[0]?.line ?? 1)
  return rows.map(({ line, cells, raw: row }): Item => {
    // With its header a row can be read again by itself.
    const raw = () => Buffer.from(`${headerRaw}\r\n${row}\r\n`)
    const more = cells.slice(headers.length).some((cell) => cell.trim() !== '')
    const read = more ? ragged(cells.length, headers.length) : undefined
    const item: Item = read
      ? { kind: 'refused', no: read, raw }
      : rowOf(new Map(headers.map((name, at) => [name, cells[at] ?? ''])), map, sender, raw)
    return item.kind === 'refused' ? { ...item, no: onLine(line + shift, item.no) } : item
  })
}

function linesOf(text: string, map: TableMap, sender: Sender): Item[] | No {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length === 0) return { refusal: 'nothing-in-it' }
  if (lines.length > mostItems) return { refusal: 'too-many' }
  return lines.map((line): Item => {
    const raw = () => Buffer.from(line)
    const parsed = parseJson(line, true)
    if (isNo(parsed)) return { kind: 'refused', no: parsed, raw }
    const { value } = parsed
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return { kind: 'refused', no: noObject, raw }
    const cells = new Map(Object.entries(value).map(([name, cell]) => [plainHeader(name), leaf(cell)]))
    const no = headersWrong([...cells.keys()], map)
    return no ? { kind: 'refused', no, raw } : rowOf(cells, map, sender, raw)
  })
}

const leaf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''

const mustHave = ['eventId', 'matter', 'occurredAt', 'lon', 'lat', 'state', 'endedAt'] as const

/** Columns the mapping counts on and the table does not have; a table where nobody wrote a phone is still one. */
function headersWrong(headers: readonly string[], { columns }: TableMap): No | null {
  const missing = mustHave.flatMap((name) => {
    const named = columns[name]
    return named === undefined || spelled(named).some((header) => headers.includes(header))
      ? []
      : [[named].flat().join('／')]
  })
  if (missing.length === 0) return null
  const there = headers.filter((name) => name !== '').slice(0, 20)
  return {
    refusal: 'wrong-shape',
    words: {
      zh: `表头缺少 ${missing.join('、')}；有 ${there.join('、')}。`,
      en: `The header lacks ${missing.join(', ')}; it has ${there.join(', ')}.`,
    },
  }
}

const spelled = (column: string | readonly string[]): string[] => [column].flat().map(plainHeader)

function rowOf(cells: Cells, map: TableMap, sender: Sender, raw: () => Uint8Array): Item {
  const read = reportOf(cells, map, sender)
  if (read === null) return { kind: 'ignored' }
  if (isNo(read)) return { kind: 'refused', no: read, raw }
  return asReport(read, { raw })
}

function reportOf(cells: Cells, map: TableMap, sender: Sender): object | null | No {
  const { columns, kind, channel } = map
  const headerOf = (name: ColumnName): string => {
    const named = columns[name]
    return named === undefined
      ? name
      : (spelled(named).find((header) => cells.has(header)) ?? [named].flat()[0] ?? name)
  }
  const cell = (name: ColumnName): string => (columns[name] === undefined ? '' : (cells.get(headerOf(name)) ?? ''))
  const told = (name: ColumnName): string | undefined => plainCell(cell(name)) || undefined

  const [eventId, phone] = [idCell(cell('eventId'), headerOf('eventId')), idCell(cell('phone'), headerOf('phone'))]
  if (typeof eventId !== 'string') return eventId
  if (typeof phone !== 'string') return phone
  if (eventId === '') return empty(headerOf('eventId'))
  const theirs = told('matter')
  if (theirs === undefined) return empty(headerOf('matter'))
  const matter = matterFor([theirs], sender, map.matters)
  if (matter === null || typeof matter !== 'string') return matter
  if (told('occurredAt') === undefined) return empty(headerOf('occurredAt'))
  const occurredAt = timeCell(cell('occurredAt'), headerOf('occurredAt'), map.offset)
  if (typeof occurredAt !== 'number') return occurredAt
  const at =
    map.crs && pointFrom(numberCell(cell('lon')), numberCell(cell('lat')), map.crs, [headerOf('lon'), headerOf('lat')])
  if (at && isNo(at)) return at
  const ending = endingOf(map, told('state'), cell('endedAt'), headerOf)
  if (isNo(ending)) return ending

  const camera = told('cameraId')
  const floor = told('floor')
  const text = spelled(columns.text ?? [])
    .map((header) => plainCell(cells.get(header) ?? ''))
    .filter((part) => part !== '')
    .join('\n')
    .slice(0, 2000)
  const reporter = { name: told('name'), phone: phone || undefined, address: told('address') }
  return {
    ...{ kind, eventId, matter, occurredAt },
    ...(isPoint(at) && { at }),
    ...(camera && { cameraId: mapped(sender.cameras, camera) ?? camera }),
    ...{ facilityId: told('facilityId'), placeId: told('placeId') },
    ...(floor !== undefined && { floor: Number(floor) }),
    ...(text !== '' && { text }),
    ...(kind === 'service-ticket' && { channel, reporter }),
    ...(map.register ? { register: ending } : ending.endedAt !== undefined && { phase: 'end' }),
  }
}

interface Ending {
  endedAt?: number
  disposition?: string
}

/** Still open: nothing in it. */
function endingOf(
  map: TableMap,
  state: string | undefined,
  ended: string,
  headerOf: (name: ColumnName) => string,
): Ending | No {
  const so =
    state === undefined
      ? undefined
      : Object.hasOwn(map.states, state)
        ? map.states[state]
        : unknownState(map, state, headerOf('state'))
  if (typeof so === 'object') return so
  if (map.columns.state !== undefined && so === undefined) return empty(headerOf('state'))
  if (so === 'open') return {}
  if (plainCell(ended) === '') return so === undefined ? {} : empty(headerOf('endedAt'))
  const endedAt = timeCell(ended, headerOf('endedAt'), map.offset)
  if (typeof endedAt !== 'number') return endedAt
  return { endedAt, disposition: so ?? 'solved' }
}

const empty = (column: string): No => wrongShape(`「${column}」这一格是空的。`, `The cell ${column} is empty.`)
const noObject = wrongShape('这一行应为一个对象。', 'This line should be one object.')
const ragged = (cells: number, headers: number): No =>
  wrongShape(
    `这一行有 ${cells} 格，表头只有 ${headers} 格：是不是有一格里的分隔符没有加引号？`,
    `This row has ${cells} cells and the header ${headers}: is there a delimiter in a cell without quotes?`,
  )
const unknownState = ({ states }: TableMap, state: string, column: string): No =>
  wrongShape(
    `${column}：「${state.slice(0, 40)}」不在 ${Object.keys(states).join('、')} 之中。`,
    `${column}: "${state.slice(0, 40)}" is none of ${Object.keys(states).join(', ')}.`,
  )
const onLine = (line: number, no: No): No =>
  no.words ? { ...no, words: { zh: `第 ${line} 行：${no.words.zh}`, en: `Line ${line}: ${no.words.en}` } } : no
