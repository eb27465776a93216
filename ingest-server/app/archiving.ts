// The archive kept up with the board: what leaves the one goes into the other; what was missed is read from the journal.
import type { Archive, Archived } from '../archive/archive.ts'
import { evolve } from '../case-engine/evolve.ts'
import type { Afterwards } from '../case-engine/project.ts'
import type { Case } from '#contract/case'
import type { Past } from '../desk/past.ts'
import type { Change, Desk } from '../desk/port.ts'
import type { Judge } from './judging.ts'
import { keepUp } from './keep-up.ts'

export interface ArchivingNeeds {
  archive: Archive
  desk: Pick<Desk, 'journalId' | 'board' | 'follow' | 'holds'>
  past: Pick<Past, 'play'>
  judge: Judge
  onFault: (fault: unknown) => void
}

export interface Archiving {
  /** Looks whether there is something to do: after a change it does so by itself. */
  look(): void
  /** False while it reads what it missed: whoever is asked about the past then should say so. */
  complete(): boolean
  /** When all that is known now is in the archive, or could not be put there. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** Cases of one commit while it reads what it missed. */
const atATime = 200
/** Lines on which no case left the board are noted only now and then: a start reads those again. */
const notedEvery = 5000

/** Follows from the first moment; what happened before it is read from the journal, in the background. */
export function keepArchive({ archive, desk, past, judge, onFault }: ArchivingNeeds): Archiving {
  const stopping = new AbortController()
  /** Everything up to here is in the archive: -1 while it is not known. */
  let upTo = -1
  /** The line we last saw noted there. Another one says that somebody else emptied it under our hands. */
  let noted = -1

  const begin = () => (upTo < 0 ? archive.look().then(() => readUpTo(desk.board().revision)) : undefined)

  /** What failed is tried again at the next change: then it is a gap, and a gap is read from the journal. */
  async function take({ since, revision, archived, afterwards = [] }: Change): Promise<void> {
    if (revision <= upTo) return
    if (since !== upTo || !archived || noted !== archive.upTo().revision) return readUpTo(revision)
    if (archived.length > 0 || afterwards.length > 0 || revision - archive.upTo().revision >= notedEvery)
      await put(await withWhatWasSaid(archived, afterwards), revision)
    upTo = revision
  }

  async function readUpTo(revision: number): Promise<void> {
    upTo = -1
    const reached = archive.upTo()
    // Another journal's, or one that was put back to an earlier day: what it says is no longer so.
    if (reached.journal !== desk.journalId || reached.revision > revision) await archive.clear()
    const from = archive.upTo().revision
    noted = from
    if (from < revision) await readBetween(from, revision)
    upTo = revision
  }

  async function readBetween(from: number, to: number): Promise<void> {
    const { changes } = await past.play({ revision: from }, { revision: to }, stopping.signal)
    let gone: Case[] = []
    for await (const { revision, archived = [], afterwards = [] } of changes) {
      if (archived.length === 0 && afterwards.length === 0) continue
      gone = await withWhatWasSaid([...gone, ...archived], afterwards)
      if (gone.length < atATime) continue
      await put(gone, revision)
      gone = []
    }
    await put(gone, to)
  }

  /** How a case went may be said when it has long been here: it is written into it, and it is put here once more. */
  async function withWhatWasSaid(gone: readonly Case[], afterwards: readonly Afterwards[]): Promise<Case[]> {
    const cases = new Map(gone.map((one) => [one.id, one]))
    for (const { caseId, event, revision, at } of afterwards) {
      const known = cases.get(caseId) ?? (await archive.get(caseId))
      if (!known) throw new Error(`line ${revision} speaks of ${caseId}, which is not in the archive`)
      cases.set(caseId, { ...evolve(known, event, at), revision })
    }
    return [...cases.values()]
  }

  async function put(gone: readonly Case[], revision: number): Promise<void> {
    const cases: Archived[] = []
    for (const subject of gone) cases.push({ subject, facts: judge(subject, await earlierOf(subject, gone)) })
    await archive.put(cases, { journal: desk.journalId, revision })
    noted = revision
  }

  async function earlierOf({ lineage }: Case, gone: readonly Case[]): Promise<Case | undefined> {
    const [id] = lineage?.how === 'reopened' ? lineage.from : []
    if (!id) return undefined
    return gone.find((one) => one.id === id) ?? desk.board().cases.get(id) ?? (await archive.get(id)) ?? undefined
  }

  const forget = () => void (upTo = -1)
  const keeping = keepUp({ desk, first: begin, take, forget, stopping, onFault })
  return {
    look() {
      if (upTo < 0 && desk.holds()) keeping.look()
    },
    // Where another process writes it, it is as complete as that one makes it, a moment later.
    complete: () => upTo >= 0 || !desk.holds(),
    settled: keeping.settled,
    close: () =>
      keeping.close(async () => {
        if (upTo > noted && noted === archive.upTo().revision) await put([], upTo)
      }),
  }
}
