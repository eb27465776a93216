// One message of a broker carried to its end: durable, or refused in words and kept; until then its sender waits for the ack.
import type { IntakeAnswer } from '#contract/outcome'
import type { Refusal } from '#contract/refusal'
import type { Source } from '../records/port.ts'
import { isPassing, type IntakeRoad, type Parcel, type Taken } from './intake-road.ts'
import { noDialect } from './mqtt-topics.ts'
import { typeOf, withTopic } from './vendors/topic.ts'

export interface Message {
  topic: string
  body: Buffer
  /** A broker had kept it from some time ago. */
  retained: boolean
  /** MQTT 5 can say it. */
  contentType?: string | undefined
}

interface Carrying {
  message: Message
  /** Asked anew at each try: a key may be withdrawn meanwhile. */
  source: () => Source | null
  /** Null where the topic is not the source's. */
  dialect: string | null
  /** Whoever waits has gone, or the house closes: it is sent again then. */
  isOver: () => boolean
}

/** Why there is no ack. All of them are sent again by whoever wants one. */
type Unacknowledged = 'source-unknown' | 'gone' | 'busy-too-long'

export interface TakingNeeds {
  road: IntakeRoad
  pause: (milliseconds: number) => Promise<void>
  lag?: { seconds: () => number; handed(seconds: number): void }
}

/** Bytes of a message. A picture of a camera is some hundred kilobytes. */
export const mostBytes = 4 * 1024 * 1024
/** Of what is too large so much is kept: enough to see whose it was. */
const keptOfLarge = 16 * 1024

/** Half a minute in all: nobody's connection is held longer by a busy house. */
const waits = [50, 100, 200, 400, ...Array.from({ length: 30 }, () => 1000)]

export function openTaking({ road, pause, lag }: TakingNeeds) {
  const carry = ({ message, dialect }: Carrying, source: Source): Promise<Taken> => {
    const { topic, body, retained } = message
    const parcel: Parcel = {
      ...{ source, topic, retained, body, language: 'zh', dialect: dialect ?? noDialect },
      contentType: withTopic(message.contentType ?? typeOf(body), topic),
    }
    const turnsAway = (refusal: Refusal, kept = body) => road.turnAway({ ...parcel, body: kept }, { refusal })
    // MQTT carries no signature. Kept, so that nothing is lost where the setting was the mistake.
    if (source.mustSign) return turnsAway('signature-missing', body.subarray(0, mostBytes))
    if (body.length > mostBytes) return turnsAway('too-large', body.subarray(0, keptOfLarge))
    return dialect === null ? turnsAway('topic-not-yours') : road.take(parcel)
  }

  /** Rejects only where the house itself is broken. */
  return async function take(carrying: Carrying): Promise<Taken | Unacknowledged> {
    const cameAt = lag?.seconds() ?? 0
    let notBefore = 0
    let waited = 0
    for (const wait of waits) {
      const source = carrying.source()
      if (!source) return 'source-unknown'
      if (waited >= notBefore) {
        // What a broker had kept is no word of now.
        const refusal = carrying.message.retained ? null : road.admit(source)
        const taken = refusal ? null : await carry(carrying, source)
        if (taken && !isPassing(taken)) {
          if (lag && taken.results.some(isNews)) lag.handed(lag.seconds() - cameAt)
          return taken
        }
        if (refusal === 'over-quota') notBefore = waited + road.againAfter(source) * 1000
      }
      if (carrying.isOver()) return 'gone'
      // Not read from meanwhile: that is all MQTT 3.1.1 has to say it with.
      await pause(wait)
      waited += wait
      if (carrying.isOver()) return 'gone'
    }
    return 'busy-too-long'
  }
}

/** What was said before goes nowhere. */
const isNews = (answer: IntakeAnswer): boolean => answer.ok && answer.how !== undefined && answer.how !== 'repeated'
