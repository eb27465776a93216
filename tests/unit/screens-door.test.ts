// The screens' files as a browser gets them.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import request from 'supertest'
import { afterAll, expect, it } from 'vitest'
import { openScreensDoor } from '../../ingest-server/doors/screens.ts'

const folder = mkdtempSync(join(tmpdir(), 'sanping-screens-'))
afterAll(() => rmSync(folder, { recursive: true }))
mkdirSync(join(folder, 'assets'))
const script = `export const words = ${JSON.stringify('三屏'.repeat(2000))}`
writeFileSync(join(folder, 'assets/field-a1b2.js'), script)
const web = express().use(openScreensDoor({ folder }).router)

it('[OP9] a script goes zipped to a browser and whole to one that cannot unzip, for good either way', async () => {
  const zipped = await request(web).get('/assets/field-a1b2.js').set('accept-encoding', 'gzip, deflate')
  expect(zipped.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'text/javascript; charset=utf-8' })
  expect(Number(zipped.headers['content-length'])).toBeLessThan(Buffer.byteLength(script) / 10)
  expect(zipped.text).toBe(script)

  const whole = await request(web).get('/assets/field-a1b2.js').set('accept-encoding', 'identity')
  expect(whole.headers['content-encoding']).toBeUndefined()
  expect(whole.text).toBe(script)
  for (const answer of [zipped, whole]) expect(answer.headers['cache-control']).toContain('immutable')
})

it('[OP9] what is not there is not there, and a way out of the folder leads nowhere', async () => {
  for (const path of ['/assets/gone.js', '/assets/..%2f..%2fpackage.js', '/assets/%2e%2e/secret.js'])
    expect((await request(web).get(path).set('accept-encoding', 'gzip')).status).toBe(404)
})
