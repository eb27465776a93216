// The board is what its journal says: the ways to find a case are right after every line, and it packs and unpacks.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyBoard } from '../../ingest-server/case-engine/board.ts'
import type { Board } from '../../ingest-server/case-engine/board.ts'
import { clocks } from '../../ingest-server/case-engine/clocks.ts'
import { packBoard, unpackBoard } from '../../ingest-server/case-engine/pack.ts'
import { place, project } from '../../ingest-server/case-engine/project.ts'
import type { Entry } from '#contract/event'
import { isOpen } from '#contract/stage'
import { aCase, aStreet, at, morning } from '../suites/builders.ts'

/** What can be looked up, without regard to order. */
const ways = (board: Board) => ({
  sources: [...board.bySource].toSorted(),
  open: [
    ...board.openBy,
    ...[...board.openIn].flatMap(([scenario, ground]) =>
      [...ground].map(([cell, ids]) => [`${scenario} cell:${cell}`, ids] as const),
    ),
  ]
    .map(([key, ids]) => [String(key), [...ids].toSorted()] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  alarms: [...board.alarms.next].toSorted(),
})

/** The same cases put on an empty board one by one. */
function rebuilt(board: Board): Board {
  const again = emptyBoard()
  for (const current of board.cases.values()) place(again, current)
  return again
}

/** A busy day of a small street in random order: reports from everywhere, people at work, time passing. */
const happening = fc.oneof(
  fc.record({
    kind: fc.constant('report' as const),
    cameraId: fc.constantFrom('cam-1', 'cam-2', 'cam-3', 'cam-4', 'cam-5', 'cam-6'),
    matter: fc.constantFrom('smoke', 'open-fire', 'charging-wire', 'dropped-garbage', 'throwing'),
    eventId: fc.integer({ min: 0, max: 30 }).map(String),
    confidence: fc.constantFrom(0.2, 0.9),
  }),
  fc.record({ kind: fc.constant('pass' as const), minutes: fc.constantFrom(0.1, 5, 40, 600) }),
  fc.record({
    kind: fc.constant('work' as const),
    nth: fc.nat(),
    verb: fc.constantFrom('dispatch', 'void', 'return', 'accept'),
  }),
  fc.record({ kind: fc.constant('clock' as const) }),
)

function live(happenings: (typeof happening extends fc.Arbitrary<infer T> ? T : never)[]) {
  const street = aStreet()
  for (const one of happenings) {
    if (one.kind === 'pass') street.pass(one.minutes)
    if (one.kind === 'clock') for (const command of clocks(street.board, street.now).due) street.submit(command)
    if (one.kind === 'report') {
      const { kind: _kind, ...change } = one
      street.reports({ ...change, occurredAt: street.now })
    }
    const cases = street.cases()
    const subject = one.kind === 'work' && cases[one.nth % Math.max(1, cases.length)]
    if (one.kind === 'work' && subject)
      street.says('chen', { type: one.verb, caseId: subject.id, to: 'li', reason: '改派' } as never)
  }
  return street
}

describe('project', () => {
  it('[JO20] the ways to find a case equal those of a board built anew, whatever happened', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
        const { board } = live(happenings)
        expect(ways(board)).toEqual(ways(rebuilt(board)))
      }),
      { numRuns: 200 },
    )
  })

  it('[JO20] an event told again from another camera leaves no way by the old one', () => {
    const street = aStreet()
    street.reports({ cameraId: 'cam-1', eventId: '26' })
    street.reports({ cameraId: 'cam-4', eventId: '26', occurredAt: morning - 1000 })
    expect([...street.board.openBy.keys()].filter((key) => key.includes('camera'))).toEqual([
      'bike-shed-fire camera:cam-4',
    ])
    street.says('chen', { type: 'void', reason: '演练' })
    expect(street.board.openBy.size).toBe(0)
  })

  it('[CL12] what is due by the index is what is due by looking at every case', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), fc.constantFrom(0, 1, 30, 1500), (happenings, later) => {
        const { board, now } = live(happenings)
        const then = now + later * 60_000
        const expected = [...board.cases.values()].flatMap((current) =>
          isOpen(current.stage)
            ? current.clocks
                .filter((clock) => clock.metAt === undefined && clock.ledger.at(-1)?.to === undefined)
                .flatMap((clock) => [
                  ...(clock.lateSaidAt === undefined && clock.lateAt <= then
                    ? [`${current.id} late ${clock.name}`]
                    : []),
                  ...(clock.overSaidAt === undefined && clock.dueAt <= then
                    ? [`${current.id} over ${clock.name}`]
                    : []),
                ])
            : current.endedAt! + 86_400_000 <= then
              ? [`${current.id} archive`]
              : [],
        )
        // What else a case's own record names is told in the tests of the ladder, the holds and the windows.
        const due = clocks(board, then).due.flatMap(({ wish }) =>
          wish.type === 'archive'
            ? [`${wish.caseId} archive`]
            : 'clock' in wish
              ? [`${wish.caseId} ${wish.type} ${wish.clock}`]
              : [],
        )
        expect(due.toSorted()).toEqual(expected.toSorted())
      }),
      { numRuns: 200 },
    )
  })

  it('[JO21] records are replaced, never written to: an old one keeps the old truth', () => {
    const street = aStreet()
    street.reports()
    const before = street.only()
    const as = structuredClone(before)
    street.reports({ eventId: 'event-2', cameraId: 'cam-2' })
    street.says('chen', { type: 'dispatch', to: 'li' })
    expect(before).toEqual(as)
    expect(street.only()).not.toBe(before)
  })

  it('[JO22] a line of several events names its case once, before and after', () => {
    const street = aStreet()
    street.reports()
    const before = street.only()
    const moves = (['accepted', 'filed'] as const).map((stage) => ({
      type: 'moved' as const,
      caseId: before.id,
      stage,
      step: {
        verb: stage === 'accepted' ? ('accept' as const) : ('file' as const),
        at: morning,
        by: { kind: 'clock' as const },
      },
    }))
    const changed = project(street.board, entry({ revision: 2, events: moves }))
    expect(changed.put).toEqual([{ before, now: street.only() }])
    expect(street.only()).toMatchObject({ stage: 'filed', revision: 2 })
  })

  it('[JO23] a line about a case that is not there is a broken journal, and said so', () => {
    const step = { verb: 'see' as const, at: morning, by: { kind: 'clock' as const } }
    const line = entry({ revision: 9, events: [{ type: 'marked', caseId: aCase().id, step }] })
    expect(() => project(emptyBoard(), line)).toThrow('line 9 speaks of 20261120-001')
  })

  it('[JO24] each half hour counts what each block opened, for two days', () => {
    const street = aStreet({ now: at('2026-11-20 09:31') })
    street.reports()
    street.reports({ eventId: 'e-2', cameraId: 'cam-3' })
    street.pass(60)
    street.reports({ eventId: 'e-3', cameraId: 'cam-5', matter: 'throwing' })
    expect([...street.board.tallies.values()]).toEqual([
      { at: at('2026-11-20 09:30'), opened: { north: 2 } },
      { at: at('2026-11-20 10:30'), opened: { north: 1 } },
    ])
    street.now = at('2026-11-22 09:30')
    street.reports({ eventId: 'e-4', cameraId: 'cam-1' })
    expect([...street.board.tallies.keys()]).toEqual([at('2026-11-20 10:30'), at('2026-11-22 09:30')])
  })
})

describe('pack', () => {
  it('[JO25] unpacked, it is the board that was packed, and goes on as that one would', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
        const { board } = live(happenings)
        const again = unpackBoard(packBoard(board))
        expect(again.cases).toEqual(board.cases)
        expect(again.tallies).toEqual(board.tallies)
        expect(again.numbers).toEqual(board.numbers)
        expect(again.revision).toBe(board.revision)
        expect(ways(again)).toEqual(ways(board))
      }),
      { numRuns: 100 },
    )
  })

  it('[JO25] a board of another form is refused, so that the journal is read instead', () => {
    expect(() => unpackBoard(JSON.stringify({ form: 0 }))).toThrow('a board of form 0')
  })
})

const entry = (change: Partial<Entry>): Entry => ({
  revision: 1,
  at: morning,
  commandId: 'command' as Entry['commandId'],
  by: { kind: 'clock' },
  type: 'see',
  events: [],
  outcome: { ok: true, commandId: 'command' as Entry['commandId'], revision: 1 },
  ...change,
})
