// People at work in a trial: each tap is the next sensible one for some case, now and then an unusual one.
import type { Actor, Case } from '#contract/case'
import type { Command, PersonWish } from '#contract/command'
import type { CommandId, EvidenceId, Instant, PersonId } from '#contract/ids'
import { Report } from '#contract/report'
import type { Chance } from '../../ingest-server/demo/chance.ts'
import { isOpen } from '#contract/stage'
import type { Stage } from '#contract/stage'
import { people, sourceActor } from '../suites/builders.ts'

const as = (id: string): Actor => ({
  kind: 'person',
  id: id as PersonId,
  role: people.find((one) => one.id === id)!.role,
})
const kinds = [
  { matter: 'smoke', cameraId: 'cam-1' },
  { matter: 'dropped-garbage', cameraId: 'cam-6' },
  { matter: 'charging-wire', cameraId: 'cam-1' },
]

export function openHands(chance: Chance) {
  let count = 0
  const command = (by: Actor, wish: Command['wish']): Command => ({ id: `trial-${++count}` as CommandId, by, wish })
  const tap = (id: string, wish: PersonWish) => [command(as(id), wish)]

  const usual: Partial<Record<Stage, (current: Case) => Command[]>> = {
    reported: ({ id: caseId }) => tap('chen', { type: 'dispatch', caseId, to: 'zhou' as PersonId, reason: '就近' }),
    filed: ({ id: caseId }) => tap('chen', { type: 'dispatch', caseId, to: 'li' as PersonId, reason: '就近' }),
    dispatched: ({ id: caseId, holder }) => tap(holder!.personId, { type: 'take', caseId }),
    handling: ({ id: caseId, holder }) => [
      ...tap(holder!.personId, { type: 'arrive', caseId }),
      ...(['before-near', 'before-far', 'after-near', 'after-far'] as const).flatMap((slot) =>
        tap(holder!.personId, {
          type: 'attach',
          caseId,
          slot,
          takenAt: 0,
          evidence: String(++count).padStart(64, '0') as EvidenceId,
        }),
      ),
      ...tap(holder!.personId, { type: 'finish', caseId }),
    ],
    verification: ({ id: caseId }) =>
      tap(
        'shen',
        chance.next() < 0.3
          ? { type: 'return', caseId, reason: '没弄干净' }
          : { type: 'close', caseId, disposition: 'solved' },
      ),
  }

  /** Somebody an order went to sees it, takes it or cannot. */
  function answers({ id: caseId, orders = [] }: Case): Command[] {
    const order = orders.at(-1)
    const id = order?.to.find(({ takenAt, declinedAt }) => (takenAt ?? declinedAt) === undefined)?.personId
    if (!order || !id) return []
    return chance.oneOf([
      () => tap(id, { type: 'see', caseId }),
      () => tap(id, { type: 'comply', caseId, order: order.id }),
      () => tap(id, { type: 'decline', caseId, order: order.id, reason: '走不开' }),
    ])()
  }

  function unusual(current: Case, now: Instant): Command[] {
    const { id: caseId } = current
    const by = current.holder?.personId ?? 'shen'
    const request = current.requests?.find((one) => !one.answer)
    if (request)
      return tap('chen', {
        type: chance.next() < 0.8 ? 'approve' : 'reject',
        caseId,
        request: request.id,
        reason: '可以',
      })
    if (current.held) return tap('chen', { type: 'resume', caseId })
    return chance.oneOf([
      () => tap(by, { type: 'ask', caseId, what: 'extend', reason: '难', longer: { amount: 1, unit: 'work-hours' } }),
      () => tap(by, { type: 'ask', caseId, what: 'hold', reason: '等', until: now + chance.whole(20, 3000) * 60_000 }),
      () => tap(by, { type: 'ask', caseId, what: 'appeal', reason: '不归我们' }),
      () => tap('chen', { type: 'return', caseId, reason: '换人' }),
      () => tap('chen', { type: 'urge', caseId, reason: '怎么样了' }),
      () => tap('chen', { type: 'reinforce', caseId, to: [chance.oneOf(['li', 'zhou', 'gu'] as PersonId[])] }),
      () => answers(current),
    ])()
  }

  return {
    /** Something is seen. */
    reports: (now: Instant): Command[] => {
      const report = Report.parse({
        kind: 'camera-alert',
        ...chance.oneOf(kinds),
        eventId: `e-${++count}`,
        occurredAt: now,
      })
      return [command(sourceActor('hik'), { type: 'report', report })]
    },
    /** Somebody does something with one of these, if any is open. */
    taps: (cases: readonly Case[], now: Instant): Command[] => {
      const open = cases.filter(({ stage }) => isOpen(stage))
      if (open.length === 0) return []
      const current = chance.oneOf(open)
      return chance.next() < 0.5 ? unusual(current, now) : (usual[current.stage]?.(current) ?? [])
    },
  }
}
