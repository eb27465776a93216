// A case is another street's matter: handed over with where it comes from, followed there, solved or given back; one process, real HTTP.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import { CaseId, CommandId, PersonId, PlaceId } from '#contract/ids'
import type { Outcome } from '#contract/outcome'
import { streetSource } from '#contract/passing'
import { StreetId } from '#contract/streets'
import { leavesPostgresOut, openPostgres } from '../suites/postgres-server.ts'
import { drawNeighbour, here, hosts, openTwoStreets, there } from '../suites/two-streets.ts'
import type { TwoStreets } from '../suites/two-streets.ts'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

let serial = 0
const theirStreet = StreetId.parse(there)

async function twoStreets(folder?: string) {
  const two = await openTwoStreets(folder === undefined ? {} : { folder })
  closing.push(two.close)
  return peopled(two)
}

async function peopled(two: TwoStreets) {
  const street = (id: string) => two.system.streets().get(id)!
  for (const id of [here, there]) {
    const { accounts } = street(id).records
    if (accounts.people().has(PersonId.parse('chen'))) continue
    await accounts.add(
      {
        ...{ id: PersonId.parse('chen'), name: '陈海峰', role: 'duty-officer', post: 'command', body: '城运中心' },
        ...{ placeIds: [PlaceId.parse(id)], skills: [], onDuty: true, password: 'long enough for a test' },
      },
      Date.now(),
    )
  }
  const wishes = (id: string, wish: PersonWish): Promise<Outcome> =>
    street(id).desk.submit({
      id: CommandId.parse(`w-${++serial}`),
      by: { kind: 'person', id: PersonId.parse('chen'), role: 'duty-officer' },
      wish,
    })
  const board = (id: string): Case[] => [...street(id).desk.board().cases.values()]
  const caseOf = (id: string, caseId: string): Case => board(id).find((one) => one.id === caseId)!
  return {
    ...{ two, street, wishes, board, caseOf },
    /** What came over from the other street. */
    came: (id: string): Case | undefined => board(id).find(({ sources }) => sources.some((one) => one.passedFrom)),
    async reports(id: string, evidence: string[] = []): Promise<CaseId> {
      const [camera] = street(id).ground.cameras.values()
      const outcome = await street(id).desk.submit({
        id: CommandId.parse(`r-${++serial}`),
        by: { kind: 'person', id: PersonId.parse('chen'), role: 'duty-officer' },
        wish: {
          type: 'report',
          report: {
            ...{ kind: 'service-ticket', eventId: `e-${serial}`, phase: 'new', matter: 'water-leak', channel: 'staff' },
            ...{ occurredAt: Date.now(), cameraId: camera!.id, text: '住户 金丝雀 13800000000 说水管爆了' },
            evidence: evidence as never[],
          },
        },
      })
      if (!outcome.ok) throw new Error(outcome.refusal)
      return CaseId.parse(outcome.caseId!)
    },
  }
}

const soon = { timeout: 10_000, interval: 50 }
const handOver = (caseId: CaseId): PersonWish => ({
  type: 'pass-on',
  caseId,
  to: theirStreet,
  reason: '在打浦桥一侧，归对方',
})

describe('a case handed over to the neighbouring street', () => {
  it('[ST20] arrives by its own road as a case of its own, with where it comes from, why, what time was left, and its pictures', async () => {
    const world = await twoStreets()
    const { street, wishes, came, caseOf } = world
    const bytes = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#a33' } })
      .jpeg()
      .toBuffer()
    const picture = await street(here).records.evidence.keep(bytes, Date.now())
    const ours = await world.reports(here, [picture!])
    expect(await wishes(here, handOver(ours))).toMatchObject({ ok: true })
    expect(
      caseOf(here, ours).clocks.filter(({ metAt, ledger }) => metAt === undefined && ledger.at(-1)?.kind === 'running'),
    ).toEqual([])
    await vi.waitFor(() => expect(came(there)).toBeDefined(), soon)
    const theirs = came(there)!
    const [source] = theirs.sources
    expect(source!.passedFrom).toMatchObject({
      street: here,
      caseId: ours,
      why: '在打浦桥一侧，归对方',
      words: { zh: '五里桥街道' },
    })
    expect(source!.passedFrom!.since).toBe(caseOf(here, ours).openedAt)
    expect(source!.passedFrom!.clocks.length).toBeGreaterThan(0)
    expect(source!.evidence).toHaveLength(1)
    expect(street(there).records.evidence.has(source!.evidence[0]!)).toBe(true)
    await vi.waitFor(() => expect(caseOf(here, ours).passed).toMatchObject({ street: there, theirs: theirs.id }), soon)
    // Nobody's name, and nothing a resident wrote.
    expect(JSON.stringify(theirs)).not.toMatch(/金丝雀|13800000000|水管爆了/)
  }, 60_000)

  it('[ST21] ours stands still while it is theirs; accepted and ended there it is told of here, and has ended', async () => {
    const world = await twoStreets()
    const { wishes, came, caseOf } = world
    const ours = await world.reports(here)
    await wishes(here, handOver(ours))
    await vi.waitFor(() => expect(came(there)).toBeDefined(), soon)
    expect(await wishes(here, { type: 'accept', caseId: ours })).toMatchObject({ ok: false, refusal: 'passed-on' })
    expect(await wishes(here, handOver(ours))).toMatchObject({ ok: false, refusal: 'passed-on' })
    const theirs = came(there)!.id
    await wishes(there, { type: 'accept', caseId: theirs })
    await vi.waitFor(() => expect(caseOf(here, ours).passed?.acceptedAt).toBeDefined(), soon)
    expect(
      await wishes(there, { type: 'pass-on', caseId: theirs, to: StreetId.parse(here), reason: '不归我们' }),
    ).toMatchObject({
      refusal: 'came-from-there',
    })
    const said = (what: 'ended' | 'refused') =>
      world.street(here).desk.submit({
        id: CommandId.parse(`said-${what}`),
        by: { kind: 'source', id: streetSource(theirStreet) },
        wish: { type: 'passed', caseId: ours, what, theirs, disposition: 'solved', reason: '已修好' },
      })
    await said('ended')
    expect(caseOf(here, ours)).toMatchObject({ stage: 'closed', disposition: 'solved', passed: { theirs } })
    expect(caseOf(here, ours).clocks.every(({ ledger }) => ledger.at(-1)?.kind !== 'running')).toBe(true)
    // Over here it stays over, whatever they say afterwards.
    await said('refused')
    expect(caseOf(here, ours)).toMatchObject({ stage: 'closed' })
  }, 60_000)

  it('[ST22] refused there it is ours again, with their reason, and its clocks run on', async () => {
    const world = await twoStreets()
    const { wishes, came, caseOf } = world
    const ours = await world.reports(here)
    const running = (id: CaseId) =>
      caseOf(here, id).clocks.filter(({ metAt, ledger }) => metAt === undefined && ledger.at(-1)?.kind === 'running')
        .length
    const before = running(ours)
    await wishes(here, handOver(ours))
    await vi.waitFor(() => expect(came(there)).toBeDefined(), soon)
    await wishes(there, {
      type: 'void',
      caseId: came(there)!.id,
      disposition: 'beyond-remit',
      reason: '点位在五里桥一侧',
    })
    await vi.waitFor(() => expect(caseOf(here, ours).passed).toBeUndefined(), soon)
    expect(caseOf(here, ours).steps.at(-1)).toMatchObject({
      verb: 'passed',
      about: 'refused',
      reason: '点位在五里桥一侧',
    })
    expect(running(ours)).toBe(before)
    expect(await wishes(here, { type: 'accept', caseId: ours })).toMatchObject({ ok: true })
    // Handed over once more, it is another case there.
    await wishes(here, handOver(ours))
    await vi.waitFor(() => expect(world.board(there).filter(({ stage }) => stage === 'reported')).toHaveLength(1), soon)
  }, 60_000)

  it('[ST23] taken back, they are told, and what they say afterwards moves nothing', async () => {
    const world = await twoStreets()
    const { wishes, came, caseOf } = world
    const ours = await world.reports(here)
    await wishes(here, handOver(ours))
    await vi.waitFor(() => expect(caseOf(here, ours).passed?.theirs).toBeDefined(), soon)
    expect(await wishes(here, { type: 'resume', caseId: ours, reason: '我们自己办' })).toMatchObject({ ok: true })
    await vi.waitFor(
      () => expect(came(there)!.steps.at(-1)).toMatchObject({ verb: 'note', note: '已收回：我们自己办' }),
      soon,
    )
    await wishes(there, { type: 'accept', caseId: came(there)!.id })
    expect(caseOf(here, ours).passed).toBeUndefined()
  }, 60_000)

  it('[ST24] the house may die between the two at any moment: told again it is the same case, once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sanping-handed-'))
    closing.push(() => rmSync(folder, { recursive: true, force: true }))
    drawNeighbour(join(folder, 'map-there'))
    const first = await openTwoStreets({ folder })
    const world = await peopled(first)
    const ours = await world.reports(here)
    const handed = await world.wishes(here, handOver(ours))
    expect(handed).toMatchObject({ ok: true })
    // Nothing of it may have left the house yet.
    await first.close()
    const again = await twoStreets(folder)
    await vi.waitFor(() => expect(again.caseOf(here, ours).passed?.theirs).toBeDefined(), soon)
    expect(again.board(there).filter(({ sources }) => sources.some((one) => one.passedFrom))).toHaveLength(1)
  }, 60_000)

  it('[ST25] nobody but that street, by the key of the two, can say anything of it', async () => {
    const world = await twoStreets()
    const ours = await world.reports(here)
    const nowhere: PersonWish = { type: 'pass-on', caseId: ours, to: StreetId.parse('310101099'), reason: '不归我们' }
    expect(await world.wishes(here, nowhere)).toMatchObject({ refusal: 'street-unknown' })
    await world.wishes(here, handOver(ours))
    await vi.waitFor(() => expect(world.caseOf(here, ours).passed?.theirs).toBeDefined(), soon)
    const body = JSON.stringify({
      type: 'street.answer',
      from: there,
      to: here,
      caseId: ours,
      what: 'refused',
      theirs: 'x',
    })
    const headers = { 'content-type': 'application/json', 'sanping-street': there }
    const post = (more: Record<string, string>) =>
      world.two.asks(hosts[here], '/api/streets/said', { method: 'POST', headers: { ...headers, ...more }, body })
    expect((await post({})).status).toBe(401)
    const stamp = String(Math.floor(Date.now() / 1000))
    expect((await post({ 'webhook-id': 'm', 'webhook-timestamp': stamp, 'webhook-signature': 'v1,AAAA' })).status).toBe(
      401,
    )
    const picture = await world.two.asks(hosts[here], `/api/streets/pictures/${'0'.repeat(64)}?case=${ours}`, {
      headers,
    })
    expect(picture.status).toBe(401)
    expect(world.caseOf(here, ours).passed).toBeDefined()
  }, 60_000)

  it.skipIf(leavesPostgresOut)(
    '[ST26] in one database each has a schema of its own, and all of it is the same there',
    async () => {
      const database = await openPostgres()
      closing.push(database.stop)
      const two = await openTwoStreets({ postgres: database.url })
      closing.push(two.close)
      const world = await peopled(two)
      const ours = await world.reports(here)
      await world.wishes(here, handOver(ours))
      await vi.waitFor(() => expect(world.caseOf(here, ours).passed?.theirs).toBeDefined(), soon)
      expect(world.came(there)!.sources[0]!.passedFrom).toMatchObject({ street: here, caseId: ours })
      expect(existsSync(join(two.folder, 'streets', there, 'journal.db'))).toBe(false)
    },
    90_000,
  )
})
