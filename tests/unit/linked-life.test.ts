// Orders and leases in any order and at any time: what must always hold of them, and that the lines alone make the same board again.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { clocks as timeWishes } from '../../ingest-server/case-engine/clocks.ts'
import { leaseEnds } from '../../ingest-server/case-engine/leases.ts'
import { packBoard, unpackBoard } from '../../ingest-server/case-engine/pack.ts'
import { project } from '../../ingest-server/case-engine/project.ts'
import type { Actor } from '#contract/case'
import { PersonWish } from '#contract/command'
import type { Command } from '#contract/command'
import { Entry } from '#contract/event'
import type { PersonId } from '#contract/ids'
import { isOpen } from '#contract/stage'
import { aCommand, aReport, aStreet, minutes, people, sourceActor } from '../suites/builders.ts'

const ids = ['chen', 'shen', 'ma', 'li', 'zhou', 'gu', 'wu', 'sun', 'kiosk:hall'] as PersonId[]
const kinds = [
  ...['look', 'look', 'look-away', 'cast', 'cast', 'cast-longer', 'cast-end'],
  ...['urge', 'reinforce', 'reinforce', 'comply', 'decline', 'deliver', 'see', 'acknowledge', 'take', 'arrive'],
  ...['dispatch', 'return', 'void', 'shelve', 'unshelve', 'answer', 'report', 'time', 'time', 'time'],
] as const
const anyStep = fc.record({
  kind: fc.constantFrom(...kinds),
  by: fc.oneof(fc.constantFrom(...ids), fc.constantFrom(...ids.slice(0, 2))),
  to: fc.uniqueArray(fc.constantFrom(...ids.slice(3, 7)), { minLength: 1, maxLength: 3 }),
  which: fc.nat({ max: 5 }),
  after: fc.integer({ min: 0, max: 8 }),
})
type AnyStep = typeof anyStep extends fc.Arbitrary<infer T> ? T : never
type Street = ReturnType<typeof aStreet>

function wishOf({ kind, to, which }: AnyStep, { board, now }: Street, count: number): PersonWish {
  const cases = [...board.cases.values()]
  const subject = cases[which % Math.max(1, cases.length)]
  const caseId = subject?.id ?? 'none'
  const { casts } = board.linkage
  const about = {
    ...{ caseId, to: kind === 'dispatch' ? to[0] : to, reason: '人手不够', note: '在路上' },
    ...{ order: subject?.orders?.at(-1 - (which % 2))?.id ?? 'none', disposition: 'false-alarm' },
    until: now + minutes(30),
  }
  const own: Record<string, Record<string, unknown>> = {
    look: { look: which % 2 ? { caseId } : { placeId: which % 3 ? 'north' : 'south' } },
    cast: { id: `cast-${count}`, what: which % 2 ? { kind: 'case', caseId } : { kind: 'chart', chart: 'trend' }, minutes: 1 + which }, // prettier-ignore
    'cast-longer': { id: casts[which]?.id ?? 'none', minutes: 1 + which * 4 },
    'cast-end': { id: casts[which]?.id ?? 'none' },
  }
  return PersonWish.parse({ type: kind, ...(own[kind] ?? about) })
}

function mustHold(street: Street, used: Set<string>): void {
  const { board, now } = street
  const { spotlight, casts } = board.linkage
  expect(casts.length).toBeLessThanOrEqual(5)
  casts.forEach(({ by, shownAt, until }, i) => {
    expect(casts.filter((one) => one.by === by).length).toBeLessThanOrEqual(2)
    expect([shownAt !== undefined, until !== undefined]).toEqual([i === 0, i === 0])
  })
  if (spotlight) expect(spotlight.until).toBe(spotlight.movedAt + minutes(10))
  const chased = [...board.cases.values()].flatMap((current) =>
    (current.orders ?? []).flatMap(({ id, chaseAt, round, to }) => {
      expect(new Set(to.map(({ personId }) => personId)).size, 'ordered twice').toBe(to.length)
      for (const { personId } of to) expect(current.told.some((one) => one.personId === personId)).toBe(true)
      if (chaseAt === undefined) return []
      expect(isOpen(current.stage) && !current.held && !current.shelved, 'called though it is still').toBe(true)
      expect(round).toBeLessThan(3)
      return [{ id, chaseAt }]
    }),
  )
  const { due, nextAt } = timeWishes(board, now)
  const wished = due.flatMap(({ wish }) => (wish.type === 'chase' ? [wish.order] : []))
  expect(wished.toSorted()).toEqual(
    chased
      .filter(({ chaseAt }) => chaseAt <= now)
      .map(({ id }) => id)
      .toSorted(),
  )
  for (const { id } of due) expect(used.has(id), `${id} again`).toBe(false)
  if (due.length > 0) return
  for (const at of [...chased.map(({ chaseAt }) => chaseAt), ...leaseEnds(board.linkage)])
    if (at > now) expect(nextAt).toBeLessThanOrEqual(at)
}

it('[LK28] [LK15] whatever is wished whenever: five casts and one lease at a time, nobody called on what stands still, each wish of time once; the lines make the same board', () => {
  const seen = new Set<string>()
  const live = (steps: readonly AnyStep[]) => {
    const street = aStreet()
    const entries: Entry[] = []
    const used = new Set<string>()
    let count = 0
    const submit = (command: Command) => {
      const before = street.board.revision
      const decision = street.submit(command)
      if ('refusal' in decision || street.board.revision === before) return
      const { id: commandId, by, wish } = command
      const [revision, { events }] = [street.board.revision, decision]
      entries.push({ revision, at: street.now, commandId, by, type: wish.type, events, outcome: { ok: true, commandId, revision } }) // prettier-ignore
      seen.add(wish.type)
      if (by.kind === 'clock') used.add(command.id)
    }
    street.reports()
    entries.length = 0
    const start = packBoard(street.board)
    for (const step of steps) {
      count++
      const { kind, by: id, after } = step
      street.pass(kind === 'time' ? after * 2 : after / 8)
      const role = people.find((one) => one.id === id)?.role ?? 'wall'
      const by: Actor = { kind: 'person', id, role }
      if (kind === 'report')
        submit(aCommand(sourceActor('hik'), { type: 'report', report: aReport({ eventId: `e-${count}`, matter: 'dropped-garbage', cameraId: 'cam-6' }) })) // prettier-ignore
      else if (kind !== 'time') submit(aCommand(by, wishOf(step, street, count)))
      mustHold(street, used)
      for (const command of timeWishes(street.board, street.now).due) submit(command)
    }
    const again = unpackBoard(start)
    for (const entry of entries) project(again, Entry.parse(JSON.parse(JSON.stringify(entry))))
    const plain = (board: typeof again) =>
      packBoard(board)
        .split('\n')
        .map((line) => JSON.parse(line) as unknown)
    expect(plain(again)).toEqual(plain(street.board))
  }
  fc.assert(fc.property(fc.array(anyStep, { minLength: 20, maxLength: 60, size: 'max' }), live), {
    numRuns: 120,
    seed: 4,
  })
  for (const kind of ['end-leases', 'chase', ...kinds.filter((one) => one !== 'time')]) expect(seen, kind).toContain(kind) // prettier-ignore
})
