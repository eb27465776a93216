// The very next thing to do with a task: one button, one place, so that the thumb learns it. Pure.
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import type { PersonId } from '#contract/ids'
import { missingPhotos } from '#contract/photos'
import type { Scenario } from '#contract/scenario'
import type { PhotoSlot } from '#contract/stage'

export type Next =
  | { kind: 'acknowledge' | 'take' | 'arrive' | 'finish' }
  | { kind: 'photo'; slot: PhotoSlot }
  /** All that can be tapped has been; the desk has not answered yet. */
  | { kind: 'wait' }
  /** 挂账: it stands still for now. */
  | { kind: 'held' }
  /** It lies with whoever verifies. */
  | { kind: 'done' }

/** Of the one who has it: still to be worked on, and not handed on for verification. */
export const isToDo = ({ stage }: Pick<Case, 'stage'>): boolean => stage === 'dispatched' || stage === 'handling'

/** `asked`: what waits on this phone. It leads the button on, so that a whole task can be done without signal. */
export function nextThing(
  subject: Case,
  me: PersonId,
  scenario: Scenario | undefined,
  asked: readonly PersonWish[],
): Next {
  const isAsked = (type: PersonWish['type']) => asked.some((wish) => wish.type === type)
  if (subject.holder?.personId !== me) return toldThing(subject, me, isAsked)
  if (!isToDo(subject)) return { kind: 'done' }
  if (subject.held) return { kind: 'held' }
  if (subject.stage === 'dispatched' && !isAsked('take')) return { kind: 'take' }
  if (subject.holder.arrivedAt === undefined && !isAsked('arrive')) return { kind: 'arrive' }
  const slot = slotsToGo(subject, scenario, asked)[0]
  if (slot) return { kind: 'photo', slot }
  return isAsked('finish') ? { kind: 'wait' } : { kind: 'finish' }
}

/** Told and not the one who has it: say so, and say when there. */
function toldThing(subject: Case, me: PersonId, isAsked: (type: PersonWish['type']) => boolean): Next {
  const receipt = subject.told.find((one) => one.personId === me)
  if (receipt?.takenAt === undefined && !isAsked('acknowledge')) return { kind: 'acknowledge' }
  if (receipt?.arrivedAt === undefined && !isAsked('arrive')) return { kind: 'arrive' }
  return { kind: 'wait' }
}

/** Photos the end of the task still wants, and that do not wait on this phone already. */
export function slotsToGo(subject: Case, scenario: Scenario | undefined, asked: readonly PersonWish[]): PhotoSlot[] {
  const shot = asked.flatMap((wish) => (wish.type === 'attach' ? [wish.slot] : []))
  return missingPhotos(subject, scenario, 'finish').filter((slot) => !shot.includes(slot))
}
