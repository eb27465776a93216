// Two nodes, PostgreSQL and Redis on this machine: what a browser asks of one it finds at the other, what is killed is taken over, and a version replaces the last with nobody noticing.
import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { CaseId, CommandId, EvidenceId } from '#contract/ids'
import type { IntakeAnswer } from '#contract/outcome'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { holderOf, openTried, type Tried } from '../suites/constellation.ts'
import { becomesOne, openCrowd } from '../suites/crowd.ts'
import type { Figure } from '../suites/figure.ts'
import { leavesPostgresOut } from '../suites/postgres-server.ts'
import { hasRedis } from '../suites/redis-server.ts'
import { openTapping } from '../suites/tapping.ts'
import { openLoad } from '../trial/load.ts'
import { dispatching } from '../trial/nodes.ts'
import { goThrough } from '../trial/r11-engines.ts'
import { judge } from '../trial/verdict.ts'

const whole = { timeout: 120_000 }
const short = (figures: readonly Figure[]) => figures.filter(({ ok }) => !ok)

describe.skipIf(leavesPostgresOut || (!hasRedis() && !process.env['CI']))('two nodes', () => {
  let tried: Tried
  const said: string[] = []
  const say = (words: string) => void said.push(words)
  beforeAll(async () => {
    tried = await openTried('story')
  })
  afterAll(() => tried?.remove())

  const asks = (node: number, path: string, init: RequestInit & { who?: string } = {}) => {
    const headers = { ...(init.who && { cookie: tried.cookies[init.who]! }), origin: tried.all.url }
    return fetch(`${tried.all.nodes[node]!.url}${path}`, {
      ...init,
      headers: { ...headers, ...(init.headers as object) },
    })
  }
  const post = async (node: number, eventId: string): Promise<CaseId> => {
    const at = { lon: 121.4745 + said.length * 0.001, lat: 31.2025, crs: 'wgs84' }
    const body = { kind: 'grid-report', eventId, matter: 'dropped-garbage', occurredAt: Date.now(), at }
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${tried.key}` }
    const answer = await asks(node, '/api/in/sanping', { method: 'POST', headers, body: JSON.stringify(body) })
    const [result] = ((await answer.json()) as { results: IntakeAnswer[] }).results
    if (!result?.ok) throw new Error(JSON.stringify(result))
    return result.caseId!
  }

  it(
    '[ND46] who signs in at one node is signed in at the other, and signed out at one is out at both',
    whole,
    async () => {
      const body = JSON.stringify({ name: 'officer-b2', password: 'only-for-this-run' })
      const headers = { 'content-type': 'application/json' }
      const signedIn = await asks(0, '/api/session', { method: 'POST', headers, body })
      expect(signedIn.status).toBe(200)
      const cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!
      // At once: the browser's next request may go anywhere.
      const there = await asks(1, '/api/session', { headers: { cookie } })
      expect(there.status).toBe(200)
      expect((await asks(1, '/api/session', { method: 'DELETE', headers: { cookie } })).status).toBe(204)
      await vi.waitFor(async () => expect((await asks(0, '/api/session', { headers: { cookie } })).status).toBe(401), {
        timeout: 1000,
        interval: 20,
      })
    },
  )

  it(
    '[ND46] a picture sent in two parts to two nodes is whole at both, and may be named in a wish at once',
    whole,
    async () => {
      const bytes = await sharp({ create: { width: 900, height: 700, channels: 3, background: '#3a7' } })
        .jpeg()
        .toBuffer()
      const id = createHash('sha256').update(bytes).digest('hex') as EvidenceId
      const half = Math.floor(bytes.length / 2)
      const send = (node: number, from: number, till: number) =>
        asks(node, `/api/evidence/${id}`, {
          ...{ method: 'PUT', who: 'duty', body: new Uint8Array(bytes.subarray(from, till)) },
          headers: {
            'content-type': 'application/octet-stream',
            'content-range': `bytes ${from}-${till - 1}/${bytes.length}`,
          },
        })
      const [first, second] = [await send(0, 0, half), await send(1, half, bytes.length)]
      expect([first.status < 400, second.status < 400]).toEqual([true, true])
      for (const node of [0, 1])
        expect((await asks(node, `/api/evidence/${id}`, { method: 'HEAD', who: 'duty' })).status).toBeLessThan(400)
    },
  )

  it('[ND46] what one node refused and kept is seen in the quarantine of the other', whole, async () => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${tried.key}` }
    const refused = await asks(0, '/api/in/sanping', { method: 'POST', headers, body: '{"kind":"grid-report"}' })
    expect(refused.status).toBe(422)
    const kept = await (await asks(1, '/api/quarantine', { who: 'duty' })).text()
    expect(kept).toContain('load')
  })

  it('[ND46] a tap at one node is drawn at the other within a second', whole, async () => {
    const caseId = await post(1, 'seen')
    const crowd = await openCrowd(tried.all.url, [{ name: 'duty', cookie: tried.cookies['duty']!, count: 4 }])
    const line = await openTapping(tried.all.url, tried.cookies['duty']!)
    try {
      const shown = crowd.ask('showing', { caseId, stages: ['accepted'], within: 5000, seats: ['duty'] })
      const began = Date.now()
      expect((await line.tap('accepts' as CommandId, { type: 'accept', caseId }))?.outcome).toMatchObject({ ok: true })
      expect((await shown).last - began).toBeLessThan(1000)
    } finally {
      line.close()
      await crowd.close()
    }
  })

  it(
    '[ND47] each engine and each node killed once under load: nothing acknowledged is lost or doubled',
    whole,
    async () => {
      const figures = await goThrough(tried, { seed: 11, runs: 1, say, stopped: () => false })
      expect(
        short(figures).filter(({ id }) => !/takeover|screens/.test(id)),
        said.join('\n'),
      ).toEqual([])
      // A slow machine takes longer; never answering again is another thing.
      expect(figures.find(({ id }) => id === 'R11.takeover')!.value).not.toContain('Infinity')
      expect(figures.find(({ id }) => id === 'R11.screens')!.value).not.toBe('never')
    },
  )

  it(
    '[ND48] a node killed in mid-dispatch: the officer’s tap is done once and every screen shows it',
    whole,
    async () => {
      const figures = await dispatching(tried, { seed: 12, runs: 2, screens: 60, say, stopped: () => false })
      expect(
        short(figures).filter(({ id }) => /once|wrong/.test(id)),
        said.join('\n'),
      ).toEqual([])
    },
  )

  it(
    '[ND49] nodes replaced one after another under load: no acknowledged line is lost, no report refused',
    whole,
    async () => {
      const load = openLoad({
        ...{ url: () => tried.all.url, key: tried.key, ledger: tried.beside('rolling.ndjson'), workers: 4 },
        ...{ chance: chanceFrom(13), now: Date.now, named: 'rolling' },
      })
      const crowd = await openCrowd(tried.all.url, [{ name: 'duty', cookie: tried.cookies['duty']!, count: 6 }])
      try {
        for (const node of tried.all.nodes) {
          const before = load.acknowledged.length
          await node.stop()
          expect(await holderOf(tried)).not.toBe(node)
          await vi.waitFor(() => expect(load.acknowledged.length).toBeGreaterThan(before), { timeout: 10_000 })
          await node.start()
          await wait(300)
        }
        await load.stop()
        expect((await becomesOne(crowd, 10_000)).differ).toEqual([])
      } finally {
        await crowd.close()
      }
      const verdict = await judge(await tried.journal(), load.acknowledged)
      expect(verdict).toMatchObject({ lost: [], doubled: [], chain: null })
      expect([load.refused, load.contradictions]).toEqual([[], []])
    },
  )
})
