// Viewing, wired: the one rule of who is shown which picture, and the doors that go by it.
import type { Router } from 'express'
import type { Archive } from '../archive/archive.ts'
import type { Known } from '../case-engine/known.ts'
import type { ViewingRules } from '#contract/viewing'
import type { Desk } from '../desk/port.ts'
import { followEvidence } from '../doors/evidence-cases.ts'
import { openEvidenceDoor } from '../doors/evidence.ts'
import { openPersonsSeenDoor } from '../doors/persons-seen.ts'
import type { ViewerOf } from '../doors/session-viewer.ts'
import { openThumbCount } from '../doors/thumb-count.ts'
import { openViewingRule } from '../doors/viewing-rule.ts'
import { openViewingsDoor } from '../doors/viewings.ts'
import type { Operators } from '../doors/wall-operators.ts'
import type { Records } from '../records/port.ts'
import type { World } from './world.ts'

interface Needs {
  records: Records
  archive: Pick<Archive, 'get' | 'holding'>
  desk: Desk
  known: Known
  operators: Pick<Operators, 'wishing' | 'wished'>
  rules: ViewingRules
  viewerOf: ViewerOf
  world: Pick<World, 'now' | 'every'>
  origins: readonly string[]
  onFault: (fault: unknown) => void
}

export interface ViewingDoors {
  doors: { router: Router }[]
  close(): Promise<void>
}

export function openViewing(needs: Needs): ViewingDoors {
  const { records, archive, desk, known, operators, rules, viewerOf, origins, onFault } = needs
  const { now, every } = needs.world
  const pictures = followEvidence({ desk })
  const thumbs = openThumbCount({ audit: records.audit, now, every, onFault })
  const operatorOf = operators.wishing
  const { mayView } = openViewingRule({
    holding: pictures.holding,
    archived: archive.holding,
    linkage: () => desk.board().linkage,
    ...{ pictures: records.pictures, viewings: records.viewings, looks: records.personal.looks },
    ...{ operatorOf, rules, now },
    isSensitive: (scenario) => known.scenarios.byId.get(scenario)?.sensitive === true,
  })
  const common = { viewerOf, now, origins, audit: records.audit, desk, archived: archive.get }
  return {
    doors: [
      openEvidenceDoor({ ...records, ...{ viewerOf, now, origins, mayView, thumbs } }),
      openPersonsSeenDoor({
        ...common,
        ...{ looks: records.personal.looks, wishes: records.personal.wishes, mayView, operatorOf },
        wished: operators.wished,
      }),
      openViewingsDoor({
        ...common,
        ...{ viewings: records.viewings, accounts: records.accounts, rules, ground: known.ground },
      }),
    ],
    async close() {
      pictures.close()
      await thumbs.close()
    },
  }
}
