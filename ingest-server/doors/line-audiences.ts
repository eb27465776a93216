// Who is on the line, by audience: each is told a change once, encoded once, in the order of revisions.
import type { Patch } from '#contract/patch'
import type { Change, ShownBoard } from '../desk/port.ts'
import type { Audience, SeenGround } from './line-scope.ts'
import { patchOf } from './line-view.ts'

export interface Audiences {
  /** One more screen of this audience; `revision`: where the board stands that it is given. */
  join(audience: Audience, revision: number): void
  leave(audience: Audience): void
  /** The patch for each audience that the change is anything to. */
  tell(change: Change, board: ShownBoard, send: (audience: Audience, patch: Patch) => void): void
  each(visit: (audience: Audience, toldRevision: number, screens: number) => void): void
}

export function openAudiences(ground: SeenGround): Audiences {
  const present = new Map<string, { audience: Audience; told: number; screens: number }>()

  return {
    join(audience, revision) {
      const known = present.get(audience.key)
      if (known) known.screens++
      else present.set(audience.key, { audience, told: revision, screens: 1 })
    },
    leave({ key }) {
      const known = present.get(key)
      if (known && --known.screens === 0) present.delete(key)
    },
    tell(change, board, send) {
      for (const known of present.values()) {
        const patch = patchOf(change, { audience: known.audience, ground, board, since: known.told })
        if (!patch) continue
        known.told = patch.revision
        send(known.audience, patch)
      }
    },
    each(visit) {
      for (const { audience, told, screens } of present.values()) visit(audience, told, screens)
    },
  }
}
