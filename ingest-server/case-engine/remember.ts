// What an old register says: what is over goes to the archive, what is still open becomes a case of its own and calls nobody.
import type { Case, CaseSource } from '#contract/case'
import type { CaseId, Instant } from '#contract/ids'
import type { Report } from '#contract/report'
import type { Board } from './board.ts'
import type { Sought } from './correlate.ts'
import type { Decision, Yes } from './decision.ts'
import type { Known } from './known.ts'
import { idOfOpened, openCase } from './opening.ts'

type Register = NonNullable<Report['register']>

/** Over before it began, or not over yet. */
export const isRegisterWrong = ({ register, occurredAt }: Report, now: Instant): boolean =>
  register?.endedAt !== undefined && (register.endedAt < occurredAt || register.endedAt > now)

/** What we hold open ourselves, and the register says is over: it is written down there, and whoever has it closes it. */
export const endsIn = (source: CaseSource, register: Register | undefined): CaseSource =>
  register?.endedAt === undefined
    ? source
    : { ...source, phase: 'end', lastAt: Math.max(source.lastAt, register.endedAt) }

const longestId = 128

/**
 * Months come in within a minute: what our own clock says of them, that they are all of now, is no reason to count two for
 * one. What is over takes no number of today and none of our time; its id is its sender's own, so that told again it is the same.
 */
export function remember(
  board: Board,
  register: Register,
  source: CaseSource,
  sought: Sought,
  now: Instant,
  known: Known,
): Decision {
  if (register.endedAt === undefined) return backlog(board, source, sought, now, known)
  const id = source.key.replace('/', ':') as CaseId
  if (id.length > longestId) return { refusal: 'wrong-shape' }
  const subject = ended(id, { ...register, endedAt: register.endedAt }, source, sought)
  return { events: [{ type: 'remembered', subject }], caseId: id, how: 'opened', why: source.why }
}

/** Still open: its limits run from now, since from now on it is ours. */
function backlog(
  board: Board,
  source: CaseSource,
  { scenario, matter, located }: Sought,
  now: Instant,
  known: Known,
): Yes {
  const opening = { scenario, matter, unsure: false, path: located.path, sources: [source] as [CaseSource] }
  const events = openCase(board, { ...opening, isQuiet: true, isOld: true }, now, known)
  return { events, caseId: idOfOpened(events), how: 'opened', why: source.why }
}

function ended(
  id: CaseId,
  { endedAt, disposition = 'solved' }: Register & { endedAt: Instant },
  source: CaseSource,
  { scenario, matter, located }: Sought,
): Omit<Case, 'revision'> {
  const { firstAt, by, facilityId } = source
  return {
    ...{ id, scenarioId: scenario.id, scenarioVersion: scenario.version, matter: matter.code, level: matter.level },
    stage: disposition === 'solved' ? 'closed' : 'void',
    unsure: false,
    ...{ wgs84: source.wgs84, path: located.path, facilityId },
    ...{ openedAt: firstAt, lastReportAt: firstAt, endedAt, disposition },
    sources: [{ ...source, phase: 'end', lastAt: endedAt }],
    ...{ told: [], photos: [], clocks: [], ticked: [], handlers: [], returns: 0 },
    steps: [{ verb: 'open', at: firstAt, by, about: source.key }],
    fromRegister: true,
  }
}
