// The power of sameness: a tap said twice is one tap, whatever restarts between; and screens come back by themselves to one board.
import { afterEach, expect, it } from 'vitest'
import type { CaseId, PersonId } from '#contract/ids'
import type { PersonWish } from '#contract/command'
import type { ScreenBoard } from '#contract/patch'
import type { DutyRoom, DutyRoomNeeds } from '../world/duty-room.ts'
import { agree, caseOf, does, isTold, openRooms, until, walk } from './story.ts'
import { openRealScreen } from './real-line.ts'
import type { RealScreen } from './real-line.ts'

const staff = ['chen', 'shen', 'gu', 'li']
const smoke = {
  kind: 'camera-alert',
  ...{ eventId: 'smoke-1', matter: 'smoke', cameraId: 'cam-1', confidence: 0.9 },
  occurredAt: '2026-11-21T09:31:00+08:00',
}
const dispatches = (caseId: CaseId): PersonWish => ({ type: 'dispatch', caseId, to: 'gu' as PersonId })

/** Asked again and again until it is so: a real socket takes the real world's time. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 10_000, interval: 5 })

const screens: RealScreen[] = []
afterEach(() => {
  for (const screen of screens.splice(0)) screen.close()
})
const aRoom = openRooms()
const burning = async (needs: DutyRoomNeeds = {}): Promise<[DutyRoom, CaseId]> => {
  const room = await aRoom({ at: '09:31:00', staff, ...needs })
  return [room, caseOf(await room.posts(smoke))]
}
const opens = async (room: DutyRoom, id: string): Promise<RealScreen> => {
  const screen = await openRealScreen(room, id)
  screens.push(screen)
  await soon(() => screen.look().state).toBe('live')
  return screen
}
const same = (board: ScreenBoard) => [board.revision, [...board.cases.values()]]

it('[DE3] the same tap again, from the same screen, from his other one, and after a restart, is one tap with one answer', async () => {
  const [room, caseId] = await burning()
  const [tablet, office] = [await room.opens('shen'), await room.opens('shen')]
  const first = await does(tablet, dispatches(caseId), 'tap-1')
  expect(first).toMatchObject({ ok: true, revision: 2, commandId: 'tap-1' })
  expect(await does(tablet, dispatches(caseId), 'tap-1')).toEqual(first)
  expect(await does(office, dispatches(caseId), 'tap-1')).toEqual(first)

  await room.restarts()
  for (const screen of [tablet, office]) await screen.returns()
  expect(await does(office, dispatches(caseId), 'tap-1')).toEqual(first)
  // A camera platform that lost its answer asks again just so.
  expect((await room.posts(smoke)).results).toMatchObject([{ ok: true, how: 'opened', caseId, revision: 1 }])
  expect(await walk(room.journal)).toEqual(['09:31:00 hik report', '09:31:00 shen dispatch'])
})

it('[DE3] two taps at one moment from two desks: one is done, the other is told that it is done, nothing is done twice', async () => {
  const [room, caseId] = await burning()
  const [desk, watch] = [await room.opens('shen'), await room.opens('chen')]
  const answers = await Promise.all([
    isTold(desk, dispatches(caseId), 'tap-1'),
    isTold(watch, { type: 'dispatch', caseId, to: 'li' as PersonId }, 'tap-1'),
  ])
  expect(answers.filter((answer) => answer === 'stage-not-allowed')).toHaveLength(1)
  expect(answers.filter((answer) => answer !== 'stage-not-allowed')).toMatchObject([{ ok: true, revision: 2 }])
  const subject = await agree(room, caseId, desk, watch)
  expect(subject.steps.filter((step) => step.verb === 'dispatch')).toHaveLength(1)
})

it('[SY35] the server goes down in the middle of a fire: every screen says so, keeps its board, and comes back to the same one', async () => {
  const [room, caseId] = await burning()
  const all = [await opens(room, 'wall'), await opens(room, 'shen'), await opens(room, 'gu')]
  const [, desk, phone] = all as [RealScreen, RealScreen, RealScreen]
  await desk.wishes(dispatches(caseId), 'tap-1')
  for (const screen of all) await soon(() => screen.board().cases.get(caseId)?.stage).toBe('dispatched')
  const held = all.map((screen) => same(screen.board()))

  const down = room.restarts()
  for (const screen of all) await soon(() => screen.states).toContain('lost')
  expect(all.map((screen) => same(screen.board()))).toEqual(held)
  await down
  for (const screen of all) await soon(() => screen.look().state).toBe('live')

  expect(await phone.wishes({ type: 'take', caseId }, 'tap-2')).toMatchObject({ ok: true, revision: 3 })
  const handled = room.desk.board().cases.get(caseId)
  expect(handled).toMatchObject({ stage: 'handling', revision: 3 })
  for (const screen of all) await soon(() => same(screen.board())).toEqual([3, [handled]])
})

it('[SY35] one that was unplugged through it all gets what it missed when its cable is back, and only that', async () => {
  const [room, caseId] = await burning()
  const [wall, desk] = [await opens(room, 'wall'), await room.opens('shen')]
  wall.unplugs()
  await soon(() => wall.look().state).toBe('lost')
  const bag = { ...smoke, eventId: 'bag-1', matter: 'dropped-garbage', cameraId: 'cam-6' }
  const dropped = caseOf(await room.posts(bag))
  await does(desk, dispatches(caseId))
  await until(room, '09:32:00')
  const held = [await agree(room, caseId, desk), await agree(room, dropped, desk)]
  expect(same(wall.board())).toMatchObject([1, [{ id: caseId, stage: 'reported' }]])

  wall.plugsIn()
  await soon(() => wall.look().state).toBe('live')
  expect(same(wall.board())).toEqual([room.desk.board().revision, held])
  expect(wall.greetings).toEqual(['whole', 'patch'])
})

it('[SY33] [SY34] unplugged without a word, the screen itself says that it is old, then opens a new line and is live again', async () => {
  const [room, caseId] = await burning()
  const wall = await opens(room, 'wall')
  // The server's clock stands, so no pulse comes: to the screen that is a dead line.
  await wall.pass(4_000)
  expect(wall.look().state).toBe('live')
  await wall.pass(250)
  expect(wall.look()).toMatchObject({ state: 'stale', lastAt: room.clock.now() })
  expect(wall.board().cases.get(caseId)).toMatchObject({ stage: 'reported' })

  await room.clock.pass(2_000)
  await soon(() => wall.look().state).toBe('live')
  await wall.pass(5_500)
  await soon(() => wall.states).toEqual(['connecting', 'live', 'stale', 'live', 'stale', 'lost', 'live'])
  expect(same(wall.board())).toEqual([1, [await agree(room, caseId)]])
})
