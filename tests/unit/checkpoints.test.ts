// Checkpoints: what stands in one, that anybody can check it, when they are signed, and what they find.
import { execFileSync } from 'node:child_process'
import { createPublicKey } from 'node:crypto'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openBook } from '../../ingest-server/checkpoints/book.ts'
import { checkBook } from '../../ingest-server/checkpoints/check-book.ts'
import { readCheckpoint } from '../../ingest-server/checkpoints/checkpoint.ts'
import { publicHalf, publicPem, signingKey } from '../../ingest-server/checkpoints/key.ts'
import { readPublicKey, takeApart, verifierKey } from '../../ingest-server/checkpoints/note.ts'
import { prove } from '../../ingest-server/checkpoints/prove.ts'
import { keepSigning, Parted } from '../../ingest-server/checkpoints/signing.ts'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import type { Change, Desk } from '../../ingest-server/desk/port.ts'
import { emptyHead } from '../../ingest-server/journal/chain.ts'
import type { Head, Journal } from '../../ingest-server/journal/journal.ts'
import { openMemoryJournal } from '../../ingest-server/journal/memory.ts'
import { attackOnce, kindsOfAttack } from '../suites/attacks.ts'
import { aKeptJournal } from '../suites/attacked.ts'
import { anEntry } from '../world/an-entry.ts'

const folder = mkdtempSync(join(tmpdir(), 'sanping-checkpoints-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let folders = 0
const key = await signingKey(folder, (bytes) => Buffer.alloc(bytes, 3))
const noon = Date.UTC(2026, 10, 21, 12)

/** A desk that says what it is told, on a clock of ours. */
function aRoom(journal: Journal = openMemoryJournal('wuliqiao'), above = join(folder, `${folders++}`)) {
  let head: Head = emptyHead
  let now = noon
  let tell: (change: Change) => void = () => {}
  let waits: { at: number; run: () => void }[] = []
  const faults: unknown[] = []
  let holds = true
  const book = openBook(above, journal.id)
  const open = () =>
    keepSigning({
      desk: {
        board: () => ({ revision: head.revision }) as ReturnType<Desk['board']>,
        follow: (told) => ((tell = told), () => {}),
        holds: () => holds,
      },
      ...{ journal, book, key, now: () => now, onFault: (fault) => void faults.push(fault) },
      after(milliseconds, run) {
        const wait = { at: now + milliseconds, run }
        waits.push(wait)
        return () => void (waits = waits.filter((one) => one !== wait))
      },
    })
  let signing = open()
  const written = async () => {
    const notes: string[] = []
    for await (const { note } of book.read()) notes.push(note!)
    return notes
  }
  return {
    ...{ journal, book, above, faults, written },
    revisions: async () => (await written()).map((note) => readCheckpoint(note)!.revision),
    lead: (own: boolean) => void (holds = own),
    async keeps(lines: number) {
      const since = head.revision
      head = await journal.append(
        head,
        Array.from({ length: lines }, (_, index) => anEntry(since + index + 1)),
      )
      tell({ since, revision: head.revision, at: now, put: [], remove: [], tallies: [] })
    },
    async passes(milliseconds: number) {
      now += milliseconds
      for (const { run } of waits.filter(({ at }) => at <= now)) run()
      await signing.settled()
    },
    settled: () => signing.settled(),
    async startAgain() {
      await signing.close()
      signing = open()
      await signing.settled()
    },
    close: () => signing.close(),
  }
}

it('[JO80] a checkpoint says whose journal, which line, its hash, when and after which, signed as logs sign that anybody checks', async () => {
  const room = aRoom()
  await room.keeps(2)
  await room.close()
  const [note] = await room.written()
  const head = await room.journal.head()
  const { text, signature } = takeApart(note!)!
  expect(text.split('\n')).toEqual([
    'sanping/wuliqiao',
    '2',
    Buffer.from(head.hash, 'hex').toString('base64'),
    'at 2026-11-21T12:00:00.000Z',
    'number 1',
    `before ${Buffer.alloc(32).toString('base64')}`,
    '',
  ])
  // Somebody else's program, which knows nothing of us.
  const at = (name: string) => join(folder, name)
  writeFileSync(at('text'), text)
  writeFileSync(at('signature'), Buffer.from(signature, 'base64').subarray(4))
  writeFileSync(at('public.pem'), publicPem(key))
  const openssl = () =>
    execFileSync('openssl', ['pkeyutl', '-verify', '-pubin', '-inkey', at('public.pem'), '-rawin', '-in', at('text'), '-sigfile', at('signature')], { encoding: 'utf8', stdio: 'pipe' }) // prettier-ignore
  expect(openssl()).toContain('Verified Successfully')
  writeFileSync(at('text'), text.replace('\n2\n', '\n3\n'))
  expect(openssl).toThrow()
})

it('[JO81] the key is made once, for its owner alone, and its public half is read back in both its forms', async () => {
  expect(statSync(join(folder, 'checkpoint.key')).mode & 0o777).toBe(0o600)
  const again = await signingKey(folder, () => {
    throw new Error('no other key is drawn')
  })
  const own = publicPem(again)
  expect(own).toBe(publicPem(key))
  const spoken = verifierKey('sanping/wuliqiao', key)
  expect(spoken).toMatch(/^sanping\/wuliqiao\+[\da-f]{8}\+A/)
  for (const text of [own, spoken]) expect(readPublicKey(text).equals(createPublicKey(own))).toBe(true)
})

it('[JO82] a line waits at most ten seconds for its checkpoint, a thousand at most one, and a checkpoint stands for all before it', async () => {
  const room = aRoom()
  await room.settled()
  await room.keeps(3)
  await room.passes(9_999)
  expect(await room.revisions()).toEqual([])
  await room.passes(1)
  expect(await room.revisions()).toEqual([3])
  await room.keeps(1000)
  await room.passes(999)
  expect(await room.revisions()).toEqual([3])
  await room.passes(1)
  expect(await room.revisions()).toEqual([3, 1003])
  await room.passes(60_000)
  expect(await room.revisions()).toEqual([3, 1003])
})

it('[JO83] at the close, and at a start after a crash, what no checkpoint knows is signed', async () => {
  const room = aRoom()
  await room.settled()
  await room.keeps(1)
  await room.close()
  expect(await room.revisions()).toEqual([1])
  const head = await room.journal.head()
  await room.journal.append(head, [anEntry(2)])
  await room.startAgain()
  expect(await room.revisions()).toEqual([1, 2])
  expect(room.faults).toEqual([])
})

it('[JO84] only the process that holds the desk signs', async () => {
  const room = aRoom()
  room.lead(false)
  await room.keeps(5)
  await room.passes(10_000)
  expect(await room.revisions()).toEqual([])
  room.lead(true)
  await room.keeps(1)
  await room.passes(10_000)
  expect(await room.revisions()).toEqual([6])
})

it('[JO85] a journal that was put back to an earlier day is signed no further, and said so, until somebody begins a new book', async () => {
  const room = aRoom()
  await room.settled()
  await room.keeps(4)
  await room.close()
  const older = openMemoryJournal('wuliqiao')
  await older.append(emptyHead, [anEntry(1), anEntry(2)])
  const after = aRoom(older, room.above)
  await after.settled()
  await after.passes(10_000)
  await after.close()
  expect(after.faults[0]).toBeInstanceOf(Parted)
  expect(await after.revisions()).toEqual([4])

  const aside = await after.book.putAside(noon)
  expect(readdirSync(aside!)).toEqual(['2026-11.ndjson'])
  await after.startAgain()
  const anew = aRoom(older, room.above)
  await anew.close()
  expect(await anew.revisions()).toEqual([2])
})

it('[JO86] a line of the book cut off in mid-write is no checkpoint and hinders none', async () => {
  const room = aRoom()
  await room.settled()
  await room.keeps(1)
  await room.passes(10_000)
  const file = join(room.book.folder, '2026-11.ndjson')
  appendFileSync(file, '{"note":"sanping/wuli')
  expect(await room.revisions()).toEqual([1])
  await room.keeps(1)
  await room.passes(10_000)
  expect(await room.revisions()).toEqual([1, 2])
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3)
  expect(await checkBook(room.book, 'wuliqiao', publicHalf(key), { every: true })).toMatchObject({ sound: true })
})

it('[JO87] a month is a file, and a clock set back writes into no earlier one', async () => {
  const room = aRoom()
  await room.settled()
  await room.keeps(1)
  await room.passes(10 * 24 * 3_600_000)
  await room.keeps(1)
  await room.passes(10_000)
  await room.passes(-10 * 24 * 3_600_000)
  await room.keeps(1)
  await room.close()
  expect(readdirSync(room.book.folder)).toEqual(['2026-12.ndjson'])
  expect(await room.revisions()).toEqual([1, 2, 3])
})

it(
  '[JO88] every way of touching the journal or its checkpoints is found, and the first wrong line is named',
  { timeout: 120_000 },
  async () => {
    const kept = await aKeptJournal()
    const chance = chanceFrom(20261121)
    try {
      // Once: the snapshot, written anew with the lines, vouched for them.
      expect((await attackOnce(kept, 12, { ...chance, next: () => 746 / 799 })).missed).toBe(null)
      for (let number = 0; number < 100; number++) {
        const { name, missed } = await attackOnce(kept, number, chance)
        expect(missed, `attack ${number}, ${name}`).toBe(null)
      }
    } finally {
      kept.close()
    }
    expect(kindsOfAttack.length).toBeGreaterThan(20)
  },
)

it('[JO89] an untouched journal is said to hold, with how much of it is signed; one whose server never ran has no checkpoints and no fault', async () => {
  const room = aRoom()
  await room.settled()
  await room.keeps(3)
  await room.passes(10_000)
  await room.keeps(2)
  const asked = { journal: room.journal, book: room.book }
  const proof = await prove({ ...asked, key: publicHalf(key) })
  expect(proof).toMatchObject({ sound: true, checkpoints: 1, last: { revision: 3 }, head: { revision: 5 } })
  const bare = openMemoryJournal('another')
  expect(await prove({ journal: bare, book: openBook(folder, 'another'), key: null })).toMatchObject({ sound: true, last: null }) // prettier-ignore
})
