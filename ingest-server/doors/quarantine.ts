// What could not be understood, for those who can mend it: the list, and one message whole.
import { isUtf8 } from 'node:buffer'
import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import { QuarantineId } from '#contract/ids'
import type { Refusal } from '#contract/refusal'
import type { Role } from '#contract/roles'
import type { Quarantine } from '../records/port.ts'
import { statusFor } from './intake-answer.ts'
import { refuse } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'

interface QuarantineDoorNeeds {
  quarantine: Pick<Quarantine, 'list' | 'open'>
  viewerOf: ViewerOf
}

const mayLook: ReadonlySet<Role> = new Set<Role>(['administrator', 'duty-officer'])
const Limit = z.coerce.number().int().min(1).max(500).catch(100)

export function openQuarantineDoor({ quarantine, viewerOf }: QuarantineDoorNeeds) {
  const router = Router()

  async function list(req: Request, res: Response): Promise<void> {
    res.json({ kept: await quarantine.list(Limit.parse(req.query.limit)) })
  }

  async function one(req: Request, res: Response): Promise<void> {
    const id = QuarantineId.safeParse(req.params.id).data
    const found = id ? await quarantine.open(id) : null
    if (!found) return no(req, res, 'quarantine-unknown')
    const { body, ...label } = found
    const bytes = Buffer.from(body)
    // As text where it is text: a person is to read it. Pictures and broken encodings come as base64, so no byte is lost.
    res.json({ ...label, ...(isUtf8(bytes) ? { text: bytes.toString('utf8') } : { base64: bytes.toString('base64') }) })
  }

  router.use('/api/quarantine', (req, res, next) => {
    res.set('Cache-Control', 'no-store')
    const viewer = viewerOf(req)
    if (!viewer) return no(req, res, 'not-signed-in')
    if (!mayLook.has(viewer.role)) return no(req, res, 'role-not-allowed')
    next()
  })
  router.get('/api/quarantine', list)
  router.get('/api/quarantine/:id', one)
  return { router, close: () => {} }
}

const no = (req: Request, res: Response, refusal: Refusal): void => refuse(req, res, statusFor(refusal), refusal)
