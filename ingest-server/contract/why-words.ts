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
    case 'split':
    case 'reopened':
    case 'branched': {
      const how = {
        split: { zh: '由案件 {id} 拆出', en: 'split off {id}' },
        reopened: { zh: '案件 {id} 重开', en: '{id} reopened' },
        branched: { zh: '由案件 {id} 派生', en: 'grew out of {id}' },
      }[why.rule]
      return how[language].replace('{id}', why.from)
    }
    case 'repeated':
      return language === 'zh' ? `${why.days} 天内 ${why.times} 次` : `${why.times} times in ${why.days} days`
    case 'same-facility':
    case 'same-camera':
    case 'same-device':
    case 'same-place':
    case 'likely':
    case 'merged':
    case 'near': {
      const { m, s } = round(why)
      const what = {
        'same-facility': { zh: '同一设施', en: 'same facility' },
        'same-camera': { zh: '同一摄像头', en: 'same camera' },
        'same-device': { zh: '同一设备', en: 'same device' },
        'same-place': { zh: '同一处', en: 'same place' },
        likely: { zh: '可能同一件', en: 'likely the same' },
        merged: { zh: '人工并案', en: 'merged by hand' },
        near: { zh: '同类近处', en: 'same kind nearby' },
      }[why.rule][language]
      return language === 'zh' ? `${what}，${m} m，${span.zh(s)}内` : `${what}, ${m} m, within ${span.en(s)}`
    }
    default:
      return why satisfies never
  }
}
