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

/**
 * What is written into a case without moving it: 签收 acknowledge · 送达 deliver · 看到 see · 照片 attach · 勾选 tick · 备注 note;
 * 申请 ask · 批准 approve · 驳回 reject · 撤回 withdraw · 恢复 resume; 督办 urge · 增援 reinforce · 接受 comply · 推辞 decline · 回复 answer · 先行联系 contact · 回访 callback · 评价 rate;
 * 重开 reopen · 子案件 branch; 并案 merge · 撤销并案 unmerge · 拆分 split · 不是一件 dismiss; 暂缓 shelve · 恢复 unshelve;
 * 表单 fill · 名册 enroll · 表决 vote · 推进 advance. Time's own: late, over, lapse (an acknowledgement ran out), escalate, assign,
 * chase (an order nobody has seen), recover (the device says that it is over). 移交 pass-on, and what the other street says of it: passed.
 */
export const marks = [
  'open',
  'join',
  'acknowledge',
  'deliver',
  'see',
  'attach',
  'tick',
  'note',
  'ask',
  'approve',
  'reject',
  'withdraw',
  'resume',
  'urge',
  'reinforce',
  'comply',
  'decline',
  'answer',
  'contact',
  'callback',
  'rate',
  'reopen',
  'branch',
  'merge',
  'unmerge',
  'split',
  'dismiss',
  'shelve',
  'unshelve',
  'fill',
  'enroll',
  'vote',
  'advance',
  'late',
  'over',
  'lapse',
  'escalate',
  'assign',
  'chase',
  'recover',
  'pass-on',
  'passed',
] as const
export type Mark = (typeof marks)[number]

/** The law's four: 1 一级 red, 2 二级 orange, 3 三级 yellow, 4 四级 blue. */
export const levels = [1, 2, 3, 4] as const
export type Level = (typeof levels)[number]

/** A picture of the trouble and one of it gone, each near (近景) and far (远景). */
export const photoSlots = ['before-near', 'before-far', 'after-near', 'after-far', 'other'] as const
export type PhotoSlot = (typeof photoSlots)[number]

/** What is asked for and granted by somebody else: 延时 extend · 挂账 hold · 作废 void · 申诉 appeal. */
export const asks = ['extend', 'hold', 'void', 'appeal'] as const
export type Ask = (typeof asks)[number]

/** 已解决 · 误报 · 重复 · 超出职责 · 未发现. */
export const dispositions = ['solved', 'false-alarm', 'duplicate', 'beyond-remit', 'not-found'] as const
export type Disposition = (typeof dispositions)[number]
