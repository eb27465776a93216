// The words of a case that every screen says alike: levels, stages, verbs, lamps, photos, dispositions.
import type { Disposition, Level, Mark, PhotoSlot, Stage, Verb } from '#contract/stage'
import type { Post, Role } from '#contract/roles'
import { sentences } from './words.ts'

type Key =
  | `level.${Level}`
  | `stage.${Stage}`
  | `verb.${Verb | Mark}`
  | `slot.${PhotoSlot}`
  | `disposition.${Disposition}`
  | `role.${Role}`
  | `post.${Post}`
  | 'unsure'
  | 'unacknowledged'
  | 'noHolder'
  | 'left'
  | 'over'
  | 'due'
  | 'met'
  | 'hoursMinutes'
  | 'minutes'
  | 'days'
  | 'tomorrow'
  | 'yesterday'
  | 'onDay'

export const caseWords = {
  zh: {
    'level.1': '一级',
    'level.2': '二级',
    'level.3': '三级',
    'level.4': '四级',
    unsure: '待核',
    unacknowledged: '未签收',
    noHolder: '未派',
    'stage.reported': '待受理',
    'stage.accepted': '待立案',
    'stage.filed': '待派遣',
    'stage.dispatched': '待接单',
    'stage.handling': '处置中',
    'stage.verification': '待核查',
    'stage.verified': '待结案',
    'stage.closed': '已结案',
    'stage.void': '已作废',
    'verb.accept': '受理',
    'verb.file': '立案',
    'verb.dispatch': '派遣',
    'verb.take': '接单',
    'verb.arrive': '到场',
    'verb.finish': '办完',
    'verb.verify': '核查',
    'verb.close': '结案',
    'verb.return': '退回',
    'verb.void': '作废',
    'verb.open': '立起',
    'verb.join': '并入',
    'verb.acknowledge': '签收',
    'verb.see': '看到',
    'verb.attach': '照片',
    'verb.tick': '勾选',
    'verb.late': '将超时',
    'verb.over': '超时',
    'slot.before-near': '处置前 近',
    'slot.before-far': '处置前 远',
    'slot.after-near': '处置后 近',
    'slot.after-far': '处置后 远',
    'slot.other': '其他',
    'disposition.solved': '已解决',
    'disposition.false-alarm': '误报',
    'disposition.duplicate': '重复',
    'disposition.beyond-remit': '超出职责',
    'disposition.not-found': '未发现',
    'role.duty-officer': '值守',
    'role.chief': '站长',
    'role.officer': '网格员',
    'role.property': '物业',
    'role.wall': '大屏',
    'role.administrator': '管理员',
    'post.command': '指挥',
    'post.station': '网格站',
    'post.grid': '网格',
    'post.property': '物业',
    'post.cleaning': '保洁',
    'post.micro-fire-station': '微型消防站',
    'post.department': '部门',
    left: '剩 {span}',
    over: '超时 {span}',
    due: '限 {time}',
    met: '{time} 完成',
    hoursMinutes: '{hours} 小时 {minutes} 分',
    minutes: '{minutes} 分',
    days: '{days} 天 {hours} 小时',
    tomorrow: '明日 {time}',
    yesterday: '昨日 {time}',
    onDay: '{month} 月 {day} 日 {time}',
  },
  en: {
    'level.1': 'Level I',
    'level.2': 'Level II',
    'level.3': 'Level III',
    'level.4': 'Level IV',
    unsure: 'To check',
    unacknowledged: 'Not acknowledged',
    noHolder: 'Nobody sent',
    'stage.reported': 'To accept',
    'stage.accepted': 'To file',
    'stage.filed': 'To dispatch',
    'stage.dispatched': 'To take',
    'stage.handling': 'In hand',
    'stage.verification': 'To verify',
    'stage.verified': 'To close',
    'stage.closed': 'Closed',
    'stage.void': 'Void',
    'verb.accept': 'Accept',
    'verb.file': 'File',
    'verb.dispatch': 'Dispatch',
    'verb.take': 'Take',
    'verb.arrive': 'Arrive',
    'verb.finish': 'Finish',
    'verb.verify': 'Verify',
    'verb.close': 'Close',
    'verb.return': 'Return',
    'verb.void': 'Void',
    'verb.open': 'Opened',
    'verb.join': 'Joined',
    'verb.acknowledge': 'Acknowledge',
    'verb.see': 'Seen',
    'verb.attach': 'Photo',
    'verb.tick': 'Ticked',
    'verb.late': 'Running late',
    'verb.over': 'Over time',
    'slot.before-near': 'Before, near',
    'slot.before-far': 'Before, far',
    'slot.after-near': 'After, near',
    'slot.after-far': 'After, far',
    'slot.other': 'Other',
    'disposition.solved': 'Solved',
    'disposition.false-alarm': 'False alarm',
    'disposition.duplicate': 'Duplicate',
    'disposition.beyond-remit': 'Beyond our remit',
    'disposition.not-found': 'Not found',
    'role.duty-officer': 'Duty officer',
    'role.chief': 'Chief',
    'role.officer': 'Grid officer',
    'role.property': 'Property',
    'role.wall': 'Wall',
    'role.administrator': 'Administrator',
    'post.command': 'Command',
    'post.station': 'Grid station',
    'post.grid': 'Grid',
    'post.property': 'Property',
    'post.cleaning': 'Cleaning',
    'post.micro-fire-station': 'Micro fire station',
    'post.department': 'Department',
    left: '{span} left',
    over: '{span} over',
    due: 'by {time}',
    met: 'done {time}',
    hoursMinutes: '{hours} h {minutes} min',
    minutes: '{minutes} min',
    days: '{days} d {hours} h',
    tomorrow: 'tomorrow {time}',
    yesterday: 'yesterday {time}',
    onDay: '{month}/{day} {time}',
  },
} as const satisfies Record<'zh' | 'en', Record<Key, string>>

export const sayCase = sentences<Key>(caseWords)
