// What residents ask of the security administrator at the door: in which order it waits and until when, what would go, yes with a code, no with a reason.
import express from 'express'
import request from 'supertest'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { CaseId, PersonId, ReporterRef } from '#contract/ids'
import type { Viewer } from '#contract/person'
import { emptyBoard } from '../../ingest-server/case-engine/board.ts'
import { openPersonalDoor } from '../../ingest-server/doors/personal.ts'
import { day, morning, openHouse, type House } from '../suites/records-folder.ts'
import { smallPhoto } from '../suites/pictures.ts'
import { aViewer } from '../suites/torture/fakes.ts'

const wang = { name: '王秀英', phone: '13812345678' }
const caseId = '20261121-001' as CaseId
let house: House
let app: express.Express
let viewer: Viewer | null
let provenAt: number | null
let subject: Case | null
beforeEach(async () => {
  house = await openHouse()
  viewer = aViewer({ role: 'security-administrator', personId: 'qin' as PersonId })
  provenAt = house.clock.now
  subject = null
  const door = openPersonalDoor({
    ...house.records,
    ...{ sessions: { provenAt: () => provenAt }, factors: { has: () => true } },
    ...{ desk: { board: emptyBoard }, archived: async () => subject },
    ...{ viewerOf: () => viewer, now: () => house.clock.now, origins: [], perMinute: 60 },
  })
  app = express().use(door.router)
})
afterEach(() => house.close())

async function aResident(reporter: { name?: string; phone?: string } = wang) {
  const { reporters, links } = house.records
  const ref = await reporters.keep(reporter, morning)
  const link = await links.make({ sourceKey: `resident-page/${ref}`, caseId, ref }, morning)
  const asks = () => request(app).post(`/api/resident/cases/${link}/forget`).expect(200)
  const own = async () => (await request(app).get(`/api/resident/cases/${link}/own`).expect(200)).body
  return { ref, link, asks, own }
}
interface Row {
  id: string
  about: string
  answerBy: number | null
}
const list = async () =>
  (await request(app).get('/api/personal/wishes').expect(200)).body as { wishes: Row[]; names: Record<string, string> }
const decide = (id: string, said: object) => request(app).post(`/api/personal/wishes/${id}`).send(said)
const weighed = async (id: string) => (await request(app).get(`/api/personal/wishes/${id}`).expect(200)).body.weighs

describe('what waits', () => {
  it('[PD70] the oldest stands first, to be answered within thirty days; what was decided last follows', async () => {
    const [first, second, third] = [
      await aResident({ phone: '13712345671' }),
      await aResident({ phone: '13712345672' }),
      await aResident({ phone: '13712345673' }),
    ]
    for (const one of [third, first, second]) {
      await one.asks()
      house.clock.now += day
    }
    const { wishes } = await list()
    expect(wishes.map(({ about }) => about)).toEqual([third.ref, first.ref, second.ref])
    expect(wishes.map(({ answerBy }) => answerBy)).toEqual([0, 1, 2].map((n) => morning + (n + 30) * day))
    expect((await third.own()).asked).toEqual({ at: morning, answerBy: morning + 30 * day, decided: null })
    for (const { id } of wishes.slice(0, 2)) {
      house.clock.now += day
      await decide(id, { grant: false, reason: 'kept-by-law' }).expect(200)
    }
    expect((await list()).wishes.map(({ about }) => about)).toEqual([second.ref, first.ref, third.ref])
  })

  it('[PD70] a colleague who wants to see more is named, and waits by no law', async () => {
    const { wishes } = house.records.personal
    await wishes.ask({ kind: 'more-looks', about: 'li', caseId }, morning)
    const [one] = (await list()).wishes
    expect(one).toMatchObject({ kind: 'more-looks', about: 'li', answerBy: null })
    expect(await weighed(one!.id)).toBeNull()
  })
})

describe('what would go', () => {
  it('[PD71] counted without erasing, all under the same number, and nothing of whose it is', async () => {
    const one = await aResident()
    await aResident({ phone: '138 1234 5678' })
    await aResident({ phone: '13711112222' })
    const picture = (await house.records.evidence.keep(await smallPhoto(), morning))!
    subject = {
      ...{ id: caseId, stage: 'closed' },
      sources: [{ key: 'a', evidence: [picture], reporterRef: one.ref as ReporterRef }],
    } as unknown as Case
    await one.asks()
    const { wishes } = await list()
    const counts = { residents: 2, links: 2, pictures: 1 }
    expect(await weighed(wishes[0]!.id)).toEqual({ ...counts, stillOpen: false })
    expect(await house.records.reporters.reveal(one.ref)).toEqual(wang)
    const all = JSON.stringify(await list()) + JSON.stringify(await weighed(wishes[0]!.id))
    for (const secret of ['王', '138', '5678']) expect(all).not.toContain(secret)
    expect((await decide(wishes[0]!.id, { grant: true }).expect(200)).body.erased).toEqual(counts)
    expect(await weighed(wishes[0]!.id)).toBeNull()
  })

  it('[PD71] of a case still in hand that is said, and its pictures are not among it', async () => {
    const one = await aResident()
    subject = {
      ...{ id: caseId, stage: 'handling' },
      sources: [{ key: 'a', evidence: ['e'], reporterRef: one.ref }],
    } as unknown as Case
    await one.asks()
    expect(await weighed((await list()).wishes[0]!.id)).toEqual({
      ...{ residents: 1, links: 1, pictures: 0 },
      stillOpen: true,
    })
  })
})

describe('decided', () => {
  it('[PD72] erasing wants a code of the last minutes; who only finds the screen signed in erases nobody', async () => {
    const one = await aResident()
    await one.asks()
    const { id } = (await list()).wishes[0]!
    provenAt = house.clock.now - 11 * 60_000
    expect((await decide(id, { grant: true }).expect(403)).body.refusal).toBe('code-again')
    expect(await house.records.reporters.reveal(one.ref)).toEqual(wang)
    provenAt = house.clock.now
    await decide(id, { grant: true }).expect(200)
    expect(await house.records.reporters.reveal(one.ref)).toBeNull()
  })

  it('[PD73] a no has a reason of its list, in words where none fits, and the resident reads it', async () => {
    const one = await aResident()
    await one.asks()
    const { id } = (await list()).wishes[0]!
    for (const wrong of [{}, { reason: 'not-needed' }, { reason: 'other' }, { reason: 'other', words: '  ' }])
      await decide(id, { grant: false, ...wrong }).expect(422)
    provenAt = null
    await decide(id, { grant: false, reason: 'other', words: '请打 13900001111 再说' }).expect(200)
    const no = { reason: 'other', words: '请打 ［电话］ 再说' }
    expect((await one.own()).asked).toMatchObject({ decided: false, no })
    expect((await list()).wishes[0]).toMatchObject({ decided: { by: 'qin', granted: false, no } })
    expect((await decide(id, { grant: true }).expect(403)).body.refusal).toBe('code-again')
    provenAt = house.clock.now
    expect((await decide(id, { grant: true }).expect(409)).body.refusal).toBe('wish-decided')
  })

  it.each(['administrator', 'duty-officer', 'chief', 'officer', 'audit-administrator', 'wall'] as const)(
    '[PD71] the %s is told no count either',
    async (role) => {
      viewer = aViewer({ role })
      await request(app).get('/api/personal/wishes/w-1').expect(403)
    },
  )
})
