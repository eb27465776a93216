// One test of a source: its sample sent down the real road, and what each station of the road says. No zod: screens read this too.
import type { Words } from './language.ts'

/**
 * `proved`: who it is taken for. `read`: what its dialect made of it. `judged`: what the desk would do with it now, or why not.
 * `kept`: a synthetic alarm in its place, through to the journal: it makes no case and reaches nobody.
 */
export type TestStation = 'proved' | 'read' | 'judged' | 'kept'

export interface TestStep {
  station: TestStation
  ok: boolean
  words: Words
  /** What this station took. */
  milliseconds: number
}

/** Answer of a test: of `POST /api/sources/:id/test`, and to whoever sends with a test's token. */
export interface SourceTested {
  /** All stations were passed. */
  ok: boolean
  dialect: string
  /** In their order; the last is the one it did not pass, if any. */
  steps: TestStep[]
}
