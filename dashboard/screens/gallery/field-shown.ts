// What the gallery shows of a phone: a task in every state, what waits on it and what the desk refused.
import type { Case } from '#contract/case'
import type { CommandId, PersonId, RequestId } from '#contract/ids'
import type { OutboxLook, OutItem } from '../../link/outbox-port.ts'
import { sayGallery } from '../../words/gallery.ts'
import { language } from '../../words/words.ts'
import { orders } from './orders-shown.ts'
import { clock, now, sample } from './samples.ts'
import type { StateName } from './shelf.ts'

const minute = 60_000
const [li, zhou] = ['li', 'zhou'] as [PersonId, PersonId]
const held = { personId: li, since: now - 6 * minute }
const taken = { ...held, takenAt: now - 5 * minute, arrivedAt: now - 2 * minute }

const subjects: Partial<Record<StateName, () => Case>> = {
  normal: () => sample({ stage: 'handling', holder: taken, clocks: [clock('handle', 4)], orders: [orders.unseen] }),
  busy: () =>
    sample({
      ...{ level: 1, matter: 'open-fire', stage: 'handling', holder: taken, clocks: [clock('handle', 8.6)] },
      urged: { by: zhou, at: now - minute, reason: sayGallery('longWhy') },
      orders: [{ ...orders.unseen, reason: sayGallery('longWhy') }],
      requests: [
        {
          ...{ id: 'r' as RequestId, what: 'extend', by: li, at: now - minute, reason: sayGallery('longWhy') },
          longer: { amount: 2, unit: 'work-hours' },
        },
      ],
    }),
  refused: () => sample({ stage: 'dispatched', holder: held, returns: 1, clocks: [clock('handle', 13)] }),
  waiting: () => sample({ stage: 'dispatched', holder: held, clocks: [clock('handle', 1)], orders: [orders.unseen] }),
}
/** One and the same, so that what waits on the phone is about what the board holds. */
const kept = new Map<string, Case>()
export function subjectIn(state: StateName): Case {
  const key = `${state} ${language.value}`
  const subject = kept.get(key) ?? (subjects[state] ?? subjects.normal!)()
  kept.set(key, subject)
  return subject
}
export const fieldCases = (state: StateName): Case[] => [subjectIn(state)]

const item = (subject: Case, change: Partial<OutItem> = {}): OutItem => ({
  ...{ id: 'c' as CommandId, owner: li, lane: subject.id, order: 1, wish: { type: 'take', caseId: subject.id } },
  ...{
    pictures: [],
    tappedAt: now - minute,
    place: 'waiting',
    trouble: null,
    tries: 0,
    deliveredAt: null,
    outcome: null,
  },
  ...change,
})

export function outboxIn(state: StateName): Partial<OutboxLook> {
  const subject = subjectIn(state)
  const many = Array.from({ length: 20 }, (_, i) => item(subject, { id: `c${i}` as CommandId, order: i, tries: 3 }))
  const outboxes: Partial<Record<StateName, Partial<OutboxLook>>> = {
    normal: { lastDeliveredAt: now - minute },
    busy: { items: many, lastDeliveredAt: now - 60 * minute, lasting: false },
    lost: { items: [item(subject)], lastDeliveredAt: now - 60 * minute },
    refused: { items: [item(subject, { place: 'refused', trouble: 'already-so' })], lastDeliveredAt: now },
    waiting: { items: [item(subject)], lastDeliveredAt: null },
  }
  return outboxes[state] ?? {}
}
