// ONVIF: WS-BaseNotification as a camera posts it, as a pull point answers it, or as a metadata stream bears it; SOAP 1.1 or 1.2.
import { itemOf, type Alarm, type Hearer } from './alarm.ts'
import { deviceTime } from './device-time.ts'
import { onvifTongue, typesOf } from './onvif-topics.ts'
import { missing, wrongShape, wrongType } from './noes.ts'
import { isNo, mediaType, mostItems, type Arrived, type Dialect, type Item, type No } from './reading.ts'
import type { Runs } from './runs.ts'
import { parseXml, plainText } from './xml.ts'

type Tree = Record<string, unknown>

/** `runs` remembers which properties are true. */
export function openOnvif(runs: Runs): Dialect {
  return ({ body, contentType, sender, now }: Arrived) => {
    if (body.length === 0) return { refusal: 'nothing-in-it' }
    const type = mediaType(contentType)
    if (type !== '' && !/[/+]xml$/.test(type)) return wrongType(type, notifications, 'application/soap+xml', 'text/xml')
    const parsed = parseXml(body, true)
    if (isNo(parsed)) return parsed
    const messages = messagesOf(parsed.value)
    if (isNo(messages)) return messages
    if (messages.length > mostItems) return { refusal: 'too-many' }
    // An empty one only says that the subscription lives.
    if (messages.length === 0) return [{ kind: 'ignored' }]
    const hearer = { tongue: onvifTongue, sender, runs, now }
    const raw = () => body
    return messages.map((message, at) => readMessage(message, `NotificationMessage[${at}]`, hearer, raw))
  }
}

/** Every body a message may stand in, by the names without their prefixes. */
function messagesOf(tree: Tree): Tree[] | No {
  const root = child(tree, 'Envelope') ? child(child(tree, 'Envelope'), 'Body') : tree
  const fault = child(root, 'Fault')
  if (fault) return soapFault
  const holders = [
    ...inner(root, 'Notify'),
    ...inner(root, 'PullMessagesResponse'),
    ...inner(root, 'MetadataStream').flatMap((stream) => inner(stream, 'Event')),
  ]
  const named = (name: string) => root !== undefined && Object.hasOwn(root, name)
  if (holders.length === 0)
    return named('Notify') || named('PullMessagesResponse') || named('MetadataStream') ? [] : noNotify
  return holders.flatMap((holder) => inner(holder, 'NotificationMessage'))
}

function readMessage(message: Tree, under: string, hearer: Hearer, raw: () => Uint8Array): Item {
  const refused = (no: No): Item => ({ kind: 'refused', no, raw })
  const topic = textOf(message['Topic'])
  if (topic === undefined) return refused(missing(`${under}.Topic`))
  const outer = child(message, 'Message') ?? {}
  const said = child(outer, 'Message') ?? outer
  const [source, key, facts] = [itemsIn(said, 'Source'), itemsIn(said, 'Key'), itemsIn(said, 'Data')]
  const operation = textOf(said['@PropertyOperation'])?.toLowerCase()
  const when = textOf(said['@UtcTime']) ?? textOf(outer['@UtcTime'])
  const isTrue = truthOf(facts)
  const state = operation === 'deleted' || isTrue === false ? 'inactive' : isTrue ? 'active' : 'instant'
  const producer = textOf(at(child(message, 'ProducerReference'), 'Address')) ?? ''
  const token = tokens.map((name) => source.get(name)).find(Boolean)
  const host = /^[a-z]+:\/\/([^/:]+)/i.exec(producer)?.[1]
  const rule = source.get('rule') ?? source.get('rulename')
  const alarm: Alarm = {
    types: typesOf(topic.slice(0, 500), rule),
    names: [...(token ? [`${producer}/${token}`, `${host}/${token}`] : []), producer, host, token],
    unmapped: token,
    state,
    // By its name it is UTC; a zone that is written all the same is meant.
    at: when === undefined ? undefined : deviceTime(when, 0),
    when: { field: `${under}.UtcTime`, text: when },
    key: [producer, token, rule, topic, ...key.values()].join('/'),
    text: rule,
  }
  return itemOf(alarm, hearer, [], raw)
}

/** How configurations of two decades name the picture a message is about. */
const tokens = [
  'videosourceconfigurationtoken',
  'videosourcetoken',
  'videosource',
  'source',
  'videosourceconfiguration',
  'videoanalyticsconfigurationtoken',
  'channel',
  'sensor',
]

/** Names of what is true or false; under any other name 1 and 0 are numbers. */
const properties = /^(?:state|is[a-z]*|logicalstate|active|alarm|value|motion|triggered)$/

/** Undefined where nothing in it is either: it happened, and that is all. */
function truthOf(facts: ReadonlyMap<string, string>): boolean | undefined {
  for (const [name, value] of facts) {
    if (!properties.test(name)) continue
    if (/^(?:true|1|active|on)$/i.test(value)) return true
    if (/^(?:false|0|inactive|off)$/i.test(value)) return false
  }
  return undefined
}

/** SimpleItems by their names in lower case. Some devices write Name and Value as elements of the group itself. */
function itemsIn(message: Tree, group: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const holder of inner(message, group))
    for (const item of [holder, ...inner(holder, 'SimpleItem')]) {
      const name = textOf(item['@Name'] ?? item['Name'])
      const value = textOf(item['@Value'] ?? item['Value'])
      if (name !== undefined && value !== undefined) found.set(name.toLowerCase().slice(0, 100), value.slice(0, 300))
    }
  return found
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value])
const at = (tree: Tree | undefined, name: string): unknown =>
  tree !== undefined && Object.hasOwn(tree, name) ? tree[name] : undefined
const inner = (tree: Tree | undefined, name: string): Tree[] => listOf(at(tree, name)).filter(isTree)
const child = (tree: Tree | undefined, name: string): Tree | undefined => inner(tree, name)[0]
/** Of an element, whether it bears attributes or not. */
const textOf = (value: unknown): string | undefined => plainText(isTree(value) ? value['#text'] : listOf(value)[0])

const noNotify = wrongShape('报文里没有 Notify。', 'There is no Notify in the message.')
const soapFault = wrongShape('这是一条 SOAP 错误（Fault），不是通知。', 'This is a SOAP fault, no notification.')
const notifications = { zh: ' ONVIF 通知', en: "ONVIF's notifications" }
