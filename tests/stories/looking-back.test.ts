// The review meeting: what was on the screens at any moment is shown again, played to the end, found in the archive, and judged case by case.
import { expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { CaseId, Instant, PersonId } from '#contract/ids'
import type { KpiAnswer } from '#contract/kpi'
import { applyPatch, boardFrom } from '#contract/patch'
import type { BoardView, Patch, ScreenBoard } from '#contract/patch'
import { openMemoryArchive } from '../../ingest-server/archive/memory.ts'
import type { DutyRoom } from '../world/duty-room.ts'
import type { Screen } from '../world/screen.ts'
import { turns } from '../world/test-clock.ts'
import { spot } from '../suites/small-ground.ts'
import { allFour, caseOf, does, hour, openRooms, photographs, until } from './story.ts'

const aRoom = openRooms()
const staff = ['chen', 'shen', 'ma', 'gu', 'li']
const person = (id: string) => id as PersonId
const smoke = (eventId: string, change: Record<string, unknown> = {}) => ({
  ...{ kind: 'camera-alert', eventId, matter: 'smoke', cameraId: 'cam-1', confidence: 0.93 },
  occurredAt: '2026-11-21T09:30:58+08:00',
  ...change,
})
const pipe = {
  kind: 'service-ticket',
  ...{ eventId: 'pipe-1', matter: 'water-leak', channel: 'hotline', text: '6 楼水管爆了' },
  at: { lon: spot(0, -1500)[0], lat: spot(0, -1500)[1], crs: 'wgs84' },
  occurredAt: '2026-11-21T09:40:00+08:00',
}

const walls = new WeakMap<DutyRoom, Promise<string>>()
/** The wall is one device, bound once. */
function cookieOf(room: DutyRoom, who: string): Promise<string> {
  if (who !== 'wall') return room.signIn(who)
  const cookie = walls.get(room) ?? room.signIn(who)
  walls.set(room, cookie)
  return cookie
}

/** As a browser does: a connection that was kept and has gone since is no answer, so it is asked again. */
async function gets(room: DutyRoom, who: string, path: string): Promise<Response> {
  const cookie = await cookieOf(room, who)
  const get = () => fetch(`${room.url}${path}`, { headers: { cookie } })
  return get().catch(get)
}

async function asks<T>(room: DutyRoom, who: string, path: string): Promise<T> {
  const answer = await gets(room, who, path)
  expect([path, answer.status]).toEqual([path, 200])
  return (await answer.json()) as T
}

/** What a screen held at each line it was told of, in the order of case numbers. */
function recording(screen: Screen) {
  const held = new Map<number, { at: Instant; board: unknown }>()
  const note = () => {
    const board = screen.board()
    held.set(board.revision, { at: board.at, board: asHeld(board) })
  }
  note()
  return { held, note }
}
const asHeld = ({ revision, cases, tallies, duty }: Pick<ScreenBoard, 'revision' | 'cases' | 'tallies' | 'duty'>) => ({
  revision,
  cases: [...cases.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  tallies: [...tallies.values()].toSorted((a, b) => a.at - b.at),
  duty,
})

/** A fire put out and closed, a burst pipe in the south that stays open. `look` is called after each deed. */
async function aMorning(room: DutyRoom, look: () => Promise<void>): Promise<{ fire: CaseId; leak: CaseId }> {
  const [desk, phone] = [await room.opens('shen'), await room.opens('gu')]
  const deed = async <T>(done: Promise<T>): Promise<T> => {
    const said = await done
    await look()
    return said
  }
  const fire = caseOf(await deed(room.posts(smoke('smoke-1'))))
  await until(room, '09:31:20')
  await deed(does(desk, { type: 'acknowledge', caseId: fire }))
  await deed(room.posts(smoke('smoke-2', { cameraId: 'cam-2' })))
  await deed(does(desk, { type: 'dispatch', caseId: fire, to: person('gu') }))
  await until(room, '09:32:10')
  await deed(does(phone, { type: 'take', caseId: fire }))
  await until(room, '09:32:40')
  await deed(does(phone, { type: 'arrive', caseId: fire }))
  await until(room, '09:41:00')
  const leak = caseOf(await deed(room.posts(pipe)))
  await until(room, '09:49:00')
  await photographs(room, ['gu', phone], fire, allFour)
  await look()
  await deed(does(phone, { type: 'finish', caseId: fire }))
  await until(room, '09:52:00')
  await deed(does(desk, { type: 'close', caseId: fire, disposition: 'solved' }))
  return { fire, leak }
}

it('[TI16] any past moment shows the board as it was to the screen that saw it, and played forward it ends at the present', async () => {
  const room = await aRoom({ at: '09:31:00', staff })
  const screens = {
    wall: await room.opens('wall'),
    shen: await room.opens('shen'),
    ma: await room.opens('ma'),
    chen: await room.opens('chen'),
  }
  const names = Object.keys(screens) as (keyof typeof screens)[]
  const recorded = Object.fromEntries(names.map((name) => [name, recording(screens[name])])) as Record<
    keyof typeof screens,
    ReturnType<typeof recording>
  >
  await aMorning(room, async () => {
    // Who sees nothing of a change is not told of it, and stays at the line before.
    const told = () => room.desk.board().revision
    await screens.wall.sees(() => screens.wall.board().revision === told())
    await screens.chen.sees(() => screens.chen.board().revision === told())
    await turns(40)
    for (const name of names) recorded[name].note()
  })

  for (const name of names) {
    const { held } = recorded[name]
    expect(held.size).toBeGreaterThan(name === 'ma' ? 1 : 8)
    for (const [revision, { board }] of held) {
      const past = await asks<BoardView>(room, name, `/api/past?revision=${revision}`)
      expect(asHeld(boardFrom(past))).toEqual(board)
    }
    const answer = await gets(room, name, `/api/past/changes?from=${hour('09:31:00') - 1}`)
    const [first, ...patches] = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as BoardView & Patch)
    let playing = boardFrom(first!)
    expect([playing.revision, playing.cases.size]).toEqual([0, 0])
    for (const patch of patches) {
      const next = applyPatch(playing, patch)
      if (next === 'gap') throw new Error('a gap in what was played')
      playing = next
    }
    expect(asHeld(playing)).toEqual(asHeld(screens[name].board()))
  }
})

it('[TI16] at 09:33 the fire was in hand and the pipe had not burst: so says the wall of 09:33, whatever came after', async () => {
  const room = await aRoom({ at: '09:31:00', staff })
  const { fire } = await aMorning(room, async () => {})
  const then = await asks<BoardView>(room, 'chen', `/api/past?at=${hour('09:33:00')}`)
  expect(then.cases.map(({ id, stage, endedAt }) => [id, stage, endedAt])).toEqual([[fire, 'handling', undefined]])
  expect(then.at).toBe(hour('09:33:00'))
  const now = await asks<BoardView>(room, 'chen', `/api/past?at=${hour('10:30:00')}`)
  expect(now.cases.map(({ stage }) => stage).toSorted()).toEqual(['closed', 'reported'])
})

it('[TI17] closed for a day it leaves the board, is found in the archive by its number and its words, with its pictures', async () => {
  const room = await aRoom({ at: '09:31:00', staff })
  const { fire, leak } = await aMorning(room, async () => {})
  const closed = room.desk.board().cases.get(fire)!
  await until(room, '2026-11-22 09:52:10')
  await room.settled()
  expect([...room.desk.board().cases.keys()]).toEqual([leak])

  expect(await asks(room, 'shen', `/api/cases/${fire}`)).toEqual({ archived: true, case: closed })
  const { cases } = await asks<{ cases: Case[] }>(room, 'shen', '/api/archive?text=smoke&place=north')
  expect(cases.map(({ id }) => id)).toEqual([fire])
  const picture = closed.photos[0]!.evidence
  const seen = async (who: string) => (await gets(room, who, `/api/evidence/${picture}?size=thumb`)).status
  expect([await seen('shen'), await seen('ma')]).toEqual([200, 403])
  // And the day before is still on the screen of the day before.
  const then = await asks<BoardView>(room, 'chen', `/api/past?at=${hour('12:00:00')}`)
  expect(then.cases.find(({ id }) => id === fire)).toEqual(closed)
})

it('[TI17] the archive thrown away while the server is down is made again from the journal', async () => {
  const archive = openMemoryArchive()
  const room = await aRoom({ at: '09:31:00', staff, archive })
  const { fire } = await aMorning(room, async () => {})
  await until(room, '2026-11-22 09:52:10')
  await room.settled()
  const before = await asks(room, 'chen', `/api/cases/${fire}`)
  await archive.clear()
  await room.restarts()
  await room.settled()
  expect(await asks(room, 'chen', `/api/cases/${fire}`)).toEqual(before)
})

it('[KP20] every figure opens its cases, on the board and in the archive; the fire was late, and says whose it was', async () => {
  const room = await aRoom({ at: '09:31:00', staff })
  const { fire, leak } = await aMorning(room, async () => {})
  const span = `from=${hour('00:00:00')}&to=${hour('2026-11-25 00:00:00')}`
  const ask = (cut: string) => asks<KpiAnswer>(room, 'chen', `/api/kpi?${span}&cut=${cut}&lists=1`)
  const before = await ask('person')
  await until(room, '2026-11-22 09:52:10')
  await room.settled()
  const after = await ask('person')

  const figure = ({ rows }: KpiAnswer, key: string, name: string) =>
    rows.find((row) => row.key === key)?.figures.find((one) => one.name === name)
  // Nobody was there within the minute: whatever came after, that is so before and after it went to the archive.
  expect(figure(after, 'all', 'closed-in-time')).toMatchObject({ numerator: [], denominator: [fire] })
  expect(figure(after, 'all', 'closed-in-time')).toEqual(figure(before, 'all', 'closed-in-time'))
  expect(figure(after, 'gu', 'rework')).toMatchObject({ share: 0, denominator: [fire] })
  // The pipe that nobody took up is missed from the minute its limit ran out.
  expect(figure(after, 'all', 'filed-in-time')).toMatchObject({
    numerator: [fire],
    denominator: expect.arrayContaining([fire, leak]) as CaseId[],
  })
  for (const { figures, spreads } of after.rows)
    for (const id of new Set([
      ...figures.flatMap((one) => [...one.numerator, ...one.denominator]),
      ...spreads.flatMap((one) => one.cases),
    ]))
      expect(await asks<{ case: Case }>(room, 'chen', `/api/cases/${id}`)).toMatchObject({ case: { id } })
  const whole = after.rows[0]!.spreads.find(({ phase }) => phase === 'whole')!
  expect([whole.count, whole.p50]).toEqual([1, 21 * 60_000])
})
