// What was not understood, for those who can mend it.
import express from 'express'
import request from 'supertest'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Viewer } from '#contract/person'
import type { Role } from '#contract/roles'
import { openQuarantineDoor } from '../../ingest-server/doors/quarantine.ts'
import { aViewer, fakeQuarantine, noon } from '../suites/torture/fakes.ts'

/** What the list and one message do not ask for. */
const asDoor = { replays: {} as never, origins: [], every: () => () => {}, onFault: () => {} }
let viewer: Viewer | null
let app: express.Express
beforeEach(async () => {
  const { quarantine } = fakeQuarantine()
  const refused = { at: noon, sourceId: null, dialect: 'sanping', contentType: 'application/json', words: '坏了' }
  await quarantine.keep({ ...refused, refusal: 'bad-json', body: Buffer.from('{"烟":') })
  await quarantine.keep({ ...refused, refusal: 'bad-json', body: Buffer.from([0xff, 0xd8, 0x00]) })
  app = express().use(openQuarantineDoor({ quarantine, ...asDoor, viewerOf: () => viewer }).router)
  viewer = aViewer()
})

describe('the quarantine', () => {
  it('[QU10] lists what is kept, without the bodies', async () => {
    const { body } = await request(app).get('/api/quarantine?limit=nonsense').expect(200)
    const { kept } = body as { kept: object[] }
    expect(kept).toHaveLength(2)
    expect(kept[0]).toMatchObject({ id: 'q-1', refusal: 'bad-json', bytes: 7, times: 1 })
    expect(kept[0]).not.toHaveProperty('body')
    expect(((await request(app).get('/api/quarantine?limit=1')).body as { kept: [] }).kept).toHaveLength(1)
  })

  it('[QU10] shows one whole: text as text, anything else without a byte lost', async () => {
    expect((await request(app).get('/api/quarantine/q-1').expect(200)).body).toMatchObject({ text: '{"烟":' })
    const { base64 } = (await request(app).get('/api/quarantine/q-2').expect(200)).body as { base64: string }
    expect([...Buffer.from(base64, 'base64')]).toEqual([0xff, 0xd8, 0x00])
    await request(app).get('/api/quarantine/q-9').expect(404)
  })

  it.each<[Role, number]>([
    ['administrator', 200],
    ['duty-officer', 200],
    ['chief', 403],
    ['officer', 403],
    ['property', 403],
    ['wall', 403],
  ])('[QU11] a %s gets %i', async (role, status) => {
    viewer = aViewer({ role })
    await request(app).get('/api/quarantine').expect(status)
    await request(app).get('/api/quarantine/q-1').expect(status).expect('cache-control', 'no-store')
  })

  it('[QU11] nobody gets nothing', async () => {
    viewer = null
    await request(app).get('/api/quarantine').expect(401)
  })
})
