// The line between a screen and its desk, against a socket and a clock the test owns.
import { describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { ScreenCommand } from '#contract/command'
import type { CaseId, CommandId, PersonId } from '#contract/ids'
import type { Outcome } from '#contract/outcome'
import type { Patch } from '#contract/patch'
import type { Hello, Welcome } from '#contract/wire'
import { openLine } from '../../dashboard/link/line.ts'
import type { LineLook, LineSocket, Told } from '../../dashboard/link/line-port.ts'

const aCase = (id: string, revision = 1) => ({ id, revision }) as unknown as Case
const viewer = { personId: 'zhou' as PersonId, name: '周敏', role: 'chief' as const, placeIds: [] }

function aDutyRoom() {
  let now = 1_000_000
  const timers = new Set<{ at: number; every: number | null; run: () => void }>()
  const ears = new Map<string, (...said: never[]) => void>()
  const hellos: { hello: Hello; answer: (welcome: Welcome) => void }[] = []
  const commands: { command: ScreenCommand; answer: (outcome: Outcome) => void }[] = []
  const echoes: ((at: number) => void)[] = []
  const calls: string[] = []
  const room = { signedIn: true as boolean | null, connects: 0 }
  const socket = {
    on: (event: string, hear: (...said: never[]) => void) => ears.set(event, hear),
    emit(event: string, ...said: never[]) {
      if (event === 'hello') hellos.push({ hello: said[0]!, answer: said[1]! })
      if (event === 'command') commands.push({ command: said[0]!, answer: said[1]! })
      if (event === 'echo') echoes.push(said[0]!)
    },
    connect: () => void room.connects++,
    disconnect: () => calls.push('disconnect'),
  } as unknown as LineSocket
  const timer = (ms: number, every: number | null, run: () => void) => {
    const one = { at: now + ms, every, run }
    timers.add(one)
    return () => void timers.delete(one)
  }
  const line = openLine({
    connect: () => socket,
    now: () => now,
    random: () => 0.5,
    every: (ms, run) => timer(ms, ms, run),
    after: (ms, run) => timer(ms, null, run),
    signedIn: async () => room.signedIn,
  })
  const told: Told[] = []
  line.follow((one) => told.push(one))
  const say = (event: string, ...said: unknown[]) => ears.get(event)!(...(said as never[]))
  const welcome = (more: Partial<Welcome>): Welcome => ({
    viewer,
    scenarios: [],
    people: [],
    presences: [],
    silent: [],
    build: 'one',
    demo: false,
    at: now,
    board: null,
    patch: null,
    ...more,
  })
  const whole = (revision: number, cases: Case[], journal = 'j') =>
    welcome({
      board: {
        journal,
        revision,
        at: now,
        cases,
        tallies: [],
        duty: { shifts: [], handOvers: [], windows: [] },
        linkage: { spotlight: null, casts: [] },
      },
    })
  return {
    ...{ line, room, say, welcome, whole, hellos, commands, echoes, calls },
    look: () => told.flatMap((one) => (one.what === 'look' ? [one.look] : [])).pop() as LineLook,
    ids: () => [
      ...(told
        .flatMap((one) => (one.what === 'board' ? [one.board] : []))
        .pop()
        ?.cases.keys() ?? []),
    ],
    pass(ms: number) {
      const until = now + ms
      for (;;) {
        const next = [...timers].filter((one) => one.at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        now = next.at
        if (next.every === null) timers.delete(next)
        else next.at += next.every
        next.run()
      }
      now = until
    },
    /** Connected, greeted, live on revision 5 with one case. */
    live() {
      say('connect')
      hellos.at(-1)!.answer(whole(5, [aCase('a')]))
    },
  }
}
const patch = (since: number, revision: number, put: Case[], remove: CaseId[] = []): Patch => ({
  since,
  revision,
  at: 0,
  put,
  remove,
})
const wish: ScreenCommand = { id: 'c1' as CommandId, wish: { type: 'accept', caseId: 'a' as CaseId } }

describe('the line', () => {
  it('[SY30] a screen says hello with nothing in hand, takes the whole board, then lives on patches', () => {
    const desk = aDutyRoom()
    desk.say('connect')
    expect(desk.hellos[0]!.hello).toEqual({})
    desk.hellos[0]!.answer(desk.whole(5, [aCase('a')]))
    desk.say('patch', patch(5, 6, [aCase('b')]))

    expect(desk.look().state).toBe('live')
    expect(desk.ids()).toEqual(['a', 'b'])
  })

  it('[SY31] a patch that does not join on to what the screen holds makes it say hello again', () => {
    const desk = aDutyRoom()
    desk.live()
    desk.say('patch', patch(7, 8, [aCase('c')]))
    expect(desk.ids()).toEqual(['a'])
    expect(desk.hellos.at(-1)!.hello).toEqual({ journal: 'j', revision: 5 })

    desk.hellos.at(-1)!.answer(desk.welcome({ patch: patch(5, 8, [aCase('b'), aCase('c')]) }))
    expect(desk.ids()).toEqual(['a', 'b', 'c'])
  })

  it('[SY32] a pulse that names a later revision than the screen holds is a gap too', () => {
    const desk = aDutyRoom()
    desk.live()
    desk.say('pulse', { at: 0, revision: 6 })
    expect(desk.hellos).toHaveLength(2)
  })

  it('[SY33] two pulses missed and the screen says it is stale; heard again, it is live', () => {
    const desk = aDutyRoom()
    desk.live()
    desk.pass(4_000)
    expect(desk.look().state).toBe('live')
    desk.pass(1_000)
    expect(desk.look().state).toBe('stale')
    desk.say('pulse', { at: 0, revision: 5 })
    expect(desk.look().state).toBe('live')
  })

  it('[SY44] a desk that can keep nothing: the screen says since when it stands still, and does not knock anew', () => {
    const desk = aDutyRoom()
    desk.live()
    const { lastAt } = desk.look()
    for (let i = 0; i < 10; i++) {
      desk.pass(2_000)
      desk.say('pulse', { at: 0, revision: 5, stuck: true })
      expect(desk.look()).toMatchObject({ state: 'stale', lastAt })
    }
    expect(desk.calls).not.toContain('disconnect')
    desk.say('pulse', { at: 0, revision: 5 })
    expect(desk.look().state).toBe('live')
  })

  it('[SY34] a line that is open and says nothing is cut by the screen itself and made anew', () => {
    const desk = aDutyRoom()
    desk.live()
    desk.pass(4_200)
    expect(desk.calls).not.toContain('disconnect')
    desk.pass(1_000)
    expect(desk.calls).toContain('disconnect')
    expect(desk.room.connects).toBeGreaterThan(0)
  })

  it('[SY49] a welcome that does not come is asked for anew, and each time waited for twice as long', () => {
    const desk = aDutyRoom()
    const cuts = () => desk.calls.filter((call) => call === 'disconnect').length
    desk.say('connect')
    desk.pass(4_100)
    expect(cuts()).toBe(1)
    desk.say('connect')
    desk.pass(7_000)
    expect(cuts()).toBe(1)
    desk.pass(1_500)
    expect(cuts()).toBe(2)
  })

  it('[SY35] a lost line keeps the board on the screen, says so, and asks on with what it holds', () => {
    const desk = aDutyRoom()
    desk.live()
    desk.say('disconnect', 'transport close')
    expect(desk.look().state).toBe('lost')
    expect(desk.ids()).toEqual(['a'])

    desk.say('connect')
    expect(desk.hellos.at(-1)!.hello).toEqual({ journal: 'j', revision: 5 })
  })

  it('[SY36] a command cut off before its answer is unanswered, never taken for done or refused', async () => {
    const desk = aDutyRoom()
    desk.live()
    const first = desk.line.command(wish)
    desk.say('disconnect', 'transport close')
    expect(await first).toBe('unanswered')
    expect(await desk.line.command(wish)).toBe('unanswered')

    desk.say('connect')
    desk.hellos.at(-1)!.answer(desk.welcome({}))
    const again = desk.line.command(wish)
    desk.commands.at(-1)!.answer({ ok: true, commandId: wish.id, revision: 6 })
    expect(await again).toMatchObject({ ok: true, revision: 6 })
  })

  it('[SY37] the lag shown is the median of the last echoes, and the clock is the server’s', () => {
    const desk = aDutyRoom()
    desk.live()
    for (const trip of [40, 36, 900, 38, 42]) {
      const echo = desk.echoes.at(-1)!
      desk.pass(trip)
      echo(2_000_000)
      for (const ms of [2_000, 2_000, 1_000 - trip]) {
        desk.pass(ms)
        desk.say('pulse', { at: 0, revision: 5 })
      }
    }
    expect(desk.look().lagMs).toBe(40)
  })

  it('[SY38] a session that is over shows the door, and the next one in gets a board of their own', async () => {
    const desk = aDutyRoom()
    desk.live()
    desk.say('leave')
    expect(desk.look().state).toBe('signed-out')

    desk.line.again()
    desk.say('connect')
    expect(desk.hellos.at(-1)!.hello).toEqual({})
  })

  it('[SY39] a door that stays shut is asked whether the session is over before the screen says so', async () => {
    const desk = aDutyRoom()
    desk.room.signedIn = null
    desk.say('connect_error', new Error('websocket error'))
    await Promise.resolve()
    expect(desk.look().state).toBe('lost')

    desk.room.signedIn = false
    desk.say('connect_error', new Error('websocket error'))
    await expect.poll(() => desk.look().state).toBe('signed-out')
  })

  it('[SY40] a patch made for other eyes is not put on the board of these', () => {
    const desk = aDutyRoom()
    desk.live()
    desk.say('disconnect', 'transport close')
    desk.say('connect')
    const other = { ...viewer, personId: 'li' as PersonId, role: 'officer' as const }
    desk.hellos.at(-1)!.answer(desk.welcome({ viewer: other, patch: patch(5, 6, [aCase('b')]) }))
    expect(desk.hellos.at(-1)!.hello).toEqual({})

    desk.hellos.at(-1)!.answer({ ...desk.whole(6, [aCase('b')]), viewer: other })
    expect(desk.ids()).toEqual(['b'])
  })
})
