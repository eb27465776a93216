// One line of the journal as a person reads it.
import type { Actor } from '#contract/case'
import type { Wish } from '#contract/command'
import type { Entry, Event } from '#contract/event'
import type { Language, Words } from '#contract/language'
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
  late: { zh: '将超时', en: 'late' },
  over: { zh: '超时', en: 'over' },
  archive: { zh: '归档', en: 'archives' },
}

type NameOf = (id: string) => string

/** `#12 2026-11-21 08:03:12 陈海峰 派遣 20261121-007 → 李志强` */
export function lineInWords(entry: Entry, nameOf: NameOf, language: Language): string {
  const wish = wishes[entry.type as Wish['type']]?.[language] ?? entry.type
  const details = entry.events.flatMap((event) => detailOf(event, nameOf, language))
  const cases = [...new Set(entry.events.map(caseOf))]
  return [
    `#${entry.revision}`,
    localTime(entry.at),
    actorOf(entry.by, nameOf, language),
    wish,
    ...cases,
    ...details,
  ].join(' ')
}

const caseOf = (event: Event): string => (event.type === 'opened' ? event.subject.id : event.caseId)

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
      return stepOf(event.step, nameOf)
    case 'archived':
      return []
    default:
      return event satisfies never
  }
}

const stepOf = ({ to, about, reason, note }: Extract<Event, { type: 'moved' }>['step'], nameOf: NameOf): string[] => [
  ...(to === undefined ? [] : [`→ ${nameOf(to)}`]),
  ...[about, reason, note].filter((part) => part !== undefined),
]
