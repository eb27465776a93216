// The Common Alerting Protocol 1.2: an alert, its updates and its cancellation are one report that grows.
import { asReport, eventIdOf } from './as-report.ts'
import { capAlert, type CapAlert, type CapSaying } from './cap-alert.ts'
import { matterFor } from './matter.ts'
import { wrongShape } from './noes.ts'
import { isNo, type Arrived, type Dialect, type Item, type No, type Sender } from './reading.ts'
import type { Threads } from './threads.ts'
import { parseXml } from './xml.ts'

const phases = { Alert: 'new', Update: 'update', Cancel: 'end' } as const

/** `threads` remembers which message an update goes on from: it may name only the one before it. */
export function openCap(threads: Threads): Dialect {
  return ({ body, sender }: Arrived) => {
    if (body.length === 0) return { refusal: 'nothing-in-it' }
    const parsed = parseXml(body)
    if (isNo(parsed)) return parsed
    const alert = capAlert(parsed.value)
    return isNo(alert) ? alert : [readAlert(alert, sender, threads, () => body)]
  }
}

function readAlert(alert: CapAlert, sender: Sender, threads: Threads, raw: () => Uint8Array): Item {
  const { type, status, id, references } = alert
  // Tests and exercises are for those who hold them; an acknowledgement says nothing new.
  if (status !== 'Actual' || type === 'Ack' || type === 'Error') return { kind: 'ignored' }
  const refused = (no: No): Item => ({ kind: 'refused', no, raw })
  if (type !== 'Alert' && references.length === 0) return refused(noReferences)
  const said = alert.says.find(({ language }) => /^zh/i.test(language)) ?? alert.says[0]
  if (!said) return refused(noInfo)
  const matter = matterFor(namesOf(said), sender)
  if (matter === null) return { kind: 'ignored' }
  if (typeof matter !== 'string') return refused(matter)
  const where = whereOf(said)
  if (!where) return refused(noWhere)
  const root = type === 'Alert' ? id : threads.rootOf(`${sender.id} `, references)
  threads.goesOn(`${sender.id} `, id, root)
  const given = {
    kind: 'grid-report',
    eventId: eventIdOf(root),
    phase: phases[type],
    ...{ matter, occurredAt: alert.sentAt, ...where },
    text: textOf(said).slice(0, 2000),
  }
  return asReport(given, { raw })
}

/** The narrowest first: a code and how bad it is, the code alone, then the event's own words likewise. */
const namesOf = ({ event, codes, severity }: CapSaying): string[] => [
  ...codes.map((code) => `${code}/${severity}`),
  ...codes,
  `${event}/${severity}`,
  event,
]

/** The first area that says where it lies; else the place its code names, which is taken for ours. */
function whereOf({ areas }: CapSaying): { at: object } | { placeId: string } | undefined {
  const middle = areas.find((area) => area.middle)?.middle
  if (middle) return { at: { lon: middle[0], lat: middle[1], crs: 'wgs84' } }
  const code = areas.flatMap(({ codes }) => codes)[0]
  return code === undefined ? undefined : { placeId: code }
}

const textOf = ({ headline, event, description, instruction, certainty, areas }: CapSaying): string =>
  [
    `${headline ?? event}${certainty === 'Possible' || certainty === 'Unlikely' ? `（${certainty}）` : ''}`,
    description,
    instruction,
    areas
      .map(({ words }) => words)
      .filter(Boolean)
      .join('、'),
  ]
    .filter(Boolean)
    .join('\n')

const noReferences = wrongShape(
  'alert.references：Update 和 Cancel 要写明接着哪一条（sender,identifier,sent）。',
  'alert.references: an Update or a Cancel says which message it goes on from (sender,identifier,sent).',
)
const noInfo = wrongShape(
  'alert.info：缺少，不知道是什么事。',
  'alert.info: is missing: it does not say what it is about.',
)
const noWhere: No = {
  refusal: 'place-missing',
  words: {
    zh: 'info.area：没有说在哪里，请给 circle、polygon 或 geocode（地点编号）。',
    en: 'info.area: it does not say where: give a circle, a polygon or a geocode with the id of a place.',
  },
}
