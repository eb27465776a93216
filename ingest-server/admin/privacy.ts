// Whether anything personal stands where it must not; and what would be erased by rule, before it is.
import { surelyPersonal, type NumberKind } from '#contract/personal-numbers'
import { readRetention } from '../app/read-retention.ts'
import type { KeptKind } from '../records/port-personal.ts'
import { no, tell, type AdminCommand, type Answer, type Call } from './call.ts'
import { withJournal } from './with-journal.ts'

const mostShown = 20

/** Says where and of what kind, never the number itself. `--find` looks for a word of one's own besides. */
async function check(call: Call): Promise<Answer> {
  const canary = typeof call.options.find === 'string' ? call.options.find : null
  const found: { revision: number; kind: NumberKind | 'canary'; path: string }[] = []
  let lines = 0
  await withJournal(call, async (journal) => {
    for await (const line of journal.read(0)) {
      lines++
      const here = personalIn(line.text, canary)
      found.push(...here.map((one) => ({ revision: line.revision, ...one })))
      if (lines % 5000 === 0) await call.pause(0)
      if (call.stopped()) return
    }
  })
  for (const { revision, kind, path } of found.slice(0, mostShown))
    call.say([revision, kindWords[kind], path].join('\t'))
  tell(
    call,
    `查了 ${lines} 行日志，${found.length} 处像是个人信息。`,
    `${lines} lines of the journal were read; ${found.length} places look personal.`,
  )
  if (found.length === 0) return null
  return no('日志里不该有个人信息，请查来源。', 'Nothing personal belongs in the journal: see where it came from.')
}

const kindWords = { 'identity-card': '身份证', 'bank-card': '银行卡', phone: '电话', canary: '标记' } as const

/** Every text in a line, by its path; ids of our own are told apart by their shape. */
export function personalIn(text: string, canary: string | null): { kind: NumberKind | 'canary'; path: string }[] {
  const found: { kind: NumberKind | 'canary'; path: string }[] = []
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') {
      found.push(...surelyPersonal(value).map((kind) => ({ kind, path })))
      if (canary !== null && value.includes(canary)) found.push({ kind: 'canary', path })
    } else if (value && typeof value === 'object')
      for (const [name, inner] of Object.entries(value))
        walk(inner, Array.isArray(value) ? `${path}[]` : `${path}.${name}`)
  }
  walk(JSON.parse(text), '')
  return found
}

/** Nothing is erased by asking: the house does that by itself, once a day. */
async function due(call: Call): Promise<Answer> {
  const days = await readRetention(call.folder)
  const none = { refs: new Set<never>(), pictures: new Set<never>() }
  const counts = await call.records.personal.retention.due(days, none, call.now())
  for (const kind of Object.keys(days) as KeptKind[])
    call.say([kindsKept[kind][call.language], `${days[kind]} d`, counts[kind]].join('\t'))
  tell(
    call,
    '第二列是保留天数，最后一列是现在到期、下次清理会删除的条数；还在办的案件里的不删。',
    'The second column is how long each is kept, the last how many are due now; what an open case names stays.',
  )
  return null
}

const kindsKept: Record<KeptKind, { zh: string; en: string }> = {
  residents: { zh: '居民信息（办结后）', en: 'residents, after the end' },
  pictures: { zh: '图片（办结后）', en: 'pictures, after the end' },
  strayPictures: { zh: '没有案件的图片', en: 'pictures of no case' },
  quarantine: { zh: '隔离区', en: 'quarantine' },
  audit: { zh: '审计', en: 'audit' },
  notices: { zh: '通知', en: 'notices' },
  deliveries: { zh: '对外报送', en: 'messages to neighbours' },
}

export const privacyCommands: Record<string, AdminCommand> = {
  'privacy check': {
    usage: 'privacy check [--find WORD]',
    says: { zh: '查日志里有没有个人信息', en: 'looks for anything personal in the journal' },
    options: { find: { type: 'string' } },
    standsOn: 'journal.db',
    takes: 0,
    run: check,
  },
  'privacy due': {
    usage: 'privacy due',
    says: { zh: '看哪些到期该删、各多少条（不删）', en: 'what is due to be erased by rule, counted and not erased' },
    standsOn: 'records.db',
    takes: 0,
    run: due,
  },
}
