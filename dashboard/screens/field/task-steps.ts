// The steps of a task as the strip shows them. What the desk has is done; what only waits on this phone is asked. Pure.
import type { Case, Photo } from '#contract/case'
import type { PersonWish } from '#contract/command'
import type { Instant, PersonId } from '#contract/ids'
import { missingPhotos } from '#contract/photos'
import type { Scenario } from '#contract/scenario'
import type { PhotoSlot } from '#contract/stage'
import type { OutItem } from '../../link/outbox-port.ts'
import { sayField } from '../../words/field.ts'
import { timeOf } from '../../words/times.ts'
import { isToDo } from './next-thing.ts'

export interface StepSays {
  name: 'acknowledge' | 'take' | 'arrive' | 'photos' | 'finish'
  state: 'done' | 'now' | 'asked' | 'open'
  figure: string
}

export function stepsOf(
  subject: Case,
  me: PersonId,
  scenario: Scenario | undefined,
  asked: readonly PersonWish[],
): StepSays[] {
  const isAsked = (type: PersonWish['type']) => asked.some((wish) => wish.type === type)
  const stamp = (name: StepSays['name'], type: PersonWish['type'], at: Instant | undefined): StepSays => {
    if (at !== undefined) return { name, state: 'done', figure: timeOf(at) }
    return isAsked(type)
      ? { name, state: 'asked', figure: sayField('waitingHere') }
      : { name, state: 'open', figure: '' }
  }
  const receipt = subject.told.find((one) => one.personId === me)
  if (subject.holder?.personId !== me) {
    return [stamp('acknowledge', 'acknowledge', receipt?.takenAt), stamp('arrive', 'arrive', receipt?.arrivedAt)]
  }
  const photos = photosStep(subject, scenario, isAsked('attach'))
  return [
    stamp('take', 'take', subject.holder.takenAt),
    stamp('arrive', 'arrive', subject.holder.arrivedAt),
    ...(photos ? [photos] : []),
    stamp('finish', 'finish', isToDo(subject) ? undefined : finishedAt(subject)),
  ]
}

/** Sent back and done again, it is the last time that counts. */
export const finishedAt = ({ steps }: Pick<Case, 'steps'>): Instant | undefined =>
  steps.filter((step) => step.verb === 'finish').pop()?.at

function photosStep(subject: Case, scenario: Scenario | undefined, asked: boolean): StepSays | null {
  const all = scenario?.photos.finish?.length ?? 0
  if (all === 0) return null
  const done = all - missingPhotos(subject, scenario, 'finish').length
  const state = done === all ? 'done' : done > 0 ? 'now' : asked ? 'asked' : 'open'
  return { name: 'photos', state, figure: `${done}/${all}` }
}

export interface SlotSays {
  slot: PhotoSlot
  photo: Photo | undefined
  sentAt: Instant | undefined
  waiting: OutItem | undefined
}

/** The wanted photos in their order, each where it is now: with the desk, on this phone, or not taken. */
export function slotsOf(subject: Case, scenario: Scenario | undefined, items: readonly OutItem[]): SlotSays[] {
  const missing = missingPhotos(subject, scenario, 'finish')
  return (scenario?.photos.finish ?? []).map((slot) => {
    const waiting = items.find(({ wish }) => wish.type === 'attach' && wish.slot === slot)
    const photo = missing.includes(slot) ? undefined : subject.photos.filter((one) => one.slot === slot).pop()
    const step = subject.steps.filter((one) => one.verb === 'attach' && one.about === slot).pop()
    return { slot, photo, sentAt: step?.at, waiting }
  })
}
