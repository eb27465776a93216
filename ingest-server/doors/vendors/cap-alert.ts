// One alert of the Common Alerting Protocol 1.2, as its XML says it: the shape, and what can be wrong with it.
import { deviceTime } from './device-time.ts'
import { missing, timeNo, wrongShape } from './noes.ts'
import type { No } from './reading.ts'
import { plainText } from './xml.ts'

interface CapArea {
  /** The middle of it, `[lon, lat]` in WGS 84; undefined where it has neither circle nor polygon. */
  middle: readonly [number, number] | undefined
  /** Values of its geocodes, whatever they are called. */
  codes: string[]
  words: string | undefined
}

export interface CapSaying {
  language: string
  event: string
  codes: string[]
  severity: string
  urgency: string
  certainty: string
  headline: string | undefined
  description: string | undefined
  instruction: string | undefined
  areas: CapArea[]
}

export interface CapAlert {
  /** `sender,identifier`: what others refer to it by. */
  id: string
  sentAt: number
  status: 'Actual' | 'Exercise' | 'System' | 'Test' | 'Draft'
  type: 'Alert' | 'Update' | 'Cancel' | 'Ack' | 'Error'
  /** The messages it goes on from, the first sent first. */
  references: string[]
  /** One a language. */
  says: CapSaying[]
}

const statuses = ['Actual', 'Exercise', 'System', 'Test', 'Draft'] as const
const types = ['Alert', 'Update', 'Cancel', 'Ack', 'Error'] as const

type Tree = Readonly<Record<string, unknown>>
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)
const leaf = (tree: Tree, name: string): string | undefined =>
  plainText(Object.hasOwn(tree, name) ? tree[name] : undefined)
const all = (tree: Tree, name: string): unknown[] =>
  Object.hasOwn(tree, name) && tree[name] !== '' ? [tree[name]].flat() : []

/** The whole of what is under `alert`, or the first thing that is not as it should be. */
export function capAlert(tree: Record<string, unknown>): CapAlert | No {
  const alert = tree['alert']
  if (!isTree(alert)) return wrongShape('没有 CAP 的 alert 元素。', 'There is no alert element of CAP.')
  const [sender, identifier, sent] = ['sender', 'identifier', 'sent'].map((name) => leaf(alert, name))
  if (!sender || !identifier) return missing(sender ? 'alert.identifier' : 'alert.sender')
  if (!sent) return missing('alert.sent')
  const sentAt = deviceTime(sent)
  if (sentAt === null) return timeNo('alert.sent', sent)
  const status = statuses.find((one) => one === leaf(alert, 'status'))
  if (!status) return oneOf('status', statuses)
  const type = types.find((one) => one === leaf(alert, 'msgType'))
  if (!type) return oneOf('msgType', types)
  const says: CapSaying[] = []
  for (const info of all(alert, 'info')) {
    const said = isTree(info) ? saying(info) : missing('alert.info.event')
    if ('refusal' in said) return said
    says.push(said)
  }
  return { id: `${sender},${identifier}`, sentAt, status, type, references: referred(leaf(alert, 'references')), says }
}

/** `sender,identifier,sent`, one behind the other with spaces between. */
function referred(text: string | undefined): string[] {
  const each = (text ?? '').split(/\s+/).map((one) => one.split(','))
  return each
    .filter((parts) => parts.length === 3)
    .map(([sender = '', id = '', sent = '']) => ({
      key: `${sender},${id}`,
      at: deviceTime(sent) ?? 0,
    }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ key }) => key)
}

function saying(info: Tree): CapSaying | No {
  const event = leaf(info, 'event')
  if (!event) return missing('alert.info.event')
  const areas: CapArea[] = []
  for (const area of all(info, 'area')) {
    const read = isTree(area) ? areaOf(area) : missing('alert.info.area.areaDesc')
    if ('refusal' in read) return read
    areas.push(read)
  }
  return {
    language: leaf(info, 'language') ?? 'en-US',
    event,
    codes: valuesOf(info, 'eventCode'),
    severity: leaf(info, 'severity') ?? 'Unknown',
    urgency: leaf(info, 'urgency') ?? 'Unknown',
    certainty: leaf(info, 'certainty') ?? 'Unknown',
    headline: leaf(info, 'headline'),
    description: leaf(info, 'description'),
    instruction: leaf(info, 'instruction'),
    areas,
  }
}

const valuesOf = (tree: Tree, name: string): string[] =>
  all(tree, name).flatMap((one) => (isTree(one) ? (leaf(one, 'value') ?? []) : []))

function areaOf(area: Tree): CapArea | No {
  const words = leaf(area, 'areaDesc')
  const circle = plainText(all(area, 'circle')[0])
  const polygon = plainText(all(area, 'polygon')[0])
  const middle = circle !== undefined ? centreOf(circle) : polygon !== undefined ? centroidOf(polygon) : undefined
  if (middle === null) return badArea
  return { middle, codes: valuesOf(area, 'geocode'), words }
}

const badArea = wrongShape(
  'alert.info.area: 圆应写作 31.20,121.47 1.5（纬度在前，半径为公里），多边形至少四个点、首尾相同、纬度在前。',
  'alert.info.area: a circle is "lat,lon radius", a polygon at least four "lat,lon" whose first and last are the same, latitude first.',
)

function pairOf(text: string): readonly [number, number] | null {
  const parts = /^(-?\d{1,3}(?:\.\d{1,20})?),(-?\d{1,3}(?:\.\d{1,20})?)$/.exec(text)
  const [lat, lon] = [Number(parts?.[1]), Number(parts?.[2])]
  return parts && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lon, lat] : null
}

const centreOf = (text: string): readonly [number, number] | null => {
  const [pair = '', radius] = text.split(/\s+/)
  return radius !== undefined && Number(radius) >= 0 ? pairOf(pair) : null
}

/** Of the area it encloses, and not of its corners: many of those may lie close together. */
function centroidOf(text: string): readonly [number, number] | null {
  const corners = text.split(/\s+/).map(pairOf)
  const ring = corners.filter((corner) => corner !== null)
  const [first, last] = [ring[0], ring.at(-1)]
  if (!first || !last || ring.length < 4 || ring.length < corners.length) return null
  if (first[0] !== last[0] || first[1] !== last[1]) return null
  let [twice, x, y] = [0, 0, 0]
  for (let i = 1; i < ring.length; i++) {
    // From the first corner: near the origin no digits are lost.
    const [a, b] = [ring[i - 1]!, ring[i]!].map(([lon, lat]) => [lon - first[0], lat - first[1]] as const) as [
      readonly [number, number],
      readonly [number, number],
    ]
    const cross = a[0] * b[1] - b[0] * a[1]
    twice += cross
    x += (a[0] + b[0]) * cross
    y += (a[1] + b[1]) * cross
  }
  return twice === 0 ? first : [first[0] + x / (3 * twice), first[1] + y / (3 * twice)]
}

const oneOf = (field: string, known: readonly string[]): No =>
  wrongShape(`alert.${field}: 只能是 ${known.join('、')}。`, `alert.${field}: can only be ${known.join(', ')}.`)
