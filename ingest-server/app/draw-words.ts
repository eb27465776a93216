// The Chinese names of what a picture of a scenario shows.
import type { Limit } from '#contract/clock'
import type { PlaceLevel } from '#contract/places'
import type { Post } from '#contract/roles'
import type { Level, Mark, Stage, Verb } from '#contract/stage'

export const levelNames: Record<Level, string> = { 1: '一级', 2: '二级', 3: '三级', 4: '四级' }

export const stageNames: Record<Exclude<Stage, 'void'>, string> = {
  reported: '待受理',
  accepted: '待立案',
  filed: '待派遣',
  dispatched: '待接单',
  handling: '处置中',
  verification: '待核查',
  verified: '待结案',
  closed: '已结案',
}

const verbNames: Record<Verb, string> = {
  accept: '受理',
  file: '立案',
  dispatch: '派遣',
  take: '接单',
  arrive: '到场',
  finish: '反馈',
  verify: '核查',
  close: '结案',
  return: '回退',
  void: '作废',
}

/** Whatever a limit may wait for, by its name. */
export const markNames: Record<Verb | Mark, string> = {
  ...verbNames,
  open: '开案',
  join: '并入',
  acknowledge: '签收',
  deliver: '送达',
  see: '看到',
  attach: '照片',
  tick: '勾选',
  note: '备注',
  ask: '申请',
  approve: '批准',
  reject: '驳回',
  withdraw: '撤回',
  resume: '恢复',
  urge: '督办',
  reinforce: '增援',
  comply: '接受指令',
  decline: '推辞指令',
  chase: '指令没人看到',
  'pass-on': '移交',
  passed: '对方街道答复',
  answer: '回复',
  contact: '先行联系',
  callback: '回访',
  rate: '评价',
  reopen: '重开',
  branch: '派生',
  merge: '并案',
  unmerge: '撤销并案',
  split: '拆分',
  dismiss: '排除',
  shelve: '暂缓',
  unshelve: '恢复',
  fill: '填表',
  enroll: '名册',
  vote: '表决',
  advance: '推进',
  late: '将超时',
  over: '超时',
  lapse: '签收失效',
  escalate: '催叫',
  assign: '自动派遣',
  recover: '自行恢复',
}

export const postNames: Record<Post, string> = {
  command: '城运中心',
  station: '网格站',
  grid: '网格员',
  property: '物业',
  cleaning: '保洁',
  'micro-fire-station': '微型消防站',
  department: '职能部门',
}

export const whoNames: Record<PlaceLevel, string> = {
  city: '全市',
  district: '全区',
  subdistrict: '街道',
  'street-block': '街区',
  'residential-area': '居民区',
  'micro-grid': '微网格',
  'building-group': '楼组',
}

const unitNames: Record<Limit['unit'], string> = {
  minutes: '分钟',
  hours: '小时',
  'work-hours': '工作小时',
  'work-days': '个工作日',
}

export const limitInWords = ({ amount, unit }: Limit): string =>
  unit === 'minutes' && amount < 1 ? ` ${amount * 60} 秒` : ` ${amount} ${unitNames[unit]}`

/** How many columns a terminal gives it: a Chinese letter takes two. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (/[\u2e80-\u9fff\uff00-\uff60\u3000-\u303f]/.test(letter) ? 2 : 1), 0)

export const padTo = (text: string, width: number, fill = ' '): string =>
  text + fill.repeat(Math.max(0, width - widthOf(text)))
