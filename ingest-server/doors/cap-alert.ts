// A case as CAP 1.2 (OASIS Common Alerting Protocol): one message for each step the public may know of, each naming those before it.
import type { Case, Step } from '#contract/case'
import type { Instant } from '#contract/ids'
import type { Language, Words } from '#contract/language'
import { isOpen } from '#contract/stage'
import type { Level } from '#contract/stage'
import type { CaseChange, House } from './outward-kind.ts'

export interface CapMessage {
  msgType: 'Alert' | 'Update' | 'Cancel'
  xml: string
}

/** What is told of: the first raises, the last cancels, and each between brings up to date. */
const says: Partial<Record<Step['verb'], Words>> = {
  open: { zh: '已接警。', en: 'Reported.' },
  dispatch: { zh: '已派员处置。', en: 'Responders have been sent.' },
  arrive: { zh: '处置力量已到场。', en: 'Responders are on the scene.' },
  finish: { zh: '现场已处置，正在核查。', en: 'Dealt with; being checked.' },
  close: { zh: '警情解除。', en: 'All clear.' },
  void: { zh: '经核实不属实或已并入他案，警情撤销。', en: 'Found not to be so, or part of another: withdrawn.' },
}
const ends: ReadonlySet<Step['verb']> = new Set(['close', 'void'])

const severity: Record<Level, string> = { 1: 'Extreme', 2: 'Severe', 3: 'Moderate', 4: 'Minor' }
/** By the group of the matter; what is not listed is a matter of safety. */
const categories: Readonly<Record<string, string>> = { fire: 'Fire' }
const holdsFor = 24 * 3_600_000
/** Kilometres round the point: a shed, a stairwell, a stretch of street. */
const radius = 0.05
const hour = 3_600_000

interface Told {
  verb: Step['verb']
  at: Instant
  identifier: string
}

const toldOf = ({ id, steps }: Case): Told[] =>
  steps.filter(({ verb }) => says[verb]).map(({ verb, at }, i) => ({ verb, at, identifier: `${id}.${i + 1}` }))

/** All that came since; everything, to whom nothing was told before. A level that fell is a warning withdrawn. */
export function capAlerts({ before, now, at }: CaseChange, wasTold: boolean, house: House): CapMessage[] {
  const told = toldOf(now)
  const from = before && wasTold ? toldOf(before).length : 0
  const fresh = told.slice(from).map((_, i) => messageOf(now, told.slice(0, from + i + 1), house))
  const fell = before !== null && wasTold && before.level === 1 && now.level > 1 && isOpen(now.stage)
  if (!fell) return fresh
  return [
    ...fresh,
    messageOf(now, [...told, { verb: 'void', at, identifier: `${now.id}.lowered-${now.revision}` }], house),
  ]
}

/** As it stands; null before it was ever told of. */
export function capNow(subject: Case, house: House): string | null {
  const told = toldOf(subject)
  return told.length > 0 ? messageOf(subject, told, house).xml : null
}

function messageOf(subject: Case, told: readonly Told[], house: House): CapMessage {
  const last = told.at(-1)!
  const msgType = ends.has(last.verb) ? 'Cancel' : told.length === 1 ? 'Alert' : 'Update'
  const sender = senderOf(house)
  const earlier = told.slice(0, -1).map((one) => `${sender},${one.identifier},${timeOf(one.at)}`)
  const xml = alert([
    ['identifier', last.identifier],
    ['sender', sender],
    ['sent', timeOf(last.at)],
    ['status', house.isExercise ? 'Exercise' : 'Actual'],
    ['msgType', msgType],
    // Whoever warns the public decides what the public hears.
    ['scope', 'Restricted'],
    ['restriction', '供城运、消防与应急单位使用。'],
    ...(house.isExercise ? [['note', '演练，请勿当真。 Exercise only.'] as const] : []),
    ...(earlier.length > 0 ? [['references', earlier.join(' ')] as const] : []),
    ['info', infoOf(subject, last, house, 'zh')],
    ['info', infoOf(subject, last, house, 'en')],
  ])
  return { msgType, xml }
}

function infoOf(subject: Case, { verb, at }: Told, { known, isExercise }: House, language: Language): Node[] {
  const matter = known.scenarios.byMatter.get(subject.matter)?.matter
  const event = matter?.words[language] ?? subject.matter
  const where = whereOf(subject, known, language)
  const exercise = isExercise ? { zh: '【演练】', en: '[EXERCISE] ' }[language] : ''
  const [lon, lat] = subject.wgs84
  const code = codeOf(subject, known)
  return [
    ['language', { zh: 'zh-CN', en: 'en-US' }[language]],
    ['category', categories[matter?.group ?? ''] ?? 'Safety'],
    ['event', event],
    ['urgency', ends.has(verb) ? 'Past' : 'Immediate'],
    ['severity', severity[subject.level]],
    ['certainty', isSeen(subject) ? 'Observed' : 'Likely'],
    ['effective', timeOf(at)],
    ['onset', timeOf(subject.openedAt)],
    ['expires', timeOf(at + holdsFor)],
    ['senderName', nameOf(known, language)],
    ['headline', `${exercise}${where}${language === 'en' ? ': ' : '：'}${event}`],
    ['description', says[verb]![language]],
    [
      'parameter',
      [
        ['valueName', 'sanping:case'],
        ['value', subject.id],
      ],
    ],
    [
      'area',
      [
        ['areaDesc', where],
        ['circle', `${lat},${lon} ${radius}`],
        ...(code
          ? [
              [
                'geocode',
                [
                  ['valueName', 'grid'],
                  ['value', code],
                ],
              ] as const,
            ]
          : []),
      ],
    ],
  ]
}

/** Somebody took it for true, or two looked at it. */
const isSeen = ({ steps, sources }: Case): boolean =>
  sources.length > 1 || steps.some(({ verb }) => verb === 'accept' || verb === 'arrive')

const whereOf = ({ path }: Case, { ground }: House['known'], language: Language): string => {
  const names = path.map((id) => ground.places.get(id)).filter((place) => place !== undefined)
  return language === 'zh'
    ? names.map(({ name }) => name).join('')
    : names
        .map(({ nameEn }) => nameEn)
        .toReversed()
        .join(', ')
}
const codeOf = ({ path }: Case, { ground }: House['known']): string | undefined =>
  path.map((id) => ground.places.get(id)?.code).findLast((code) => code !== undefined)
const nameOf = ({ ground }: House['known'], language: Language): string =>
  language === 'zh' ? ground.subdistrict.name : ground.subdistrict.nameEn

/** No spaces, commas, `<` or `&` may be in it. */
const senderOf = ({ known }: House): string => `sanping.${known.ground.subdistrict.id.replaceAll(/[^\w.-]/g, '')}`

/** China's own time; CAP wants an offset and will have no Z. */
const timeOf = (at: Instant): string => `${new Date(at + 8 * hour).toISOString().slice(0, 19)}+08:00`

export const capTest = (now: Instant): string =>
  alert([
    ['identifier', `test.${now}`],
    ['sender', 'sanping'],
    ['sent', timeOf(now)],
    ['status', 'Test'],
    ['msgType', 'Alert'],
    ['scope', 'Private'],
    ['addresses', 'test'],
    ['note', '联通测试。 A test of the road alone.'],
  ])

type Node = readonly [name: string, content: string | readonly Node[]]

const alert = (nodes: readonly Node[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">\n${written(nodes, '  ')}</alert>\n`

const written = (nodes: readonly Node[], indent: string): string =>
  nodes
    .map(([name, content]) =>
      typeof content === 'string'
        ? `${indent}<${name}>${escaped(content)}</${name}>\n`
        : `${indent}<${name}>\n${written(content, `${indent}  `)}${indent}</${name}>\n`,
    )
    .join('')

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
/** What XML 1.0 cannot hold at all is left out. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(/[&<>]/g, (sign) => entities[sign]!)
