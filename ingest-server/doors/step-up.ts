// A grave deed asks for a code of the last minutes: whoever finds a screen signed in can look, and nothing more.
import type { Request } from 'express'
import type { Instant } from '#contract/ids'
import type { Viewer } from '#contract/person'
import type { SecondFactors } from '../records/port-identity.ts'
import type { Sessions } from '../records/port-people.ts'
import type { AnyRefusal } from './identity-refusal.ts'
import { tokenOf } from './session-viewer.ts'

const freshFor = 10 * 60_000

export type StepUp = (viewer: Viewer, req: Request) => Extract<AnyRefusal, 'code-not-enrolled' | 'code-again'> | null

/** Null: a code was right in this session within ten minutes. */
export const openStepUp =
  (needs: { sessions: Pick<Sessions, 'provenAt'>; factors: Pick<SecondFactors, 'has'>; now: () => Instant }): StepUp =>
  ({ personId }, req) => {
    const provenAt = needs.sessions.provenAt(tokenOf(req) ?? '')
    if (provenAt !== null && needs.now() - provenAt < freshFor) return null
    return needs.factors.has(personId) ? 'code-again' : 'code-not-enrolled'
  }
