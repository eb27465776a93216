// How good the alarms themselves are, for those who can do something about it: out of the archive and the board.
import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Archive } from '../archive/archive.ts'
import { gatherHygiene } from '../case-engine/hygiene.ts'
import { sees } from '../case-engine/scope.ts'
import type { Case } from '#contract/case'
import type { Instant } from '#contract/ids'
import type { Viewer } from '#contract/person'
import type { Scenario } from '#contract/scenario'
import { breathing } from '../desk/breathing.ts'
import type { Breath } from '../desk/breathing.ts'
import type { Desk } from '../desk/port.ts'
import { AskedTime } from './past-asked.ts'
import { openAsking } from './past-asking.ts'
import { later } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'

interface HygieneDoorNeeds extends Breath {
  desk: Pick<Desk, 'board' | 'repeats'>
  archive: Pick<Archive, 'between'>
  /** False while the archive reads what it missed. */
  complete: () => boolean
  scenarioOf: (subject: Case) => Scenario | undefined
  viewerOf: ViewerOf
  now: () => Instant
}

/** Each reads every case of its span. */
const atATime = 2

/** A process is no alarm, and the house's own checks of itself are nobody's. */
const counted: Record<Scenario['kind'], boolean> = { alarm: true, device: true, process: false, 'self-check': false }

const Asked = z.object({ from: AskedTime, to: AskedTime }).refine(({ from, to }) => from < to)

export function openHygieneDoor(needs: HygieneDoorNeeds) {
  const { desk, archive, now } = needs
  const router = Router()
  const ask = openAsking({ Asked, ...needs })
  let reading = 0

  const isCounted = (subject: Case) => !subject.fromRegister && counted[needs.scenarioOf(subject)?.kind ?? 'alarm']

  async function gather(viewer: Viewer, span: z.infer<typeof Asked>, signal: AbortSignal) {
    const gathered = gatherHygiene(span, (subject) => sees(viewer, subject) && isCounted(subject))
    const breathe = breathing(needs, signal)
    // What was heard of within the span has ended since it began, or is on the board.
    for await (const subject of archive.between(span.from, Number.MAX_SAFE_INTEGER)) {
      gathered.add(subject)
      await breathe()
    }
    for (const subject of [...desk.board().cases.values()]) {
      gathered.add(subject, desk.repeats(subject.id))
      const rest = breathe()
      if (rest) await rest
    }
    return gathered.answer(now())
  }

  async function answer(req: Request, res: Response): Promise<void> {
    const asking = ask(req, res)
    if (!asking) return
    if (reading >= atATime) return later(req, res, 'overloaded')
    const gone = new AbortController()
    res.once('close', () => gone.abort())
    reading++
    try {
      res.json(await gather(asking.viewer, asking.asked, gone.signal))
    } catch (fault) {
      if (!gone.signal.aborted) throw fault
    } finally {
      reading--
    }
  }

  router.get('/api/hygiene', answer)
  return { router, close: () => {} }
}
