// What is kept for so many days and no longer: each kind by its name and in words. No zod: a screen reads this too.
import type { Words } from './language.ts'

export const keptKinds = [
  'residents',
  'pictures',
  'strayPictures',
  'quarantine',
  'audit',
  'looks',
  'viewings',
  'wishes',
  'notices',
  'deliveries',
  'undelivered',
] as const
export type KeptKind = (typeof keptKinds)[number]

/** One kind as a site keeps it: for how many days, and when what was older last went; null where nobody has looked yet. */
export interface KeptFor {
  kind: KeptKind
  days: number
  sweptAt: number | null
}

export const keptWords: Record<KeptKind, Words> = {
  residents: { zh: '居民信息（办结后）', en: 'residents, after the end' },
  pictures: { zh: '图片（办结后）', en: 'pictures, after the end' },
  strayPictures: { zh: '没有案件的图片', en: 'pictures of no case' },
  quarantine: { zh: '隔离区', en: 'quarantine' },
  audit: { zh: '审计', en: 'audit' },
  looks: { zh: '谁看过居民信息、为什么', en: 'who looked at whom, and why' },
  viewings: { zh: '看图申请', en: 'requests to see pictures' },
  wishes: { zh: '居民的要求（决定后）', en: 'residents’ wishes, once decided' },
  notices: { zh: '通知', en: 'notices' },
  deliveries: { zh: '对外报送（已收）', en: 'messages neighbours took' },
  undelivered: { zh: '对外报送（没送到）', en: 'messages nobody took' },
}
