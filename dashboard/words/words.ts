// How a sentence is found and filled, and which of the two languages is spoken now.
import { ref } from 'vue'
import type { Language, Words } from '#contract/language'

export type Args = Record<string, string | number>
/** One file of sentences: the same keys in both languages, with the same {places} to fill. */
export type Bilingual<K extends string = string> = Readonly<Record<Language, Readonly<Record<K, string>>>>

const kept = 'sanping.language'

/** Read at start and kept on the device; a browser that forbids storage speaks Chinese. */
export const language = ref<Language>(remembered())
sayOf(language.value)

export function speak(chosen: Language) {
  language.value = chosen
  sayOf(chosen)
  try {
    localStorage.setItem(kept, chosen)
  } catch {
    // Storage is forbidden here: the choice lasts until the page is closed.
  }
}

/** The sentence of a file in the language spoken now; inside a template or a computed it follows the switch. */
export function sentences<K extends string>(words: Bilingual<K>) {
  return (key: K, args?: Args): string => fill(words[language.value][key], args)
}

/** Names and reasons that come as words from the scenarios and the closed lists. */
export const inWords = (words: Words): string => words[language.value]

export function fill(sentence: string, args?: Args): string {
  if (!args) return sentence
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(args[name] ?? place))
}

/** A page is read aloud, and its quotation marks are set, by what it says of itself. */
function sayOf(spoken: Language): void {
  if (typeof document !== 'undefined') document.documentElement.lang = spoken === 'zh' ? 'zh-CN' : 'en'
}

function remembered(): Language {
  try {
    return localStorage.getItem(kept) === 'en' ? 'en' : 'zh'
  } catch {
    return 'zh'
  }
}
