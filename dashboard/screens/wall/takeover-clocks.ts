// 1-3-5: the limits that count from the first report, on one axis at true scale, with what has happened along it.
import type { Case } from '#contract/case'
import type { Clock } from '#contract/clock'
import type { Instant } from '#contract/ids'
import type { Scenario } from '#contract/scenario'
import { lookAt, type Lamp } from '../../composables/clock-look.ts'
import { stopwatch } from '../../words/times.ts'
import { sayWall } from '../../words/wall.ts'
import { inWords } from '../../words/words.ts'
import { metresWords } from './metres-words.ts'
import { personName, type Book } from './case-lines.ts'
import type { LonLat } from '#contract/point'
import { metresBetween } from '#contract/metres'
import type { PersonId } from '#contract/ids'

export interface Deadline {
  name: string
  minutes: string
  words: string
  lamp: Lamp
  /** 0:48 到场 · 0:36 剩余 · 1:10 超时 */
  digits: string
  what: string
  /** Where on the axis it begins and ends, 0 … 1. */
  from: number
  to: number
  /** The first that still runs: bold. */
  isNext: boolean
  who: string
}

const minute = 60_000

/** The clocks that run from the first report to somebody's arrival, the shortest first. */
function arrivalClocks(subject: Case, scenario: Scenario | undefined): Clock[] {
  const rules = new Map(scenario?.clocks.map((rule) => [rule.name, rule]))
  return subject.clocks
    .filter((clock) => rules.get(clock.name)?.stops.includes('arrive') && clock.dueAt - clock.startedAt <= 30 * minute)
    .sort((a, b) => a.dueAt - b.dueAt)
}

export function deadlines(
  subject: Case,
  book: Book,
  now: Instant,
  whereIs: (id: PersonId) => LonLat | undefined,
): Deadline[] {
  const scenario = book.scenarioOf(subject)
  const clocks = arrivalClocks(subject, scenario)
  const whole = (clocks[clocks.length - 1]?.dueAt ?? 0) - subject.openedAt
  const next = clocks.find((clock) => clock.metAt === undefined && clock.dueAt > now)
  return clocks.map((clock, i) => {
    const { lamp, remaining } = lookAt(clock, now)
    const rule = scenario?.clocks.find((one) => one.name === clock.name)
    const met = clock.metAt !== undefined
    return {
      name: clock.name,
      minutes: sayWall('take.minutes', { n: Math.round((clock.dueAt - clock.startedAt) / minute) }),
      words: rule ? inWords(rule.words) : clock.name,
      lamp,
      digits: stopwatch(met ? (clock.metAt ?? 0) - subject.openedAt : Math.abs(remaining)),
      what: sayWall(met ? 'take.met' : remaining < 0 ? 'take.over' : 'take.left'),
      from: i === 0 ? 0 : ((clocks[i - 1]?.dueAt ?? 0) - subject.openedAt) / whole,
      to: (clock.dueAt - subject.openedAt) / whole,
      isNext: clock === next,
      who: whoComes(subject, book, rule?.by, whereIs),
    }
  })
}

/** Of the posts this limit is about (of all, where it does not say): who is there, who is on the way, else who was told. */
function whoComes(
  subject: Case,
  book: Book,
  posts: readonly string[] | undefined,
  whereIs: (id: PersonId) => LonLat | undefined,
): string {
  // The brigade has no phone of ours.
  if (posts?.every((post) => post === 'brigade')) return sayWall('take.brigade')
  const own = subject.told.filter((receipt) => !posts || posts.includes(book.people.get(receipt.personId)?.post ?? ''))
  if (own.length === 0) return sayWall('take.noneTold')
  const here = own
    .filter((receipt) => receipt.arrivedAt !== undefined)
    .map((receipt) => personName(receipt.personId, book))
  const coming = own.find((receipt) => receipt.takenAt !== undefined && receipt.arrivedAt === undefined)
  const parts = [
    here.length > 0 ? sayWall('take.here', { names: here.join(sayWall('listComma')) }) : null,
    coming ? wayOf(coming.personId, subject, book, whereIs(coming.personId)) : null,
  ].filter((part) => part !== null)
  if (parts.length > 0) return parts.join(sayWall('comma'))
  return sayWall('take.told', { n: own.length, seen: own.filter((receipt) => receipt.seenAt !== undefined).length })
}

function wayOf(id: PersonId, subject: Case, book: Book, at: LonLat | undefined): string {
  const name = personName(id, book)
  return at
    ? sayWall('take.onWay', { name, metres: metresWords(metresBetween(at, subject.wgs84)) })
    : sayWall('take.took', { name })
}

export interface Dot {
  at: number
  words: string
  key: string
}

/** What happened, along the axis: sources by their words, people as they came. At most one label in every eighth of it. */
export function axisDots(subject: Case, book: Book, whole: number): Dot[] {
  const events = [
    ...subject.sources.map((source) => ({ at: source.receivedAt, what: matterOf(source.matter, book) })),
    ...subject.told.flatMap((receipt) =>
      receipt.arrivedAt === undefined
        ? []
        : [{ at: receipt.arrivedAt, what: sayWall('take.arrivedShort', { name: personName(receipt.personId, book) }) }],
    ),
    ...(subject.acknowledged ? [{ at: subject.acknowledged.at, what: sayWall('take.sign') }] : []),
  ].sort((a, b) => a.at - b.at)
  let free = -1
  return events.map(({ at, what }, i) => {
    const place = Math.min(1, Math.max(0, (at - subject.openedAt) / whole))
    const hasRoom = place >= free
    if (hasRoom) free = place + 0.1
    return {
      key: `${at} ${i}`,
      at: place,
      words: hasRoom ? sayWall('take.event', { offset: stopwatch(at - subject.openedAt), what }) : '',
    }
  })
}

function matterOf(code: string, book: Book): string {
  const matter = book.matters.get(code)
  return matter ? inWords(matter.words) : code
}
