// Why a report was counted to a case, said in words. No zod: screens read this too.
import type { Language } from './language.ts'
import type { Why } from './why.ts'

const span = {
  zh: (seconds: number) => (seconds < 60 ? `${seconds} 秒` : `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`),
  en: (seconds: number) => (seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`),
}
const round = (why: { metres: number; seconds: number }) => ({ m: Math.round(why.metres), s: Math.round(why.seconds) })

/** 「同一设施，42 m，2 分 10 秒内」 / "same facility, 42 m, within 2 min 10 s". */
export function whyInWords(why: Why, language: Language): string {
  switch (why.rule) {
    case 'first':
      return language === 'zh' ? '首报' : 'first report'
    case 'same-event':
      return language === 'zh' ? '同一事件的后续' : 'more of the same event'
    case 'same-facility':
    case 'same-camera':
    case 'near': {
      const { m, s } = round(why)
      const what = {
        'same-facility': { zh: '同一设施', en: 'same facility' },
        'same-camera': { zh: '同一摄像头', en: 'same camera' },
        near: { zh: '同类近处', en: 'same kind nearby' },
      }[why.rule][language]
      return language === 'zh' ? `${what}，${m} m，${span.zh(s)}内` : `${what}, ${m} m, within ${span.en(s)}`
    }
    default:
      return why satisfies never
  }
}
