// The road of one body, however it came: by post, by broker, by SIP or out of a file. Read by its dialect, every item settled.
import type { CommandId, Instant, SourceId } from '#contract/ids'
import type { Language } from '#contract/language'
import type { IntakeAnswer } from '#contract/outcome'
import { refusals, type Refusal } from '#contract/refusal'
import type { Desk } from '../desk/port.ts'
import type { Source } from '../records/port.ts'
import { retryAfter } from './intake-answer.ts'
import { passing, refuse, settle, type Sent, type Settling } from './intake-settle.ts'
import type { Quotas } from './source-quotas.ts'
import type { SourceTallies } from './source-tallies.ts'
import { weigh, type Weighing } from './intake-weigh.ts'
import { dialectOf, openDialects } from './vendors/dialects.ts'
import type { Mappings } from './vendors/mappings.ts'
import { isNo, type Item, type No } from './vendors/reading.ts'

/** One body from a sender who is known. */
export interface Parcel {
  source: Source
  dialect: string
  /** As it came; empty where there was none. */
  contentType: string
  body: Buffer
  /** Of the answer. */
  language: Language
  /** What came beside the body and means something to the dialect: HTTP's headers, in lower case. */
  headers?: Readonly<Record<string, string | readonly string[] | undefined>>
  /** Where a broker had it: `frigate/reviews`. */
  topic?: string
  /** A broker had kept it and gives it to whoever comes: it was said at some time, not now. */
  retained?: boolean
  /** Of a replay: the command's own id, so that it is done once however often it is asked for. */
  commandId?: CommandId
}

export interface Taken {
  /** One an item that is ours, in their order; each is durable, or refused in words and kept. */
  results: IntakeAnswer[]
  /** How many were none of ours. */
  ignored: number
  /** Which of all those were, from 0; absent where none was. */
  ignoredAt?: number[]
}

export interface IntakeRoad {
  /** Before the body is read: null where this sender may send now. Counts what it turns away. */
  admit(source: Pick<Source, 'id' | 'perMinute'>): Refusal | null
  /** Whole seconds after which a sender who was told `overloaded` or `over-quota` is to come again. */
  againAfter(source: Pick<Source, 'id' | 'perMinute'>): number
  /** Resolves when all of it is durable or kept. Rejects only where the house itself is broken. */
  take(parcel: Parcel): Promise<Taken>
  /** Not even tried, and kept whole with its reason. */
  turnAway(parcel: Parcel, no: No): Promise<Taken>
  /** A dry run: what would be said of each, and nothing comes of it. */
  weigh(parcel: Parcel): Promise<Taken>
}

interface RoadNeeds extends Settling {
  desk: Pick<Desk, 'submit' | 'board' | 'waiting'>
  now: () => Instant
  /** Commands waiting for the desk past which a sender is asked to come again. */
  waitingLimit: number
  /** The same while the whole process is pressed: what this street may still have waiting. Absent: it is alone. */
  share?: () => number
  metrics: { settled(dialect: string, result: string, sourceId?: SourceId): void }
  /** The site's mapping files; without them no dialect that goes by one reads anything. */
  mappings?: Mappings
  /** Without it nothing can be weighed. */
  weighing?: Pick<Weighing, 'wouldDecide' | 'archived'>
  /** By source, since this start. */
  tallies?: Pick<SourceTallies, 'add' | 'turnedAway'>
  quotas?: Pick<Quotas, 'mayKnock' | 'knocked' | 'take' | 'againAfter'>
}

export function openIntakeRoad(needs: RoadNeeds): IntakeRoad {
  const { desk, hearing, metrics, now, tallies, quotas } = needs
  const dialects = openDialects(needs.mappings)

  async function take(parcel: Parcel): Promise<Taken> {
    const dialect = dialectOf(dialects, parcel.dialect)
    if (!dialect) return turnAway(parcel, { refusal: 'dialect-unknown' })
    quotas?.knocked(parcel.source)
    const sent = sentAs(parcel)
    const { body, contentType, headers, topic, retained, source: sender } = parcel
    const reading = await dialect({ body, contentType, headers, topic, retained, sender, now: sent.now })
    if (isNo(reading)) return turnAway(parcel, reading)
    const only = reading.length === 1 ? reading[0] : undefined
    // Not waiting between them lets a whole batch go to disk in one piece.
    const settled = only
      ? [await settle(only, sent, needs)]
      : await Promise.all(inTurn(reading, (item) => settle(item, sent, needs)))
    return counted(sent, settled)
  }

  async function turnAway(parcel: Parcel, no: No): Promise<Taken> {
    quotas?.take(parcel.source, undefined)
    const sent = sentAs(parcel)
    return counted(sent, [await refuse(no, parcel.body, sent, needs.quarantine)])
  }

  async function tryOut(parcel: Parcel): Promise<Taken> {
    const { weighing, evidence, knowsMatter, orders } = needs
    const sent = sentAs(parcel)
    const { body, contentType, headers, source: sender, language } = parcel
    // A memory of its own: what is only tried must not mix with an alarm that goes on.
    const dialect = weighing && dialectOf(openDialects(needs.mappings), parcel.dialect)
    const reading = dialect
      ? await dialect({ body, contentType, headers, sender, now: sent.now })
      : { refusal: 'dialect-unknown' as const }
    if (isNo(reading)) {
      const { refusal, words = refusals[refusal] } = reading
      return { results: [{ ok: false, refusal, words: words[language] }], ignored: 0 }
    }
    const rooms = { desk, evidence, knowsMatter, orders, ...weighing! }
    const weighed = await Promise.all(reading.map((item) => weigh(item, sent, rooms)))
    const results = weighed.filter((answer) => answer !== null)
    return { results, ...ignoredAmong(weighed) }
  }

  const sentAs = ({ source, dialect, contentType, language, retained, commandId }: Parcel): Sent => ({
    ...{ source, dialect, contentType, language, now: now() },
    ...(retained && { retained }),
    ...(commandId && { commandId }),
  })

  function counted({ dialect, source }: Sent, settled: readonly (IntakeAnswer | null)[]): Taken {
    const results = settled.filter((answer) => answer !== null)
    for (const result of results)
      metrics.settled(dialect, result.ok ? (result.how ?? 'repeated') : result.refusal, source.id)
    tallies?.add(source.id, dialect, results)
    const none = ignoredAmong(settled)
    if (none.ignored > 0) metrics.settled(dialect, 'ignored', source.id)
    return { results, ...none }
  }

  return {
    admit(source) {
      hearing.spoke(source.id, now())
      if (desk.waiting() > Math.min(needs.waitingLimit, needs.share?.() ?? Infinity)) return 'overloaded'
      if (quotas?.mayKnock(source) ?? true) return null
      tallies?.turnedAway(source.id, 'over-quota', refusals['over-quota'].zh)
      metrics.settled('unread', 'over-quota', source.id)
      return 'over-quota'
    },
    againAfter: (source) => Math.max(retryAfter, quotas?.againAfter(source) ?? 0),
    take,
    turnAway,
    weigh: tryOut,
  }
}

/** All at once, but of one event one after the other: what takes longer to keep must not come after its own end. */
function inTurn<T>(items: readonly Item[], settleOne: (item: Item) => Promise<T>): Promise<T>[] {
  const last = new Map<string, Promise<T>>()
  return items.map((item) => {
    const event = item.kind === 'report' ? item.report.eventId : undefined
    const before = event === undefined ? undefined : last.get(event)
    const settled = before ? before.then(() => settleOne(item)) : settleOne(item)
    if (event !== undefined) last.set(event, settled)
    return settled
  })
}

function ignoredAmong(settled: readonly (IntakeAnswer | null)[]): Pick<Taken, 'ignored' | 'ignoredAt'> {
  const ignoredAt = settled.flatMap((answer, at) => (answer === null ? [at] : []))
  return { ignored: ignoredAt.length, ...(ignoredAt.length > 0 && { ignoredAt }) }
}

/** Nothing is wrong with it: the same bytes are to be sent again. */
export const isPassing = ({ results }: Taken): boolean =>
  results.some((result) => !result.ok && passing.has(result.refusal))
