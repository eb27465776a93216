// Pictures as files named by what was sent: received in parts, made anew when whole, kept for good.
import { createHash } from 'node:crypto'
import type { EvidenceId, Instant } from '#contract/ids'
import { EvidenceId as AnyEvidenceId } from '#contract/ids'
import { openEvidenceFiles } from './evidence-files.ts'
import { remake } from './evidence-picture.ts'
import { openTurn } from './in-turn.ts'
import type { Evidence } from './port.ts'
import type { Shelf } from './shelf.ts'
import type { RecordsDb } from './tables.ts'

/** A phone that was offline for three days and then lost its battery still finds its half. */
const partsKeptFor = 14 * 86_400_000
const sweptEvery = 3_600_000

interface Upload {
  /** A later sender of the same picture took over. */
  overtaken: boolean
  /** What is being written now; who takes over waits for it. */
  writing: Promise<unknown>
}

interface Needs {
  db: RecordsDb
  pictures: Shelf['pictures']
  folder: string
}

export function openEvidence({ db, pictures, folder }: Needs) {
  const files = openEvidenceFiles(folder)
  const { has, sent, ask } = pictures(files.isHere)
  const uploads = new Map<EvidenceId, Upload>()
  /** One picture at a time: unpacked, each takes some 20 MB and a core, and what is half written is nobody else's. */
  const oneByOne = openTurn()
  let sweptAt = 0

  /** The same picture in two messages at once is one: the second finds it kept. */
  const keepWhole = (id: EvidenceId, bytes: Uint8Array, now: Instant): Promise<'whole' | 'refused'> =>
    oneByOne(async () => ((await ask(id)) === null ? keepNew(id, bytes, now) : 'whole'))

  async function keepNew(id: EvidenceId, bytes: Uint8Array, now: Instant): Promise<'whole' | 'refused'> {
    const remade = await remake(bytes)
    if (!remade) return 'refused'
    await files.keep(id, remade)
    await db
      .insertInto('evidence')
      .values({
        id,
        sent_bytes: bytes.byteLength,
        width: remade.width,
        height: remade.height,
        full_bytes: remade.full.byteLength,
        full_sha256: sha256(remade.full),
        thumb_bytes: remade.thumb.byteLength,
        thumb_sha256: sha256(remade.thumb),
        kept_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await ask(id)
    return 'whole'
  }

  /** Pieces that do not make the whole may be our own fault (a power cut between them), so they are asked for again. */
  async function finish(id: EvidenceId, inPieces: boolean, now: Instant) {
    const bytes = await files.readPart(id)
    const right = sha256(bytes) === id
    const answer = right ? await keepWhole(id, bytes, now) : inPieces ? 'misfit' : 'refused'
    await files.dropPart(id)
    return answer
  }

  /** Where the part stands before anything is written. A sender who begins anew drops what was here. */
  async function begin(id: EvidenceId, from: number): Promise<'whole' | 'misfit' | 'go'> {
    if ((await ask(id)) !== null) return 'whole'
    const here = await files.partLength(id)
    if (from === 0 && here > 0) await files.dropPart(id)
    return from === 0 || from === here ? 'go' : 'misfit'
  }

  async function take(
    mine: Upload,
    id: EvidenceId,
    part: AsyncIterable<Uint8Array>,
    from: number,
    total: number,
    now: Instant,
  ) {
    const beginning = begin(id, from)
    mine.writing = beginning
    const begun = await beginning
    if (mine.overtaken) return 'part'
    if (begun !== 'go') return begun
    const till = await files.append(id, from, total, now, part, mine)
    if (mine.overtaken || till < total) return 'part'
    if (till > total) {
      await files.dropPart(id)
      return 'refused'
    }
    const finishing = finish(id, from > 0, now)
    mine.writing = finishing
    return finishing
  }

  const evidence: Evidence = {
    received: async (id) => ((await ask(id)) === null ? files.partLength(id) : 'whole'),
    sent,
    async receive(id, part, from, total, now) {
      const earlier = uploads.get(id)
      const mine: Upload = { overtaken: false, writing: earlier?.writing ?? Promise.resolve() }
      uploads.set(id, mine)
      if (earlier) earlier.overtaken = true
      await Promise.allSettled([mine.writing])
      try {
        if (mine.overtaken) return 'part'
        return await take(mine, id, part, from, total, now)
      } finally {
        if (uploads.get(id) === mine) uploads.delete(id)
      }
    },
    async keep(bytes, now) {
      const id = AnyEvidenceId.parse(sha256(bytes))
      if ((await ask(id)) !== null) return id
      return (await keepWhole(id, bytes, now)) === 'whole' ? id : null
    },
    has,
    file: (id, size) => (has(id) ? files.kept(id, size) : null),
  }

  return {
    evidence,
    async sweep(now: Instant) {
      if (now - sweptAt < sweptEvery) return
      sweptAt = now
      await files.sweepParts(now - partsKeptFor)
    },
    /** Both sizes, for good: their rows are gone already. */
    drop: (ids: readonly EvidenceId[]) => oneByOne(() => files.drop(ids)),
    /** Nothing is being written any more: the disk may go. */
    settled: () => Promise.allSettled([...uploads.values()].map((upload) => upload.writing)),
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
