// What a resident gave of themselves goes in; of all lists, searches, sheets and looks back, to whomever in the house, nothing holds any of it.
import { expect, it } from 'vitest'
import type { CaseId } from '#contract/ids'
import { caseOf, does, openRooms } from '../stories/story.ts'
import { spot } from '../suites/small-ground.ts'

const openRoom = openRooms()
const [name, phone, email, door] = ['钱小满', '13912340000', 'canary.qian@example.com', '9 号 702 室']
const face = 'Q0FOQVJZLUZBQ0U'
const canaries = [name, '小满', phone, '139****', email, 'canary', '702', face]
const [lon, lat] = spot()

it('[PD5] [PD14] no list, search, sheet, look back, dry run or line of the journal holds a resident’s own, nor a face as a number', async () => {
  const room = await openRoom({ at: '09:31', staff: ['chen', 'shen', 'li', 'admin'] })
  const ticket = {
    ...{ kind: 'service-ticket', eventId: 't', matter: 'water-leak', occurredAt: room.clock.now() },
    ...{ at: { lon, lat, crs: 'wgs84' }, text: `漏水，打 ${phone}，身份证 110101199003074477` },
    ...{ reporter: { name, phone, address: door, email }, faceFeature: face, modelData: { a: face } },
  }
  const caseId = caseOf(await room.posts(ticket)) as CaseId
  const [desk, phoneOf] = [await room.opens('chen'), await room.opens('li')]
  await does(desk, { type: 'dispatch', caseId, to: 'li' as never, reason: `打 ${phone}` })
  await does(phoneOf, { type: 'take', caseId })
  await does(phoneOf, { type: 'note', caseId, note: '身份证 110101199003074477，卡 6222 0212 3456 7890 128' })
  const span = `from=${room.clock.now() - 3_600_000}&to=${room.clock.now() + 1}`
  const reads = [
    `/api/cases.csv?${span}`,
    '/api/archive',
    `/api/kpi?${span}`,
    `/api/daily?${span}`,
    `/api/hygiene?${span}`,
    '/api/heat',
    `/api/cases/${caseId}`,
    `/api/past?at=${room.clock.now()}`,
  ]
  const answers = new Map<string, number>()
  for (const who of ['chen', 'shen', 'li', 'admin', 'wall']) {
    const cookie = await room.signIn(who)
    for (const path of reads) {
      const answer = await fetch(`${room.url}${path}`, { headers: { cookie } })
      const text = await answer.text()
      answers.set(path, Math.min(answers.get(path) ?? 999, answer.status))
      for (const canary of [...canaries, '110101199003074477', '7890 128'])
        expect([who, path, text.includes(canary)]).toEqual([who, path, false])
    }
  }
  // At least the duty officer was answered, else nothing would have been looked at.
  expect([...answers].filter(([, status]) => status !== 200)).toEqual([])
  for await (const line of room.journal.read(0))
    for (const canary of [...canaries, '110101199003074477', '7890 128']) expect(line.text.includes(canary)).toBe(false)
  const held = await room.records.reporters.reveal(room.desk.board().cases.get(caseId)!.reporterRef!)
  expect(held).toMatchObject({ name, phone })
})
