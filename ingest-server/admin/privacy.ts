// Whether anything personal stands where it must not; and what would be erased by rule, before it is.
import { keptKinds, keptWords } from '#contract/kept'
import { surelyPersonal, type NumberKind } from '#contract/personal-numbers'
import { readRetention } from '../app/read-retention.ts'
import { localTime } from './local-time.ts'
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
  const { retention } = call.records.personal
  const [counts, sweptAt] = [await retention.due(days, none, call.now()), await retention.sweptAt()]
  for (const kind of keptKinds) {
    const last = sweptAt.get(kind)
    call.say(
      [
        keptWords[kind][call.language],
        `${days[kind]} d`,
        last === undefined ? '—' : localTime(last),
        counts[kind],
      ].join('\t'),
    )
  }
  tell(
    call,
    '依次是：保留天数、上次清理完的时间、现在到期而下次清理会删除的条数；还在办的案件里的不删。天数写在 retention.json。',
    'In turn: days kept, when it was last swept, how many are due now; what an open case names stays. The days stand in retention.json.',
  )
  return null
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
    says: {
      zh: '看各类留几天、上次何时清理、现在到期多少条（不删）',
      en: 'how long each kind is kept, when it was last swept, what is due; erases nothing',
    },
    standsOn: 'records.db',
    takes: 0,
    run: due,
  },
}
