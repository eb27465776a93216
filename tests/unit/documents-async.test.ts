// The document of what comes and goes without being asked for, held against the standard's own schema.
import asyncapi from '@asyncapi/specs/schemas/3.0.0-without-$id.json' with { type: 'json' }
import { Ajv } from 'ajv'
import request from 'supertest'
import express from 'express'
import { expect, it } from 'vitest'
import { describeMessages } from '../../ingest-server/doors/documents-async.ts'
import { openDocumentsDoor } from '../../ingest-server/doors/documents.ts'

it('[IN151] the AsyncAPI document is one by the standard’s own schema, and every reference in it leads somewhere', async () => {
  const web = express().use(openDocumentsDoor({ build: '1.2.3', samples: null }).router)
  const answer = await request(web).get('/api/asyncapi.json')

  expect(answer.status).toBe(200)
  expect(answer.body).toEqual(JSON.parse(JSON.stringify(describeMessages('1.2.3'))))
  const ajv = new Ajv({ strict: false, validateFormats: false })
  const isSound = ajv.compile(asyncapi)
  expect(isSound(answer.body), JSON.stringify(isSound.errors?.slice(0, 3))).toBe(true)
  expect(isSound({ ...answer.body, channels: { reports: { address: 7 } } })).toBe(false)
  const references = [...answer.text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path!)
  const there = (path: string) =>
    path.split('/').reduce<unknown>((found, part) => (found as Record<string, unknown>)?.[part], answer.body)
  expect(references.length).toBeGreaterThan(8)
  expect(references.filter((path) => there(path) === undefined)).toEqual([])
})
