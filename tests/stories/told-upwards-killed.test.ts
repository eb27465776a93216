// The server killed in the middle of telling the district: after its return nothing is missing, each case is in order, and by its id each message is there once.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { Webhook } from 'standardwebhooks'
import { SourceId } from '#contract/ids'
import type { IntakeAnswer } from '#contract/outcome'
import { signingSecret } from '../../ingest-server/records/signing-secret.ts'
import { openRecords } from '../../ingest-server/records/open-records.ts'
import { readKeyRing } from '../../ingest-server/records/key-ring.ts'
import { aNeighbour, openListener } from '../suites/neighbours.ts'
import { startServer } from '../suites/server-process.ts'

const secret = signingSecret(Buffer.alloc(24, 9))
const cases = 40

it('[EX51] killed twice while it posts and while it tells, the district has every case in its order and each message once by its id', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sanping-told-'))
  const listener = await openListener()
  const random = (bytes: number) => randomBytes(bytes)
  const records = await openRecords({
    folder,
    secret: await readKeyRing(folder, random, Date.now),
    random,
    now: Date.now,
  })
  const source = { id: SourceId.parse('box'), name: '盒子', matters: {}, cameras: {} }
  const key = await records.sources.add(source, Date.now())
  await records.neighbours.add(aNeighbour({ url: listener.url }), { signing: [{ secret }] }, Date.now())
  await records.close()

  const broken: string[] = []
  // It is slow, refuses now and then, and looks at every signature.
  listener.says = ({ headers, body }) => {
    try {
      new Webhook(secret).verify(body, headers as Record<string, string>)
    } catch (fault) {
      broken.push(String(fault))
    }
    const isBusy = listener.heard.length % 7 === 3
    return { status: isBusy ? 503 : 204, after: new Promise((over) => setTimeout(over, 15)) }
  }
  const taken = () => listener.heard.filter((_, i) => i % 7 !== 3).map(({ body }) => JSON.parse(body) as Event)
  let server = await startServer({ folder, entry: 'ingest-server/main.ts' })
  const accepted = new Set<string>()

  /** As a sender does: what was not answered is sent again. */
  async function post(n: number): Promise<void> {
    for (;;) {
      const answer = await fetch(`${server.url}/api/in/sanping`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify(bag(n)),
      }).catch(() => null)
      const said = answer?.ok ? ((await answer.json()) as { results: IntakeAnswer[] }).results[0] : null
      if (said?.ok) return void accepted.add(said.caseId!)
      await new Promise((over) => setTimeout(over, 50))
    }
  }

  try {
    const posting = (async () => {
      for (let n = 0; n < cases; n++) await post(n)
    })()
    for (const heardThen of [5, 18]) {
      await vi.waitFor(() => expect(listener.heard.length).toBeGreaterThan(heardThen), { timeout: 60_000, interval: 5 })
      await server.kill('SIGKILL')
      server = await startServer({ folder, port: server.port, entry: 'ingest-server/main.ts' })
    }
    await posting
    await vi.waitFor(() => expect(new Set(taken().map(({ subject }) => subject)).size).toBe(accepted.size), {
      ...{ timeout: 60_000, interval: 100 },
    })
  } finally {
    await server.kill('SIGTERM')
    await listener.close()
    rmSync(folder, { recursive: true, force: true })
  }

  expect(broken).toEqual([])
  const once = [...new Map(taken().map((event) => [event.id, event])).values()]
  expect(new Set(once.map(({ subject }) => subject))).toEqual(accepted)
  const openings = once.filter(({ type }) => type === 'cn.sanping.case.opened.v1').map(({ subject }) => subject)
  expect(openings.toSorted()).toEqual([...accepted].toSorted())
  for (const subject of accepted) {
    const sequence = once.filter((event) => event.subject === subject).map((event) => event.sequence)
    expect(sequence).toEqual([...sequence].sort())
  }
}, 180_000)

interface Event {
  id: string
  subject: string
  type: string
  sequence: string
}

const bag = (n: number) => ({
  ...{ kind: 'grid-report', eventId: `bag-${n}`, matter: 'dropped-garbage', occurredAt: Date.now() },
  // Some sixty metres apart: each is a case of its own.
  at: { lon: 121.4745 + (n % 8) * 0.0008, lat: 31.2015 + Math.floor(n / 8) * 0.0008, crs: 'wgs84' },
})
