// The words of a row that is drawn aside: what letting go will do.
import { sentences } from './words.ts'

export const swipeWords = {
  zh: {
    send: '派给 {who}',
    sign: '签收',
    approve: '批准',
    bringBack: '现在恢复',
    resume: '恢复办理',
    shelve: '暂缓…',
    further: '再拉一点',
    letGo: '松手就办',
  },
  en: {
    send: 'Send {who}',
    sign: 'Acknowledge',
    approve: 'Grant',
    bringBack: 'Bring back',
    resume: 'Take up again',
    shelve: 'Put aside…',
    further: 'a little further',
    letGo: 'let go to do it',
  },
} as const

export const saySwipe = sentences<keyof typeof swipeWords.zh>(swipeWords)
