// 已知, 谁知道了, 下一步: the three tables of a takeover, row by row.
import { whyInWords } from '#contract/why-words'
import type { Case } from '#contract/case'
import type { Instant, PersonId } from '#contract/ids'
import { metresBetween } from '#contract/metres'
import type { LonLat } from '#contract/point'
import { stopwatch, timeOf } from '../../words/times.ts'
import { sayCase } from '../../words/case.ts'
import { sayWall } from '../../words/wall.ts'
import { inWords, language } from '../../words/words.ts'
import { fromWhom, personName, wholePlace, type Book } from './case-lines.ts'
import { metresWords } from './metres-words.ts'
import { nearest } from './takeover-near.ts'

export interface KnownRow {
  key: string
  label: string
  words: string
  isBold: boolean
}

/** Sources with their offsets, why they are one case, where it is, what stands nearest. */
export function knownRows(subject: Case, book: Book): KnownRow[] {
  const sources = subject.sources.slice(0, 3).map((source): KnownRow => {
    const camera = source.cameraId ? book.town?.cameras.get(source.cameraId)?.name : undefined
    const matter = book.matters.get(source.matter)
    const sure =
      source.confidence === undefined ? null : sayWall('take.confidence', { n: source.confidence.toFixed(2) })
    const said = [
      [fromWhom(source), camera].filter(Boolean).join(' '),
      matter ? inWords(matter.words) : source.matter,
      source.text ?? sure,
    ]
    return {
      key: source.key,
      label: stopwatch(Math.max(0, source.receivedAt - subject.openedAt)),
      words: said.filter(Boolean).join(sayWall('comma')),
      isBold: false,
    }
  })
  const joined = [...subject.sources]
    .reverse()
    .find((source) => source.why.rule !== 'first' && source.why.rule !== 'same-event')
  const row = (key: string, label: string, words: string, isBold = false): KnownRow => ({ key, label, words, isBold })
  const { town } = book
  const near = town
    ? (['hydrant', 'micro-fire-station'] as const).flatMap((kind) => {
        const thing = nearest(subject, town, kind)
        return thing ? [`${thing.name} ${metresWords(metresBetween(thing.at, subject.wgs84))}`] : []
      })
    : []
  return [
    ...sources,
    ...(joined ? [row('one', sayWall('take.one'), whyInWords(joined.why, language.value), true)] : []),
    row('where', sayWall('take.where'), wholePlace(subject, book).split('・').slice(-2).join('・')),
    ...near.map((words, i) => row(`near ${i}`, i === 0 ? sayWall('take.things') : '', words)),
  ]
}

export interface ReceiptRow {
  key: string
  name: string
  post: string
  /** Their phone has it. */
  delivered: string
  seen: string
  taken: string
  arrived: string
  isUnseen: boolean
  isThere: boolean
}

/** Half a minute without a look: no longer to be taken for granted. */
const patience = 30_000

/** Receipts as m:ss since the first report; how far away, where somebody comes and is not there yet. */
export function receiptRows(
  subject: Case,
  book: Book,
  now: Instant,
  whereIs: (id: PersonId) => LonLat | undefined,
): ReceiptRow[] {
  const since = (at: Instant | undefined): string =>
    at === undefined ? '—' : stopwatch(Math.max(0, at - subject.openedAt))
  return subject.told.map((receipt) => {
    const person = book.people.get(receipt.personId)
    const at = whereIs(receipt.personId)
    const isComing = receipt.arrivedAt === undefined && receipt.takenAt !== undefined && at
    return {
      key: receipt.personId,
      name: receipt.calls
        ? sayWall('take.calls', { name: personName(receipt.personId, book), n: receipt.calls })
        : personName(receipt.personId, book),
      post: person ? sayCase(`post.${person.post}`) : '',
      delivered:
        receipt.deliveredAt === undefined && receipt.seenAt === undefined
          ? '—'
          : since(receipt.deliveredAt ?? receipt.seenAt),
      seen:
        receipt.seenAt === undefined && now - receipt.toldAt > patience
          ? sayWall('take.unseen')
          : since(receipt.seenAt),
      taken: since(receipt.takenAt),
      arrived: isComing && at ? metresWords(metresBetween(at, subject.wgs84)) : since(receipt.arrivedAt),
      isUnseen: receipt.seenAt === undefined && now - receipt.toldAt > patience,
      isThere: receipt.arrivedAt !== undefined,
    }
  })
}

/** Those there is room for; whoever knows besides is at least counted. */
export const roomFor = (rows: readonly ReceiptRow[], room: number): { rows: readonly ReceiptRow[]; rest: string } => ({
  rows: rows.slice(0, room),
  rest: rows.length > room ? sayWall('take.whoRest', { n: rows.length - room }) : '',
})

/** Who is called next if nobody answers, and when; null where nothing more is climbed. */
export function nextCall(subject: Case, book: Book): string | null {
  const { calling } = subject
  const rung = calling && book.scenarioOf(subject)?.ladder[calling.rung]
  return rung ? sayWall('take.nextCall', { time: timeOf(calling.at, true), rung: inWords(rung.words) }) : null
}

export interface NextRow {
  key: string
  words: string
  who: string
  isDone: boolean
  /** The row 签收 while nobody has: larger, and its limit in the lamp's colour. */
  isFirst: boolean
  lamp: 'ok' | 'late' | 'over' | 'met' | 'paused'
}

/** Open steps first；签收 with its own limit before all others; done ones grey, with when. */
export function nextRows(subject: Case, book: Book, now: Instant): NextRow[] {
  const scenario = book.scenarioOf(subject)
  const officer = [...book.people.values()].find((person) => person.role === 'duty-officer' && person.onDuty)
  const signing = subject.clocks.find((clock) =>
    scenario?.clocks.find((rule) => rule.name === clock.name)?.stops.includes('acknowledge'),
  )
  const offset = (at: Instant | undefined): string => (at === undefined ? '' : stopwatch(at - subject.openedAt))
  const due = signing ? timeOf(signing.dueAt, true) : ''
  const sign: NextRow = {
    key: 'sign',
    words: sayWall('take.sign'),
    who: subject.acknowledged
      ? `${personName(subject.acknowledged.by, book)} ${offset(subject.acknowledged.at)}`
      : due
        ? sayWall('take.signBy', { name: officer?.name ?? '', time: due })
        : (officer?.name ?? ''),
    isDone: subject.acknowledged !== undefined,
    isFirst: subject.acknowledged === undefined,
    lamp: signing && signing.metAt === undefined ? lampAt(signing.lateAt, signing.dueAt, now) : 'met',
  }
  const dispatch: NextRow = {
    key: 'dispatch',
    words: sayWall('take.dispatch'),
    who: subject.holder
      ? `${personName(subject.holder.personId, book)} ${offset(subject.holder.since)}`
      : (officer?.name ?? ''),
    isDone: subject.holder !== undefined,
    isFirst: false,
    lamp: 'met',
  }
  const list = (scenario?.checklist ?? []).map((item): NextRow => {
    const ticked = subject.steps.find((step) => step.verb === 'tick' && step.about === item.id)
    const isDone = subject.ticked.includes(item.id)
    const holder = subject.holder ? sayWall('take.waits', { name: personName(subject.holder.personId, book) }) : ''
    return {
      key: item.id,
      words: inWords(item.words),
      who: isDone ? offset(ticked?.at) : holder,
      isDone,
      isFirst: false,
      lamp: 'met',
    }
  })
  const rows = [sign, dispatch, ...list]
  return [...rows.filter((row) => !row.isDone), ...rows.filter((row) => row.isDone)]
}

const lampAt = (lateAt: Instant, dueAt: Instant, now: Instant): NextRow['lamp'] =>
  now >= dueAt ? 'over' : now >= lateAt ? 'late' : 'ok'
