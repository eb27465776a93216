// A day's cases in a few facts each, for the morning report: whoever answers for the ground reads its figures out of them.
import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Archive } from '../archive/archive.ts'
import type { Known } from '../case-engine/known.ts'
import { scenarioOf } from '../case-engine/scenario-book.ts'
import type { Case } from '#contract/case'
import type { Daily, DailyCase } from '#contract/daily'
import type { Instant } from '#contract/ids'
import type { Desk } from '../desk/port.ts'
import { audienceOf, visibleTo } from './line-scope.ts'
import { AskedTime } from './past-asked.ts'
import { openAsking } from './past-asking.ts'
import type { ViewerOf } from './session-viewer.ts'

interface DailyDoorNeeds {
  desk: Pick<Desk, 'board'>
  archive: Pick<Archive, 'between'>
  complete: () => boolean
  known: Pick<Known, 'scenarios'>
  viewerOf: ViewerOf
  now: () => Instant
}

const mostDays = 32
const Asked = z
  .object({ from: AskedTime, to: AskedTime })
  .refine(({ from, to }) => from < to && to - from <= mostDays * 86_400_000)

export function openDailyDoor({ desk, archive, complete, known, viewerOf, now }: DailyDoorNeeds) {
  const router = Router()
  const ask = openAsking({ Asked, viewerOf, complete })

  async function answer(req: Request, res: Response): Promise<void> {
    const asking = ask(req, res)
    if (!asking) return
    const { viewer, asked } = asking
    const { from, to } = asked
    const audience = audienceOf(viewer)
    const cases = new Map<string, DailyCase>()
    const take = (subject: Case) => {
      const isOfTheDay = subject.openedAt < to && (subject.endedAt === undefined || subject.endedAt >= from)
      const isOurs = !subject.mergedInto && scenarioOf(subject, known)?.kind !== 'self-check'
      if (isOfTheDay && isOurs && visibleTo(audience, subject)) cases.set(subject.id, factsOf(subject))
    }
    for await (const subject of archive.between(from, Number.MAX_SAFE_INTEGER)) take(subject)
    for (const subject of desk.board().cases.values()) take(subject)
    const sorted = [...cases.values()].sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1))
    res.json({ from, to, at: now(), cases: sorted } satisfies Daily)
  }

  router.get('/api/daily', answer)
  return { router, close: () => {} }
}

const factsOf = (subject: Case): DailyCase => ({
  ...{ id: subject.id, scenarioId: subject.scenarioId, matter: subject.matter, level: subject.level },
  ...{ path: subject.path, openedAt: subject.openedAt, endedAt: subject.endedAt ?? null, stage: subject.stage },
  isAsked: subject.reporterRef !== undefined || subject.sources.some(({ kind }) => kind === 'service-ticket'),
  dispatchedAt: subject.steps.find(({ verb }) => verb === 'dispatch')?.at ?? null,
  arrivedAt: subject.steps.find(({ verb }) => verb === 'arrive')?.at ?? null,
  ...{ disposition: subject.disposition ?? null, unsure: subject.unsure },
})
