// What was mended is sent in once more, the way it came: taken at most once, whoever clicks, however often, and whatever breaks between.
import type { CommandId, Instant, QuarantineId } from '#contract/ids'
import type { Language } from '#contract/language'
import type { IntakeAnswer } from '#contract/outcome'
import type { QuarantineLabel } from '#contract/quarantine'
import { refusals, type Refusal } from '#contract/refusal'
import type { Quarantine } from '../records/port-quarantine.ts'
import type { Audit, Source, Sources } from '../records/port.ts'
import { passing, settle, type Sent, type Settling } from './intake-settle.ts'
import { dialectHere, noDialect, type TopicTable } from './mqtt-topics.ts'
import { dialectOf, openDialects } from './vendors/dialects.ts'
import type { Mappings } from './vendors/mappings.ts'
import { isNo, type No } from './vendors/reading.ts'
import { topicIn } from './vendors/topic.ts'

export interface ReplayNeeds extends Omit<Settling, 'quarantine' | 'hearing'> {
  quarantine: Pick<Quarantine, 'open' | 'replayed' | 'stays' | 'asked'>
  sources: Pick<Sources, 'live'>
  audit: Audit
  now: () => Instant
  mappings?: Mappings
  /** `mqtt.json` of the data folder. */
  topics: TopicTable
}

export interface Asking {
  /** A person's id, or `command-line`. */
  by: string
  /** Instead of the body as it came. */
  body?: Uint8Array | undefined
  language: Language
}

export type Replay =
  /** Every report in it was taken; none where it holds nothing but what is to be ignored. */
  | { done: true; answers: IntakeAnswer[] }
  /** It stays. `answers` where it could be read. */
  | { done: false; no: No; answers: IntakeAnswer[] }

/** What was heard long ago says nothing of now. */
const deaf: Settling['hearing'] = { heard: () => {}, sign: () => true, spoke: () => {} }

export function openReplay(needs: ReplayNeeds) {
  const { quarantine, sources, audit, now } = needs
  const dialects = openDialects(needs.mappings)
  const underWay = new Map<QuarantineId, Promise<unknown>>()

  async function replay(id: QuarantineId, asking: Asking): Promise<Replay> {
    while (underWay.has(id)) await underWay.get(id)
    const trying = tryOnce(id, asking)
    const over = trying.catch(() => undefined).finally(() => underWay.delete(id))
    underWay.set(id, over)
    return trying
  }

  async function tryOnce(id: QuarantineId, asking: Asking): Promise<Replay> {
    const row = await quarantine.open(id)
    if (!row) return stays('quarantine-unknown')
    if (row.replayed) return stays('replayed-already')
    const tried = await send(row, asking)
    const at = now()
    if (tried.done) {
      // A crash just before this line leaves it waiting: the same commands are sent again then, and answered as they were.
      const replayed = { at, by: asking.by, answers: tried.answers, mended: asking.body }
      if (!(await quarantine.replayed(id, replayed))) return stays('replayed-already')
      await audit.write({ at, who: asking.by, what: 'quarantine-replayed', about: id })
      return tried
    }
    const { refusal, words = refusals[refusal] } = tried.no
    if (!passing.has(refusal)) await quarantine.stays(id, { at, refusal, words: words.zh })
    return tried
  }

  async function send(row: QuarantineLabel & { body: Uint8Array }, { body, language }: Asking): Promise<Replay> {
    const source = row.sourceId === null ? undefined : sources.live().get(row.sourceId)
    if (!source) return stays('sender-unknown')
    const [bytes, contentType] = [Buffer.from(body ?? row.body), row.contentType]
    const topic = topicIn(contentType)
    // The site may have said since whose the topic is.
    const name = row.dialect === noDialect ? dialectHere(topic ?? '', source.id, needs.topics) : row.dialect
    if (name === null) return stays('topic-not-yours')
    const dialect = dialectOf(dialects, name)
    if (!dialect) return stays('dialect-unknown')
    const reading = await dialect({ body: bytes, contentType, topic, sender: source, now: now() })
    if (isNo(reading)) return { done: false, no: reading, answers: [] }
    const said: No[] = []
    const rooms = { ...needs, hearing: deaf, quarantine: { keep: keeper(row.id, said) } }
    const answers = await Promise.all(
      reading.map((item, nth) => settle(item, sentAs(row, source, nth, language, now()), rooms)),
    )
    const found = answers.filter((answer) => answer !== null)
    const refused = found.flatMap((answer) => (answer.ok ? [] : [answer.refusal]))
    if (refused[0] === undefined) return { done: true, answers: found }
    return { done: false, no: said[0] ?? { refusal: refused[0] }, answers: found }
  }

  return {
    replay,
    /** What the command line asked for, which has no desk of its own. */
    async takeAsked(): Promise<void> {
      for (const { id, by, body } of await quarantine.asked())
        await replay(id, { by, language: 'zh', ...(body && { body }) })
    },
  }
}

const stays = (refusal: Refusal): Replay => ({ done: false, no: { refusal }, answers: [] })

/** It is kept already: what is refused again is the same row, and its words in both languages are only noted. */
const keeper =
  (id: QuarantineId, said: No[]): Quarantine['keep'] =>
  async ({ refusal, words }) => {
    said.push({ refusal, words: { zh: words, en: refusals[refusal].en } })
    return id
  }

/** The id is the row's own and the place in it: a second time it is the same command. */
const sentAs = (row: QuarantineLabel, source: Source, nth: number, language: Language, now: Instant): Sent => ({
  ...{ source, dialect: row.dialect, contentType: row.contentType, language, now },
  commandId: `replay:${row.id}:${nth}` as CommandId,
})
