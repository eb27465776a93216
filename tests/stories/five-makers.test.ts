// One smoking bike-shed, and the cameras of five makers that look at it: one case, whoever tells of it, and a restart between.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SourceId } from '#contract/ids'
import type { IntakeAnswer } from '#contract/outcome'
import { smallGround } from '../suites/small-ground.ts'
import { sample, textOf } from '../suites/torture/maker.ts'
import { dutyRoom, type DutyRoom } from '../world/duty-room.ts'

const [shed, other] = [...smallGround.cameras.keys()]
const names = [
  '7J0A6B3PAG00012/2',
  '195ecd1c1f944764b0929723ae3b4635',
  '31010400001320000042',
  '瑞南一村 3 号车棚 & 东门',
]

let room: DutyRoom
let key: string
beforeAll(async () => {
  room = await dutyRoom({ at: '12:00', staff: ['chen'] })
  const cameras = {
    ...Object.fromEntries([...names, '10.31.7.21/VideoSourceToken_1'].map((name) => [name, shed!])),
    '瑞南一村 5 号车棚': other!,
  }
  key = await room.records.sources.add(
    { id: SourceId.parse('yard'), name: '车棚', matters: {}, cameras },
    room.clock.now(),
  )
})
afterAll(() => room.close())

async function post(dialect: string, body: string | Uint8Array, type: string) {
  const answer = await fetch(`${room.url}/api/in/${dialect}`, {
    method: 'POST',
    // Kept open, it would be shut by the restart.
    headers: { authorization: `Bearer ${key}`, 'content-type': type, connection: 'close' },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  })
  return { status: answer.status, ...((await answer.json()) as { results: IntakeAnswer[]; ignored: number }) }
}
const how = ({ results: [result] }: { results: IntakeAnswer[] }) => (result?.ok ? result.how : result?.words)
const smoke = (seconds: number): string =>
  textOf('dahua-smoke-start.txt').replace('1795233590', `${1795233590 + seconds}`)
const fires = () => [...room.desk.board().cases.values()].filter(({ matter }) => matter !== 'camera-offline')

it('[IN68] one camera that tells it again every half minute has one source in one case', async () => {
  const said = []
  for (const seconds of [0, 30, 60]) said.push(how(await post('dahua', smoke(seconds), 'text/plain')))
  expect(said).toEqual(['opened', 'updated', 'updated'])
  expect(fires()).toMatchObject([{ matter: 'smoke', sources: [{ phase: 'update', cameraId: shed }] }])
})

it('[IN61] [IN62] [IN65] [IN67] the others at the same shed join it, and one brings a picture', async () => {
  const said = [
    how(await post('hikvision', sample('hikvision-isecure-smoke-start.json'), 'application/json')),
    how(await post('hikvision', sample('hikvision-smoke.xml'), 'application/xml')),
    how(await post('onvif', sample('onvif-smoke-true.xml'), 'application/soap+xml')),
    how(await post('huawei-vias', sample('huawei-vias-smoke.json'), 'application/json')),
  ]
  expect(said).toEqual(['joined', 'joined', 'joined', 'joined'])
  const [subject, ...more] = fires()
  expect([subject!.sources.length, more]).toEqual([5, []])
  expect(subject!.sources.flatMap(({ evidence }) => evidence)).toHaveLength(1)
})

it('[IN68] after a restart nothing is remembered of what goes on, and it is the same case all the same', async () => {
  await room.restarts()
  expect(how(await post('dahua', smoke(90), 'text/plain'))).toBe('joined')
  expect(fires()).toHaveLength(1)
  expect(how(await post('dahua', textOf('dahua-smoke-stop.txt'), 'text/plain'))).toBe('updated')
  expect(fires()[0]!.sources.at(-1)).toMatchObject({ phase: 'end' })
})

it('[IN70] a camera whose picture is lost is a case of the device, and over when it is back', async () => {
  const lost = textOf('hikvision-videoloss.xml')
  expect(how(await post('hikvision', lost, 'application/xml'))).toBe('opened')
  const back = lost.replace('>active<', '>inactive<').replace('11:59:50', '11:59:58')
  expect(how(await post('hikvision', back, 'application/xml'))).toBe('updated')
  const device = [...room.desk.board().cases.values()].find(({ matter }) => matter === 'camera-offline')
  expect(device).toMatchObject({ scenarioId: 'device-health', sources: [{ kind: 'device-report', phase: 'end' }] })
})

it('[IN62] [IN72] what its own manual has wrong is kept byte for byte, with its sentence', async () => {
  const body = textOf('hikvision-isecure-lost-1900.json').replace('f58fd21565724fb29ce16f52d7bf971a', names[1]!)
  const { status, results } = await post('hikvision', body, 'application/json')
  expect(status).toBe(422)
  const [kept] = await room.records.quarantine.list(1)
  expect(kept).toMatchObject({ refusal: 'time-impossible', dialect: 'hikvision' })
  expect(results[0]).toMatchObject({ quarantineId: kept!.id })
  expect(Buffer.from((await room.records.quarantine.open(kept!.id))!.body).toString()).toBe(body)
  expect(room.complaints).toEqual([])
})
