// A wish off the line: whose it is, what became of it, and what of it goes into the audit.
import type { Instant } from '#contract/ids'
import { isWallWish } from '#contract/linkage'
import type { Outcome } from '#contract/outcome'
import type { Viewer } from '#contract/person'
import type { Desk } from '../desk/port.ts'
import type { Evidence } from '../records/port.ts'
import type { LinkAudit } from './line-audit.ts'
import { wishOf } from './line-wish.ts'
import { kioskOf } from './session-viewer.ts'
import type { Operators } from './wall-operators.ts'

interface Needs {
  desk: Pick<Desk, 'submit'>
  evidence: Pick<Evidence, 'has'>
  operators: Pick<Operators, 'wishing' | 'wished'>
  audit: LinkAudit
  now: () => Instant
}

/** `viewer` is the session's, as it stands now. */
export function openCommands({ desk, evidence, operators, audit, now }: Needs) {
  return async (viewer: Viewer, said: unknown): Promise<Outcome> => {
    const wall = kioskOf(viewer)
    const by = (wall !== null && operators.wishing(wall)) || viewer
    const wished = wishOf(said, { viewer: by, now: now(), hasEvidence: evidence.has })
    const named = wished.asked !== undefined && { commandId: wished.asked }
    if ('refusal' in wished) return { ok: false, ...named, refusal: wished.refusal }
    // A page that leads renews its lease by itself, for hours, with nobody there.
    if (wall !== null && !isWallWish(wished.command.wish)) operators.wished(wall)
    const outcome = await audit.watched(wished.command, wall, () => desk.submit(wished.command))
    return { ...outcome, ...named }
  }
}
