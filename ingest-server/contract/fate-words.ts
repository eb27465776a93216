// What rules make of one report, said in words. No zod: screens read this too.
import type { CaseId } from './ids.ts'
import type { Language } from './language.ts'
import { refusals } from './refusal.ts'
import type { Refusal } from './refusal.ts'
import type { Level } from './stage.ts'

export type Fate =
  | { how: 'opened'; level: Level; unsure: boolean; shelved: boolean }
  | { how: 'joined' | 'updated' | 'repeated'; caseId: CaseId | null }
  | { how: 'refused'; refusal: Refusal }

const levels = { zh: ['一级', '二级', '三级', '四级'], en: ['level I', 'level II', 'level III', 'level IV'] }
const sentences = {
  joined: { zh: '并入 {id}', en: 'joined {id}' },
  updated: { zh: '{id} 里同一事件的后续', en: 'more of an event in {id}' },
  repeated: { zh: '{id} 里没有新内容', en: 'nothing new to {id}' },
}

/** 「新开案件 · 二级 · 待核」 / "joined 20261121-007". A case is called as the one its first report really went to. */
export function fateInWords(fate: Fate, language: Language): string {
  switch (fate.how) {
    case 'opened': {
      const said = {
        zh: ['新开案件', levels.zh[fate.level - 1], fate.unsure && '待核', fate.shelved && '静默'],
        en: ['a new case', levels.en[fate.level - 1], fate.unsure && 'unsure', fate.shelved && 'kept quiet'],
      }
      return said[language].filter(Boolean).join(' · ')
    }
    case 'joined':
    case 'updated':
    case 'repeated':
      return sentences[fate.how][language].replace('{id}', fate.caseId ?? '—')
    case 'refused':
      return `${{ zh: '不收：', en: 'refused: ' }[language]}${refusals[fate.refusal][language]}`
    default:
      return fate satisfies never
  }
}
