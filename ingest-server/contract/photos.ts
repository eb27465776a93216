// Which photos a step still wants. No zod: the phone asks this too.
import type { Case } from './case.ts'
import type { Scenario } from './scenario.ts'
import type { PhotoSlot, Verb } from './stage.ts'

/** Pictures of it done must be newer than the last time it was sent back; pictures of the trouble stay good. */
export function missingPhotos(
  subject: Pick<Case, 'steps'>,
  scenario: Pick<Scenario, 'photos'> | undefined,
  verb: Verb,
): PhotoSlot[] {
  // Not findLastIndex: staff phones carry webviews of Chrome 90, which has none.
  const sentBack = subject.steps.map((step) => step.verb).lastIndexOf('return')
  const isThere = (slot: PhotoSlot) =>
    subject.steps.some(
      (step, i) => step.verb === 'attach' && step.about === slot && (i > sentBack || !slot.startsWith('after')),
    )
  return (scenario?.photos[verb] ?? []).filter((slot) => !isThere(slot))
}
