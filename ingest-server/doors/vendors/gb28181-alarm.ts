// What an alarm of GB/T 28181 means: the standard's tables of ways and types, and what the site and the description make of it.
import type { Words } from '#contract/language'
import { mapped, type No, type Sender } from './reading.ts'

/** 报警方式, A.2.5 of GB/T 28181: how it came about. */
const methods: Readonly<Record<string, string>> = {
  1: '电话报警',
  2: '设备报警',
  3: '短信报警',
  4: 'GPS 报警',
  5: '视频报警',
  6: '设备故障报警',
  7: '其他报警',
}

/** 报警类型 of a way, `way/type`. The standard of 2016 ends with 5/12, that of 2022 adds 5/13. */
const types: Readonly<Record<string, string>> = {
  '2/1': '视频丢失报警',
  '2/2': '设备防拆报警',
  '2/3': '存储设备磁盘满报警',
  '2/4': '设备高温报警',
  '2/5': '设备低温报警',
  '5/1': '人工视频报警',
  '5/2': '运动目标检测报警',
  '5/3': '遗留物检测报警',
  '5/4': '物体移除检测报警',
  '5/5': '绊线检测报警',
  '5/6': '入侵检测报警',
  '5/7': '逆行检测报警',
  '5/8': '徘徊检测报警',
  '5/9': '流量统计报警',
  '5/10': '密度检测报警',
  '5/11': '视频异常检测报警',
  '5/12': '快速移动报警',
  '5/13': '图像遮挡报警',
  '6/1': '存储设备磁盘故障报警',
  '6/2': '存储设备风扇故障报警',
}

/** A person who looked and pressed the button: the one published type that is never an everyday thing. */
const byHand = '5/1'

/** The standard has no type for smoke, fire or throwing: devices send them without one, or with one of their own, and say it in words. */
const usualWords: readonly (readonly [RegExp, string])[] = [
  [/明火|火焰|火情|火警|起火|着火|烟火报警|烟火告警|烟火检测|烟火识别/, 'open-fire'],
  [/烟雾|冒烟|烟感报警|烟感告警/, 'smoke'],
  [/高空抛物/, 'throwing'],
  [/垃圾暴露|小包垃圾|乱扔垃圾/, 'dropped-garbage'],
]
/** A detector's own trouble, a test, a person smoking: words of fire that mean none. */
const otherwise = /故障|失联|离线|欠压|电量|测试|自检|演练|吸烟|抽烟/

/** The standard knows no end of an alarm; alarm panels send one as an alarm whose words say so. */
const ending = /[\s,，:：-]*(?:已经|已)?(?:恢复|解除|消除|消失|结束)(?:正常)?[。.！!]?$/

export interface Said {
  method: string
  type: string | undefined
  /** 1 to 4, the gravest first. */
  priority: string | undefined
  description: string | undefined
}

interface Meaning {
  matter: string
  ends: boolean
}

/** Null for what is none of ours. The site's own words first: the description whole, then `5/6`, then the way alone. */
export function meaningOf(said: Said, { matters, id }: Sender): Meaning | null | No {
  const { method, type, description = '' } = said
  const bare = description.replace(ending, '')
  const ends = bare !== description && bare !== ''
  const key = type === undefined ? method : `${method}/${type}`
  const known = [description, bare, key, method].map((name) => name && mapped(matters, name)).find(Boolean)
  if (known === 'ignore') return null
  if (known) return { matter: known, ends }
  if (mapped(types, key) !== undefined && key !== byHand) return null
  const usual = otherwise.test(bare) ? undefined : usualWords.find(([words]) => words.test(bare))?.[1]
  return usual ? { matter: usual, ends } : unknown(key, said, id)
}

/** What the duty officer reads: the device's own words, else the standard's, and how grave the device holds it to be. */
export function alarmText({ method, type, priority, description }: Said): string {
  const words = description ?? mapped(types, `${method}/${type}`) ?? mapped(methods, method) ?? ''
  return `${words.slice(0, 1900)}${priority === undefined ? '' : `（${priority} 级警情）`}`
}

function unknown(key: string, { method, description }: Said, id: string): No {
  const named = mapped(types, key) ?? mapped(methods, method)
  const told: Words = {
    zh: [named, description && `「${description.slice(0, 100)}」`].filter(Boolean).join('，'),
    en: [named, description && `"${description.slice(0, 100)}"`].filter(Boolean).join(', '),
  }
  return {
    refusal: 'matter-unknown',
    words: {
      zh: `报警方式/类型 ${key}（${told.zh}）不对应任何事项，请给来源「${id}」加一条映射：${key} 或描述原文，或映射为 ignore。`,
      en: `The alarm ${key} (${told.en}) stands for no matter of ours: map ${key}, or its description as it is, for the source ${id}, or map it to ignore.`,
    },
  }
}
