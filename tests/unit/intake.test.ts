// The machines' door: what a sender is answered, and what is never lost.
import { request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CameraId, EvidenceId } from '#contract/ids'
import { noon, doorOnTheWire } from '../suites/torture/fakes.ts'

const smoke = (given: object = {}) => ({
  kind: 'camera-alert',
  eventId: 'e-1',
  matter: 'smoke',
  occurredAt: '2026-11-21T11:59:58+08:00',
  cameraId: 'CAM-1',
  confidence: 0.9,
  ...given,
})
const ticket = (given: object = {}) => ({
  kind: 'service-ticket',
  eventId: 't-1',
  matter: 'water-leak',
  occurredAt: noon,
  at: { lon: 121.47, lat: 31.2, crs: 'wgs84' },
  ...given,
})

let door: Awaited<ReturnType<typeof doorOnTheWire>>
beforeEach(async () => {
  door = await doorOnTheWire()
})
afterEach(() => door.close())
const post = (body: unknown, headers?: Record<string, string>) =>
  door.post('sanping', JSON.stringify(body), { 'content-type': 'application/json', ...headers })

describe('who may send', () => {
  it('[IN1] a sender without a key, or with a wrong one, is told so in words and nothing is kept', async () => {
    const answer = await post(smoke(), { authorization: 'Bearer wrong' })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    expect(answer.results).toEqual([{ ok: false, refusal: 'source-unknown', words: expect.stringContaining('密钥') }])
    expect(door.rows).toEqual([])
    expect(door.commands).toEqual([])
  })

  it('[IN1] a dialect nobody speaks is 404, and what came is kept', async () => {
    const answer = await door.post('constructor', 'hello')
    expect(answer.status).toBe(404)
    expect(Buffer.from(door.rows[0]!.body).toString()).toBe('hello')
    expect(answer.text).toContain('/api/in/sanping')
  })
})

describe('our own dialect', () => {
  it('[IN2] one report is one command, answered with its case and why', async () => {
    const answer = await post(smoke())
    expect(answer.status).toBe(200)
    expect(answer.results).toMatchObject([
      { ok: true, revision: 1, caseId: '20261121-001', how: 'opened', why: '首报' },
    ])
    expect(door.commands[0]).toMatchObject({ by: { kind: 'source', id: 'edge-box-1' }, wish: { type: 'report' } })
    expect(Number(answer.headers.get('content-length'))).toBe(Buffer.byteLength(answer.text))
  })

  it('[IN2] an array and NDJSON are answered one by one, in order', async () => {
    const two = [smoke({ eventId: 'a' }), smoke({ eventId: 'b' })]
    expect((await post(two)).results.map((result) => result.ok && result.caseId)).toEqual([
      '20261121-001',
      '20261121-002',
    ])
    const lines = two.map((one) => JSON.stringify({ ...one, phase: 'end' })).join('\n') + '\n\n'
    const answer = await door.post('sanping', lines, { 'content-type': 'application/x-ndjson' })
    expect(answer.results.map((result) => result.ok && result.how)).toEqual(['updated', 'updated'])
  })

  it('[IN3] the same report again is the same command, in whatever order its fields stand; changed, it is another', async () => {
    await post(smoke({ at: { lon: 121.47, lat: 31.2, crs: 'gcj02' } }))
    await post({
      at: { crs: 'gcj02', lat: 31.2, lon: 121.47 },
      ...Object.fromEntries(Object.entries(smoke()).reverse()),
    })
    expect(door.commands).toHaveLength(1)
    await post(smoke({ confidence: 0.95 }))
    expect(door.commands).toHaveLength(2)
    expect(door.commands[0]!.id).toMatch(/^edge-box-1:e-1:new:[0-9a-f]{16}$/)
  })

  it('[IN3] a sender without ids gets one from its very bytes', async () => {
    const { eventId: _, ...nameless } = smoke()
    await post(nameless)
    await post(nameless)
    await post({ ...nameless, confidence: 0.5 })
    expect(door.reports().map((report) => report.eventId)).toEqual([
      expect.stringMatching(/^bytes-[0-9a-f]{32}$/),
      expect.stringMatching(/^bytes-/),
    ])
    expect(new Set(door.commands.map(({ id }) => id)).size).toBe(2)
  })

  it('[IN3] an id of 200 characters still makes a command id that fits', async () => {
    await post(smoke({ eventId: 'x'.repeat(200) }))
    expect(door.commands[0]!.id.length).toBeLessThanOrEqual(128)
  })

  it('[IN4] a point without its crs is refused with the field’s path, never guessed', async () => {
    const bare = { lon: 121.47, lat: 31.2 }
    const answer = await post([
      smoke(),
      smoke({ eventId: 'c' }),
      smoke({ eventId: 'd' }),
      smoke({ eventId: 'b', at: bare }),
    ])
    expect(answer.status).toBe(207)
    expect(answer.results[3]).toMatchObject({ ok: false, refusal: 'crs-missing', quarantineId: 'q-1' })
    expect((answer.results[3] as { words: string }).words).toMatch(/^reports\[3\]\.at\.crs: 缺少，.*wgs84、gcj02、bd09/)
  })

  it('[IN4] a crs that does not exist is named with those that do', async () => {
    const answer = await post(smoke({ at: { lon: 121.47, lat: 31.2, crs: 'utm51' } }), {
      'accept-language': 'en-GB,zh;q=0.5',
    })
    expect(answer.status).toBe(422)
    expect(answer.results[0]).toMatchObject({
      refusal: 'wrong-shape',
      words: 'at.crs: can only be wgs84, gcj02, bd09.',
    })
  })

  it.each([
    ['kind', { kind: 'rumour' }, 'wrong-shape', 'kind: 只能是 camera-alert、grid-report、service-ticket'],
    ['a missing matter', { matter: undefined }, 'wrong-shape', 'matter: 缺少'],
    ['a confidence past 1', { confidence: 7 }, 'wrong-shape', 'confidence: 最多 1'],
    ['a text as a number', { text: 5 }, 'wrong-shape', 'text: 应为文字'],
    ['a day that is none', { occurredAt: '2026-02-30T08:00:00+08:00' }, 'time-impossible', 'occurredAt: 不是带时区'],
    ['a time without its offset', { occurredAt: '2026-11-21T08:00:00' }, 'time-impossible', 'occurredAt: 不是带时区'],
    ['a time in ten days', { occurredAt: noon + 864_000_000 }, 'time-impossible', 'occurredAt 2026-12-01'],
    ['a matter of nobody', { matter: 'ufo' }, 'matter-unknown', 'matter「ufo」'],
    ['a picture not sent', { evidence: ['a'.repeat(64)] }, 'evidence-unknown', `照片 ${'a'.repeat(64)}`],
    ['an id that is no hash', { evidence: ['ABC'] }, 'wrong-shape', 'evidence[0]: '],
  ])('[IN5] %s is refused in words that name it', async (_name, given, refusal, words) => {
    const answer = await post(smoke(given))
    expect(answer.status).toBe(422)
    expect(answer.results[0]).toMatchObject({ ok: false, refusal, quarantineId: 'q-1' })
    expect((answer.results[0] as { words: string }).words).toContain(words)
    expect(JSON.parse(Buffer.from(door.rows[0]!.body).toString())).toEqual(JSON.parse(JSON.stringify(smoke(given))))
  })

  it('[IN5] what the desk refuses is told with the value it is about, and kept', async () => {
    door.told.refuses = 'camera-unknown'
    const answer = await post(smoke())
    expect(answer.status).toBe(422)
    expect((answer.results[0] as { words: string }).words).toMatch(/^cameraId「CAM-1」：/)
    expect(door.rows).toHaveLength(1)
  })

  it('[QU1] of a batch only the broken item is kept, byte for byte as it came', async () => {
    const broken = '{ "kind":"camera-alert",  "eventId" : 12345678901234567890, "a":"],[}" }'
    const answer = await door.post('sanping', `[${JSON.stringify(smoke())} , ${broken}\n]`)
    expect(answer.status).toBe(207)
    expect(Buffer.from(door.rows[0]!.body).toString()).toBe(broken)
    expect(door.rows[0]).toMatchObject({ sourceId: 'edge-box-1', dialect: 'sanping', refusal: 'wrong-shape' })
  })

  it('[QU1] a broken line of NDJSON costs that line only', async () => {
    const lines = `${JSON.stringify(smoke())}\n{"kind":\n`
    const answer = await door.post('sanping', lines, { 'content-type': 'application/x-ndjson' })
    expect(answer.status).toBe(207)
    expect((answer.results[1] as { words: string }).words).toMatch(/^第 2 行：/)
    expect(Buffer.from(door.rows[0]!.body).toString()).toBe('{"kind":')
  })

  it('[IN5] a key that stands twice is refused: nobody can say which was meant', async () => {
    const text = JSON.stringify(smoke()).replace('"matter"', '"matter" :"ufo","text":"\\":x","matter"')
    const answer = await door.post('sanping', text)
    expect(answer.status).toBe(400)
    expect(answer.results[0]).toMatchObject({ refusal: 'bad-json', words: '同一个对象里「matter」写了两次。' })
  })

  it('[IN2] a text that looks like a key, and a byte order mark, do no harm', async () => {
    const answer = await door.post('sanping', `\uFEFF${JSON.stringify(smoke({ text: 'he said "now": go' }))}`)
    expect(answer.status).toBe(200)
  })

  it('[IN6] a site’s own names for cameras are read by the source’s map', async () => {
    await door.close()
    door = await doorOnTheWire({ id: 'edge-box-1', name: '', matters: {}, cameras: { '3-east': 'CAM-9' } } as never)
    await post(smoke({ cameraId: '3-east' }))
    expect(door.reports()[0]!.cameraId).toBe('CAM-9')
    expect(door.hearing.silent(noon + 61_000)).toEqual(['CAM-9'])
  })
})

describe('limits', () => {
  it('[IN7] past 2 MB is 413 with a sentence', async () => {
    const answer = await door.post('sanping', `"${'x'.repeat(2 * 1024 * 1024)}"`)
    expect(answer.status).toBe(413)
    expect(answer.results[0]).toMatchObject({ refusal: 'too-large' })
  })

  it('[IN7] more than a thousand in one body is 413', async () => {
    expect((await post(Array.from({ length: 1001 }, () => 1))).results[0]).toMatchObject({ refusal: 'too-many' })
  })

  it('[IN7] a wrong content type and a packed body are 415', async () => {
    expect((await post(smoke(), { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415)
    const packed = await post(smoke(), { 'content-type': 'application/json', 'content-encoding': 'gzip' })
    expect(packed.status).toBe(415)
    expect(door.rows).toHaveLength(2)
  })

  it('[IN8] a busy house answers 429 with whole seconds, before it reads anything', async () => {
    door.told.waiting = 101
    const answer = await door.post('sanping', '{')
    expect(answer.status).toBe(429)
    expect(answer.headers.get('retry-after')).toBe('1')
    expect(door.rows).toEqual([])
  })

  it('[IN8] what the desk had no room for is not kept: the sender comes again with it', async () => {
    door.told.refuses = 'overloaded'
    const answer = await post(smoke())
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '1'])
    expect(door.rows).toEqual([])
    door.told.refuses = null
    expect((await post(smoke())).results[0]).toMatchObject({ ok: true, how: 'opened' })
  })

  it('[IN9] a fault of the house is 500 with a number that stands beside its cause in the log', async () => {
    door.told.breaks = new Error('disk gone')
    const answer = await post(smoke())
    expect(answer.status).toBe(500)
    expect(JSON.parse(answer.text)).toEqual({ fault: 'fault-1', words: expect.stringContaining('fault-1') })
    expect(door.faults).toEqual([door.told.breaks])
  })

  it('[IN9] a sender that goes away in the middle leaves nothing behind', async () => {
    const { port } = door
    const sending = request({ port, method: 'POST', path: '/api/in/sanping', headers: { authorization: 'Bearer key' } })
    sending.on('error', () => {})
    sending.write('{"kind":')
    await new Promise((done) => setImmediate(done))
    sending.destroy()
    expect((await post(smoke())).status).toBe(200)
    expect([door.rows, door.faults]).toEqual([[], []])
  })
})

describe('residents', () => {
  const wang = { name: '王小明', phone: '13812345678' }

  it('[IN10] name and phone are kept apart; the desk gets a reference', async () => {
    await post(ticket({ reporter: wang, text: '水管爆了，电话 138 1234 5678，身份证 310101198001011234，三楼' }))
    const [report] = door.reports()
    expect(report).toMatchObject({ reporterRef: 'r-1', text: '水管爆了，电话 ［电话］，身份证 ［身份证］，三楼' })
    expect(JSON.stringify(door.commands)).not.toMatch(/1381234|王小明|310101198/)
    expect(door.kept.get('r-1' as never)).toMatchObject({ ...wang, text: expect.stringContaining('138 1234 5678') })
  })

  it('[IN10] the same ticket again is the same command, and the resident is kept once', async () => {
    await post(ticket({ reporter: wang }))
    await post(ticket({ reporter: wang }))
    expect(door.commands).toHaveLength(1)
    expect([...door.kept.keys()]).toEqual(['r-1'])
  })

  it('[IN10] of a refused ticket nothing personal stays behind but in quarantine', async () => {
    door.told.refuses = 'outside-subdistrict'
    await post(ticket({ reporter: wang }))
    expect(door.kept.size).toBe(0)
    expect(door.rows).toHaveLength(1)
  })

  it('[IN10] a ticket without anything personal makes no record of a person', async () => {
    await post(ticket({ text: '20261121 起漏水，单元网格 310101020001001' }))
    expect(door.kept.size).toBe(0)
    expect(door.reports()[0]).toMatchObject({ text: '20261121 起漏水，单元网格 310101020001001' })
  })
})

describe('what is counted and heard', () => {
  it('[IN11] every answer is counted by its dialect and result', async () => {
    await post([smoke(), smoke({ matter: 'ufo' })])
    expect(door.counted).toEqual(['sanping opened', 'sanping matter-unknown'])
  })

  it('[IN12] a camera not heard of for too long is silent, until it is heard again', async () => {
    const camera = 'CAM-1' as CameraId
    await post(smoke())
    expect(door.hearing.silent(noon + 60_000)).toEqual([])
    expect(door.hearing.silent(noon + 60_001)).toEqual([camera])
    door.hearing.heard(camera, noon + 70_000)
    expect(door.hearing.silent(noon + 70_001)).toEqual([])
    door.hearing.forget(camera)
    expect(door.hearing.silent(noon + 999_999)).toEqual([])
  })

  it('[IN13] a picture that has arrived may be named', async () => {
    const id = 'b'.repeat(64) as EvidenceId
    door.pictures.set(id, Buffer.alloc(1))
    expect((await post(smoke({ evidence: [id] }))).status).toBe(200)
  })
})
