// One line of the journal as a person reads it.
import type { Actor, Step } from '#contract/case'
import type { Wish } from '#contract/command'
import type { Entry, Event } from '#contract/event'
import type { Language, Words } from '#contract/language'
import { stepReason } from '#contract/step-words'
import { whyInWords } from '#contract/why-words'
import { localTime } from './local-time.ts'

const wishes: Record<Wish['type'], Words> = {
  report: { zh: '上报', en: 'reports' },
  accept: { zh: '受理', en: 'accepts' },
  file: { zh: '立案', en: 'files' },
  dispatch: { zh: '派遣', en: 'dispatches' },
  take: { zh: '接单', en: 'takes' },
  arrive: { zh: '到场', en: 'arrives' },
  finish: { zh: '办完', en: 'finishes' },
  verify: { zh: '核查', en: 'verifies' },
  close: { zh: '结案', en: 'closes' },
  return: { zh: '退回', en: 'returns' },
  void: { zh: '作废', en: 'voids' },
  acknowledge: { zh: '签收', en: 'acknowledges' },
  see: { zh: '看到', en: 'sees' },
  attach: { zh: '照片', en: 'photographs' },
  tick: { zh: '勾选', en: 'ticks' },
  note: { zh: '备注', en: 'note' },
  late: { zh: '将超时', en: 'late' },
  over: { zh: '超时', en: 'over' },
  archive: { zh: '归档', en: 'archives' },
  deliver: { zh: '送达', en: 'delivered' },
  ask: { zh: '申请', en: 'ask' },
  approve: { zh: '批准', en: 'grant' },
  reject: { zh: '驳回', en: 'turn down' },
  withdraw: { zh: '撤回申请', en: 'withdraw' },
  resume: { zh: '恢复办理', en: 'take up again' },
  urge: { zh: '督办', en: 'urge' },
  reinforce: { zh: '增援', en: 'reinforce' },
  comply: { zh: '接受指令', en: 'takes the order' },
  decline: { zh: '推辞指令', en: 'declines the order' },
  chase: { zh: '指令没人看到', en: 'order not seen' },
  'pass-on': { zh: '移交', en: 'handed over' },
  passed: { zh: '对方街道答复', en: 'the other street' },
  look: { zh: '带看', en: 'drives the screens' },
  'look-away': { zh: '不再带看', en: 'drives no more' },
  cast: { zh: '投屏', en: 'cast' },
  'cast-longer': { zh: '延长投屏', en: 'cast longer' },
  'cast-end': { zh: '收回投屏', en: 'take the cast back' },
  'end-leases': { zh: '投屏到时', en: 'lease over' },
  answer: { zh: '回复督办', en: 'answer' },
  contact: { zh: '先行联系', en: 'contacted first' },
  callback: { zh: '回访', en: 'called back' },
  rate: { zh: '评价', en: 'rated' },
  reopen: { zh: '重开', en: 'reopen' },
  branch: { zh: '开子案件', en: 'branch off' },
  merge: { zh: '并案', en: 'merge' },
  unmerge: { zh: '撤销并案', en: 'undo merge' },
  split: { zh: '拆分', en: 'split' },
  dismiss: { zh: '不是一件', en: 'not the same' },
  shelve: { zh: '暂缓', en: 'put aside' },
  unshelve: { zh: '恢复', en: 'bring back' },
  fill: { zh: '填表', en: 'fill in' },
  enroll: { zh: '登记名册', en: 'enrol' },
  vote: { zh: '表决', en: 'vote' },
  advance: { zh: '推进', en: 'go on' },
  lapse: { zh: '签收失效', en: 'acknowledgement lapsed' },
  escalate: { zh: '升级', en: 'escalated' },
  assign: { zh: '自动派遣', en: 'sent by itself' },
  roster: { zh: '排班', en: 'roster' },
  swap: { zh: '换班', en: 'swap' },
  'answer-swap': { zh: '答复换班', en: 'answer swap' },
  'hand-over': { zh: '交班', en: 'hand over' },
  'take-over': { zh: '接班', en: 'take over' },
  'open-window': { zh: '开静默窗口', en: 'open window' },
  'close-window': { zh: '关静默窗口', en: 'close window' },
  'not-fixed': { zh: '没修好', en: 'not fixed' },
  'end-hold': { zh: '挂账到期', en: 'hold over' },
  'end-shelf': { zh: '暂缓到期', en: 'put aside till now' },
}

type NameOf = (id: string) => string

/** `#12 2026-11-21 08:03:12 陈海峰 派遣 20261121-007 → 李志强` */
export function lineInWords(entry: Entry, nameOf: NameOf, language: Language): string {
  const wish = wishes[entry.type as Wish['type']]?.[language] ?? entry.type
  const details = entry.events.flatMap((event) => detailOf(event, nameOf, language))
  const cases = [...new Set(entry.events.flatMap(casesOf))]
  return [
    `#${entry.revision}`,
    localTime(entry.at),
    actorOf(entry.by, nameOf, language),
    wish,
    ...cases,
    ...details,
  ].join(' ')
}

/** None where it is about no case. */
const casesOf = (event: Event): string[] =>
  event.type === 'opened' ? [event.subject.id] : 'caseId' in event ? [event.caseId] : []

function actorOf(by: Actor, nameOf: NameOf, language: Language): string {
  switch (by.kind) {
    case 'person':
      return nameOf(by.id)
    case 'source':
      return `[${by.id}]`
    case 'clock':
      return language === 'zh' ? '时钟' : 'clock'
    default:
      return by satisfies never
  }
}

function detailOf(event: Event, nameOf: NameOf, language: Language): string[] {
  switch (event.type) {
    case 'opened':
      return [`L${event.subject.level} ${event.subject.matter}`]
    case 'sourced':
      return [whyInWords(event.source.why, language)]
    case 'moved':
    case 'marked':
    case 'unsourced':
      return event.step ? stepOf(event.step, nameOf, language) : []
    case 'voted':
      return [event.ballot, event.member, event.vote.choice]
    case 'rostered':
      return event.put.map((shift) => `${nameOf(shift.personId)} ${localTime(shift.from)}`)
    case 'handed-over':
      return [event.handOver.placeId]
    case 'windowed':
      return [event.window.id, event.window.reason]
    case 'linked':
      return linkedInWords(event)
    case 'probed':
      return [event.key]
    case 'remembered':
      return [event.subject.id]
    case 'archived':
      return []
    default:
      return event satisfies never
  }
}

/** What is looked at and what is on the wall, by their ids. */
const linkedInWords = ({ spotlight, casts }: Extract<Event, { type: 'linked' }>): string[] => [
  ...(spotlight ? [`${spotlight.caseId ?? spotlight.placeId ?? '*'}`] : []),
  ...casts.map(({ id, what }) => `${id} ${what.kind}`),
]

function stepOf(step: Step, nameOf: NameOf, language: Language): string[] {
  const { to, about, note } = step
  const said = [to && `→ ${nameOf(to)}`, about, stepReason(step, nameOf, language), note]
  return said.flatMap((part) => part || [])
}
