// A message nobody understood is mended by those who can, and sent in once more: once, whoever clicks, whatever breaks.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { QuarantineId } from '#contract/ids'
import type { QuarantineList, QuarantineWhole } from '#contract/quarantine'
import type { Refusal } from '#contract/refusal'
import type { Call } from '../../ingest-server/admin/call.ts'
import { quarantineCommands } from '../../ingest-server/admin/quarantine.ts'
import { casesOf, mattersOf } from '../suites/eyes.ts'
import { dutyRoom } from '../world/duty-room.ts'
import type { DutyRoom } from '../world/duty-room.ts'

let room: DutyRoom
beforeEach(async () => void (room = await dutyRoom({ staff: ['chen', 'shen', 'admin'] })))
afterEach(() => room.close())

interface Answer {
  status: number
  body: { refusal?: Refusal; words?: string; results?: { ok: boolean; caseId?: string }[] }
}
async function asks(who: string, method: string, path: string, body?: unknown): Promise<Answer> {
  const headers = { cookie: await room.signIn(who), 'content-type': 'application/json' }
  const ask = () =>
    fetch(`${room.url}${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
  // A connection that was kept over a restart is no answer.
  const answer = await ask().catch(ask)
  return { status: answer.status, body: (await answer.json()) as Answer['body'] }
}
const replays = (id: string, body?: string) =>
  asks('chen', 'POST', `/api/quarantine/${id}/replay`, body === undefined ? {} : { body })
const listed = async (query = '') =>
  (await asks('chen', 'GET', `/api/quarantine${query}`)).body as unknown as QuarantineList

const fire = (change: object = {}) => ({
  ...{ kind: 'camera-alert', eventId: 'event-1', matter: 'feuer', cameraId: 'cam-1' },
  occurredAt: room.clock.now(),
  ...change,
})
/** A camera platform speaks of a fire in words nobody mapped. */
async function unheard(body: object = fire()): Promise<string> {
  const { results } = await room.posts(body)
  const [answer] = results
  if (answer?.ok !== false || !answer.quarantineId) throw new Error('it was not refused')
  return answer.quarantineId
}

describe('a word that was not mapped', () => {
  it('[QU21] is mapped, replayed and becomes its case; the second time it is said to be done', async () => {
    const id = await unheard(fire({ matter: 'smoke', cameraId: 'NVR-3/7' }))
    expect(await replays(id)).toMatchObject({ status: 422, body: { refusal: 'camera-unknown' } })

    const mapped = await asks('chen', 'PUT', '/api/sources/hik', { matters: {}, cameras: { 'NVR-3/7': 'cam-1' } })
    expect(mapped).toMatchObject({ status: 200, body: { ok: true } })
    expect(await replays(id)).toMatchObject({ status: 200, body: { results: [{ ok: true, how: 'opened' }] } })
    expect(mattersOf(room)).toEqual(['smoke reported'])
    expect(await replays(id)).toMatchObject({ status: 409, body: { refusal: 'replayed-already' } })
    expect((await listed('?replayed=no')).kept).toEqual([])
    expect((await listed()).kept[0]).toMatchObject({ id, replayed: { by: 'chen', answers: [{ ok: true }] } })
  })

  it('[QU22] two clicks at once are one case', async () => {
    const id = await unheard()
    const mended = JSON.stringify(fire({ matter: 'smoke' }))
    const clicks = await Promise.all([replays(id, mended), replays(id, mended)])
    expect(clicks.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(casesOf(room)).toHaveLength(1)
  })

  it('[QU22] a server that dies between the case and its note in quarantine sends the same command again, not another', async () => {
    const id = await unheard()
    const { quarantine } = room.records
    const keep = quarantine.replayed
    quarantine.replayed = async () => {
      throw new Error('the power went')
    }
    const mended = JSON.stringify(fire({ matter: 'smoke' }))
    expect((await replays(id, mended)).status).toBe(500)
    quarantine.replayed = keep
    await room.restarts()
    const after = await replays(id, JSON.stringify(fire({ matter: 'smoke', text: '改过的' })))
    expect(after).toMatchObject({ status: 200, body: { results: [{ ok: true, how: 'opened' }] } })
    expect(casesOf(room)).toHaveLength(1)
  })

  it('[QU23] refused again it stays, with its new reason, and may be tried again', async () => {
    const id = await unheard()
    expect(await replays(id, JSON.stringify(fire({ matter: 'smoke', cameraId: 'nowhere' })))).toMatchObject({
      ...{ status: 422, body: { refusal: 'camera-unknown', words: expect.stringContaining('nowhere') } },
    })
    expect((await listed('?replayed=no')).kept).toMatchObject([
      { id, refusal: 'camera-unknown', triedAt: room.clock.now() },
    ])
    expect(await replays(id, '{"kind":')).toMatchObject({ status: 400, body: { refusal: 'bad-json' } })
    expect((await replays(id, JSON.stringify(fire({ matter: 'smoke' })))).status).toBe(200)
    const whole = (await asks('chen', 'GET', `/api/quarantine/${id}`)).body as unknown as QuarantineWhole
    // What is kept is what came.
    expect(whole).toMatchObject({ text: expect.stringContaining('feuer'), replayed: { by: 'chen' } })
  })

  it('[QU25] what is replayed says nothing of whether its camera lives now', async () => {
    const id = await unheard(fire({ cameraId: 'cam-1', matter: 'feuer' }))
    const before = (await asks('chen', 'GET', '/api/devices')).body as unknown as {
      devices: { id: string; heardAt: number }[]
    }
    await room.clock.pass(30_000)
    await replays(id, JSON.stringify(fire({ matter: 'smoke', cameraId: 'cam-2' })))
    const after = (await asks('chen', 'GET', '/api/devices')).body as typeof before
    expect(after.devices).toEqual(
      before.devices.map((device) => expect.objectContaining({ id: device.id, heardAt: device.heardAt })),
    )
  })

  it('[QU21] mapped to be ignored it is done with, and nothing comes of it', async () => {
    const alert = {
      type: 'new',
      before: {},
      after: {
        id: '1.1-a',
        camera: 'cam-1',
        start_time: room.clock.now() / 1000,
        severity: 'alert',
        data: { objects: ['kite-runner'] },
      },
    }
    const { results } = await room.posts(alert, 'frigate')
    const id = results[0]!.ok === false ? results[0]!.quarantineId! : ''
    await asks('chen', 'PUT', '/api/sources/hik', { matters: { 'kite-runner': 'ignore' }, cameras: {} })
    expect(await replays(id)).toMatchObject({ status: 200, body: { results: [] } })
    expect(casesOf(room)).toEqual([])
  })
})

describe('the list', () => {
  it('[QU20] says how many wait, by who sent them and why, and lets one look at some of them', async () => {
    await unheard()
    await unheard(fire({ eventId: 'event-2' }))
    await unheard(fire({ eventId: 'event-3', matter: 'smoke', cameraId: 'nowhere' }))
    const all = await listed()
    expect(all.counts).toEqual([
      { sourceId: 'hik', refusal: 'matter-unknown', rows: 2, times: 2 },
      { sourceId: 'hik', refusal: 'camera-unknown', rows: 1, times: 1 },
    ])
    expect((await listed('?refusal=camera-unknown')).kept).toHaveLength(1)
    expect((await listed('?source=hik&limit=2')).kept).toHaveLength(2)
    expect((await listed('?source=another')).kept).toEqual([])
  })

  it('[QU29] only the administrator and the duty officer mend', async () => {
    const id = await unheard()
    const doors: [string, string, unknown?][] = [
      ['POST', `/api/quarantine/${id}/replay`, {}],
      ['GET', '/api/sources'],
      ['PUT', '/api/sources/hik', { matters: {}, cameras: {} }],
    ]
    for (const [method, path, body] of doors) {
      expect(await asks('shen', method, path, body)).toMatchObject({ status: 403 })
      const stranger = await fetch(`${room.url}${path}`, { method })
      expect(stranger.status).toBe(401)
      const elsewhere = { cookie: await room.signIn('chen'), origin: 'http://elsewhere.test' }
      if (method !== 'GET') expect((await fetch(`${room.url}${path}`, { method, headers: elsewhere })).status).toBe(403)
    }
    expect((await asks('admin', 'GET', '/api/sources')).status).toBe(200)
  })

  it('[QU28] a mapping names our own matters and cameras or is refused with the wrong one named', async () => {
    const put = (mapping: object, id = 'hik') =>
      asks('chen', 'PUT', `/api/sources/${id}`, { matters: {}, cameras: {}, ...mapping })
    expect(await put({ matters: { feuer: 'flames' } })).toMatchObject({
      ...{ status: 422, body: { refusal: 'matter-unknown', words: expect.stringContaining('「flames」') } },
    })
    expect(await put({ cameras: { a: 'cam-99' } })).toMatchObject({ status: 422, body: { refusal: 'camera-unknown' } })
    expect(await put({ matters: 'smoke' })).toMatchObject({ status: 422, body: { refusal: 'wrong-shape' } })
    expect(await put({}, 'nobody')).toMatchObject({ status: 404, body: { refusal: 'sender-unknown' } })
  })
})

/** The command line beside the running server, on the same records. */
async function commandLine(name: string, words: string[] = [], options: Call['options'] = {}, input = '') {
  const said: string[] = []
  const answer = await quarantineCommands[name]!.run({
    ...{
      words,
      options,
      records: room.records,
      language: 'zh',
      folder: '',
      address: '',
      random: room.clock.world.random,
    },
    now: room.clock.now,
    say: (line) => said.push(line),
    complain: (line) => said.push(line),
    readInput: async () => input,
    places: () => [],
    pause: async (milliseconds) => {
      await room.clock.pass(milliseconds)
      await new Promise((over) => setTimeout(over, 5))
    },
    stopped: () => false,
  })
  return { said: said.join('\n'), no: answer?.no.zh }
}

it('[QU27] the command line lists, shows, and has the running server replay', async () => {
  const id = await unheard()
  expect((await commandLine('quarantine list')).said).toContain(`○\t${id}`)
  expect((await commandLine('quarantine show', [id])).said).toContain('"feuer"')
  expect((await commandLine('quarantine replay', [id])).no).toMatch(/没有收下：matter「feuer」/)
  const mended = JSON.stringify(fire({ matter: 'smoke' }))
  expect(await commandLine('quarantine replay', [id], { stdin: true }, mended)).toMatchObject({ no: undefined })
  expect(casesOf(room)).toHaveLength(1)
  expect(await room.records.quarantine.open(QuarantineId.parse(id))).toMatchObject({ replayed: { by: 'command-line' } })
  expect((await commandLine('quarantine replay', [id])).no).toContain('不会再放第二次')
  expect((await commandLine('quarantine show', ['q-nothing'])).no).toContain('quarantine list')
})
