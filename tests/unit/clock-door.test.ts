// Time as a door: what is due is wished when it is due, whatever becomes of timers and of the clock on the wall.
import { expect, it } from 'vitest'
import type { Command } from '#contract/command'
import type { CaseId, CommandId, Instant } from '#contract/ids'
import { openClockDoor } from '../../ingest-server/doors/clock.ts'
import type { Desk } from '../../ingest-server/desk/port.ts'
import { openTestClock } from '../world/test-clock.ts'

/** A desk that only knows when something is due, and keeps what time wished. */
function aDeskWith(deadlines: Instant[], { deaf = 0 } = {}) {
  const wished: { at: Instant; id: string }[] = []
  const followers = new Set<Parameters<Desk['follow']>[0]>()
  const clock = openTestClock(1_000_000)
  const faults: unknown[] = []
  const late = (at: Instant): Command => ({
    id: `late:${at}` as CommandId,
    by: { kind: 'clock' },
    wish: { type: 'late', caseId: 'x' as CaseId, clock: 'accept' },
  })
  const desk: Pick<Desk, 'due' | 'submit' | 'follow'> = {
    // As the desk does it: one case's next mark is known only once what is due of it is on the board.
    due: (now) => {
      const due = deadlines.filter((at) => at <= now).map(late)
      return { due, nextAt: due.length > 0 || deadlines.length === 0 ? null : Math.min(...deadlines) }
    },
    async submit(command) {
      wished.push({ at: clock.now(), id: command.id })
      if (deaf-- > 0) throw new Error('the journal is away')
      deadlines.splice(deadlines.indexOf(Number(command.id.split(':')[1])), 1)
      return { ok: true, commandId: command.id, revision: 1 }
    },
    follow(tell) {
      followers.add(tell)
      return () => void followers.delete(tell)
    },
  }
  const { now, after } = clock.world
  const door = openClockDoor({ desk, now, after, onFault: (fault) => faults.push(fault) })
  const changed = () => followers.forEach((tell) => tell({} as Parameters<typeof tell>[0]))
  return { clock, deadlines, wished, faults, door, changed, followers }
}

it('[CL30] time wishes at the very moment, not at the next round', async () => {
  const { clock, wished } = aDeskWith([1_003_210])
  await clock.pass(3000)
  expect(wished).toEqual([])
  await clock.pass(1000)
  expect(wished).toEqual([{ at: 1_003_210, id: 'late:1003210' }])
})

it('[CL30] what was due while the server was down is wished at its start', async () => {
  const { wished } = aDeskWith([900_000, 950_000])
  expect(wished.map((one) => one.id)).toEqual(['late:900000', 'late:950000'])
})

it('[CL30] a change that sets a nearer clock is heeded', async () => {
  const { clock, deadlines, wished, changed } = aDeskWith([1_009_000])
  deadlines.push(1_001_000)
  changed()
  await clock.pass(1500)
  expect(wished).toEqual([{ at: 1_001_000, id: 'late:1001000' }])
})

it('[CL30] two marks of one case, two seconds apart, each come at their moment', async () => {
  const { clock, wished } = aDeskWith([1_003_000, 1_005_000])
  await clock.pass(6000)
  expect(wished.map((one) => one.at)).toEqual([1_003_000, 1_005_000])
})

it('[CL31] the wall clock may jump: ten seconds later at most what is due is wished', async () => {
  const { clock, wished } = aDeskWith([5_000_000])
  clock.jump(6_000_000)
  await clock.pass(10_000)
  expect(wished.map((one) => one.id)).toEqual(['late:5000000'])
})

it('[CL31] a mark that could not be kept is wished again, without a tight loop', async () => {
  const { clock, wished, faults } = aDeskWith([1_000_500], { deaf: 2 })
  await clock.pass(1000)
  expect(wished).toHaveLength(3)
  expect(faults).toHaveLength(2)
  expect(wished[2]!.at - wished[0]!.at).toBe(100)
})

it('[CL31] closed, it neither rings nor listens', async () => {
  const { clock, wished, door, followers } = aDeskWith([1_003_000])
  door.close()
  await clock.pass(20_000)
  expect(wished).toEqual([])
  expect(followers.size).toBe(0)
})
