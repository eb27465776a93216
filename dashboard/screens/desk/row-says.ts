// What a row of the list says, always in the same order: what and how old; where and of how many; who, since when, until when.
import { isWaiting } from '#contract/asks'
import type { Case } from '#contract/case'
import { isUnsigned } from '#contract/figures'
import type { Instant, PersonId } from '#contract/ids'
import { isOpen } from '#contract/stage'
import type { Level } from '#contract/stage'
import type { CaseRowSays } from '../../parts/case-row.ts'
import { lookAt } from '../../composables/clock-look.ts'
import { sayCase } from '../../words/case.ts'
import { sayDesk } from '../../words/desk.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { dayTime, spanInWords, stopwatch, timeOf } from '../../words/times.ts'
import { clockName, personName, titleOf, whereLine } from './facts.ts'
import type { Facts } from './facts.ts'
import { nextClock, tabFor } from './lists.ts'
import type { DeskPart } from './lists.ts'
import { wantSaid } from './requests-say.ts'
import { countedSaid } from './said.ts'
import { quietSaid, signedSaid } from './standing.ts'

/** Who looks, and all that the desk holds. */
export interface Asks {
  viewer: PersonId | undefined
  all: readonly Case[]
  /** Which list it stands in: 待批 says what was asked for. */
  part?: DeskPart
}

export function rowSays(facts: Facts, subject: Case, now: Instant, asks: Asks): CaseRowSays {
  const clock = nextClock(subject)
  const look = clock && lookAt(clock, now)
  return {
    id: subject.id,
    level: subject.level as Level,
    unsure: subject.unsure,
    calls: isUnsigned(subject),
    title: titleOf(facts, subject),
    age: sayDesk('age', { span: shortSpan(now - subject.openedAt) }),
    where: subject.unsure ? cameraLine(facts, subject) : whereLine(facts, subject),
    count: countLine(subject),
    ...whoSays(facts, subject, now, asks),
    left: clockLine(facts, subject, now),
    clock: look && { fraction: look.fraction, lamp: look.lamp },
  }
}

/** One figure is enough to see which is older. */
function shortSpan(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / 60_000)
  if (minutes < 60) return sayDesk('minutes', { n: minutes })
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? sayDesk('hours', { n: hours }) : sayDesk('days', { n: Math.floor(hours / 24) })
}

function countLine(subject: Case): string {
  if (tabFor(subject) === 'verify') return sayDesk('photosCount', { n: subject.photos.length })
  return sayDesk('sourcesCount', { n: subject.sources.length })
}

/** A machine's guess is judged by the machine: which camera, how sure. */
function cameraLine(facts: Facts, subject: Case): string {
  const source = subject.sources.find((source) => source.cameraId)
  if (!source?.cameraId) return whereLine(facts, subject)
  const camera = facts.cameras.get(source.cameraId)?.name ?? source.cameraId
  return source.confidence === undefined
    ? sayDesk('cameraNamed', { camera })
    : sayDesk('cameraSure', { camera, sure: source.confidence.toFixed(2) })
}

type Who = Pick<CaseRowSays, 'who' | 'since'>

function whoSays(facts: Facts, subject: Case, now: Instant, asks: Asks): Who {
  if (!isOpen(subject.stage)) return endedAs(facts, subject)
  const quiet = quietSaid(subject, now)
  if (asks.part === 'asked') return askedFor(facts, subject, now)
  if (quiet) return { who: '', since: quiet }
  if (subject.unsure) return { who: '', since: falseAlarms(subject, asks.all) }
  if (tabFor(subject) === 'verify') return finished(facts, subject, asks.viewer)
  const { holder } = subject
  if (holder) return { who: personName(facts, holder.personId), since: until(subject, sinceOf(holder), now) }
  const told = furthest(subject)
  if (told?.arrivedAt) return { who: personName(facts, told.personId), since: until(subject, sinceOf(told), now) }
  const signed = isOpen(subject.stage) ? signedSaid(facts, subject) : null
  if (signed) return signed
  if (isUnsigned(subject)) return { who: sayCase('unacknowledged'), since: toldLine(facts, subject) }
  return { who: sayCase('noHolder'), since: subject.returns ? sayDesk('returned', { n: subject.returns }) : '' }
}

/** 「已解决 12:40」. */
function endedAs(facts: Facts, subject: Case): Who {
  const how = subject.disposition ? sayCase(`disposition.${subject.disposition}`) : sayCase(`stage.${subject.stage}`)
  const last = [...subject.steps].reverse().find((step) => step.verb === 'close' || step.verb === 'void')
  const by = last?.by.kind === 'person' ? personName(facts, last.by.id) : ''
  return { who: how, since: [by, subject.endedAt ? timeOf(subject.endedAt) : ''].filter(Boolean).join(' ') }
}

/** 「李志强 申请处置延时 2 工时」. */
function askedFor(facts: Facts, subject: Case, now: Instant): Who {
  const request = subject.requests?.find(isWaiting)
  if (!request) return { who: '', since: '' }
  const what = wantSaid(facts, subject, request, now)
  return { who: personName(facts, request.by), since: sayDeskCase('row.asked', { what }) }
}

function finished(facts: Facts, subject: Case, viewer: PersonId | undefined): Who {
  const last = [...subject.steps].reverse().find((step) => step.verb === 'finish')
  const by = subject.handlers[subject.handlers.length - 1]
  if (viewer && subject.handlers.includes(viewer)) return { who: '', since: sayDesk('handledByYou') }
  return { who: by ? personName(facts, by) : '', since: last ? sayDesk('finishedAt', { time: timeOf(last.at) }) : '' }
}

interface Progress {
  since?: Instant
  toldAt?: Instant
  takenAt?: Instant | undefined
  arrivedAt?: Instant | undefined
}

function sinceOf(progress: Progress): string {
  if (progress.arrivedAt) return sayDesk('arrivedAt', { time: timeOf(progress.arrivedAt) })
  if (progress.takenAt) return sayDesk('takenAt', { time: timeOf(progress.takenAt) })
  return sayDesk('sentAt', { time: timeOf(progress.since ?? progress.toldAt ?? 0) })
}

/** Since when, and until when they must move. */
function until(subject: Case, since: string, now: Instant): string {
  const clock = nextClock(subject)
  if (!clock) return since
  return sayDesk('sinceUntil', { since, time: dayTime(clock.dueAt, now) })
}

const furthest = (subject: Case) =>
  subject.told.find((one) => one.arrivedAt) ??
  subject.told.find((one) => one.takenAt) ??
  subject.told.find((one) => one.seenAt)

function toldLine(facts: Facts, subject: Case): string {
  const seen = subject.told.find((one) => one.seenAt)
  if (seen) return sayDesk('seenBy', { who: personName(facts, seen.personId) })
  return subject.told.length ? sayDesk('toldCount', { n: subject.told.length }) : ''
}

/** How this camera has fared today, of what the desk still holds. */
function falseAlarms(subject: Case, all: readonly Case[]): string {
  const camera = subject.sources.find((source) => source.cameraId)?.cameraId
  if (!camera) return ''
  const same = all.filter((one) => one.id !== subject.id && one.sources.some((source) => source.cameraId === camera))
  const wrong = same.filter((one) => one.disposition === 'false-alarm').length
  return same.length ? sayDesk('cameraToday', { n: same.length, wrong }) : sayDesk('cameraFirst')
}

/** 「受理剩 1:43」, 「超时 2 分」; work time only, where the limit counts only that. */
function clockLine(facts: Facts, subject: Case, now: Instant): string {
  const clock = nextClock(subject)
  if (!clock) return subject.held ? sayDeskCase('stands') : ''
  if (now >= clock.dueAt) return sayCase('over', { span: overSaid(now - clock.dueAt) })
  const span = countedSaid(facts.calendar, clock, now)
  if (subject.holder && tabFor(subject) === 'handling') return sayCase('left', { span })
  return sayDesk('clockLeft', { what: clockName(facts, subject, clock.name), span })
}

const overSaid = (ms: number): string => (ms < 60_000 ? stopwatch(ms) : spanInWords(ms))
