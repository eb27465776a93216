// Somebody else's word for what it is, made ours: by the source's own map, then by what the mapping file says.
import { mapped, type No, type Sender } from './reading.ts'

/** Our matter; null for what is none of ours; the first of their words that is known decides. */
export function matterFor(
  theirs: readonly string[],
  sender: Sender,
  usual: Readonly<Record<string, string>> = {},
): string | null | No {
  const known = theirs.map((word) => mapped(sender.matters, word) ?? mapped(usual, word)).find(Boolean)
  if (known === undefined) return unknown(theirs[0] ?? '', sender)
  return known === 'ignore' ? null : known
}

const unknown = (word: string, sender: Sender): No => ({
  refusal: 'matter-unknown',
  words: {
    zh: `「${word.slice(0, 100)}」不对应任何事项，请给来源「${sender.id}」加一条映射，或映射为 ignore。`,
    en: `"${word.slice(0, 100)}" stands for no matter of ours: map it for the source ${sender.id}, or map it to ignore.`,
  },
})
