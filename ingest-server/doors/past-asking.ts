// Whoever asks for a span of what was: may they, what do they ask, and is the archive whole? One guard for every such door.
import type { Request, Response } from 'express'
import type { z } from 'zod'
import type { Viewer } from '#contract/person'
import type { Role } from '#contract/roles'
import { later, no, refuse } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'

interface AskingNeeds<T extends z.ZodType> {
  Asked: T
  viewerOf: ViewerOf
  /** False while the archive reads what it missed: half a year would be taken for the whole. */
  complete: () => boolean
}

/** Who answers for how the work goes. */
const mayLook: ReadonlySet<Role> = new Set<Role>(['duty-officer', 'chief'])

/** Null where the no was said already. */
export const openAsking =
  <T extends z.ZodType>({ Asked, viewerOf, complete }: AskingNeeds<T>) =>
  (req: Request, res: Response): { viewer: Viewer; asked: z.output<T> } | null => {
    res.set('Cache-Control', 'no-store')
    const viewer = viewerOf(req)
    if (!viewer) return said(no(req, res, 'not-signed-in'))
    if (!mayLook.has(viewer.role)) return said(no(req, res, 'role-not-allowed'))
    const asked = Asked.safeParse(req.query)
    if (!asked.success) return said(refuse(req, res, 400, 'wrong-shape'))
    if (!complete()) return said(later(req, res, 'not-in-step'))
    return { viewer, asked: asked.data }
  }

const said = (_no: void): null => null
