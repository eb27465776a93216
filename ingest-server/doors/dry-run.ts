// A changed rule tried before it is put in force: on what really came in, beside the rules there are. Nothing of it is kept.
import express, { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { DryRun } from '#contract/dry-run'
import type { Language } from '#contract/language'
import { refusals } from '#contract/refusal'
import { Claimed } from '#contract/report'
import { isAdministrator, type Role } from '#contract/roles'
import type { RuleFault } from '#contract/rules'
import type { Scenario } from '#contract/scenario'
import type { TriedSpan } from '../desk/try-scenario.ts'
import { languageOf, statusFor } from './intake-answer.ts'
import { originGuard } from './session-origin.ts'
import { later, no, refuse } from './session-refusal.ts'
import type { ViewerOf } from './session-viewer.ts'

interface DryRunDoorNeeds {
  /** As it would be read from its file, and stand beside the others; else every fault in a sentence. */
  read: (given: unknown) => { scenario: Scenario } | { faults: RuleFault[] }
  run: (span: TriedSpan, signal: AbortSignal) => Promise<DryRun>
  viewerOf: ViewerOf
  origins: readonly string[]
}

const mayTry: ReadonlySet<Role> = new Set<Role>(['duty-officer', 'administrator'])
const largest = '256kb'
/** It reads a month of the journal twice over: one at a time, and the present goes first. */
const atATime = 1
const longest = 100 * 24 * 60 * 60_000

export const Tried = z
  .object({ scenario: z.record(z.string(), z.unknown()), from: Claimed, to: Claimed })
  .refine(({ from, to }) => from < to && to - from <= longest)

export function openDryRunDoor({ read, run, viewerOf, origins }: DryRunDoorNeeds) {
  const router = Router()
  let running = 0

  async function tried(req: Request, res: Response): Promise<void> {
    const viewer = viewerOf(req)
    if (!viewer) return no(req, res, 'not-signed-in')
    if (!mayTry.has(viewer.role)) return no(req, res, 'role-not-allowed')
    const asked = Tried.safeParse(req.body)
    if (!asked.success) return refuse(req, res, 400, 'wrong-shape')
    const language = languageOf(req)
    const found = read(asked.data.scenario)
    if ('faults' in found) return wrong(res, found.faults, language)
    if (running >= atATime) return later(req, res, 'overloaded')
    const gone = new AbortController()
    res.once('close', () => gone.abort())
    running++
    try {
      const { from, to } = asked.data
      const made = await run({ scenario: found.scenario, from, to, language }, gone.signal)
      res.json(isAdministrator(viewer.role) ? counts(made) : made)
    } catch (fault) {
      if (!gone.signal.aborted) throw fault
    } finally {
      running--
    }
  }

  router.use('/api/dry-run', originGuard(origins), (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.post('/api/dry-run', express.json({ limit: largest }), tried)
  return { router, close: () => {} }
}

/** To who keeps the system: how many, and of no report and no person which. */
const counts = ({ then, now, ...made }: DryRun): DryRun => ({
  ...made,
  then: { ...then, toldBy: [] },
  now: { ...now, toldBy: [] },
  differences: [],
})

/** With each fault: the sentence alone would not say where to mend it. */
function wrong(res: Response, faults: RuleFault[], language: Language): void {
  const words = [
    refusals['scenario-wrong'][language],
    ...faults.map(({ path, words: said }) => `${path} ${said[language]}`),
  ]
  res
    .status(statusFor('scenario-wrong'))
    .json({ ok: false, refusal: 'scenario-wrong', words: words.join('\n'), faults })
}
