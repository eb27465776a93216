// Who reported it: stars for most, a name for those who must call, and a line in the audit each time.
import express from 'express'
import request from 'supertest'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { CaseId, PersonId, PlaceId, ReporterRef } from '#contract/ids'
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

beforeEach(async () => {
  const { reporters } = fakeReporters()
  const ref = await reporters.keep(wang, noon)
  audit = []
  revealed = []
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
    viewerOf: () => viewer,
    now: () => noon,
    origins: ['http://sanping.test'],
  })
  app = express().use(door.router)
})
const masked = (id = '20261121-001') => request(app).get(`/api/cases/${id}/reporter`)
const reveal = (id = '20261121-001') => request(app).post(`/api/cases/${id}/reporter/reveal`)

describe('the reporter of a case', () => {
  it('[WH54] is masked for whoever sees the case, and not cached', async () => {
    viewer = aViewer({ role: 'officer', placeIds: rn })
    const answer = await masked().expect(200).expect('cache-control', 'no-store')
    expect(answer.body).toEqual({ reporter: { name: '王**', phone: '138****5678' } })
    expect(audit).toEqual([])
  })

  it.each([
    ['the duty officer', aViewer()],
    ['the chief of the area', aViewer({ role: 'chief', placeIds: rn })],
    ['who has it in hand', aViewer({ role: 'officer', placeIds: rn, personId: 'officer-li' as PersonId })],
  ])('[WH55] is told in full to %s, and noted before it is shown', async (_name, who) => {
    viewer = who
    expect((await reveal().expect(200)).body).toEqual({ reporter: wang })
    expect(audit).toEqual([{ who: who.personId, what: 'reporter-revealed', about: '20261121-001' }])
    expect(revealed).toEqual(['after 1 lines'])
  })

  it.each([
    ['an officer who does not have it', aViewer({ role: 'officer', placeIds: rn }), 403],
    ['the chief of another area', aViewer({ role: 'chief', placeIds: ['qy' as PlaceId] }), 404],
    ['the administrator', aViewer({ role: 'administrator' }), 403],
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
    expect((await masked('20261121-002').expect(200)).body).toEqual({ reporter: null })
    expect((await reveal('20261121-002').expect(200)).body).toEqual({ reporter: null })
    expect(audit).toEqual([])
  })

  it('[WH55] cannot be asked for by a page of somebody else’s', async () => {
    viewer = aViewer()
    await reveal().set('origin', 'http://elsewhere.test').expect(403)
  })
})
