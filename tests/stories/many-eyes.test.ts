// Many eyes, one fire: ten cameras and a caller are one case with its reasons; the next shed is a second one.
import { expect, it } from 'vitest'
import type { IntakeAnswer } from '#contract/outcome'
import { spot } from '../suites/small-ground.ts'
import { agree, caseOf, openRooms, until, walk } from './story.ts'

const aRoom = openRooms()
const staff = ['chen', 'gu', 'li']
/** The platform's n-th camera, none of them on our map, each some metres nearer or farther: only their points tell. */
const eye = (n: number, east = n) => {
  const [lon, lat] = spot(east, 2)
  return {
    kind: 'camera-alert',
    ...{ eventId: `eye-${n}`, matter: 'smoke', cameraId: `pole-${n}`, confidence: 0.9 },
    occurredAt: '2026-11-21T09:31:00+08:00',
    at: { lon, lat, crs: 'wgs84' },
  }
}
/** Says on the phone where it is by the plate on the shed. */
const caller = {
  kind: 'service-ticket',
  ...{ eventId: 'call-1', matter: 'open-fire', channel: 'hotline', facilityId: 'shed-1' },
  occurredAt: '2026-11-21T09:32:10+08:00',
  text: '车棚着火了，快来人',
}
const ten = Array.from({ length: 10 }, (_, n) => eye(n + 1))
const words = (answers: { results: IntakeAnswer[] }[]) =>
  answers.map(({ results: [answer] }) => (answer?.ok ? `${answer.how} ${answer.caseId}: ${answer.why}` : answer?.words))

it('[CO2] ten cameras at once and somebody who calls are one case, each answered with the reason in words', async () => {
  const room = await aRoom({ at: '09:31:00', staff })
  const [wall, phone] = [await room.opens('wall'), await room.opens('li')]
  const answers = await Promise.all(ten.map((one) => room.posts(one)))
  await until(room, '09:32:10')
  answers.push(await room.posts(caller))

  const said = words(answers)
  const caseId = caseOf(answers[0]!)
  expect(said.filter((one) => one === `opened ${caseId}: 首报`)).toHaveLength(1)
  expect(said.filter((one) => new RegExp(`^joined ${caseId}: 同类近处，\\d m，0 秒内$`).test(one!))).toHaveLength(9)
  expect(said.at(-1)).toMatch(new RegExp(`^joined ${caseId}: 同类近处，\\d+ m，1 分 10 秒内$`))

  const subject = await agree(room, caseId, wall, phone)
  expect([wall.cases().length, phone.cases().length]).toEqual([1, 1])
  expect(subject).toMatchObject({ matter: 'open-fire', facilityId: 'shed-1', stage: 'reported' })
  expect(new Set(subject.sources.map((source) => source.cameraId ?? source.channel)).size).toBe(11)
  expect((await walk(room.journal)).filter((line) => line.endsWith('report'))).toHaveLength(11)
})

it('[CO3] while that one burns, the same fire 40 m away at the next shed is a second case on every screen', async () => {
  const room = await aRoom({ at: '09:31:00', staff })
  const [wall, phone] = [await room.opens('wall'), await room.opens('gu')]
  const one = caseOf(await room.posts({ ...eye(1), cameraId: 'cam-1', at: undefined }))
  for (const next of ten.slice(1)) expect(caseOf(await room.posts(next))).toBe(one)

  const other = await room.posts({ ...eye(11), cameraId: 'cam-3', at: undefined })
  expect(words([other])).toEqual(['opened 20261121-002: 首报'])
  for (const id of [one, caseOf(other)]) await agree(room, id, wall, phone)
  expect(wall.cases().map((subject) => [subject.facilityId, subject.sources.length])).toEqual([
    ['shed-1', 10],
    ['shed-2', 1],
  ])
  // Both are alarms of their own: the micro fire station was told of each.
  expect(phone.cases().map((subject) => subject.told.some((receipt) => receipt.personId === 'gu'))).toEqual([
    true,
    true,
  ])
})

it('[CO7] [DE6] a restart forgets neither: the next look of each shed’s camera goes to its own case', async () => {
  const room = await aRoom({ at: '09:31:00', staff })
  const shed = (cameraId: string, eventId: string) => room.posts({ ...eye(1), eventId, cameraId, at: undefined })
  const [one, two] = [caseOf(await shed('cam-1', 'a')), caseOf(await shed('cam-3', 'b'))]
  await room.restarts()
  await until(room, '09:41:00')
  expect(words([await shed('cam-2', 'c'), await shed('cam-3', 'd')])).toEqual([
    `joined ${one}: 同一设施，0 m，10 分 0 秒内`,
    `joined ${two}: 同一设施，0 m，10 分 0 秒内`,
  ])
})
