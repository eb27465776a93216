// What looks back, wired: past moments out of the journal, the archive kept up with the board, and the figures out of both.
import type { Router } from 'express'
import type { Archive } from '../archive/archive.ts'
import type { Known } from '../case-engine/known.ts'
import { scenarioOf } from '../case-engine/scenario-book.ts'
import type { CameraId } from '#contract/ids'
import { openPast } from '../desk/past.ts'
import type { Desk } from '../desk/port.ts'
import { tryScenario } from '../desk/try-scenario.ts'
import { openArchiveDoor } from '../doors/archive.ts'
import { openDryRunDoor } from '../doors/dry-run.ts'
import { openHeatDoor } from '../doors/heat.ts'
import { openHygieneDoor } from '../doors/hygiene.ts'
import { openKpiDoor } from '../doors/kpi.ts'
import { openPastDoor } from '../doors/past.ts'
import type { ViewerOf } from '../doors/session-viewer.ts'
import type { Journal } from '../journal/journal.ts'
import type { Records } from '../records/port.ts'
import { keepArchive } from './archiving.ts'
import type { Config } from './config.ts'
import { openJudge } from './judging.ts'
import { readTried } from './trying.ts'
import type { World } from './world.ts'

export interface HindsightNeeds {
  journal: Journal
  archive: Archive
  config: Pick<Config, 'origins'>
  records: Pick<Records, 'accounts'>
  desk: Desk
  known: Known
  viewerOf: ViewerOf
  /** Cameras that are silent now. */
  silent: () => readonly CameraId[]
  world: Pick<World, 'now' | 'seconds' | 'defer' | 'every'>
  onFault: (fault: unknown) => void
}

export interface Hindsight {
  doors: { router: Router }[]
  /** False while the archive reads what it missed. */
  complete(): boolean
  /** All that left the board is in the archive, or could not be put there. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** A desk that came to be held here is archived from here, even where nothing happens on it. */
const lookEvery = 1000

export function openHindsight(needs: HindsightNeeds): Hindsight {
  const { journal, archive, desk, known, viewerOf, world, onFault } = needs
  const { accounts } = needs.records
  const { now } = world
  const { ground } = known
  const rest = () => new Promise<void>((over) => world.defer(over))
  const breath = { seconds: world.seconds, rest }
  const past = openPast({ journal, ...breath, onFault })
  const judge = openJudge({ known, accounts, now })
  const archiving = keepArchive({ archive, desk, past, judge, onFault })
  const stopLooking = world.every(lookEvery, archiving.look)

  return {
    doors: [
      openPastDoor({ desk, past, ground, viewerOf, now, onFault }),
      openArchiveDoor({ desk, archive, viewerOf }),
      openKpiDoor({
        ...{ desk, archive, judge, accounts, ground, viewerOf, now },
        complete: archiving.complete,
        scenarios: () => known.scenarios.all,
      }),
      openHygieneDoor({
        ...{ desk, archive, viewerOf, now, ...breath },
        complete: archiving.complete,
        scenarioOf: (subject) => scenarioOf(subject, known),
      }),
      openHeatDoor({
        ...{ desk, archive, ground, viewerOf, now, silent: needs.silent },
        complete: archiving.complete,
        calendar: () => known.calendar,
        kindOf: (scenario) => known.scenarios.byId.get(scenario)?.kind,
      }),
      openDryRunDoor({
        ...{ viewerOf, origins: needs.config.origins },
        read: (given) => readTried(JSON.stringify(given), known.scenarios.all),
        run: (span, signal) => tryScenario({ journal, past, known, ...breath }, span, signal),
      }),
    ],
    complete: archiving.complete,
    settled: archiving.settled,
    close() {
      stopLooking()
      return archiving.close()
    },
  }
}
