// R5: the wall clock leaps, stands still and is set, over year's end and holidays, the server goes down: no limit is called late that is not, and none is missed.
import type { Command } from '#contract/command'
import { runs } from '#contract/ledger'
import { openHouseClock } from '../../ingest-server/app/house-clock.ts'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { openDesk } from '../../ingest-server/desk/desk.ts'
import type { Desk } from '../../ingest-server/desk/port.ts'
import { openClockDoor } from '../../ingest-server/doors/clock.ts'
import { openMemoryJournal } from '../../ingest-server/journal/memory.ts'
import { aKnown, at, calendar } from '../suites/builders.ts'
import type { Figure, Program } from '../suites/figure.ts'
import { judgeMarks } from './clock-oracle.ts'
import { openLyingClock } from './lying-clock.ts'
import { zeroOf } from './r1-killed.ts'
import { openHands } from './r5-hands.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
/** Year's end, both holidays with their worked Sundays, and an ordinary Friday. */
const mornings = ['2025-12-31 07:30', '2026-09-19 07:30', '2026-09-30 07:30', '2026-02-13 07:30', '2026-11-20 07:30']
/** A lie is over and the house has looked again: by then what is due is said. */
const saidWithin = 11 * second

interface Found {
  missed: string[]
  /** Lines of a time that never was. */
  strange: string[]
  lies: number
  early: string[]
  twice: string[]
  unsound: string[]
  marks: number
}

export const clocksTrial: Program = {
  id: 'R5',
  about: 'clocks that leap, stand and are set',
  async run({ seed, runs: streets = 40, say, stopped }) {
    const all: Found = { missed: [], strange: [], lies: 0, early: [], twice: [], unsound: [], marks: 0 }
    let done = 0
    for (; done < streets && !stopped(); done++) {
      const found = await live(seed + done, mornings[done % mornings.length]!)
      for (const key of ['missed', 'strange', 'early', 'twice', 'unsound'] as const) all[key].push(...found[key])
      all.lies += found.lies
      all.marks += found.marks
      if ((done + 1) % 10 === 0) say(`${done + 1}/${streets} streets, ${all.marks} marks, ${all.lies} lies`)
    }
    const control = await live(seed, mornings[0]!, (wall) => wall)
    for (const fault of [...all.early, ...all.missed, ...all.strange, ...all.twice, ...all.unsound].slice(0, 8))
      say(fault)
    const of = `${all.marks} marks in ${done * daysEach} street-days, ${all.lies} lies of the wall clock, seed ${seed}`
    return [
      zeroOf('R5.false', all.early.length, `called late or over before its time by a count of our own; ${of}`),
      zeroOf('R5.missed', all.missed.length, 'due and not said eleven seconds after the clock was right again'),
      zeroOf('R5.twice', all.twice.length, 'said twice'),
      zeroOf('R5.strange', all.strange.length, 'lines of a time that never was'),
      zeroOf('R5.unsound', all.unsound.length, 'clocks whose two moments are not what their ledger gives'),
      {
        id: 'R5.control',
        value: String(control.strange.length),
        target: '> 0',
        ok: control.strange.length > 0,
        words: 'strange lines in one street that goes by the bare wall clock: what the trial would see',
      },
    ] satisfies Figure[]
  },
}

const daysEach = 3

async function live(seed: number, morning: string, goesBy = openHouseClock): Promise<Found> {
  const chance = chanceFrom(seed)
  const clock = openLyingClock(at(morning))
  const now = goesBy(clock.wall, clock.steady)
  const journal = openMemoryJournal()
  const hands = openHands(chance)
  const found: Found = { missed: [], strange: [], lies: 0, early: [], twice: [], unsound: [], marks: 0 }
  let pending = 0
  let quietSince = 0
  /** Set for good, it is believed a little later. */
  let believedFrom = 0
  let server: { desk: Desk; close(): Promise<void> } | null = await start()

  async function start() {
    const desk = await openDesk({
      ...{ journal, now, known: aKnown(), defer: setImmediate },
      pause: () => new Promise((over) => setImmediate(over)),
      onFault: (fault) => {
        throw fault
      },
    })
    const submit = (command: Command) => {
      pending++
      return desk.submit(command).finally(() => pending--)
    }
    const watched = { ...desk, submit }
    desk.follow(({ at: line }) => {
      if (clock.steady() < believedFrom) return
      // A wall clock that stands is seen to after two seconds.
      if (Math.abs(line - (clock.wall() - clock.lie())) > 3 * second)
        found.strange.push(
          `seed ${seed}: a line at ${new Date(line).toISOString()}, ${line - (clock.wall() - clock.lie())} ms off, ${clock.lie()} ms of a lie`,
        )
    })
    const door = openClockDoor({ desk: watched, now, after: clock.after, onFault: (fault) => { throw fault } }) // prettier-ignore
    return {
      desk: watched,
      close: async () => {
        door.close()
        await desk.close()
      },
    }
  }
  const quiet = async () => {
    for (let still = 0; still < 2; still = pending > 0 ? 0 : still + 1) await new Promise((over) => setImmediate(over))
  }
  /** Nothing is due that was not said, once the clock has been right for long enough. */
  function lookForMissed(): void {
    if (!server || clock.lie() !== 0 || clock.steady() < quietSince + saidWithin) return
    for (const { id, clocks } of server.desk.board().cases.values())
      for (const one of clocks.filter(runs)) {
        const name = `seed ${seed}: ${id} ${one.name}`
        if (one.lateSaidAt === undefined && one.lateAt < now() - second) found.missed.push(`${name} late`)
        if (one.overSaidAt === undefined && one.dueAt < now() - second) found.missed.push(`${name} over`)
      }
  }

  async function work(): Promise<void> {
    if (!server) return
    const isSeen = chance.next() < 0.2
    const commands = isSeen ? hands.reports(now()) : hands.taps([...server.desk.board().cases.values()], now())
    for (const command of commands) void server.desk.submit(command)
    await quiet()
  }

  const end = daysEach * 24 * hour
  while (clock.steady() < end) {
    await clock.passTo(clock.steady() + chance.whole(1, 15 * 60) * second, quiet)
    lookForMissed()
    const what = chance.next()
    if (what < 0.25 && !clock.lies()) {
      found.lies++
      await tellLie()
    } else if (what < 0.28) {
      await server?.close()
      await clock.passTo(clock.steady() + chance.whole(1, 90) * minute, quiet)
      server = await start()
      await quiet()
      quietSince = clock.steady()
    } else {
      await work()
    }
  }
  await server?.close()
  const judged = await judgeMarks(journal, calendar)
  return { ...found, ...judged }

  /** Seconds ahead or back, minutes of standing still, or set for good; and people go on with their work meanwhile. */
  async function tellLie(): Promise<void> {
    const lie = chance.next()
    const [leaps, stands] = [chance.whole(500, 4500), chance.whole(1, 30) * minute]
    const lasting = lie < 0.45 ? leaps : lie < 0.85 ? stands : 0
    if (lie < 0.45) clock.leaps(chance.whole(1, 120) * minute * chance.oneOf([1, -1]), lasting)
    else if (lie < 0.85) clock.stands(lasting)
    else clock.isSet(chance.whole(1, 50) * minute * chance.oneOf([1, -1]))
    quietSince = Math.max(quietSince, clock.steady() + lasting)
    if (lasting === 0) believedFrom = clock.steady() + saidWithin
    await clock.passTo(clock.steady() + (lasting === 0 ? saidWithin : chance.whole(0, lasting - 1)), quiet)
    if (lasting > 0) await work()
  }
}
