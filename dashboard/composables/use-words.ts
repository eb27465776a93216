// The sentences of one screen, and the switch between the two languages.
import { language, sentences, speak } from '../words/words.ts'
import type { Bilingual } from '../words/words.ts'

export function useWords<K extends string>(words: Bilingual<K>) {
  const toggle = () => speak(language.value === 'zh' ? 'en' : 'zh')
  return { say: sentences(words), language, speak, toggle }
}
