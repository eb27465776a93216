// V1: the whole proof of a million lines with its checkpoints, against reading and hashing them and nothing else.
import { hash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openBook } from '../../ingest-server/checkpoints/book.ts'
import { noNote, noteHash, originOf, signCheckpoint } from '../../ingest-server/checkpoints/checkpoint.ts'
import { publicHalf, signingKey } from '../../ingest-server/checkpoints/key.ts'
import { prove } from '../../ingest-server/checkpoints/prove.ts'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { genesis } from '../../ingest-server/journal/chain.ts'
import type { Journal } from '../../ingest-server/journal/journal.ts'
import { openSqliteJournal } from '../../ingest-server/journal/sqlite.ts'
import { median, type Program } from '../suites/figure.ts'
import { fillJournal } from './long-journal.ts'

const million = 1_000_000
const linesSigned = 1000
const target = 300_000

export const verifying: Program = {
  id: 'V1',
  about: 'a million lines proven',
  async run({ seed, runs = 5, say, stopped }) {
    const folder = await mkdtemp(join(tmpdir(), 'sanping-v1-'))
    const file = join(folder, 'journal.db')
    const journal = openSqliteJournal({ file, newId: () => 'bench', synchronous: 'NORMAL' })
    try {
      await fillJournal(journal, million, chanceFrom(seed), say)
      const key = await signingKey(folder, (bytes) => Buffer.alloc(bytes, 1))
      const book = openBook(join(folder, 'checkpoints'), journal.id)
      await signAll(journal, book, key)
      const lines = (await journal.head()).revision
      const speeds: number[] = []
      const floors: number[] = []
      const busy: number[] = []
      for (let run = 0; run < runs && !stopped(); run++) {
        floors.push(lines / (await seconds(() => readAndHash(file))))
        const before = process.cpuUsage()
        const took = await seconds(async () => {
          const proof = await prove({ journal, book, key: publicHalf(key), deep: false })
          if (!proof.sound) throw new Error(`the journal does not hold: ${JSON.stringify(proof)}`)
        })
        const { user, system } = process.cpuUsage(before)
        busy.push(lines / ((user + system) / 1e6))
        speeds.push(lines / took)
        say(`run ${run + 1}: ${Math.round(speeds.at(-1)!)} lines/s, floor ${Math.round(floors.at(-1)!)}`)
      }
      const [speed, floor] = [median(speeds), median(floors)]
      const words = `lines/s, ${lines} lines, ${Math.ceil(lines / linesSigned)} checkpoints; ${Math.round(median(busy))} a second of one core; ${(speed / floor).toFixed(2)} × reading and SHA-256 alone, ${Math.round(floor)}; seed ${seed}`
      return [{ id: 'V1.verify', value: String(Math.round(speed)), target: `>= ${target}`, ok: speed >= target, words }]
    } finally {
      await journal.close()
      await rm(folder, { recursive: true })
    }
  },
}

async function seconds(work: () => Promise<unknown> | void): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

/** As one writes it who wants the hashes and no more: a statement, a loop, Node's own hash. */
function readAndHash(file: string): void {
  const db = new Database(file, { readonly: true })
  let before = genesis
  const all = db.prepare<[], [string, string]>('select text, hash from lines order by revision').raw()
  for (const [text, kept] of all.iterate()) {
    before = hash('sha256', `${before}\n${text}`, 'hex')
    if (before !== kept) throw new Error('a line is not what it was')
  }
  db.close()
}

async function signAll(
  journal: Journal,
  book: ReturnType<typeof openBook>,
  key: Parameters<typeof signCheckpoint>[1],
): Promise<void> {
  let [before, number] = [noNote, 0]
  const { revision: last } = await journal.head()
  for (let at = linesSigned; at < last + linesSigned; at += linesSigned) {
    const revision = Math.min(at, last)
    for await (const { hash: head } of journal.read(revision - 1, revision)) {
      const note = signCheckpoint(
        { origin: originOf(journal.id), revision, hash: head, at, number: ++number, before },
        key,
      )
      before = noteHash(note)
      await book.add(note, Date.UTC(2026, 10, 21))
    }
  }
}
