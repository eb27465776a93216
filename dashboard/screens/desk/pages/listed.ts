// Names and clauses one after the other, as each language sets them apart.
import { language } from '../../../words/words.ts'

export const listed = (names: readonly string[]): string => names.join(language.value === 'zh' ? '、' : ', ')
export const clauses = (said: readonly string[]): string =>
  said.filter(Boolean).join(language.value === 'zh' ? '；' : '; ')
