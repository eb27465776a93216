// What hangs on the wall says that a resident's case waits or stands still, and not why.
import { expect, it } from 'vitest'
import { maskFor } from '../../ingest-server/doors/line-scope.ts'
import type { OrderId, PersonId, ReporterRef, RequestId } from '#contract/ids'
import { aCase, calendar, morning } from '../suites/builders.ts'
import { pauseClock, startClock } from '../../ingest-server/case-engine/clock-moves.ts'

const he = 'he' as PersonId
const secret = '六楼老人卧床，等家属开门'

it('[SC12] nor why it was asked for, held, urged, put aside or paused', () => {
  const clock = pauseClock(
    startClock('handle', { amount: 4, unit: 'work-hours' }, morning, calendar),
    morning,
    secret,
    he,
  )
  const said = { by: he, at: morning, reason: secret }
  const subject = aCase({
    reporterRef: 'mei' as ReporterRef,
    clocks: [clock],
    requests: [
      { id: 'hold-1' as RequestId, what: 'hold', ...said, answer: { yes: true, ...said } },
      { id: 'extend-1' as RequestId, what: 'extend', ...said },
    ],
    held: { since: morning, until: morning + 1, reason: secret, by: he, grantedBy: he },
    urged: said,
    shelved: { since: morning, until: morning + 1, reason: secret, by: he },
  })
  const shown = maskFor({ role: 'wall' }, subject)
  expect(JSON.stringify(shown)).not.toContain(secret)
  expect(shown).toMatchObject({
    held: { until: morning + 1 },
    requests: [{ answer: { yes: true } }, { what: 'extend' }],
  })
  expect(maskFor({ role: 'chief' }, subject)).toBe(subject)
})

it('[SC12] nor why somebody was ordered there or declined, nor what was noted of it', () => {
  const by = { kind: 'person' as const, id: he, role: 'officer' as const }
  const to = [{ personId: he, sentAt: morning, declinedAt: morning + 1, declinedFor: secret }]
  const subject = aCase({
    reporterRef: 'mei' as ReporterRef,
    orders: [{ id: 'order-1' as OrderId, what: 'urge', by: he, at: morning, reason: secret, to, round: 0 }],
    steps: [
      { verb: 'note', at: morning, by, note: secret },
      { verb: 'decline', at: morning, by, about: 'order-1', reason: secret },
    ],
  })
  const shown = maskFor({ role: 'wall' }, subject)
  expect(JSON.stringify(shown)).not.toContain(secret)
  expect(shown).toMatchObject({
    orders: [{ to: [{ personId: he, declinedAt: morning + 1 }] }],
    steps: [{ verb: 'note' }, { verb: 'decline', about: 'order-1' }],
  })
})
