// Commanded from the wall: the watch signs in at it, puts the fire on it and sends word to the officer; the phone answers, and what was done stands in the audit.
import { expect, it } from 'vitest'
import type { CaseId, CastId } from '#contract/ids'
import type { DutyRoom } from '../world/duty-room.ts'
import { caseOf, does, isTold, openRooms, until } from './story.ts'

const aRoom = openRooms()
const smoke = {
  kind: 'camera-alert',
  eventId: 'smoke-1',
  matter: 'smoke',
  cameraId: 'cam-1',
  occurredAt: '2026-11-21T09:30:58+08:00',
}
const password = 'long enough for a test'

/** What goes into the audit from now on, as `who what about`. */
function auditOf({ records }: DutyRoom): string[] {
  const lines: string[] = []
  const write = records.audit.write.bind(records.audit)
  records.audit.write = async (line) => {
    lines.push(`${line.who} ${line.what} ${line.about}`)
    await write(line)
  }
  return lines
}

const operatorDoor = ({ url }: DutyRoom, cookie: string) => ({
  signsIn: (account: string) =>
    fetch(`${url}/api/wall/operator`, {
      method: 'POST',
      headers: { cookie, origin: url, 'content-type': 'application/json' },
      body: JSON.stringify({ account, password }),
    }),
  signsOut: () => fetch(`${url}/api/wall/operator`, { method: 'DELETE', headers: { cookie, origin: url } }),
})

it('[WH70] [WH71] [LK34] [LK35] from the wall the watch casts the fire, urges the officer and sees them take it; by itself the wall commands nothing', async () => {
  const room = await aRoom({ at: '09:31:00', staff: ['chen', 'shen', 'li', 'wu'] })
  const audit = auditOf(room)
  const { kiosks } = room.records
  const cookie = `sanping=${await kiosks.bind(await kiosks.add('wall-1', [], room.clock.now()), room.clock.now())}`
  const wall = await room.opens('wall', { cookie })
  const [watch, phone, next] = [await room.opens('chen'), await room.opens('li'), await room.opens('wu')]
  const caseId = caseOf(await room.posts(smoke))
  await does(watch, { type: 'dispatch', caseId, to: 'li' as never })
  await wall.sees(() => wall.only().stage === 'dispatched')
  const urge = { type: 'urge', caseId, reason: '请报告现场情况' } as const
  expect(await isTold(wall, urge)).toBe('operator-needed')

  const door = operatorDoor(room, cookie)
  expect((await door.signsIn('chen')).status).toBe(200)
  await wall.sees(() => wall.operator()?.name === '陈海峰')
  await does(wall, { type: 'cast', id: 'c1' as CastId, what: { kind: 'case', caseId }, minutes: 5 })
  await does(wall, { type: 'cast', id: 'c2' as CastId, what: { kind: 'chart', chart: 'trend' }, minutes: 5 })
  await does(wall, urge)
  await phone.sees(() => phone.only().orders?.[0]?.by === 'chen')
  await does(phone, { type: 'deliver', caseId })
  await does(phone, { type: 'see', caseId })
  await does(phone, { type: 'comply', caseId, order: phone.only().orders![0]!.id })
  await wall.sees(() => wall.only().orders?.[0]?.to[0]?.takenAt !== undefined)

  expect((await door.signsOut()).status).toBe(204)
  await wall.sees(() => wall.operator() === null)
  expect(await isTold(wall, urge)).toBe('operator-needed')
  // What stands on it the wall may clear by itself; what came next ends by its lease.
  await does(wall, { type: 'cast-end', id: 'c1' as CastId })
  await until(room, '09:36:02')
  await wall.sees(() => wall.board().linkage.casts.length === 0)

  expect(audit).toEqual([
    'chen operator-began wall-1',
    `chen cast-began c1 case ${caseId}`,
    'chen at-wall cast wall-1',
    'chen at-wall cast wall-1',
    `chen at-wall urge ${caseId} wall-1`,
    'chen operator-ended wall-1 signed-out',
    `kiosk:wall-1 cast-ended c1 case ${caseId}`,
    'chen cast-began c2 chart trend',
    'kiosk:wall-1 at-wall cast-end wall-1',
    'clock cast-ended c2 chart trend',
  ])
  expect(next.bytes()).not.toContain(caseId satisfies CaseId)
})
