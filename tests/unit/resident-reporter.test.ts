// Who reported it: stars for most, a name for those who must call, and a line in the audit each time.
import express from 'express'
import request from 'supertest'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { CaseId, PersonId, PlaceId, ReporterRef } from '#contract/ids'
import type { Look } from '#contract/look'
import type { Viewer } from '#contract/person'
import { emptyBoard } from '../../ingest-server/case-engine/board.ts'
import { openPeopleDoor } from '../../ingest-server/doors/people.ts'
import { aViewer, fakeReporters, noon } from '../suites/torture/fakes.ts'

const wang = { name: '王小明', phone: '13812345678', address: '9 号 302 室' }
const rn = ['rn' as PlaceId]
let viewer: Viewer | null
let audit: { who: string; what: string; about: string }[]
let revealed: string[]
let app: express.Express
let looks: ReturnType<typeof fakeLooks>
let time: number

beforeEach(async () => {
  const { reporters } = fakeReporters()
  const ref = await reporters.keep(wang, noon)
  audit = []
  revealed = []
  time = noon
  looks = fakeLooks()
  const board = emptyBoard()
  const add = (id: string, reporterRef?: ReporterRef) =>
    board.cases.set(
      id as CaseId,
      {
        ...{ id, path: ['wlq', 'rn'], holder: { personId: 'officer-li' as PersonId, since: noon } },
        ...(reporterRef && { reporterRef }),
      } as Case,
    )
  add('20261121-001', ref)
  add('20261121-002')
  const door = openPeopleDoor({
    desk: { board: () => board },
    reporters: {
      masked: reporters.masked,
      reveal: (which) => {
        revealed.push(`after ${audit.length} lines`)
        return reporters.reveal(which)
      },
    },
    audit: { write: async ({ who, what, about }) => void audit.push({ who, what, about }) },
    ...looks,
    viewerOf: () => viewer,
    now: () => time,
    origins: ['http://sanping.test'],
  })
  app = express().use(door.router)
})
function fakeLooks() {
  let kept: (Look & { caseId: CaseId })[] = []
  const asked: object[] = []
  const fake = {
    asked,
    agreed: null as number | null,
    /** As if each had held for a moment only. */
    lapse: () => void (kept = kept.map((one) => ({ ...one, until: one.at }))),
    looks: {
      grant: async (look: Look & { caseId: CaseId }) => void kept.push(look),
      held: async (caseId: CaseId, by: PersonId, at: number) =>
        kept.find((one) => one.caseId === caseId && one.by === by && one.until > at) ?? null,
      of: async () => kept.map(({ caseId: _id, ...look }) => look).toReversed(),
      countOf: async (by: PersonId, from: number) => kept.filter((one) => one.by === by && one.at >= from).length,
    },
    wishes: {
      ask: async (wish: object) => String(asked.push(wish)),
      grantedAt: async () => fake.agreed,
    },
  }
  return fake
}

const masked = (id = '20261121-001') => request(app).get(`/api/cases/${id}/reporter`)
const reveal = (id = '20261121-001', said: object = { reason: 'call-back' }) =>
  request(app).post(`/api/cases/${id}/reporter/reveal`).send(said)

describe('the reporter of a case', () => {
  it('[WH54] is masked for whoever sees the case, and not cached', async () => {
    viewer = aViewer({ role: 'officer', placeIds: rn })
    const answer = await masked().expect(200).expect('cache-control', 'no-store')
    expect(answer.body).toMatchObject({
      reporter: { name: '王**', phone: '138****5678' },
      until: null,
      mayReveal: false,
    })
    expect(audit).toEqual([])
  })

  it.each([
    ['the duty officer', aViewer()],
    ['the chief of the area', aViewer({ role: 'chief', placeIds: rn })],
    ['who has it in hand', aViewer({ role: 'officer', placeIds: rn, personId: 'officer-li' as PersonId })],
  ])('[WH55] is told in full to %s, and noted before it is shown', async (_name, who) => {
    viewer = who
    expect((await reveal().expect(200)).body).toEqual({ reporter: wang, until: noon + 30 * 60_000 })
    expect(audit).toEqual([{ who: who.personId, what: 'reporter-revealed', about: '20261121-001 call-back' }])
    expect(revealed).toEqual(['after 1 lines'])
  })

  it.each([
    ['an officer who does not have it', aViewer({ role: 'officer', placeIds: rn }), 403],
    ['the chief of another area', aViewer({ role: 'chief', placeIds: ['qy' as PlaceId] }), 404],
    ['the administrator', aViewer({ role: 'administrator' }), 404],
    ['the security administrator', aViewer({ role: 'security-administrator' }), 404],
    ['the audit administrator', aViewer({ role: 'audit-administrator' }), 404],
    ['the wall', aViewer({ role: 'wall' }), 403],
    ['nobody', null, 401],
  ])('[WH55] is not told to %s', async (_name, who, status) => {
    viewer = who
    expect((await reveal().expect(status)).text).not.toContain('王')
    expect([audit, revealed]).toEqual([[], []])
  })

  it('[WH54] the wall does not even see the stars', async () => {
    viewer = aViewer({ role: 'wall' })
    await masked().expect(403)
  })

  it('[WH54] is null where nobody left a name', async () => {
    viewer = aViewer()
    expect((await masked('20261121-002').expect(200)).body).toMatchObject({ reporter: null, looks: [] })
    expect((await reveal('20261121-002').expect(200)).body).toEqual({ reporter: null, until: null })
    expect(audit).toEqual([])
  })

  it.each([[{}], [{ reason: 'curious' }], [{ reason: 'other' }], [{ reason: 'other', words: '  ' }]])(
    '[PD1] without a reason that is one, %j, nobody is shown anything',
    async (said) => {
      viewer = aViewer()
      const answer = await reveal('20261121-001', said).expect(422)
      expect(answer.body.refusal).toBe('look-reason-missing')
      expect([audit, revealed]).toEqual([[], []])
    },
  )

  it('[PD2] is whole for half an hour to whoever gave the reason, for that case, and to nobody else', async () => {
    viewer = aViewer()
    await reveal().expect(200)
    time += 29 * 60_000
    expect((await masked()).body.reporter).toEqual(wang)
    expect((await reveal('20261121-001', {}).expect(200)).body.reporter).toEqual(wang)
    viewer = aViewer({ role: 'chief', placeIds: rn, personId: 'chief' as PersonId })
    expect((await masked()).body.reporter.name).toBe('王**')
    viewer = aViewer()
    time += 60_000
    expect((await masked()).body.reporter.name).toBe('王**')
    await reveal('20261121-001', {}).expect(422)
    expect(audit).toHaveLength(1)
  })

  it('[PD3] who looked and why is told to the duty officer and the chief, numbers in their own words left out', async () => {
    viewer = aViewer({ role: 'officer', placeIds: rn, personId: 'officer-li' as PersonId })
    await reveal('20261121-001', { reason: 'other', words: '替 13800001111 送药' }).expect(200)
    expect((await masked()).body.looks).toEqual([])
    viewer = aViewer({ role: 'chief', placeIds: rn, personId: 'chief' as PersonId })
    const { looks: seen } = (await masked()).body
    expect(seen).toEqual([
      { at: noon, until: noon + 30 * 60_000, by: 'officer-li', reason: 'other', words: '替 ［电话］ 送药' },
    ])
  })

  it('[PD4] past twenty an hour the security administrator is asked, and agrees or an hour passes', async () => {
    viewer = aViewer()
    for (let nth = 0; nth < 20; nth++) {
      await reveal().expect(200)
      time += 31 * 1000
      looks.lapse()
    }
    expect((await reveal().expect(429)).body.refusal).toBe('too-many-looks')
    expect(audit.at(-1)).toMatchObject({ what: 'reveal-refused' })
    expect(looks.asked).toEqual([{ kind: 'more-looks', about: viewer.personId, caseId: '20261121-001' }])
    looks.agreed = time
    await reveal().expect(200)
    looks.agreed = null
    looks.lapse()
    await reveal().expect(429)
    time += 3_600_000
    await reveal().expect(200)
  })

  it('[WH55] cannot be asked for by a page of somebody else’s', async () => {
    viewer = aViewer()
    await reveal().set('origin', 'http://elsewhere.test').expect(403)
  })
})
