// What a tap on a standing line does: said at once, or asked first.
import type { CaseWish } from '#contract/command'
import type { CaseId, RequestId } from '#contract/ids'
import type { SheetKind } from './sheet-kinds.ts'
import type { StandingAct } from './standing.ts'

export function doStanding(
  key: StandingAct,
  caseId: CaseId,
  request: RequestId | undefined,
): { wish: CaseWish } | { sheet: SheetKind } {
  switch (key) {
    case 'approve':
    case 'withdraw':
      return { wish: { type: key, caseId, request: request! } }
    case 'reject':
      return { sheet: { about: 'reject', request: request! } }
    case 'unshelve':
    case 'resume':
      return { wish: { type: key, caseId } }
    case 'answer':
    case 'unmerge':
      return { sheet: { about: key } }
    default:
      return key satisfies never
  }
}
