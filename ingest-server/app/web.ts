// What is asked by HTTP and is no machine's: the walls around all doors, in the order a request meets them, and the doors within.
import express, { type Router } from 'express'
import { openPermitting } from '../doors/permitting.ts'
import type { ViewerOf } from '../doors/session-viewer.ts'
import type { Records } from '../records/port.ts'
import type { Config } from './config.ts'
import { headers } from './headers.ts'
import { logRequests, type Log } from './log.ts'
import { meeting } from './meeting.ts'
import { faultOf, nothingHere } from './pages.ts'
import { permissions } from './permissions.ts'
import type { World } from './world.ts'

interface WebNeeds {
  config: Pick<Config, 'origins' | 'secure' | 'proxies'> & Partial<Pick<Config, 'tiles'>>
  records: Pick<Records, 'accounts' | 'sessions' | 'factors'>
  viewerOf: ViewerOf
  world: Pick<World, 'newId' | 'every' | 'now'>
  log: Log
  doors: readonly { router: Router }[]
  onFault: (fault: unknown) => void
}

export function openWeb({ config, records, viewerOf, world, log, doors, onFault }: WebNeeds) {
  const { origins, secure, tiles, proxies } = config
  const { newId, every, now } = world
  const permitting = openPermitting({ ...records, ...{ viewerOf, origins, every, now }, nothing: nothingHere })
  const web = express()
  web.disable('x-powered-by')
  // A proxy that is trusted may say whom it speaks for; nobody else.
  web.set('trust proxy', proxies)
  web.use(headers({ origins, secure, tiles }), permissions, logRequests(log, { newId, viewerOf }))
  web.use(meeting(records.sessions, onFault), permitting.permitted)
  for (const door of doors) web.use(door.router)
  web.use(nothingHere, faultOf(newId, log))
  return { web, close: permitting.close }
}
