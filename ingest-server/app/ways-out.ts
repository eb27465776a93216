// Every way out wired: who is told follows the desk, what is to be told is sent, what became of it is heard, and the desk sees it all.
import type { Router } from 'express'
import type { Archive } from '../archive/archive.ts'
import type { Known } from '../case-engine/known.ts'
import { openPast } from '../desk/past.ts'
import type { Desk } from '../desk/port.ts'
import { openCapDoor } from '../doors/cap.ts'
import { openCasesCsvDoor } from '../doors/cases-csv.ts'
import { openDailyDoor } from '../doors/daily.ts'
import type { NeighbourKind } from '#contract/neighbour'
import { openFollow } from '../doors/outward-follow.ts'
import type { House } from '../doors/outward-kind.ts'
import { kindOf as outsideKind } from '../doors/outward-kinds.ts'
import { openPost } from '../doors/outward-post.ts'
import { openStreetKind } from '../doors/outward-street.ts'
import { heardAtOnce } from '../doors/outward-street-took.ts'
import type { Streets } from '../doors/streets-port.ts'
import { openOutwardDoor } from '../doors/outward.ts'
import type { ViewerOf } from '../doors/session-viewer.ts'
import type { Journal } from '../journal/journal.ts'
import type { Records } from '../records/port.ts'
import { openNotices, type NoticesNeeds } from './notices.ts'
import { keepTold } from './telling.ts'
import type { World } from './world.ts'

interface WaysOutNeeds {
  config: NoticesNeeds['config']
  noticeRules: NoticesNeeds['rules']
  records: Records
  journal: Journal
  archive: Archive
  desk: Desk
  known: Known
  viewerOf: ViewerOf
  world: World
  demo: boolean
  /** False while the archive reads what it missed. */
  complete: () => boolean
  /** When all that has left the board is in the archive. */
  archived: () => Promise<void>
  fetch: typeof fetch
  /** The other streets of the system, where there are. */
  streets: Streets | undefined
  onFault: (fault: unknown) => void
}

export interface WaysOut {
  doors: { router: Router }[]
  /** All that is known now has been told, or waits. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** What the command line changed, and whose time has come, is looked for so often. */
const lookEvery = 1000

export function openWaysOut(needs: WaysOutNeeds): WaysOut {
  const { records, journal, archive, desk, known, viewerOf, world, demo, complete, onFault } = needs
  const { now, after, every, random, seconds, defer } = world
  const { neighbours, deliveries, audit } = records
  const { origins } = needs.config
  const house: House = { known, isExercise: demo }
  const { streets } = needs
  const street = streets ? openStreetKind({ streets, known }) : null
  const kindOf = (kind: NeighbourKind) => (kind === 'street' ? street : outsideKind(kind))
  const outside = { neighbours, deliveries, kindOf, now, fetch: needs.fetch, after, onFault }
  const post = openPost({
    ...outside,
    ...(streets && { onTaken: heardAtOnce(desk) }),
    acts: desk.holds,
    chance: () => (random(1)[0] ?? 0) / 256,
  })
  const follow = openFollow({ ...outside, desk })
  const rest = () => new Promise<void>((over) => defer(over))
  const past = openPast({ journal, seconds, rest, onFault })
  const telling = keepTold({
    ...{ desk, past, neighbours, deliveries, kindOf, house, now, wake: post.look, onFault },
    async archived(id) {
      await needs.archived()
      return archive.get(id)
    },
  })
  const notices = openNotices({
    ...{ config: needs.config, rules: needs.noticeRules, fetch: needs.fetch },
    ...{ records, desk, past, house, viewerOf, now, after, onFault },
  })
  const stop = every(lookEvery, () => {
    telling.look()
    post.look()
    follow.look()
    notices.look()
  })

  return {
    doors: [
      notices.door,
      openOutwardDoor({ neighbours, deliveries, audit, viewerOf, origins, now, wake: post.look }),
      openCapDoor({ desk, archive, house, viewerOf }),
      openCasesCsvDoor({ desk, archive, complete, known, viewerOf, now }),
      openDailyDoor({ desk, archive, complete, known, viewerOf, now }),
    ],
    async settled() {
      await telling.settled()
      await post.settled()
      await follow.settled()
      await notices.settled()
    },
    async close() {
      stop()
      await notices.close()
      await telling.close()
      await follow.close()
      await post.close()
    },
  }
}
