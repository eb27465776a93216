// How good the alarms are: which cameras cry wolf or chatter, when it was a flood, what nobody touched, who may know.
import { afterEach, describe, expect, it } from 'vitest'
import { gatherHygiene } from '../../ingest-server/case-engine/hygiene.ts'
import type { Case, CaseSource } from '#contract/case'
import type { Hygiene } from '#contract/hygiene'
import type { CameraId, CaseId, Instant, SourceId } from '#contract/ids'
import { aCase, aSource, at, minutes, morning, sourceActor } from '../suites/builders.ts'
import { dutyRoom } from '../world/duty-room.ts'
import type { DutyRoom } from '../world/duty-room.ts'

const day = 24 * minutes(60)
let count = 0
const alert = (time: Instant, change: Partial<CaseSource> = {}): CaseSource =>
  aSource({
    key: `hik/${++count}`,
    cameraId: 'cam-1' as CameraId,
    receivedAt: time,
    firstAt: time,
    lastAt: time,
    ...change,
  })
const someCase = (id: string, change: Partial<Case> = {}): Case => {
  const sources = change.sources ?? [alert(change.openedAt ?? morning)]
  const steps: Case['steps'] = [{ verb: 'open', at: sources[0]!.receivedAt, by: sourceActor('hik') }]
  return aCase({ id: id as CaseId, openedAt: sources[0]!.receivedAt, steps, ...change, sources })
}
const ended = (disposition: Case['disposition'], stage: 'closed' | 'void' = 'closed'): Partial<Case> => ({
  ...{ stage, disposition, endedAt: morning + minutes(30) },
})
const hygieneOf = (cases: Case[], { repeats = 0, from = morning - day, to = morning + day } = {}): Hygiene => {
  const gathered = gatherHygiene({ from, to }, () => true)
  for (const one of cases) gathered.add(one, repeats)
  return gathered.answer(morning + minutes(60))
}

describe('by camera and matter', () => {
  it('[CO50] false alarms are counted against what was judged: what is still open, a duplicate, or was over by itself is neither', () => {
    const recovered = someCase('e', {
      ...ended('solved'),
      steps: [{ verb: 'recover', at: morning + minutes(30), by: sourceActor('hik') }],
    })
    const { cameras } = hygieneOf([
      someCase('a', ended('false-alarm', 'void')),
      someCase('b', ended('solved')),
      someCase('c'),
      someCase('d', ended('duplicate', 'void')),
      recovered,
      someCase('f', { ...ended('false-alarm'), sources: [alert(morning, { cameraId: 'cam-2' as CameraId })] }),
    ])
    expect(cameras).toMatchObject([
      { cameraId: 'cam-1', matter: 'smoke', reports: 5, falseAlarms: ['a'], judged: ['a', 'b'] },
      { cameraId: 'cam-2', matter: 'smoke', reports: 1, falseAlarms: ['f'], judged: ['f'] },
    ])
  })

  it('[CO50] a report that was merged into another case counts once, and is judged by what became of that', () => {
    const source = alert(morning)
    const { cameras, sources } = hygieneOf([
      someCase('gone', { ...ended('duplicate', 'void'), mergedInto: 'kept' as CaseId, sources: [source], repeats: 3 }),
      someCase('kept', {
        ...ended('false-alarm', 'void'),
        sources: [alert(morning), source],
        merged: ['gone' as CaseId],
      }),
    ])
    expect(cameras).toMatchObject([{ reports: 2, repeats: 3, falseAlarms: ['kept'], judged: ['kept'] }])
    expect(sources).toEqual([{ sourceId: 'hik' as SourceId, reports: 2, falseAlarms: 1 }])
  })

  it('[CO51] more than ten in ten minutes is chattering: what was only counted counts too, with the camera that sent most of it', () => {
    const calm = someCase('calm', { sources: Array.from({ length: 10 }, (_, i) => alert(morning + i * 1000)) })
    const mad = someCase('mad', {
      repeats: 400,
      sources: [
        ...Array.from({ length: 8 }, (_, i) => alert(morning + i * minutes(1), { cameraId: 'cam-2' as CameraId })),
        alert(morning, { cameraId: 'cam-4' as CameraId }),
      ],
    })
    const { cameras } = hygieneOf([calm, mad])
    expect(
      cameras.map(({ cameraId, chattering, worstTenMinutes, repeats }) => [
        cameraId,
        chattering,
        worstTenMinutes,
        repeats,
      ]),
    ).toEqual([
      ['cam-2', true, 408, 400],
      ['cam-1', false, 10, 0],
      ['cam-4', false, 1, 0],
    ])
  })

  it('[CO51] what was counted over hours is not a burst; what the board counted since the last line counts as well', () => {
    const slow = someCase('slow', {
      repeats: 30,
      sources: Array.from({ length: 8 }, (_, i) => alert(morning + i * minutes(60))),
    })
    expect(hygieneOf([slow]).cameras).toMatchObject([{ repeats: 30, chattering: false }])
    expect(hygieneOf([someCase('now')], { repeats: 50 }).cameras).toMatchObject([{ repeats: 50, chattering: true }])
  })

  it('[CO50] only what was received within the span counts', () => {
    const sources = [alert(morning - minutes(1)), alert(morning), alert(morning + minutes(10))]
    const { cameras, hours } = hygieneOf([someCase('a', { sources })], { from: morning, to: morning + minutes(10) })
    expect(cameras).toMatchObject([{ reports: 1, lastAt: morning }])
    expect(hours).toMatchObject([{ reports: 1, opened: 0 }])
  })
})

describe('as a whole', () => {
  it('[CO52] more than ten cases opened within ten minutes is a flood, also across the hour; hours without anything are not named', () => {
    const opens = (from: string, howMany: number) =>
      Array.from({ length: howMany }, (_, i) =>
        someCase(`${from}-${i}`, { openedAt: at(`2026-11-20 ${from}`) + i * 1000 }),
      )
    const cases = [...opens('09:56', 5), ...opens('10:02', 6), ...opens('14:00', 10)]
    const { hours } = hygieneOf(cases)
    expect(hours).toEqual([
      { at: at('2026-11-20 09:00'), reports: 5, opened: 5, flood: false },
      { at: at('2026-11-20 10:00'), reports: 6, opened: 6, flood: true },
      { at: at('2026-11-20 14:00'), reports: 10, opened: 10, flood: false },
    ])
  })

  it('[CO53] open for more than a day with nobody’s hand on it is named; on hold, put aside, or touched since it is not', () => {
    const old = { openedAt: morning - 2 * day }
    const until = { since: morning, until: morning + day, reason: '等配件', by: 'shen' as never }
    const touched: Case['steps'] = [
      { verb: 'accept', at: morning - minutes(60), by: { kind: 'person', id: 'shen' as never, role: 'chief' } },
    ]
    const { stale } = hygieneOf([
      someCase('old', old),
      someCase('held', { ...old, held: { ...until, grantedBy: 'chen' as never } }),
      someCase('aside', { ...old, shelved: until }),
      someCase('touched', { ...old, steps: touched }),
      someCase('new'),
      someCase('over', { ...old, ...ended('solved') }),
    ])
    expect(stale).toEqual(['old'])
  })
})

describe('asked over HTTP', () => {
  let room: DutyRoom
  afterEach(() => room.close())
  const ask = async (
    id: string | null,
    query: string,
  ): Promise<{ status: number; answer: Hygiene & { refusal?: string } }> => {
    const headers = id ? { cookie: await room.signIn(id) } : {}
    const answer = await fetch(`${room.url}/api/hygiene${query}`, { headers })
    return { status: answer.status, answer: (await answer.json()) as Hygiene }
  }
  const span = `?from=${at('2026-11-01 00:00')}&to=${at('2026-12-01 00:00')}`

  it('[CO55] out of the archive and the board together; a chief sees the own area, and nobody else is told', async () => {
    room = await dutyRoom({ at: '09:31:00', staff: ['chen', 'shen', 'ma', 'li', 'admin'] })
    const smoke = { kind: 'camera-alert', matter: 'smoke', cameraId: 'cam-1', occurredAt: '2026-11-21T09:31:00+08:00' }
    await room.posts({ ...smoke, eventId: 'e-1' })
    const [{ id }] = [...room.desk.board().cases.values()] as [Case]
    const chen = await room.opens('chen')
    await chen.wishes({ type: 'void', caseId: id, disposition: 'false-alarm', reason: '误报：水汽' })
    room.clock.jump(at('2026-11-22 09:40'))
    await room.clock.pass(15_000)
    await chen.sees(() => !room.desk.board().cases.has(id))
    for (let i = 0; i < 30; i++)
      await room.posts({ ...smoke, eventId: `mad-${i}`, occurredAt: '2026-11-22T09:40:00+08:00' })

    const { status, answer } = await ask('chen', span)
    expect(status).toBe(200)
    expect(answer.cameras).toMatchObject([
      { cameraId: 'cam-1', reports: 9, repeats: 22, falseAlarms: [id], judged: [id], chattering: true },
    ])
    expect((await ask('shen', span)).answer.cameras).toHaveLength(1)
    expect((await ask('ma', span)).answer.cameras).toEqual([])
    expect((await ask('li', span)).answer.refusal).toBe('role-not-allowed')
    expect((await ask('wall', span)).answer.refusal).toBe('role-not-allowed')
    expect((await ask(null, span)).status).toBe(401)
    expect((await ask('admin', span)).answer.refusal).toBe('role-not-allowed')
    expect((await ask('chen', '?from=now')).status).toBe(400)
  })
})
