// Somebody else's word for what it is, made ours: by the source's own map, then by what the mapping file says.
import type { Words } from '#contract/language'
import { mapped, type No, type Sender } from './reading.ts'

/** Our matter; null for what is none of ours; the first of their words that is known decides. */
export function matterFor(
  theirs: readonly string[],
  sender: Sender,
  usual: Readonly<Record<string, string>> = {},
): string | null | No {
  const known = theirs.map((word) => mapped(sender.matters, word) ?? mapped(usual, word)).find(Boolean)
  if (known === undefined) return unknownMatter(theirs[0] ?? '', sender)
  return known === 'ignore' ? null : known
}

/** `called`: what such a word is, as a sentence calls it: 事件类型. */
export const unknownMatter = (word: string, sender: Pick<Sender, 'id'>, called?: Words): No => ({
  refusal: 'matter-unknown',
  words: {
    zh: `${called?.zh ?? ''}「${word.slice(0, 120)}」不对应任何事项，请给来源「${sender.id}」加一条映射，或映射为 ignore。`,
    en: `${called ? `The ${called.en} ` : ''}"${word.slice(0, 120)}" stands for no matter of ours: map it for the source ${sender.id}, or map it to ignore.`,
  },
})
