// The stages a case passes and the verbs that move it. No zod: screens read this too.

/**
 * Where a case stands, named by what has been done to it:
 * reported 待受理 → accepted 待立案 → filed 待派遣 → dispatched 待接单 → handling 处置中 → verification 待核查 → verified 待结案 → closed 已结案; void 已作废.
 */
export const stages = [
  'reported',
  'accepted',
  'filed',
  'dispatched',
  'handling',
  'verification',
  'verified',
  'closed',
  'void',
] as const
export type Stage = (typeof stages)[number]

export const isOpen = (stage: Stage): boolean => stage !== 'closed' && stage !== 'void'

/** 受理 accept · 立案 file · 派遣 dispatch · 接单 take · 到场 arrive · 办完 finish · 核查 verify · 结案 close · 回退 return · 作废 void. */
export const verbs = [
  'accept',
  'file',
  'dispatch',
  'take',
  'arrive',
  'finish',
  'verify',
  'close',
  'return',
  'void',
] as const
export type Verb = (typeof verbs)[number]

/** What is written into a case without moving it: 签收 acknowledge · 看到 see · 照片 attach · 勾选 tick; late and over are time's own. */
export const marks = ['open', 'join', 'acknowledge', 'see', 'attach', 'tick', 'late', 'over'] as const
export type Mark = (typeof marks)[number]

/** The law's four: 1 一级 red, 2 二级 orange, 3 三级 yellow, 4 四级 blue. */
export const levels = [1, 2, 3, 4] as const
export type Level = (typeof levels)[number]

/** A picture of the trouble and one of it gone, each near (近景) and far (远景). */
export const photoSlots = ['before-near', 'before-far', 'after-near', 'after-far', 'other'] as const
export type PhotoSlot = (typeof photoSlots)[number]

/** 已解决 · 误报 · 重复 · 超出职责 · 未发现. */
export const dispositions = ['solved', 'false-alarm', 'duplicate', 'beyond-remit', 'not-found'] as const
export type Disposition = (typeof dispositions)[number]
