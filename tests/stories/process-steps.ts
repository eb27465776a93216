// What the stories of a process do over and over: fill in, advance, enroll, vote, hand on to be finished and closed.
import type { CaseId, EvidenceId, PersonId } from '#contract/ids'
import type { Member, Value } from '#contract/process'
import type { Disposition } from '#contract/stage'
import type { DutyRoom } from '../world/duty-room.ts'
import type { Screen } from '../world/screen.ts'
import { does, isTold, photographs } from './story.ts'

/** One person at work on one case, through their own screen. */
export function atWork(screen: Screen, caseId: CaseId) {
  const fill = (form: string, values: Record<string, Value>) => ({ type: 'fill' as const, caseId, form, values })
  const to = (phase: string, reason?: string) => ({ type: 'advance' as const, caseId, to: phase, reason })
  const vote = (ballot: string, member: string, choice: string, evidence?: EvidenceId) => ({
    ...{ type: 'vote' as const, caseId, ballot, member, choice },
    evidence,
  })
  return {
    fills: (form: string, values: Record<string, Value>) => does(screen, fill(form, values)),
    goesTo: (phase: string, reason?: string) => does(screen, to(phase, reason)),
    mayNotGoTo: (phase: string) => isTold(screen, to(phase)),
    ticks: (item: string) => does(screen, { type: 'tick', caseId, item }),
    enrolls: (roll: string, members: Member[]) => does(screen, { type: 'enroll', caseId, roll, members }),
    async votes(ballot: string, choice: string, ...members: string[]) {
      for (const member of members) await does(screen, vote(ballot, member, choice))
    },
    branches: (branch: string, text: string) => does(screen, { type: 'branch', caseId, branch, text }),
  }
}

/** Sent to them, taken, reached; photographed and reported back where that is asked. */
export async function isHandled(
  room: DutyRoom,
  desk: Screen,
  [id, phone]: [string, Screen],
  caseId: CaseId,
  slots: Parameters<typeof photographs>[3] = [],
): Promise<void> {
  await does(desk, { type: 'dispatch', caseId, to: id as PersonId })
  await does(phone, { type: 'take', caseId })
  await does(phone, { type: 'arrive', caseId })
  await photographs(room, [id, phone], caseId, slots)
  await does(phone, { type: 'finish', caseId })
}

export const closes = (desk: Screen, caseId: CaseId, disposition: Disposition = 'solved') =>
  does(desk, { type: 'close', caseId, disposition })
