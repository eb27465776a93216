// Edge boxes of any make: an alarm's JSON read by the paths of a mapping file, so that a new box is data.
import { query, type JsonValue } from 'jsonpath-rfc9535'
import type { CameraId } from '#contract/ids'
import type { PersonBox } from '#contract/report'
import { asReport, eventIdOf } from './as-report.ts'
import { firstAt } from './box-path.ts'
import type { BoxMap } from './box-map.ts'
import { notFound, oneOf } from './box-words.ts'
import { parseJson, textOf } from './json.ts'
import { pointFrom } from './lon-lat.ts'
import { mappingFor, type Mappings } from './mappings.ts'
import { matterFor } from './matter.ts'
import { timeNo } from './noes.ts'
import { picturesIn } from './picture-text.ts'
import { mappedPersons, mostPersons } from './persons.ts'
import { isNo, mapped, mostItems, type Arrived, type Dialect, type Item, type No, type Sender } from './reading.ts'
import { grown, type Runs } from './runs.ts'
import { timeLike, timeOf } from './when.ts'

/** `runs` remembers which alarms go on, for boxes that give them no id. */
export function openBoxes(mappings: Mappings, runs: Runs): Dialect {
  return ({ body, mapping, sender }: Arrived) => {
    const map = mappingFor(mappings, 'boxes', mapping)
    if (isNo(map)) return map
    const text = textOf(body)
    if (typeof text !== 'string') return text
    const parsed = parseJson(text, true)
    if (isNo(parsed)) return parsed
    const whole = parsed.value as JsonValue
    if (map.items === undefined) return [readAlarm(whole, whole, map, `${mapping}`, sender, runs, () => body)]
    const found = query(whole, map.items)
    const alarms = found.length === 1 && Array.isArray(found[0]) ? found[0] : found
    if (alarms.length > mostItems) return { refusal: 'too-many' }
    if (alarms.length === 0) return notFound('items', map.items, whole)
    // One of several is kept as the whole body: what is said once for all of them must be there when it is replayed.
    return alarms.map((alarm) => readAlarm(alarm, whole, map, `${mapping}`, sender, runs, () => body))
  }
}

type Field = 'eventId' | 'cameraId' | 'deviceId' | 'facilityId' | 'placeId' | 'text'

function readAlarm(
  alarm: JsonValue,
  whole: JsonValue,
  map: BoxMap,
  name: string,
  sender: Sender,
  runs: Runs,
  raw: () => Uint8Array,
): Item {
  const refused = (no: No): Item => ({ kind: 'refused', no, raw })
  const look = (path: string) => lookAt(alarm, whole, path)
  const missing = (field: string, paths: string | readonly string[]): Item => {
    const path = [paths].flat().find((one) => look(one).text === undefined) ?? ''
    return refused(notFound(field, path, look(path).in))
  }
  const field = (of: Field): string | undefined => {
    const paths = map[of]
    const found = paths === undefined ? [] : [paths].flat().map((path) => look(path).text)
    // Half a name is another's name.
    const given = found.length > 0 && found.every((part) => part !== undefined) ? found.join('/') : undefined
    return given ?? (of === 'eventId' ? undefined : map.always[of])
  }

  const theirs = look(map.matter.path).text
  if (theirs === undefined) return missing('matter', map.matter.path)
  const camera = field('cameraId')
  const cameraId = camera && ((mapped(sender.cameras, camera) ?? camera) as CameraId)
  const matter = matterFor([theirs], sender, map.matter.table)
  if (matter === null) return { kind: 'ignored', ...(cameraId && { cameraId }) }
  if (isRefusal(matter)) return refused(matter)

  const when = look(map.occurredAt.path).text
  if (when === undefined) return missing('occurredAt', map.occurredAt.path)
  const occurredAt = timeOf(when, map.occurredAt.as, map.occurredAt.offset)
  if (occurredAt === null) return refused(timeNo(map.occurredAt.path, when, timeLike[map.occurredAt.as]))

  const phase = phaseOf(look, map)
  if (isRefusal(phase)) return refused(phase)
  if (map.kind === 'camera-alert' && !cameraId && map.cameraId) return missing('cameraId', map.cameraId)
  const at = map.at && pointFrom(look(map.at.lon).text, look(map.at.lat).text, map.at.crs, [map.at.lon, map.at.lat])
  if (at && isNo(at)) return refused(at)
  const [id, named] = [field('eventId'), `${name}/${cameraId ?? field('deviceId') ?? ''}/${matter}`]
  if (id === undefined && map.eventId !== undefined) return missing('eventId', map.eventId)
  const event =
    id === undefined
      ? grown(runs, { sourceId: sender.id, named, at: occurredAt, isOver: phase === 'end' })
      : { eventId: eventIdOf(id), phase }
  if (event === null) return { kind: 'ignored', ...(cameraId && { cameraId }) }

  const confidence = confidenceOf(look, map)
  if (confidence !== undefined && typeof confidence !== 'number') return refused(confidence)
  const persons = personsOf(alarm, whole, map)
  if (persons && isNo(persons)) return refused(persons)
  const optional = { deviceId: field('deviceId'), facilityId: field('facilityId'), placeId: field('placeId') }
  const text = field('text')?.slice(0, 2000)
  const given = {
    ...{ kind: map.kind, ...event, matter, occurredAt, cameraId, at, ...optional },
    ...(text !== undefined && { text }),
    ...(confidence !== undefined && { confidence }),
    ...(persons?.length && { persons }),
  }
  return asReport(given, { raw, pictures: picturesIn(map.picture && look(map.picture).text) })
}

type Phase = 'new' | 'update' | 'end'
const isRefusal = (read: string | No): read is No => typeof read !== 'string'

interface Looked {
  text: string | undefined
  in: JsonValue
}
type Look = (path: string) => Looked

function phaseOf(look: Look, { phase }: BoxMap): Phase | No {
  if (!phase) return 'new'
  const { text: theirs, in: where } = look(phase.path)
  if (theirs === undefined) return notFound('phase', phase.path, where)
  const ours = Object.hasOwn(phase.table, theirs) ? phase.table[theirs] : undefined
  return ours ?? oneOf(phase.path, theirs, Object.keys(phase.table))
}

/** Not said is not unsure: undefined. */
function confidenceOf(look: Look, { confidence }: BoxMap): number | undefined | No {
  const text = confidence && look(confidence.path).text
  if (!confidence || text === undefined) return undefined
  const share = Number(text) / confidence.scale
  return Number.isFinite(share) && share >= 0 && share <= 1
    ? share
    : oneOf(confidence.path, text, [`0–${confidence.scale}`])
}

/** A person who cannot be read would be shown: it is refused and said. */
function personsOf(alarm: JsonValue, whole: JsonValue, { persons }: BoxMap): PersonBox[] | No | undefined {
  if (!persons) return undefined
  const bare = persons.path.replace(/^body:/, '')
  const found = query(bare === persons.path ? alarm : whole, bare)
  const only = found.length === 1 ? found[0] : undefined
  const list = Array.isArray(only) && typeof only[0] !== 'number' ? only : found
  return (
    mappedPersons(list.slice(0, mostPersons), persons.as, persons.scale) ??
    oneOf(persons.path, JSON.stringify(list[0]), ['[0.1, 0.2, 0.3, 0.4]'])
  )
}

function lookAt(alarm: JsonValue, whole: JsonValue, path: string): Looked {
  const bare = path.replace(/^body:/, '')
  const where = bare === path ? alarm : whole
  return { text: textAt(where, bare), in: where }
}

/** The one leaf at a path, as text; undefined where there is none, it is empty, or it is no leaf. */
function textAt(value: JsonValue, path: string): string | undefined {
  const found = firstAt(value, path)
  if (typeof found === 'number' || typeof found === 'boolean') return String(found)
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : undefined
}
