// What screens are told besides the board: who is on duty by the roster, whose turns and notes, which rules, which paths.
import { afterEach, expect, it } from 'vitest'
import type { Shift } from '#contract/duty'
import type { HandOverId, PersonId, PlaceId, ShiftId } from '#contract/ids'
import type { Person } from '#contract/person'
import { Scenario } from '#contract/scenario'
import type { AlarmPath } from '#contract/wire'
import { openScenarioBook } from '../../ingest-server/case-engine/scenario-book.ts'
import { openAudiences } from '../../ingest-server/doors/line-audiences.ts'
import { openNews } from '../../ingest-server/doors/line-news.ts'
import { openRosteredPeople } from '../../ingest-server/doors/line-people.ts'
import { openPresences } from '../../ingest-server/doors/line-presence.ts'
import { rulesFor } from '../../ingest-server/doors/line-rules.ts'
import { audienceOf } from '../../ingest-server/doors/line-scope.ts'
import type { Screens } from '../../ingest-server/doors/line-socket.ts'
import { aCase, minutes, people, scenarios } from '../suites/builders.ts'
import { smallGround } from '../suites/small-ground.ts'
import { dutyRoom } from '../world/duty-room.ts'
import type { DutyRoom, DutyRoomNeeds } from '../world/duty-room.ts'

const rooms: DutyRoom[] = []
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.close()
})
const aRoom = async (needs?: DutyRoomNeeds) => {
  const room = await dutyRoom(needs)
  rooms.push(room)
  return room
}

const aTurn = (id: string, personId: string, from: number, change: Partial<Shift> = {}): Omit<Shift, 'swap'> => ({
  ...{ id: id as ShiftId, personId: personId as PersonId, post: 'grid', placeId: 'north-west-1' as PlaceId },
  ...{ from, to: from + minutes(60) },
  ...change,
})
const puts = (...put: Omit<Shift, 'swap'>[]) => ({ type: 'roster' as const, put, drop: [] })
const dutyOf = (all: readonly Person[], id: string) => {
  const person = all.find((one) => one.id === id)
  return person && [person.onDuty, person.dutyUntil]
}

it('[RE21] people come as the roster has them, anew when it changes and when a turn begins or ends', async () => {
  const room = await aRoom({ staff: ['chen', 'shen', 'li'] })
  const [chen, start] = [await room.opens('chen'), room.clock.now()]
  expect(dutyOf(chen.people(), 'li')).toEqual([true, undefined])

  await chen.wishes(puts(aTurn('a', 'li', start + minutes(5))))
  await chen.sees(() => dutyOf(chen.people(), 'li')?.[0] === false)
  // Whoever comes later is told the same.
  expect(dutyOf((await room.opens('shen')).welcome().people, 'li')).toEqual([false, undefined])

  await room.clock.pass(minutes(5) + 2000)
  await chen.sees(() => dutyOf(chen.people(), 'li')?.[0] === true)
  expect(dutyOf(chen.people(), 'li')).toEqual([true, start + minutes(65)])
  room.clock.jump(start + minutes(65))
  await room.clock.pass(2000)
  await chen.sees(() => dutyOf(chen.people(), 'li')?.[0] === false)
})

it('[RE23] turns and notes go to those whose ground they are of; what staff write to each other stays off the wall', async () => {
  const room = await aRoom({ staff: ['chen', 'shen', 'ma', 'li', 'wu'] })
  const [chen, ma, wu, wall] = [
    await room.opens('chen'),
    await room.opens('ma'),
    await room.opens('wu'),
    await room.opens('wall'),
  ]
  const start = room.clock.now()
  const south = { placeId: 'south-west-1' as PlaceId }
  await chen.wishes(puts(aTurn('n', 'li', start), aTurn('s', 'wu', start, south)))
  await chen.wishes({
    type: 'hand-over',
    id: 'h' as HandOverId,
    placeId: 'north' as PlaceId,
    note: '闸刀没换',
    cases: [],
  })
  await chen.wishes({
    type: 'hand-over',
    id: 'all' as HandOverId,
    placeId: 'street' as PlaceId,
    note: '台风红色预警',
    cases: [],
  })

  const shows = (screen: typeof chen) => {
    const { shifts, handOvers } = screen.board().duty
    return [shifts.map((shift) => shift.id), handOvers.map((note) => note.id)]
  }
  await chen.sees(() => expect(shows(chen)).toEqual([['n', 's'], ['h', 'all']])) // prettier-ignore
  for (const screen of [ma, wu]) await screen.sees(() => expect(shows(screen)).toEqual([['s'], ['all']]))
  await wall.sees(() => expect(shows(wall)).toEqual([['n', 's'], []])) // prettier-ignore
  for (const screen of [ma, wu, wall]) expect(screen.bytes()).not.toContain('闸刀没换')
  expect(shows(await room.opens('ma'))).toEqual([['s'], ['all']])
})

const fire = scenarios.find((scenario) => scenario.id === 'bike-shed-fire')!

it('[RE22] a screen is given the rules in force first, and the older ones that cases still go by', () => {
  const older = Scenario.parse({ ...fire, version: '0' })
  const unused = Scenario.parse({ ...fire, version: '0.1' })
  const known = { scenarios: openScenarioBook(scenarios, [older, unused]) }
  const board = {
    cases: new Map([aCase(), aCase({ id: 'old' as never, scenarioVersion: '0' })].map((one) => [one.id, one])),
  }
  expect(rulesFor(board, known)).toEqual([...scenarios, older])
})

/** The news alone: what was said to a duty officer's screens, by event. */
function someNews() {
  const said: [string, unknown][] = []
  const audiences = openAudiences(smallGround)
  audiences.join(audienceOf({ role: 'duty-officer', placeIds: [] }), 0)
  const world = { now: 0, keeps: true, paths: [] as AlarmPath[], known: { scenarios: openScenarioBook(scenarios) } }
  const io = { to: () => ({ emit: (event: string, what: unknown) => void said.push([event, what]) }) }
  const board = {
    revision: 0,
    cases: new Map(),
    tallies: new Map(),
    shifts: new Map(),
    handOvers: new Map(),
    windows: new Map(),
    linkage: { spotlight: null, casts: [] },
  }
  const desk = { board: () => board, keeps: () => world.keeps }
  const accounts = { people: () => new Map(people.map((person) => [person.id, person])) }
  const now = () => world.now
  const news = openNews({
    ...{ io: io as unknown as Pick<Screens, 'to'>, audiences, desk, ground: smallGround, now, known: world.known },
    hearing: { silent: () => [] },
    people: openRosteredPeople({ accounts, desk, now }),
    presences: openPresences(),
    paths: () => world.paths,
  })
  const names = () => said.splice(0).map(([event]) => event)
  return { news, said, names, world }
}

it('[RE22] when the rules change every screen is told, once, and before a case that goes by them', () => {
  const { news, said, names, world } = someNews()
  news.pulse()
  expect(names()).toEqual(['pulse'])
  const next = Scenario.parse({ ...fire, version: '2' })
  world.known.scenarios = openScenarioBook(scenarios.map((one) => (one.id === fire.id ? next : one)))
  news.heedRules()
  expect(said).toEqual([['scenarios', expect.arrayContaining([next])]])
  expect(names()).toEqual(['scenarios'])
  news.pulse()
  expect(names()).toEqual(['pulse'])
})

it('[SY44] a desk that can keep nothing says so with every pulse, and no longer once it is', () => {
  const { news, said, world } = someNews()
  world.keeps = false
  news.pulse()
  expect(said.splice(0)).toEqual([['pulse', { at: 0, revision: 0, stuck: true }]])
  world.keeps = true
  news.pulse()
  expect(said.splice(0)).toEqual([['pulse', { at: 0, revision: 0 }]])
})

it('[RE24] whether every path an alarm takes is known to work is said when it changes', () => {
  const { news, said, names, world } = someNews()
  news.pulse()
  expect(names()).toEqual(['pulse'])
  world.paths = [{ name: 'http', at: 0, milliseconds: 12, down: false }]
  news.pulse()
  expect(said).toContainEqual(['paths', world.paths])
  names()
  news.pulse()
  expect(names()).toEqual(['pulse'])
})
