// What every body of the journal must keep, whatever it is made of.
import { afterEach, describe, expect, it } from 'vitest'
import type { Entry } from '#contract/event'
import { CommandId } from '#contract/ids'
import { breakAt, emptyHead, genesis, lineHash, lineText, readEntry } from '../../ingest-server/journal/chain.ts'
import { verify } from '../../ingest-server/journal/verify.ts'
import { NotInStep } from '../../ingest-server/journal/journal.ts'
import type { Journal, KeptLine, Snapshot } from '../../ingest-server/journal/journal.ts'
import { anEntry } from '../world/an-entry.ts'

const all = async (journal: Journal, after = 0, upTo?: number): Promise<KeptLine[]> => {
  const lines: KeptLine[] = []
  for await (const line of journal.read(after, upTo)) lines.push(line)
  return lines
}
const eight = Date.UTC(2026, 10, 21)
const anEntryAt = (revision: number, after: number): Entry => ({ ...anEntry(revision), at: eight + after })
const aSnapshot = (revision: number): Snapshot => ({ revision, hash: genesis, board: `{"at":${revision}}` })
const ids = (...names: string[]) => names.map((name) => CommandId.parse(name))

/** `open` makes a new, empty journal each time, and `again` opens the one that was made last beside whoever has it open. */
export function journalSuite(body: string, open: () => Promise<Journal>, again: () => Promise<Journal>): void {
  describe(`a journal ${body}`, () => {
    const opened: Journal[] = []
    const fresh = async () => {
      const journal = await open()
      opened.push(journal)
      return journal
    }
    afterEach(async () => {
      for (const journal of opened.splice(0)) await journal.close()
    })

    it('[JO1] an empty journal stands at revision 0 and begins its chain at the one known start', async () => {
      const journal = await fresh()
      expect(await journal.head()).toEqual({ revision: 0, hash: genesis })
      expect(await all(journal)).toEqual([])
      expect(await verify(journal)).toEqual({ sound: true, head: emptyHead })
    })

    it('[JO2] each line carries the hash of the one before it', async () => {
      const journal = await fresh()
      const head = await journal.append(emptyHead, [anEntry(1), anEntry(2), anEntry(3)])
      const lines = await all(journal)
      expect(lines.map((line) => line.revision)).toEqual([1, 2, 3])
      expect(lines[0]!.hash).toBe(lineHash(genesis, lineText(anEntry(1))))
      expect(lines[1]!.hash).toBe(lineHash(lines[0]!.hash, lineText(anEntry(2))))
      expect(head).toEqual({ revision: 3, hash: lines[2]!.hash })
      expect(await journal.head()).toEqual(head)
      expect(lines.map(readEntry)).toEqual([anEntry(1), anEntry(2), anEntry(3)])
      expect(await verify(journal, [], { deep: false })).toEqual({ sound: true, head })
      const block = await journal.block?.(1)
      if (!journal.block) return
      const kept = lines.slice(1).map(({ text, hash }) => `${text}\n${hash}`)
      expect(block).toMatchObject({ first: 2, last: 3, count: 2 })
      expect(Buffer.from(block!.bytes).toString()).toBe(kept.join('\n'))
      expect(await journal.block(3)).toBeNull()
    })

    it('[JO3] a batch is kept whole or not at all', async () => {
      const journal = await fresh()
      const head = await journal.append(emptyHead, [anEntry(1, 'once')])
      await expect(journal.append(head, [anEntry(2), anEntry(3, 'once')])).rejects.toThrow()
      await expect(journal.append(head, [anEntry(2), anEntry(4)])).rejects.toThrow(RangeError)
      expect(await journal.head()).toEqual(head)
      expect(await journal.answers(ids('wish-2'))).toEqual(new Map())
      await journal.append(head, [anEntry(2), anEntry(3)])
      expect(await all(journal)).toHaveLength(3)
    })

    it('[JO4] the same command gets the same answer for ever', async () => {
      const journal = await fresh()
      await journal.append(emptyHead, [anEntry(1, 'the-first-alert'), anEntry(2, 'the-second')])
      const answers = await journal.answers(ids('the-second', 'never-sent', 'the-first-alert'))
      expect(answers.get(CommandId.parse('the-first-alert'))).toEqual(anEntry(1, 'the-first-alert').outcome)
      expect(answers.get(CommandId.parse('the-second'))).toEqual(anEntry(2, 'the-second').outcome)
      expect(answers.size).toBe(2)
    })

    it('[JO5] a writer who is not in step is refused and writes nothing', async () => {
      const journal = await fresh()
      const first = await journal.append(emptyHead, [anEntry(1)])
      await expect(journal.append(emptyHead, [anEntry(1, 'another')])).rejects.toBeInstanceOf(NotInStep)
      await expect(journal.append({ revision: 1, hash: genesis }, [anEntry(2)])).rejects.toBeInstanceOf(NotInStep)
      expect(await journal.head()).toEqual(first)
    })

    const beside = async () => {
      const journal = await again()
      opened.push(journal)
      return journal
    }

    it('[JO60] who takes the pen writes on, and whoever held it before is refused, though in step', async () => {
      const [old, young] = [await fresh(), await beside()]
      const head = await old.append(emptyHead, [anEntry(1)])
      await young.claim()
      await expect(old.append(head, [anEntry(2, 'of the old')])).rejects.toBeInstanceOf(NotInStep)
      const next = await young.append(await young.head(), [anEntry(2, 'of the young')])
      await expect(old.append(next, [anEntry(3, 'of the old')])).rejects.toBeInstanceOf(NotInStep)
      await expect(old.append(next, [])).rejects.toBeInstanceOf(NotInStep)
      expect(await all(old)).toHaveLength(2)
      await old.claim()
      await expect(young.append(next, [anEntry(3, 'of the young')])).rejects.toBeInstanceOf(NotInStep)
      await old.append(next, [anEntry(3, 'of the old')])
      expect(await verify(young)).toMatchObject({ sound: true, head: { revision: 3 } })
    })

    it('[JO60] nothing of the one before lands once the pen is taken, however many appends are on their way', async () => {
      const [old, young] = [await fresh(), await beside()]
      let [head, refused] = [emptyHead, 0]
      const writing = (async () => {
        for (let revision = 1; revision <= 200 && refused === 0; revision++)
          head = await old.append(head, [anEntry(revision)]).catch((fault: unknown) => {
            expect(fault).toBeInstanceOf(NotInStep)
            refused = revision
            return head
          })
      })()
      await young.claim()
      const taken = await young.head()
      await writing
      expect(await young.head()).toEqual(taken)
      expect(head.revision).toBe(taken.revision)
      await young.append(taken, [anEntry(taken.revision + 1, 'of the young')])
    })

    it('[JO61] of many who write the same revision at once exactly one does', async () => {
      const writers = [await fresh(), await beside(), await beside()]
      const tries = await Promise.allSettled(
        writers.map((one, nth) => one.append(emptyHead, [anEntry(1, `of ${nth}`)])),
      )
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const one of tries) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(NotInStep)
      expect(await all(writers[0]!)).toHaveLength(1)
    })

    it('[JO6] it is read on from any revision, in order', async () => {
      const journal = await fresh()
      const entries = Array.from({ length: 1200 }, (_, index) => anEntry(index + 1))
      await journal.append(emptyHead, entries)
      const late = await all(journal, 600)
      expect(late.map((line) => line.revision)).toEqual(entries.slice(600).map((entry) => entry.revision))
    })

    it('[JO7] the newest snapshot is the one found again', async () => {
      const journal = await fresh()
      expect(await journal.latestSnapshot()).toBeNull()
      const head = await journal.append(emptyHead, [anEntry(1), anEntry(2), anEntry(3)])
      const [one] = await all(journal)
      await journal.keepSnapshot({ revision: 1, hash: one!.hash, board: '{"at":1}' })
      await journal.keepSnapshot({ ...head, board: '{"at":3}' })
      expect(await journal.latestSnapshot()).toEqual({ ...head, board: '{"at":3}' })
      expect(await verify(journal)).toEqual({ sound: true, head })
    })

    it('[JO6] it is read up to a revision and no further', async () => {
      const journal = await fresh()
      await journal.append(
        emptyHead,
        Array.from({ length: 1200 }, (_, index) => anEntry(index + 1)),
      )
      expect((await all(journal, 450, 1100)).map((line) => line.revision)).toEqual(
        Array.from({ length: 650 }, (_, index) => 451 + index),
      )
      expect(await all(journal, 450, 450)).toEqual([])
    })

    it('[JO50] the line a moment stood at is the one before the first that is later', async () => {
      const journal = await fresh()
      expect(await journal.revisionAt(eight)).toBe(0)
      await journal.append(emptyHead, [anEntryAt(1, 0), anEntryAt(2, 10), anEntryAt(3, 10), anEntryAt(4, 20)])
      expect(await journal.revisionAt(eight - 1)).toBe(0)
      expect(await journal.revisionAt(eight)).toBe(1)
      expect(await journal.revisionAt(eight + 9)).toBe(1)
      expect(await journal.revisionAt(eight + 10)).toBe(3)
      expect(await journal.revisionAt(eight + 1_000_000)).toBe(4)
    })

    it('[JO51] a clock that was set back hides no line and shows none too early', async () => {
      const journal = await fresh()
      // 8:00:00, 8:00:50, back to 8:00:20, 8:00:30, on at 8:01:10.
      const seconds = [0, 50, 20, 30, 70]
      await journal.append(
        emptyHead,
        seconds.map((second, index) => anEntryAt(index + 1, second * 1000)),
      )
      expect(await journal.revisionAt(eight + 25_000)).toBe(1)
      expect(await journal.revisionAt(eight + 50_000)).toBe(4)
      expect(await journal.revisionAt(eight + 69_999)).toBe(4)
      expect(await journal.revisionAt(eight + 70_000)).toBe(5)
    })

    it('[JO50] among thousands of lines, written in many batches, each moment finds its own line', async () => {
      const journal = await fresh()
      let head = emptyHead
      for (let first = 1; first <= 5500; first += 275)
        head = await journal.append(
          head,
          Array.from({ length: 275 }, (_, index) => anEntryAt(first + index, (first + index) * 10)),
        )
      for (const revision of [1, 999, 1000, 1001, 2750, 4000, 5499, 5500]) {
        expect(await journal.revisionAt(eight + revision * 10)).toBe(revision)
        expect(await journal.revisionAt(eight + revision * 10 - 1)).toBe(revision - 1)
      }
    })

    it('[JO52] the nearest snapshot before a line is found, never one after it', async () => {
      const journal = await fresh()
      expect(await journal.snapshotBefore(100)).toBeNull()
      for (const revision of [10, 25_000, 50_000]) await journal.keepSnapshot(aSnapshot(revision))
      expect(await journal.snapshotBefore(9)).toBeNull()
      expect(await journal.snapshotBefore(10)).toEqual(aSnapshot(10))
      expect(await journal.snapshotBefore(49_999)).toEqual(aSnapshot(25_000))
      expect(await journal.snapshotBefore(50_000)).toEqual(aSnapshot(50_000))
      expect(await journal.latestSnapshot()).toEqual(aSnapshot(50_000))
    })

    it('[JO53] snapshots grow thin with age: the newest two, and about one for every ten thousand lines for ever', async () => {
      const journal = await fresh()
      const taken = Array.from({ length: 40 }, (_, index) => (index + 1) * 2500)
      for (const revision of taken) await journal.keepSnapshot(aSnapshot(revision))
      const kept = new Set<number>()
      for (const revision of taken) kept.add((await journal.snapshotBefore(revision))!.revision)
      expect([...kept]).toEqual([
        2500, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000, 70_000, 80_000, 90_000, 97_500, 100_000,
      ])
    })

    it('[JO8] verify names the first line that was edited, and why', async () => {
      const journal = await fresh()
      await journal.append(emptyHead, [anEntry(1), anEntry(2), anEntry(3), anEntry(4)])
      const edited = reading(await all(journal), (lines) => {
        lines[1] = { ...lines[1]!, text: lines[1]!.text.replace('archive', 'nothing') }
      })
      expect(await verify(edited)).toMatchObject({ sound: false, revision: 2, why: expect.stringContaining('hash') })
    })

    it('[JO8] verify names the first line that is torn, missing, or tells another number', async () => {
      const journal = await fresh()
      await journal.append(emptyHead, [anEntry(1), anEntry(2), anEntry(3), anEntry(4)])
      const lines = await all(journal)
      const torn = reading(lines, (copy) => {
        const text = copy[2]!.text.slice(0, 40)
        copy[2] = { revision: 3, text, hash: lineHash(copy[1]!.hash, text) }
      })
      expect(await verify(torn)).toMatchObject({ revision: 3, why: expect.stringContaining('not an entry') })
      const missing = reading(lines, (copy) => copy.splice(1, 1))
      expect(await verify(missing)).toMatchObject({ revision: 3, why: expect.stringContaining('line 2 is missing') })
      const renumbered = reading(lines, (copy) => {
        const text = lineText(anEntry(9))
        copy[3] = { revision: 4, text, hash: lineHash(copy[2]!.hash, text) }
      })
      expect(await verify(renumbered)).toMatchObject({ revision: 4, why: expect.stringContaining('line 9') })
    })

    it('[JO9] verify finds a chain cut short or written anew from a hash noted elsewhere', async () => {
      const journal = await fresh()
      const noted = await journal.append(emptyHead, [anEntry(1), anEntry(2), anEntry(3)])
      const cut = reading(await all(journal), (lines) => lines.pop())
      expect(await verify(cut)).toMatchObject({ sound: true })
      expect(await verify(cut, [noted])).toMatchObject({ sound: false, revision: 3 })

      const other = await fresh()
      await other.append(emptyHead, [anEntry(1), anEntry(2, 'forged'), anEntry(3)])
      expect(await verify(other)).toMatchObject({ sound: true })
      expect(await verify(other, [noted])).toMatchObject({ revision: 3, why: expect.stringContaining('anew') })
    })

    it('[JO2] a line is only the next one where number and hash both follow', async () => {
      const journal = await fresh()
      await journal.append(emptyHead, [anEntry(1), anEntry(2)])
      const [one, two] = await all(journal)
      expect(breakAt(emptyHead, one!)).toBeNull()
      expect(breakAt(emptyHead, two!)).toContain('missing')
      expect(breakAt({ revision: 1, hash: genesis }, two!)).toContain('hash')
    })
  })
}

/** The same lines after somebody's hand was in them. */
function reading(lines: readonly KeptLine[], change: (lines: KeptLine[]) => unknown) {
  const copy = [...lines]
  change(copy)
  return {
    async *read() {
      yield* copy
    },
    latestSnapshot: async () => null,
  }
}
