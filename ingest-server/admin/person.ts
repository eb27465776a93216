// What is kept of one resident: a copy of their own, and their right to be forgotten. Found by a reference, a case or a number.
import type { Case } from '#contract/case'
import type { Event } from '#contract/event'
import type { CaseId } from '#contract/ids'
import { ReporterRef, type EvidenceId, type Instant } from '#contract/ids'
import type { Reporter } from '#contract/report'
import { isOpen } from '#contract/stage'
import { readEntry } from '../journal/chain.ts'
import { no, note, tell, type AdminCommand, type Answer, type Call } from './call.ts'
import { localTime } from './local-time.ts'
import { withJournal } from './with-journal.ts'

/** What the journal ties to a resident: never a name, only the reference. */
interface Told {
  caseId: CaseId
  matter: string
  at: Instant
  evidence: readonly EvidenceId[]
}

interface Found {
  refs: ReporterRef[]
  told: Map<ReporterRef, Told[]>
  /** Cases that are over. */
  over: Map<CaseId, Instant>
  /** Whose picture it is: all who sent it. */
  senders: Map<EvidenceId, Set<string>>
}

/** One pass over the journal, with as much kept of it as residents have told. */
async function find(call: Call): Promise<Found> {
  const asked = call.words[0] ?? ''
  const byNumber = asked.startsWith('r-') ? [] : await call.records.reporters.refsOf(asked)
  const refs = new Set<ReporterRef>(byNumber)
  const ref = ReporterRef.safeParse(asked).data
  if (ref && asked.startsWith('r-')) refs.add(ref)
  const [told, over, senders] = [
    new Map<ReporterRef, Told[]>(),
    new Map<CaseId, Instant>(),
    new Map<EvidenceId, Set<string>>(),
  ]
  await withJournal(call, async (journal) => {
    for await (const line of journal.read(0)) {
      const { events, at } = readEntry(line)
      for (const event of events) {
        const end = endIn(event)
        if (end) over.set(end, at)
        for (const { caseId, source } of sourcesIn(event)) {
          for (const id of source.evidence)
            senders.set(id, (senders.get(id) ?? new Set()).add(source.reporterRef ?? source.key))
          if (source.reporterRef && caseId === asked) refs.add(source.reporterRef)
          if (!source.reporterRef) continue
          const { matter, evidence } = source
          told.set(source.reporterRef, [...(told.get(source.reporterRef) ?? []), { caseId, matter, at, evidence }])
        }
      }
    }
  })
  return {
    refs: [...refs].filter((one) => told.has(one) || byNumber.includes(one) || one === ref),
    told,
    over,
    senders,
  }
}

function sourcesIn(event: Event): { caseId: CaseId; source: Case['sources'][number] }[] {
  if (event.type === 'opened') return event.subject.sources.map((source) => ({ caseId: event.subject.id, source }))
  return event.type === 'sourced' ? [{ caseId: event.caseId, source: event.source }] : []
}

/** A case that came back is another case. */
const endIn = (event: Event): CaseId | null => (event.type === 'moved' && !isOpen(event.stage) ? event.caseId : null)

interface Kept {
  ref: ReporterRef
  keptAt: Instant | null
  reporter: Reporter | null
  reports: { caseId: CaseId; matter: string; at: Instant; endedAt: Instant | null; pictures: readonly EvidenceId[] }[]
}

const keptOf = async (call: Call, ref: ReporterRef, { told, over }: Found): Promise<Kept> => ({
  ref,
  keptAt: await call.records.reporters.keptAt(ref),
  reporter: await call.records.reporters.reveal(ref),
  reports: (told.get(ref) ?? []).map(({ caseId, matter, at, evidence }) => ({
    ...{ caseId, matter, at, endedAt: over.get(caseId) ?? null, pictures: evidence },
  })),
})

async function exported(call: Call): Promise<Answer> {
  const found = await find(call)
  if (found.refs.length === 0) return nobody(call)
  const kept = await Promise.all(found.refs.map((ref) => keptOf(call, ref, found)))
  // Written down before it is shown.
  await note(call, 'person-exported', found.refs.join(' '))
  if (call.options.json === true)
    call.say(JSON.stringify({ exportedAt: new Date(call.now()).toISOString(), kept }, null, 2))
  else for (const one of kept) for (const line of linesOf(call, one)) call.say(line)
  return null
}

function linesOf({ language }: Call, { ref, keptAt, reporter, reports }: Kept): string[] {
  const zh = language === 'zh'
  const fields = Object.entries(reporter ?? {}).map(
    ([name, value]) => `  ${zh ? fieldWords[name as keyof Reporter] : name}\t${value}`,
  )
  const gone = zh ? '  已按规定删除' : '  erased by rule'
  return [
    `${ref}\t${keptAt === null ? '—' : localTime(keptAt)}`,
    ...(reporter ? fields : [gone]),
    ...reports.map(({ caseId, matter, at, endedAt, pictures }) =>
      [
        `  ${caseId}`,
        matter,
        localTime(at),
        endedAt === null ? '—' : localTime(endedAt),
        `${zh ? '图片' : 'pictures'} ${pictures.length}`,
      ].join('\t'),
    ),
  ]
}

const fieldWords: Record<keyof Reporter, string> = {
  name: '姓名',
  phone: '电话',
  email: '邮箱',
  address: '地址',
  text: '原话',
}

async function erase(call: Call): Promise<Answer> {
  const found = await find(call)
  if (found.refs.length === 0) return nobody(call)
  const theirs = new Set<string>(found.refs)
  const pictures = found.refs
    .flatMap((ref) => found.told.get(ref) ?? [])
    .filter(({ caseId }) => found.over.has(caseId))
    .flatMap(({ evidence }) => [...evidence])
    // What somebody else sent too is theirs as well.
    .filter((id) => [...(found.senders.get(id) ?? [])].every((sender) => theirs.has(sender)))
  const gone = await call.records.personal.erase({ refs: found.refs, pictures: [...new Set(pictures)] }, call.now())
  const receipt = `residents ${found.refs.length}, links ${gone.links}, pictures ${gone.pictures}`
  await note(call, 'person-erased', `${found.refs.join(' ')} · ${receipt}`)
  tell(
    call,
    `已删除 ${found.refs.length} 份个人信息、${gone.links} 个链接、${gone.pictures} 张图片，不能恢复。`,
    `Erased for good: ${found.refs.length} record(s) of them, ${gone.links} link(s), ${gone.pictures} picture(s).`,
  )
  const open = found.refs.flatMap((ref) => found.told.get(ref) ?? []).filter(({ caseId }) => !found.over.has(caseId))
  if (open.length > 0)
    tell(
      call,
      `案件 ${[...new Set(open.map(({ caseId }) => caseId))].join('、')} 还没办结，他们发来的图片留到办结。`,
      `Case(s) ${[...new Set(open.map(({ caseId }) => caseId))].join(', ')} are open: the pictures they sent stay until the end.`,
    )
  return null
}

const nobody = ({ words: [asked = ''] }: Call): Answer =>
  no(`没有找到「${asked}」的个人信息。`, `Nothing personal is kept under ${asked}.`)

const finds = { standsOn: 'journal.db', takes: 1 } as const
export const personCommands: Record<string, AdminCommand> = {
  'person export': {
    usage: 'person export REF|CASE|PHONE [--json]',
    says: { zh: '给本人的一份：存了他们什么', en: 'a copy for the resident: all that is kept of them' },
    options: { json: { type: 'boolean' } },
    ...finds,
    run: exported,
  },
  'person erase': {
    usage: 'person erase REF|CASE|PHONE',
    says: { zh: '按本人要求删除其个人信息，不能恢复', en: 'erases all that is kept of a resident, for good' },
    ...finds,
    run: erase,
  },
}
