// Whose topic it is and how it is to be read: a source publishes under its own name, or where the site says that it does.
import { z } from 'zod'
import { SourceId } from '#contract/ids'

/** Levels divided by `/`; `+` stands for one, `#` for all that follow, and only at the end. */
const Filter = z
  .string()
  .min(1)
  .max(300)
  .refine((filter) => !filter.startsWith('$') && !filter.includes('\0'))
  .refine((filter) =>
    filter
      .split('/')
      .every((level, at, all) => level === '+' || (level === '#' ? at === all.length - 1 : !/[+#]/.test(level))),
  )

/** `mqtt.json` of the data folder: what a vendor publishes under names of its own, and whose it is. */
export const TopicTable = z
  .array(
    z.strictObject({
      topic: Filter,
      sourceId: SourceId,
      /** As in `/api/in/:dialect`. */
      dialect: z.string().trim().min(1).max(60),
    }),
  )
  .max(1000)
export type TopicTable = z.infer<typeof TopicTable>

/** In place of a dialect, where the topic was not the source's. */
export const noDialect = 'mqtt'

/** Where a source may listen to what became of what it sent. */
export const answersOf = (sourceId: string): string => `sanping/${sourceId}/answers`

/** Vendors whose own first level says how to read them. On a broker of ours the name they sign in with says who they are. */
const vendorsOwn: Readonly<Record<string, string>> = { frigate: 'frigate' }

/** Longest that is still read: a level each for what a vendor may name. */
const mostLevels = 20

/** The dialect this source may publish here, or null where the topic is not its own. */
export function dialectHere(topic: string, sourceId: string, table: TopicTable): string | null {
  const levels = topic.split('/')
  if (levels.length > mostLevels) return null
  const [first = '', owner, dialect] = levels
  if (first === 'sanping') return owner === sourceId && dialect && topic !== answersOf(sourceId) ? dialect : null
  const told = table.filter((row) => matches(row.topic, topic))
  if (told.length > 0) return told.find((row) => row.sourceId === sourceId)?.dialect ?? null
  return Object.hasOwn(vendorsOwn, first) ? (vendorsOwn[first] ?? null) : null
}

/** Whether a topic without wildcards fits a filter. */
export function matches(filter: string, topic: string): boolean {
  const [wanted, levels] = [filter.split('/'), topic.split('/')]
  const open = wanted.at(-1) === '#'
  const least = open ? wanted.length - 1 : wanted.length
  if (open ? levels.length < least : levels.length !== least) return false
  return wanted.slice(0, least).every((level, at) => level === '+' || level === levels[at])
}
