// One item weighed and not taken: what would be said of it now. Nothing is kept, nobody is told, no number is used up.
import type { Decision } from '../case-engine/decision.ts'
import type { Case } from '#contract/case'
import type { Command } from '#contract/command'
import type { CaseId } from '#contract/ids'
import type { Words } from '#contract/language'
import type { IntakeAnswer } from '#contract/outcome'
import { refusals } from '#contract/refusal'
import { whyInWords } from '#contract/why-words'
import { commandFor } from './intake-command.ts'
import { withoutPersonal } from './intake-personal.ts'
import { alreadyOver, explained, objection, type Sent, type Settling } from './intake-settle.ts'
import type { Item, No } from './vendors/reading.ts'

export interface Weighing extends Pick<Settling, 'knowsMatter' | 'evidence' | 'orders'> {
  desk: Pick<Settling['desk'], 'board'>
  /** What the desk would make of it now. */
  wouldDecide: (command: Command) => Decision
  /** One that has left the board. */
  archived: (id: CaseId) => Promise<Case | null>
}

/** Null for what is none of ours. Each is weighed alone: what the rows before it would change is only known once they are in. */
export async function weigh(item: Item, sent: Sent, rooms: Weighing): Promise<IntakeAnswer | null> {
  if (item.kind === 'refused') return said(item.no, sent)
  if (item.kind !== 'report') return null
  const no = objection(item.report, sent.now, rooms)
  if (no) return said(no, sent)
  const { report } = withoutPersonal(item.report)
  const was = await alreadyOver(report, sent, rooms)
  if (was) return { ...was, ...(was.ok && { why: would.repeated[sent.language] }) }
  const command = commandFor(sent.source.id, report)
  const decision = rooms.wouldDecide(command)
  if ('refusal' in decision) return said(explained(decision.refusal, report), sent)
  const known = decision.caseId !== undefined && (await isKept(decision.caseId, decision, rooms))
  const how = known ? 'repeated' : (decision.how ?? 'repeated')
  const why = decision.why && how !== 'opened' ? whyInWords(decision.why, sent.language) : ''
  return {
    ...{ ok: true, commandId: command.id, revision: rooms.desk.board().revision, how },
    ...(how !== 'opened' && decision.caseId && { caseId: decision.caseId }),
    why: [would[how][sent.language], why].filter(Boolean).join(sent.language === 'zh' ? '：' : ': '),
  }
}

/** An old record that is in the archive already. */
const isKept = async (id: CaseId, { events }: Extract<Decision, { events: unknown }>, { archived }: Weighing) =>
  events.some(({ type }) => type === 'remembered') && (await archived(id)) !== null

const would: Record<'opened' | 'joined' | 'updated' | 'repeated', Words> = {
  opened: { zh: '会新记一件', en: 'it would be a new one' },
  joined: { zh: '会并入', en: 'it would join' },
  updated: { zh: '会补充进', en: 'it would add to' },
  repeated: { zh: '已经有了', en: 'it is there already' },
}

function said(no: No, { language }: Sent): IntakeAnswer {
  return { ok: false, refusal: no.refusal, words: (no.words ?? refusals[no.refusal])[language] }
}
