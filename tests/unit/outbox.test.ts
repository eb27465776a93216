// The outbox's promise: what was tapped on a phone arrives exactly once, through dead spots, lost answers, kills and second tabs.
import 'fake-indexeddb/auto'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { PersonWish, ScreenCommand } from '#contract/command'
import type { CaseId, CommandId, EvidenceId, PersonId } from '#contract/ids'
import { openIndexedBody } from '../../dashboard/link/outbox-indexed.ts'
import { openMemoryBody } from '../../dashboard/link/outbox-memory.ts'
import { openOutbox } from '../../dashboard/link/outbox.ts'
import { setRight } from '../../dashboard/link/outbox-rules.ts'
import { emptyLook } from '../../dashboard/link/outbox-port.ts'
import type { OutboxBody, OutboxLook, Picture } from '../../dashboard/link/outbox-port.ts'
import { openUploader } from '../../dashboard/link/upload.ts'
import type { Answer } from '../../dashboard/link/line-port.ts'

const li = 'li' as PersonId
const shed = '20261121-007' as CaseId
const take: PersonWish = { type: 'take', caseId: shed }
const arrive: PersonWish = { type: 'arrive', caseId: shed }

/** A desk that answers each command once and for ever the same, and a door that keeps pictures by their hash. */
function aServer() {
  const answers = new Map<CommandId, Answer>()
  const taken: ScreenCommand[] = []
  const held = new Map<string, Uint8Array>()
  const whole = new Set<string>()
  const world = {
    line: 'up' as 'up' | 'down' | 'answer lost',
    road: 'up' as 'up' | 'down' | 'one piece, then cut',
    refusing: null as null | Answer,
    puts: 0,
    taken,
    whole,
    async command(command: ScreenCommand): Promise<Answer> {
      if (world.line === 'down') return 'unanswered'
      if (!answers.has(command.id)) {
        const ok = { ok: true as const, commandId: command.id, revision: answers.size + 1 }
        answers.set(command.id, world.refusing ?? ok)
        if (!world.refusing) taken.push(command)
      }
      return world.line === 'answer lost' ? 'unanswered' : answers.get(command.id)!
    },
    async fetch(url: string, init: RequestInit = {}): Promise<Response> {
      if (world.road === 'down') throw new TypeError('Failed to fetch')
      const id = url.split('/').pop()!
      const bytes = held.get(id) ?? new Uint8Array()
      if (init.method === 'HEAD') {
        const headers = { 'upload-offset': String(bytes.length), 'upload-complete': whole.has(id) ? '?1' : '?0' }
        return new Response(null, { status: bytes.length ? 200 : 404, headers })
      }
      world.puts++
      const range = /bytes (\d+)-(\d+)\/(\d+)/.exec(new Headers(init.headers).get('content-range')!)!
      if (Number(range[1]) !== bytes.length) return Response.json({ ok: false, offset: bytes.length }, { status: 409 })
      const piece = new Uint8Array(await (init.body as Blob).arrayBuffer())
      held.set(id, new Uint8Array([...bytes, ...piece]))
      const offset = held.get(id)!.length
      if (world.road === 'one piece, then cut') {
        world.road = 'down'
        throw new TypeError('Failed to fetch')
      }
      if (offset < Number(range[3])) return Response.json({ ok: true, sha256: id, offset }, { status: 202 })
      if (createHash('sha256').update(held.get(id)!).digest('hex') !== id) {
        held.delete(id)
        return Response.json({ ok: false, refusal: 'evidence-refused' }, { status: 422 })
      }
      whole.add(id)
      return Response.json({ ok: true, sha256: id, bytes: offset })
    },
  }
  return world
}

let ids = 0
const locks = new Map<string, Promise<void>>()
/** As navigator.locks does it: one after the other for everybody with this device. */
const aloneOn = (device: string) => (run: () => Promise<void>) => {
  const next = (locks.get(device) ?? Promise.resolve()).then(run)
  locks.set(
    device,
    next.catch(() => {}),
  )
  return next
}

function aPhone(server: ReturnType<typeof aServer>, body: OutboxBody, device = `phone ${ids++}`) {
  let now = 1_000
  const waiting = new Set<() => void>()
  const outbox = openOutbox({
    body,
    uploader: openUploader(server.fetch as typeof fetch),
    command: (command) => server.command(command),
    now: () => now++,
    newId: () => `command-${ids++}` as CommandId,
    alone: aloneOn(device),
    after(_ms, run) {
      waiting.add(run)
      return () => waiting.delete(run)
    },
    random: () => 0.5,
    cry: () => {},
  })
  let look: OutboxLook = emptyLook
  outbox.follow((next) => (look = next))
  outbox.belongTo(li)
  return {
    outbox,
    look: () => look,
    /** Until nothing moves by itself any more. */
    settled: () => expect.poll(() => look.sending || look.items.length === 0, { interval: 2 }).toBe(false),
    until: (question: (look: OutboxLook) => boolean) => expect.poll(() => question(look), { interval: 2 }).toBe(true),
    /** The wait it set itself is over. */
    waited: () => [...waiting].forEach((run) => (waiting.delete(run), run())),
    places: () => look.items.map((item) => item.place),
  }
}

const aPhoto = (bytes = 300_000, seed = 1): Picture => {
  const content = Uint8Array.from({ length: bytes }, (_, i) => (i * 31 + seed * 7) & 0xff)
  const id = createHash('sha256').update(content).digest('hex') as EvidenceId
  return { id, blob: new Blob([content]) }
}
const attach = (photo: Picture): PersonWish => ({
  type: 'attach',
  caseId: shed,
  evidence: photo.id,
  slot: 'before-near',
  takenAt: 1_000,
})
let bases = 0
const aDisk = () => {
  const name = `disk-${bases++}`
  return () => openIndexedBody(indexedDB, name)
}

describe('the outbox', () => {
  it('[SN20] what is tapped in a dead spot waits on the phone and goes by itself, in order, when the line is back', async () => {
    const server = aServer()
    server.line = 'down'
    const phone = aPhone(server, await aDisk()())

    await phone.outbox.post(take)
    await phone.outbox.post(arrive)
    await phone.until((look) => !look.sending && look.items[0]?.trouble === 'unanswered')
    expect(phone.places()).toEqual(['waiting', 'waiting'])

    server.line = 'up'
    phone.outbox.nudge()
    await phone.until((look) => look.items.every((item) => item.place === 'delivered'))
    expect(server.taken.map((command) => command.wish.type)).toEqual(['take', 'arrive'])
    expect(server.taken[0]!.claimedAt).toBe(phone.look().items[0]!.tappedAt)
  })

  it('[SN21] an answer that was lost is asked for again with the same id, and the desk does it once', async () => {
    const server = aServer()
    server.line = 'answer lost'
    const phone = aPhone(server, await aDisk()())

    await phone.outbox.post(take)
    await phone.until((look) => look.items[0]?.tries === 1)
    server.line = 'up'
    phone.outbox.nudge()
    await phone.until((look) => look.items[0]?.place === 'delivered')

    expect(server.taken).toHaveLength(1)
  })

  it('[SN22] a phone killed in the middle of a photo goes on from the byte the server holds, and names it only then', async () => {
    const server = aServer()
    const disk = aDisk()
    const first = aPhone(server, await disk())
    const photo = aPhoto()
    server.road = 'one piece, then cut'
    await first.outbox.post(attach(photo), { pictures: [photo] })
    await first.until((look) => look.items[0]?.trouble === 'unreachable')
    first.outbox.close()
    expect(server.taken).toEqual([])

    server.road = 'up'
    const second = aPhone(server, await disk())
    await second.until((look) => look.items[0]?.place === 'delivered')

    expect(server.whole).toContain(photo.id)
    expect(server.puts).toBe(3)
    expect(server.taken.map((command) => command.wish.type)).toEqual(['attach'])
  })

  it('[SN23] a photo stays on the phone until the server has named its hash and the desk has taken it', async () => {
    const server = aServer()
    const phone = aPhone(server, await aDisk()())
    const photo = aPhoto(1_000)
    server.line = 'down'

    await phone.outbox.post(attach(photo), { pictures: [photo] })
    await phone.until((look) => look.pictures[0]?.receivedAt !== null && look.items[0]?.trouble === 'unanswered')
    expect((await phone.outbox.blob(photo.id))?.size).toBe(1_000)

    server.line = 'up'
    phone.outbox.nudge()
    await phone.until((look) => look.items[0]?.place === 'delivered')
    expect(await phone.outbox.blob(photo.id)).toBeNull()
  })

  it('[SN24] a no of the desk is shown with its cause and keeps the photo; sent once more it goes', async () => {
    const server = aServer()
    const phone = aPhone(server, await aDisk()())
    const photo = aPhoto(1_000)
    server.refusing = { ok: false, refusal: 'not-assigned-to-you' }
    const id = await phone.outbox.post(attach(photo), { pictures: [photo] })
    await phone.until((look) => look.items[0]?.place === 'refused')
    expect(phone.look().items[0]!.trouble).toBe('not-assigned-to-you')
    expect(await phone.outbox.blob(photo.id)).not.toBeNull()

    server.refusing = null
    await phone.outbox.retry(id)
    await phone.until((look) => look.items[0]?.place === 'delivered')
  })

  it('[SN25] two tabs of one phone send each thing once', async () => {
    const server = aServer()
    server.line = 'down'
    const disk = aDisk()
    const one = aPhone(server, await disk(), 'the phone')
    const two = aPhone(server, await disk(), 'the phone')
    await one.outbox.post(take)
    await two.outbox.post(arrive)
    await one.until((look) => !look.sending)

    server.line = 'up'
    one.outbox.nudge()
    two.outbox.nudge()
    await two.until((look) => look.items.length === 2 && look.items.every((item) => item.place === 'delivered'))
    expect(server.taken.map((command) => command.wish.type)).toEqual(['take', 'arrive'])
  })

  it('[SN26] 我到了 of one task does not stand behind the photos of another', async () => {
    const server = aServer()
    server.road = 'down'
    const phone = aPhone(server, await aDisk()())
    const photo = aPhoto()
    await phone.outbox.post(attach(photo), { pictures: [photo] })
    await phone.outbox.post({ type: 'arrive', caseId: '20261121-008' as CaseId })

    phone.outbox.nudge()
    await phone.until((look) => look.items.some((item) => item.place === 'delivered'))
    expect(server.taken.map((command) => command.wish.type)).toEqual(['arrive'])
  })

  it('[SN27] what one person tapped is never sent as somebody else who signs in on the same phone', async () => {
    const server = aServer()
    server.line = 'down'
    const phone = aPhone(server, await aDisk()())
    await phone.outbox.post(take)
    phone.outbox.belongTo('hebin' as PersonId)
    server.line = 'up'
    phone.outbox.nudge()
    await phone.until((look) => look.items.length === 0 && !look.sending)
    expect(server.taken).toEqual([])

    phone.outbox.belongTo(li)
    await phone.until((look) => look.items[0]?.place === 'delivered')
  })

  it('[SN28] a report begun and left is a draft, survives the page, and leaves with the report it becomes', async () => {
    const server = aServer()
    const disk = aDisk()
    const photo = aPhoto(2_000)
    const first = aPhone(server, await disk())
    const draft = {
      id: 'd1',
      begunAt: 5,
      matter: 'dropped-garbage',
      at: null,
      facilityId: null,
      text: '',
      pictures: [photo.id],
    }
    await first.outbox.keepDraft(draft, [photo])
    first.outbox.close()

    const second = aPhone(server, await disk())
    await second.until((look) => look.drafts.length === 1)
    await second.outbox.post(attach(photo), { draft: 'd1' })
    await second.until((look) => look.items[0]?.place === 'delivered')
    expect(second.look().drafts).toEqual([])
    expect(server.whole).toContain(photo.id)
  })

  it('[SN29] without IndexedDB it works as long as the page lives, and says that it promises no more', async () => {
    const server = aServer()
    const phone = aPhone(server, openMemoryBody())
    expect(phone.look().lasting).toBe(false)
    const photo = aPhoto()
    await phone.outbox.post(attach(photo), { pictures: [photo] })
    await phone.until((look) => look.items[0]?.place === 'delivered')
  })

  it('[SN22] a photo of which every byte is there and that was never put together begins anew', async () => {
    const server = aServer()
    const photo = aPhoto(300_000, 9)
    const bytes = new Uint8Array(await photo.blob.arrayBuffer())
    const { fetch } = server
    let puts = 0
    server.fetch = async (url, init = {}) => {
      if (init.method === 'HEAD' && puts === 0)
        return new Response(null, {
          status: 200,
          headers: { 'upload-offset': String(bytes.length), 'upload-complete': '?0' },
        })
      if (init.method === 'PUT') puts++
      return fetch(url, init)
    }
    const uploader = openUploader(server.fetch as typeof globalThis.fetch)
    const asked = await uploader.ask(photo.id)
    expect(asked).toEqual({ sent: 300_000, whole: false })
    expect(await uploader.send(photo.id, photo.blob, 300_000)).toMatchObject({ sent: 128 * 1024, whole: false })
  })

  it('[SN36] what was tapped by a wrong clock is set right once the server’s is heard, and never again', () => {
    const days = 3 * 86_400_000
    const wish = attach(aPhoto(10))
    const guessed = { wish, tappedAt: 1_000 + days, guessedMs: 0 }
    const heard = { offsetMs: -days, heard: true }
    expect(setRight(guessed, heard)).toMatchObject({ tappedAt: 1_000, wish: { takenAt: 1_000 - days } })
    expect(setRight(guessed, { ...heard, heard: false })).toMatchObject({ tappedAt: 1_000 + days })
    expect(setRight({ wish, tappedAt: 1_000 }, heard)).toEqual({ wish, tappedAt: 1_000 })
    expect(setRight(guessed, { offsetMs: 20_000, heard: true })).toMatchObject({ tappedAt: 1_000 + days })
  })

  it('[SN20] a device that has no room for what came of a tap asks again later, and it counts once', async () => {
    const server = aServer()
    const body = openMemoryBody()
    const { write } = body
    let isFull = false
    body.write = (change) => (isFull ? Promise.reject(new DOMException('no', 'QuotaExceededError')) : write(change))
    const phone = aPhone(server, body)
    server.line = 'down'
    await phone.outbox.post(take)
    await phone.until((look) => !look.sending)
    server.line = 'up'
    isFull = true
    phone.outbox.nudge()
    await phone.until((look) => !look.sending && server.taken.length === 1)
    expect(phone.places()).toEqual(['waiting'])
    isFull = false
    phone.outbox.nudge()
    await phone.until((look) => look.items[0]?.place === 'delivered')
    expect(server.taken).toHaveLength(1)
  })

  it('[SN20] a device that cannot be read for a moment is read again later, without anybody tapping', async () => {
    const server = aServer()
    const body = openMemoryBody()
    const { read } = body
    const phone = aPhone(server, body)
    server.line = 'down'
    await phone.outbox.post(take)
    await phone.until((look) => !look.sending)
    server.line = 'up'
    let faults = 2
    body.read = () => (faults-- > 0 ? Promise.reject(new DOMException('no', 'UnknownError')) : read())
    phone.outbox.nudge()
    await phone.until(() => faults <= 0)
    await phone.until((look) => (phone.waited(), look.items[0]?.place === 'delivered' && !look.sending))
    expect(server.taken).toHaveLength(1)
  })
})
