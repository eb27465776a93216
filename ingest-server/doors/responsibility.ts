// Who answers for what, where and from when: read by the staff, said by the administrator, every change written down.
import express, { Router, type Request, type RequestHandler, type Response } from 'express'
import type { Ground } from '#contract/ground'
import type { Instant, PersonId } from '#contract/ids'
import { ResponsibilityTable } from '#contract/responsibility'
import { wrongInTable } from '#contract/responsible'
import type { Accounts } from '../records/port-people.ts'
import type { Audit, Responsibilities } from '../records/port.ts'
import { originGuard } from './session-origin.ts'
import { no } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'

interface ResponsibilityDoorNeeds {
  responsibility: Responsibilities
  /** The one in force: the site's own, or as shipped. */
  table: () => ResponsibilityTable | undefined
  accounts: Pick<Accounts, 'people'>
  audit: Audit
  ground: Pick<Ground, 'places'>
  knowsMatter: (matter: string) => boolean
  viewerOf: ViewerOf
  now: () => Instant
  origins: readonly string[]
}

/** As a screen sends it: the version is ours to give. */
export const TableSaid = ResponsibilityTable.omit({ version: true })
const empty: ResponsibilityTable = { version: 'none', rows: [], coverage: [] }
const largest = '1mb'

export function openResponsibilityDoor(needs: ResponsibilityDoorNeeds) {
  const { responsibility, accounts, audit, viewerOf, now } = needs
  const router = Router()

  function read(req: Request, res: Response): void {
    const viewer = viewerOf(req)
    if (!viewer) return no(req, res, 'not-signed-in')
    if (viewer.role === 'wall') return no(req, res, 'role-not-allowed')
    res.json(needs.table() ?? empty)
  }

  const onlyAdministrators: RequestHandler = (req, res, next) => {
    const viewer = viewerOf(req)
    if (!viewer) return no(req, res, 'not-signed-in')
    if (viewer.role !== 'administrator') return no(req, res, 'role-not-allowed')
    res.locals.by = viewer.personId
    next()
  }

  async function set(req: Request, res: Response): Promise<void> {
    const by = res.locals.by as PersonId
    const said = TableSaid.safeParse(req.body)
    if (!said.success) return no(req, res, 'wrong-shape')
    const { places } = needs.ground
    const wrong = wrongInTable(said.data, { places, people: accounts.people(), knowsMatter: needs.knowsMatter })
    if (wrong) return no(req, res, wrong)
    // Written down first: a table that changed and nobody knows by whom would be worse than a line too many.
    await audit.write({ at: now(), who: by, what: 'responsibility-set', about: `${said.data.rows.length} rows` })
    res.json(await responsibility.set(said.data, by, now()))
  }

  router.use('/api/responsibility', originGuard(needs.origins), (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/api/responsibility', read)
  router.put('/api/responsibility', onlyAdministrators, express.json({ limit: largest }), set)
  return { router, close: () => {} }
}
