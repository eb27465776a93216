// Any past moment as the asker would have seen it, and what led on from there, line by line, for playing.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Instant } from '#contract/ids'
import type { Role } from '#contract/roles'
import type { Desk } from '../desk/port.ts'
import type { Change } from '../desk/port.ts'
import type { Moment, Past } from '../desk/past.ts'
import { audienceOf } from './line-scope.ts'
import type { Audience, SeenGround } from './line-scope.ts'
import { patchOf, wholeBoard } from './line-view.ts'
import { AskedRevision, AskedTime } from './past-asked.ts'
import { later, no, refuse } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'

interface PastDoorNeeds {
  desk: Pick<Desk, 'journalId'>
  past: Past
  ground: SeenGround
  viewerOf: ViewerOf
  now: () => Instant
  onFault: (fault: unknown) => void
}

const mayLook: ReadonlySet<Role> = new Set<Role>(['duty-officer', 'chief', 'wall'])

/** Each reads thousands of lines: more at a time would be felt by those who work in the present. */
const atATime = 4

const AskedMoment = z.union([
  z.object({ at: AskedTime }).transform(({ at }): Moment => ({ at })),
  z.object({ revision: AskedRevision }).transform(({ revision }): Moment => ({ revision })),
])
const AskedSpan = z.union([
  z
    .object({ from: AskedTime, to: AskedTime.optional() })
    .transform(({ from, to = Number.MAX_SAFE_INTEGER }): [Moment, Moment] => [{ at: from }, { at: to }]),
  z
    .object({ fromRevision: AskedRevision, toRevision: AskedRevision.optional() })
    .transform(({ fromRevision, toRevision = Number.MAX_SAFE_INTEGER }): [Moment, Moment] => [
      { revision: fromRevision },
      { revision: toRevision },
    ]),
])

export function openPastDoor({ desk, past, ground, viewerOf, now, onFault }: PastDoorNeeds) {
  const router = Router()
  let reading = 0

  const viewOf = (audience: Audience, { board, at }: Awaited<ReturnType<Past['boardAt']>>) =>
    wholeBoard({
      ...{ journal: `${desk.journalId} ${audience.key}`, audience, ground, at: Math.min(at, now()) },
      // What screens looked at together then is nobody's now.
      board: { ...board, linkage: { spotlight: null, casts: [] } },
    })

  async function moment(req: Request, res: Response, audience: Audience, signal: AbortSignal): Promise<void> {
    const asked = AskedMoment.safeParse(req.query)
    if (!asked.success) return refuse(req, res, 400, 'wrong-shape')
    res.json(viewOf(audience, await past.boardAt(asked.data, signal)))
  }

  async function changes(req: Request, res: Response, audience: Audience, signal: AbortSignal): Promise<void> {
    const asked = AskedSpan.safeParse(req.query)
    if (!asked.success) return refuse(req, res, 400, 'wrong-shape')
    const played = await past.play(...asked.data, signal)
    const first = viewOf(audience, played)
    res.set('Content-Type', 'application/x-ndjson; charset=utf-8')
    // The pipe asks for no more than the asker takes, and stops the reading where they go away.
    await pipeline(Readable.from(lines(first, played.changes, audience)), res)
  }

  async function* lines(
    first: ReturnType<typeof viewOf>,
    changes: AsyncIterable<Change>,
    audience: Audience,
  ): AsyncGenerator<string> {
    yield `${JSON.stringify(first)}\n`
    let since = first.revision
    for await (const change of changes) {
      const patch = patchOf(change, { audience, ground, since, board: null })
      if (!patch) continue
      since = patch.revision
      yield `${JSON.stringify(patch)}\n`
    }
  }

  /** Nobody's reading goes on once they have gone; a fault cuts the answer off, so that a half is not taken for the whole. */
  const read =
    (answer: typeof moment) =>
    async (req: Request, res: Response): Promise<void> => {
      res.set('Cache-Control', 'no-store')
      const viewer = viewerOf(req)
      if (!viewer) return no(req, res, 'not-signed-in')
      if (!mayLook.has(viewer.role)) return no(req, res, 'role-not-allowed')
      if (reading >= atATime) return later(req, res, 'overloaded')
      const gone = new AbortController()
      res.once('close', () => gone.abort())
      reading++
      try {
        await answer(req, res, audienceOf(viewer), gone.signal)
      } catch (fault) {
        if (gone.signal.aborted || res.destroyed) return
        if (!res.headersSent) throw fault
        onFault(fault)
        res.destroy()
      } finally {
        reading--
      }
    }

  router.get('/api/past', read(moment))
  router.get('/api/past/changes', read(changes))
  return { router, close: () => {} }
}
