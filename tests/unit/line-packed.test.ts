// Rules on the line: each travels once to a screen that can keep them, packed, and whole to one that cannot.
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import type { ScenarioId } from '#contract/ids'
import type { Scenario } from '#contract/scenario'
import type { Hello, Welcome } from '#contract/wire'
import { browserUnpack, holdRules } from '../../dashboard/link/held-rules.ts'
import { openLine } from '../../dashboard/link/line.ts'
import type { LineSocket, LineWorld, Told } from '../../dashboard/link/line-port.ts'
import { openRulePack } from '../../ingest-server/doors/line-pack.ts'
import { scenarios } from '../suites/builders.ts'
import { dutyRoom } from '../world/duty-room.ts'
import type { DutyRoom } from '../world/duty-room.ts'

const rooms: DutyRoom[] = []
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.close()
})

const rule = (id: string, version = '1') => ({ id: id as ScenarioId, version }) as Scenario
const unpack = async (packed: Uint8Array): Promise<unknown> => JSON.parse(gunzipSync(packed).toString())
const nothing = { viewer: { personId: 'zhou', name: '周敏', role: 'chief', placeIds: [] } } as unknown as Welcome
const welcomeWith = (more: Partial<Welcome>): Welcome => ({
  ...nothing,
  ...{ scenarios: [], people: [], presences: [], silent: [], build: 'one', demo: false, at: 0 },
  ...{ board: null, patch: null },
  ...more,
})

describe('the rules on the line', () => {
  it('[SY41] a screen names the rules it holds, and is sent the others alone, packed', async () => {
    const room = await dutyRoom({ staff: ['chen'] })
    rooms.push(room)
    const screen = await room.opens('chen')
    const hello = async (said: Hello) => (await screen.asks('hello', said)) as Welcome

    const first = await hello({ rules: [] })
    expect(first.scenarios).toEqual([])
    expect(Object.values((await unpack(first.packed!)) as object)).toEqual(scenarios)
    expect(first.packed!.length).toBeLessThan(JSON.stringify(scenarios).length / 4)

    const names = first.rules!
    const again = await hello({ rules: names })
    expect(again.rules).toEqual(names)
    expect(again.packed).toBeUndefined()

    const [lost, ...held] = names
    expect(await unpack((await hello({ rules: held })).packed!)).toEqual({ [lost!]: scenarios[0] })
  })

  it('[SY41] a rule that reads otherwise goes by another name, whatever its version says', () => {
    const pack = openRulePack()
    const [one, same, other] = [[rule('fire')], [rule('fire')], [{ ...rule('fire'), ladder: [] }]]
    expect(pack.tell(one, []).rules).toEqual(pack.tell(same, []).rules)
    expect(pack.tell(one, []).rules).not.toEqual(pack.tell(other, []).rules)
  })

  it('[SY42] a screen that cannot unpack, or is of an older build, is sent all as they are', () => {
    const told = openRulePack().tell([rule('fire'), rule('repair')], undefined)
    expect(told).toEqual({ scenarios: [rule('fire'), rule('repair')] })
    expect(holdRules(undefined).names()).toBeUndefined()
    expect(holdRules(undefined).whole(welcomeWith(told))).toMatchObject(told)
  })

  it('[SY42] what a screen kept and what came are put together in the order of the welcome', async () => {
    const pack = openRulePack()
    const [fire, repair, newer] = [rule('fire'), rule('repair'), rule('repair', '2')]
    const before = welcomeWith({ ...pack.tell([fire, repair], []), scenarios: [fire, repair] })
    const held = holdRules(unpack, before)
    const come = welcomeWith(pack.tell([newer, fire], held.names()))

    const whole = await held.whole(come)
    expect(whole.scenarios).toEqual([newer, fire])
    expect(whole.packed).toBeUndefined()
    expect(held.names()).toEqual(come.rules)
    // The next is whole at once.
    expect(held.whole(welcomeWith(pack.tell([newer, fire], held.names())))).toMatchObject({ scenarios: [newer, fire] })
  })

  it('[SY42] the browser’s own way of unpacking reads what the server packed', async () => {
    const { packed } = openRulePack().tell(scenarios, [])
    expect(Object.values((await browserUnpack!(packed!)) as object)).toEqual(scenarios)
  })
})

/** A line whose unpacking ends when the test says so. */
function aScreen() {
  const ears = new Map<string, (...said: never[]) => void>()
  const hellos: { hello: Hello; answer: (welcome: Welcome) => void }[] = []
  const unpacking: { done: (rules: unknown) => void; failed: (fault: unknown) => void }[] = []
  const socket = {
    on: (event: string, hear: (...said: never[]) => void) => ears.set(event, hear),
    emit: (event: string, hello: Hello, answer: (welcome: Welcome) => void) =>
      void (event === 'hello' && hellos.push({ hello, answer })),
    ...{ connect: () => {}, disconnect: () => {} },
  } as unknown as LineSocket
  const never = () => () => {}
  const world: LineWorld = {
    connect: () => socket,
    ...{ now: () => 0, random: () => 0, every: never, after: never },
    signedIn: async () => true,
    unpack: () => new Promise((done, failed) => unpacking.push({ done, failed })),
  }
  const line = openLine(world)
  const told: Told[] = []
  line.follow((one) => told.push(one))
  return {
    ...{ hellos, unpacking },
    say: (event: string, ...said: unknown[]) => ears.get(event)!(...(said as never[])),
    heard: () => told.flatMap(({ what }) => (what === 'look' ? [] : [what])),
    scenarios: () => told.flatMap((one) => (one.what === 'welcome' ? [one.welcome.scenarios] : [])).at(-1),
  }
}
const board = { journal: 'j', revision: 5, at: 0, cases: [], tallies: [] } as unknown as NonNullable<Welcome['board']>
const packedWelcome = welcomeWith({ board, rules: ['f'], packed: new Uint8Array(1) })
const patch = { since: 5, revision: 6, at: 0, put: [], remove: [] }

describe('a welcome that is still being unpacked', () => {
  it('[SY43] what comes meanwhile waits for it, in order', async () => {
    const screen = aScreen()
    screen.say('connect')
    expect(screen.hellos[0]!.hello).toEqual({ rules: [] })
    screen.hellos[0]!.answer(packedWelcome)
    screen.say('patch', patch)
    screen.say('people', [])
    expect(screen.heard()).toEqual([])

    screen.unpacking[0]!.done({ f: rule('fire') })
    await expect.poll(screen.heard).toEqual(['welcome', 'board', 'board', 'people'])
    expect(screen.scenarios()).toEqual([rule('fire')])
    expect(screen.hellos).toHaveLength(1)
  })

  it('[SY43] where the line broke meanwhile it counts no more, and the next hello gets its own', async () => {
    const screen = aScreen()
    screen.say('connect')
    screen.hellos[0]!.answer(packedWelcome)
    screen.say('disconnect', 'transport close')
    screen.say('connect')
    screen.unpacking[0]!.done({ f: rule('fire') })
    screen.hellos[1]!.answer(welcomeWith({ board, rules: ['r'], packed: new Uint8Array(1) }))
    await Promise.resolve()
    expect(screen.heard()).toEqual([])

    screen.unpacking[1]!.done({ r: rule('repair') })
    await expect.poll(screen.scenarios).toEqual([rule('repair')])
  })

  it('[SY42] where it cannot be unpacked the screen asks for all as they are', async () => {
    const screen = aScreen()
    screen.say('connect')
    screen.hellos[0]!.answer(packedWelcome)
    screen.unpacking[0]!.failed(new Error('not gzip'))
    await expect.poll(() => screen.hellos.length).toBe(2)
    expect(screen.hellos[1]!.hello).toEqual({})

    screen.hellos[1]!.answer(welcomeWith({ board, scenarios: [rule('fire')] }))
    expect(screen.scenarios()).toEqual([rule('fire')])
  })
})
