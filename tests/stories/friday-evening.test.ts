// Friday 17:50 and four work hours, with Monday a holiday and Sunday worked for it: the right minute on every screen, on hold, extended, and under another calendar.
import { expect, it } from 'vitest'
import { Calendar } from '#contract/clock'
import type { PersonId, RequestId } from '#contract/ids'
import { recompute } from '#contract/ledger'
import { aKnown, aStreet, at, calendar } from '../suites/builders.ts'
import type { Known } from '../../ingest-server/case-engine/known.ts'
import { clocks as timeWishes } from '../../ingest-server/case-engine/clocks.ts'

const swapped = Calendar.parse({
  ...calendar,
  version: '2026 · 2',
  holidays: [...calendar.holidays, '2026-11-23'],
  makeUpDays: [...calendar.makeUpDays, '2026-11-22'],
})

it('[CL40] [CL42] [CL47] left on Friday evening, it is due on the Sunday that is worked; what changes later does not move it', () => {
  const known: Known = { ...aKnown(), calendar: swapped, calendars: new Map([[swapped.version, swapped]]) }
  const street = aStreet({ known, now: at('2026-11-20 17:50') })
  street.reports({ matter: 'dropped-garbage', cameraId: 'cam-6', occurredAt: street.now })
  street.says('chen', { type: 'dispatch', to: 'he' as PersonId })
  street.says('he', { type: 'take' })
  const handle = () => street.only().clocks.find(({ name }) => name === 'handle')!
  expect(handle().dueAt).toBe(at('2026-11-22 11:50'))

  // On Saturday the city says it otherwise: no Sunday is worked. New cases go by that; this one goes on as it began.
  known.calendar = calendar
  known.calendars = new Map([swapped, calendar].map((one) => [one.version, one]))
  street.now = at('2026-11-22 09:00')
  street.says('he', { type: 'ask', what: 'hold', reason: '等大件车', until: at('2026-11-24 10:00') })
  street.says('shen', { type: 'approve', request: 'hold-1' as RequestId })
  street.now = at('2026-11-24 10:00')
  for (const command of timeWishes(street.board, street.now).due) street.submit(command)
  // Ten minutes on Friday and an hour on Sunday are used: two hours and fifty are left, with lunch between.
  expect(handle().dueAt).toBe(at('2026-11-24 14:50'))
  street.says('he', { type: 'ask', what: 'extend', reason: '车小', longer: { amount: 2, unit: 'work-hours' } })
  street.says('shen', { type: 'approve', request: 'extend-1' as RequestId })
  expect(handle().dueAt).toBe(at('2026-11-24 16:50'))
  expect(recompute(handle(), swapped, street.now)).toMatchObject({ lateAt: handle().lateAt, dueAt: handle().dueAt })

  street.reports({ matter: 'dropped-garbage', cameraId: 'cam-6', eventId: 'again', occurredAt: street.now })
  expect(street.cases().at(-1)!.clocks.every((clock) => clock.calendar === (clock.startedAt === street.now ? calendar : swapped).version)).toBe(true) // prettier-ignore
})
