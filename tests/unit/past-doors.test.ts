// The doors into the past and to the figures: who may look, what they are shown, and what is refused.
import { afterEach, describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { CaseId, PersonId } from '#contract/ids'
import type { KpiAnswer } from '#contract/kpi'
import { applyPatch, boardFrom } from '#contract/patch'
import type { BoardView, Patch } from '#contract/patch'
import { maskFor } from '../../ingest-server/doors/line-scope.ts'
import { aCase, aSource, at, sourceActor } from '../suites/builders.ts'
import { anEnded } from '../suites/archive-suite.ts'
import { spot, smallGround } from '../suites/small-ground.ts'
import { dutyRoom } from '../world/duty-room.ts'
import type { DutyRoom, DutyRoomNeeds } from '../world/duty-room.ts'

const rooms: DutyRoom[] = []
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.close()
})
const aRoom = async (needs: DutyRoomNeeds = {}): Promise<DutyRoom> => {
  const room = await dutyRoom({ at: '09:31', staff: ['chen', 'shen', 'ma', 'li', 'admin'], ...needs })
  rooms.push(room)
  return room
}
const get = async (room: DutyRoom, path: string, who?: string) =>
  fetch(`${room.url}${path}`, { headers: who ? { cookie: await room.signIn(who) } : {} })
const json = async <T>(room: DutyRoom, path: string, who: string): Promise<T> => {
  const answer = await get(room, path, who)
  expect([path, answer.status]).toEqual([path, 200])
  return (await answer.json()) as T
}
const status = async (room: DutyRoom, path: string, who?: string) => (await get(room, path, who)).status

const ticket = aSource({
  kind: 'service-ticket',
  key: 'page/1',
  by: sourceActor('page'),
  text: '6 楼水管爆了，家里有老人',
  reporterRef: 'ref-1' as never,
})
const south = spot(0, -1500)
const inSouth = { wgs84: south, path: smallGround.pathOf(smallGround.leafAt(south)!) }
const held = [
  aCase({ id: '20261121-001' as CaseId }),
  aCase({
    id: '20261121-002' as CaseId,
    sources: [ticket],
    reporterRef: 'ref-1' as never,
    facilityId: undefined,
    ...inSouth,
  }),
]

describe('a moment of the past', () => {
  it('[TI7] is for the duty officer, the chief and the wall', async () => {
    const room = await aRoom({ holding: held })
    const path = `/api/past?at=${room.clock.now()}`
    expect(await status(room, path)).toBe(401)
    expect(await status(room, path, 'li')).toBe(403)
    for (const who of ['chen', 'shen', 'wall']) expect(await status(room, path, who)).toBe(200)
    expect(await status(room, path, 'admin')).toBe(403)
    expect(await status(room, `/api/past/changes?from=0`)).toBe(401)
    expect(await status(room, `/api/past/changes?from=0`, 'li')).toBe(403)
  })

  it('[TI7] is filtered and masked as the line does: each sees what they would have seen', async () => {
    const room = await aRoom({ holding: held })
    const seen = async (who: string) =>
      (await json<BoardView>(room, `/api/past?at=${room.clock.now()}`, who)).cases.map(({ id }) => id as string)
    expect(await seen('chen')).toEqual(['20261121-001', '20261121-002'])
    expect(await seen('shen')).toEqual(['20261121-001'])
    expect(await seen('ma')).toEqual(['20261121-002'])
    const wall = await json<BoardView>(room, '/api/past?revision=2', 'wall')
    expect(JSON.stringify(wall)).not.toMatch(/老人|ref-1/)
    expect(JSON.stringify(await json(room, '/api/past?revision=2', 'ma'))).toContain('老人')
  })

  it('[TI8] asked for wrongly is 400; a moment to come is the present; before the first line there was nothing', async () => {
    const room = await aRoom({ holding: held })
    for (const query of ['', '?at=', '?at=yesterday', '?at=2026-11-21T09:00:00', '?revision=-1', '?revision=x'])
      expect([query, await status(room, `/api/past${query}`, 'chen')]).toEqual([query, 400])
    const ahead = await json<BoardView>(room, '/api/past?at=2030-01-01T00:00:00%2B08:00', 'chen')
    expect([ahead.revision, ahead.at]).toEqual([2, room.clock.now()])
    const before = await json<BoardView>(room, '/api/past?at=2020-01-01T00:00:00Z', 'chen')
    expect([before.revision, before.cases]).toEqual([0, []])
    for (const query of ['', '?from=now', '?from=0&to=x', '?fromRevision=1.5'])
      expect([query, await status(room, `/api/past/changes${query}`, 'chen')]).toEqual([query, 400])
  })

  it('[TI9] played, it comes line by line: the board at the first moment, then each change, as the asker may see it', async () => {
    const room = await aRoom({ holding: held })
    const chief = await room.opens('shen')
    await chief.wishes({ type: 'acknowledge', caseId: held[0]!.id })
    const duty = await room.opens('chen')
    await duty.wishes({ type: 'acknowledge', caseId: held[1]!.id })
    await chief.wishes({ type: 'dispatch', caseId: held[0]!.id, to: 'li' as PersonId })
    const played = async (query: string) => {
      const answer = await get(room, `/api/past/changes?${query}`, 'shen')
      expect(answer.headers.get('content-type')).toContain('application/x-ndjson')
      const [first, ...rest] = (await answer.text())
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown)
      return { start: first as BoardView, patches: rest as Patch[] }
    }
    const { start, patches } = await played('fromRevision=1')
    expect([start.revision, start.cases.map(({ id }) => id)]).toEqual([1, ['20261121-001']])
    // The second case is the south's: neither its opening nor what was done to it is told to the chief of the north.
    expect(patches.map(({ since, revision }) => [since, revision])).toEqual([
      [1, 3],
      [3, 5],
    ])
    const last = patches.reduce((board, patch) => {
      const next = applyPatch(board, patch)
      if (next === 'gap') throw new Error('a gap')
      return next
    }, boardFrom(start))
    await chief.sees(() => chief.board().revision === 5)
    expect([...last.cases.values()]).toEqual([...chief.board().cases.values()])
    expect((await played('fromRevision=3&toRevision=3')).patches).toEqual([])
  })

  it('[TI9] who goes away is read for no longer, and makes room for the next', async () => {
    const room = await aRoom({ holding: held })
    const cookie = await room.signIn('chen')
    for (let i = 0; i < 12; i++) {
      const gone = new AbortController()
      const asked = fetch(`${room.url}/api/past/changes?from=0`, { headers: { cookie }, signal: gone.signal })
      if (i % 2 === 0) gone.abort()
      await asked.then((answer) => answer.body?.cancel()).catch(() => {})
    }
    expect(await status(room, '/api/past?revision=1', 'chen')).toBe(200)
  })
})

describe('one case and the archive', () => {
  const long = [
    anEnded('20261101-001', '2026-11-01 12:00'),
    anEnded('20261102-001', '2026-11-02 12:00', { sources: [ticket], reporterRef: 'ref-1' as never, ...inSouth }),
  ]
  const aRoomWithArchive = async () => {
    const room = await aRoom({ holding: held })
    await room.archive.put(
      long.map((subject) => ({ subject, facts: null })),
      room.archive.upTo(),
    )
    return room
  }

  it('[TI15] a case is found by its number, on the board or long gone, as the asker may see it; else it does not exist', async () => {
    const room = await aRoomWithArchive()
    const one = (id: string, who: string) => json<{ case: Case; archived: boolean }>(room, `/api/cases/${id}`, who)
    expect(await one('20261121-001', 'li')).toMatchObject({ archived: false, case: { id: '20261121-001' } })
    expect(await one('20261101-001', 'shen')).toEqual({ archived: true, case: long[0] })
    expect(await one('20261102-001', 'wall')).toEqual({ archived: true, case: maskFor({ role: 'wall' }, long[1]!) })
    expect(await status(room, '/api/cases/20261102-001', 'shen')).toBe(404)
    expect(await status(room, '/api/cases/20261102-009', 'chen')).toBe(404)
    expect(await status(room, '/api/cases/20261101-001')).toBe(401)
  })

  it('[TI15] the archive is searched within the asker’s own ground; not from a wall', async () => {
    const room = await aRoomWithArchive()
    const found = async (query: string, who: string) =>
      (await json<{ cases: Case[] }>(room, `/api/archive${query}`, who)).cases.map(({ id }) => id as string)
    expect(await found('', 'chen')).toEqual(['20261102-001', '20261101-001'])
    expect(await found('', 'shen')).toEqual(['20261101-001'])
    expect(await found('?place=south', 'shen')).toEqual([])
    expect(await found('?place=south', 'chen')).toEqual(['20261102-001'])
    expect(await found('?place=north-west', 'shen')).toEqual(['20261101-001'])
    expect(await found(`?text=${encodeURIComponent('老人')}`, 'chen')).toEqual(['20261102-001'])
    expect(await found(`?text=${encodeURIComponent('老人')}`, 'shen')).toEqual([])
    expect(await found('?to=2026-11-02T00:00:00%2B08:00&limit=1', 'chen')).toEqual(['20261101-001'])
    for (const who of ['wall', 'admin']) expect(await status(room, '/api/archive', who)).toBe(403)
    expect(await status(room, '/api/archive')).toBe(401)
    for (const query of ['?limit=0', '?limit=501', '?from=x', '?text='])
      expect([query, await status(room, `/api/archive${query}`, 'chen')]).toEqual([query, 400])
  })

  it('[CA1] a case long gone is opened again by its number, and what came of it names it', async () => {
    const room = await aRoomWithArchive()
    const duty = await room.opens('chen')
    const outcome = await duty.wishes({ type: 'reopen', caseId: long[0]!.id, reason: '又着了' })
    expect(outcome).toMatchObject({ ok: true })
    const { madeCaseId } = outcome as { madeCaseId: CaseId }
    await duty.sees(() => duty.board().cases.has(madeCaseId))
    expect(duty.board().cases.get(madeCaseId)).toMatchObject({
      lineage: { how: 'reopened', from: [long[0]!.id] },
      reworks: 1,
    })
    expect(await duty.wishes({ type: 'reopen', caseId: '20200101-001' as CaseId, reason: '没有这件' })).toMatchObject({
      refusal: 'case-not-found',
    })
    // Nothing but how it went is written to a case that has left the board.
    expect(await duty.wishes({ type: 'accept', caseId: long[0]!.id })).toMatchObject({ refusal: 'case-not-found' })
  })
})

describe('the figures', () => {
  const span = `from=${at('2026-11-01 00:00')}&to=${at('2026-12-01 00:00')}`

  it('[KP19] are for the duty officer, for the chief those of their own ground', async () => {
    const room = await aRoom({
      at: '12:00',
      holding: [anEnded('20261121-001', '2026-11-21 10:00'), anEnded('20261121-002', '2026-11-21 11:00', inSouth)],
    })
    const rework = async (who: string) => {
      const answer = await json<KpiAnswer>(room, `/api/kpi?${span}`, who)
      return answer.rows[0]!.figures.find(({ name }) => name === 'rework')!.denominator
    }
    expect(await rework('chen')).toEqual(['20261121-001', '20261121-002'])
    expect(await rework('shen')).toEqual(['20261121-001'])
    for (const who of ['li', 'wall', 'admin']) expect(await status(room, `/api/kpi?${span}`, who)).toBe(403)
    expect(await status(room, `/api/kpi?${span}`)).toBe(401)
    for (const query of ['', `${span}&cut=star-sign`, `from=2&to=1`, `${span}&lists=yes`])
      expect([query, await status(room, `/api/kpi?${query}`, 'chen')]).toEqual([query, 400])
  })

  it('[KP19] say how they are reckoned, name their rows, and keep every count though a list is cut', async () => {
    const many = Array.from({ length: 230 }, (_, i) =>
      anEnded(`20261121-${String(i + 1).padStart(3, '0')}`, '2026-11-21 10:00'),
    )
    const room = await aRoom({ at: '12:00', holding: many })
    const { rows, formulas, names } = await json<KpiAnswer>(room, `/api/kpi?${span}&cut=place&names=1`, 'chen')
    expect(formulas['closed-in-time']).toMatchObject({ weight: 20, better: 'more', words: { zh: '按期结案率' } })
    expect(names).toEqual({ north: { zh: '创意家园', en: 'North block' } })
    const [all, north] = rows.map(({ figures }) => figures.find(({ name }) => name === 'rework')!)
    expect(all!.denominator).toHaveLength(230)
    expect([north!.denominator.length, north!.counts]).toEqual([200, { numerator: 0, denominator: 230 }])
    const whole = await json<KpiAnswer>(room, `/api/kpi?${span}&cut=place&lists=1`, 'chen')
    expect(whole.rows[1]!.figures.find(({ name }) => name === 'rework')!.denominator).toHaveLength(230)
  })
})
