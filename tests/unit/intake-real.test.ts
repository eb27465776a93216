// The machines' door on the real desk, engine and records: what cameras send becomes one case, and what is broken is kept.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { QuarantineId, SourceId } from '#contract/ids'
import type { IntakeAnswer } from '#contract/outcome'
import { verify } from '../../ingest-server/journal/verify.ts'
import { dutyRoom, type DutyRoom } from '../world/duty-room.ts'
import { smallGround } from '../suites/small-ground.ts'

const root = join(import.meta.dirname, '../..')
const samples = join(root, 'ingest-server/doors/vendors/samples')
const torture = join(root, 'tests/suites/torture/json')
const [shed] = [...smallGround.cameras.keys()]

let room: DutyRoom
let key: string
beforeAll(async () => {
  room = await dutyRoom({ staff: ['chen'] })
  const cameras = { cang_wu_shed_1: shed!, '瑞南一村 3 号车棚 & 东门': shed! }
  key = await room.records.sources.add(
    { id: SourceId.parse('yard'), name: '车棚', matters: {}, cameras },
    room.clock.world.now(),
  )
})
afterAll(() => room.close())

async function post(dialect: string, body: string | Uint8Array, type = 'application/json') {
  const answer = await fetch(`${room.url}/api/in/${dialect}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': type },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  })
  return { status: answer.status, ...((await answer.json()) as { results: IntakeAnswer[]; ignored: number }) }
}

const review = (step: string, id: string): string =>
  readFileSync(join(samples, `frigate-review-${step}.json`), 'utf8').replaceAll('1795233590.482917-q7xk2m', id)

describe('a Frigate review', () => {
  it.each([
    ['in order', ['new', 'update', 'end']],
    ['each twice', ['new', 'new', 'update', 'update', 'end', 'end']],
    ['out of order', ['update', 'new', 'end']],
    ['with the end first', ['end', 'new', 'update']],
  ])('[IN20] sent %s is one case with one source', async (name, steps) => {
    const id = `review ${name}`
    const answers = []
    for (const step of steps) answers.push(await post('frigate', review(step, id)))
    expect(answers.map(({ status }) => status)).toEqual(steps.map(() => 200))
    const cases = new Set(answers.map(({ results: [result] }) => result?.ok && result.caseId))
    expect(cases.size).toBe(1)
    const subject = [...room.desk.board().cases.values()].find((one) => cases.has(one.id))
    expect(subject?.sources.filter((source) => source.key.includes(id))).toHaveLength(1)
  })
})

describe('what vendors call things', () => {
  it.each(['fire', 'flame', 'smoke', 'garbage', 'trash', 'throwing', 'falling_object'])(
    '[IN21] Frigate’s %s is a matter the shipped scenarios know',
    async (label) => {
      const event = JSON.parse(readFileSync(join(samples, 'frigate-event-update.json'), 'utf8')) as { after: object }
      const after = { ...event.after, label, camera: shed, id: `label ${label}` }
      const { status, results } = await post('frigate', JSON.stringify({ type: 'new', after }))
      expect([status, results[0]]).toMatchObject([200, { ok: true }])
    },
  )

  it.each(['smokeDetection', 'fireDetection', 'objectsThrownDetection', 'garbageDetection'])(
    '[IN21] Hikvision’s %s is a matter the shipped scenarios know',
    async (type) => {
      const xml = readFileSync(join(samples, 'hikvision-smoke.xml'), 'utf8').replace('smokeDetection<', `${type}<`)
      expect((await post('hikvision', xml, 'application/xml')).results[0]).toMatchObject({ ok: true })
    },
  )
})

describe('Hikvision', () => {
  it('[IN26] an alert with its picture is a case that shows the picture', async () => {
    const body = readFileSync(join(samples, 'hikvision-smoke-picture.bin'))
    const { status, results } = await post('hikvision', body, 'multipart/form-data; boundary=MIME_boundary')
    expect([status, results[0]]).toMatchObject([200, { ok: true }])
    const caseId = results[0]!.ok && results[0]!.caseId
    const subject = [...room.desk.board().cases.values()].find(({ id }) => id === caseId)
    expect(subject?.sources.flatMap(({ evidence }) => evidence)).toHaveLength(1)
  })
})

describe('every file of the torture suite', () => {
  it('[IN5] [QU1] is 4xx, kept byte for byte by the real quarantine, and changes nothing', async () => {
    const { revision } = room.desk.board()
    for (const file of readdirSync(torture)) {
      const body = readFileSync(join(torture, file))
      const { status, results } = await post('sanping', body)
      expect([file, status >= 400 && status < 500]).toEqual([file, true])
      for (const result of results) {
        const id = result.ok ? undefined : result.quarantineId
        const kept = await room.records.quarantine.open(QuarantineId.parse(id))
        const whole = kept !== null && (Buffer.from(kept.body).equals(body) || body.includes(Buffer.from(kept.body)))
        expect([file, whole]).toEqual([file, true])
      }
    }
    expect(room.desk.board().revision).toBe(revision)
    expect(room.complaints).toEqual([])
  })

  it('[IN10] no byte of a resident’s name or phone is in the journal', async () => {
    const ticket = {
      ...{ kind: 'service-ticket', eventId: 't-9', matter: 'water-leak', occurredAt: room.clock.world.now() },
      ...{ at: { lon: 121.475, lat: 31.205, crs: 'wgs84' }, text: '家里漏水，请打 13812345678' },
      reporter: { name: '王小明', phone: '13812345678', address: '9 号 302 室' },
    }
    const { status, results } = await post('sanping', JSON.stringify(ticket))
    expect([status, results[0]]).toMatchObject([200, { ok: true, how: 'opened' }])
    let lines = ''
    for await (const line of room.journal.read(0)) lines += line.text
    expect(lines).toContain('water-leak')
    expect(lines).not.toMatch(/王小明|13812345678|302 室/)
  })
})

describe('a camera by a name that JavaScript knows', () => {
  it.each(['__proto__', 'constructor', 'toString'])(
    '[IN6] %s is a name like any other, and its line can be read',
    async (name) => {
      const [lon, lat] = smallGround.cameras.get(shed!)!.at
      const at = { lon, lat, crs: 'wgs84' }
      const own = {
        kind: 'camera-alert',
        eventId: name,
        matter: 'smoke',
        cameraId: name,
        occurredAt: room.clock.now(),
        at,
      }
      const answer = await post('sanping', JSON.stringify(own))
      expect(answer.results[0]).toMatchObject({ ok: true })
      const sources = [...room.desk.board().cases.values()].flatMap((subject) => subject.sources)
      expect(sources.find((source) => source.key === `yard/${name}`)?.cameraId).toBe(name)
      expect(await verify(room.journal)).toMatchObject({ sound: true })
      const frigate = {
        type: 'new',
        after: { id: `f-${name}`, camera: name, label: 'smoke', start_time: 1_795_233_590 },
      }
      expect((await post('frigate', JSON.stringify(frigate))).results[0]).toMatchObject({ refusal: 'camera-unknown' })
    },
  )
})
