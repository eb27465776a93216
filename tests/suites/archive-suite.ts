// What every body of the archive must keep, whatever it is made of.
import { afterEach, describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { CaseFacts, Who } from '#contract/case-facts'
import { factsIn } from '#contract/fact-columns'
import type { CaseId, EvidenceId, PersonId, PlaceId, ScenarioId } from '#contract/ids'
import type { Archive, Archived } from '../../ingest-server/archive/archive.ts'
import { aCase, aSource, at } from './builders.ts'

const of = (revision: number) => ({ journal: 'journal-1', revision })
const li: Who = { id: 'li' as PersonId, post: 'grid', body: '桥一居民区' }
const place = (id: string) => id as PlaceId

export const anEnded = (id: string, ended: string, change: Partial<Case> = {}): Case =>
  aCase({ id: id as CaseId, stage: 'closed', disposition: 'solved', endedAt: at(ended), ...change })

const factsOf = (subject: Case, change: Partial<CaseFacts> = {}): CaseFacts => ({
  id: subject.id,
  scenarioId: subject.scenarioId,
  path: subject.path,
  verdicts: {
    'filed-in-time': { at: subject.openedAt, counts: true, who: li },
    'closed-in-time': { at: subject.endedAt!, counts: false, who: null },
  },
  passages: { whole: { at: subject.endedAt!, took: 90 * 60_000, who: li } },
  ...change,
})
const archived = (subject: Case): Archived => ({ subject, facts: factsOf(subject) })
const factsOver = async (archive: Archive, from: string, to: string) =>
  (await archive.facts(at(from), at(to))).flatMap(factsIn)
const ids = (cases: readonly { id: CaseId }[]) => cases.map(({ id }) => id as string)

/** `open` makes a new, empty archive each time. */
export function archiveSuite(body: string, open: () => Promise<Archive>): void {
  describe(`an archive ${body}`, () => {
    const opened: Archive[] = []
    const fresh = async () => {
      const archive = await open()
      opened.push(archive)
      return archive
    }
    afterEach(async () => {
      for (const archive of opened.splice(0)) await archive.close()
    })
    const all = async (archive: Archive, from: string, to: string) => {
      const found: Case[] = []
      for await (const one of archive.between(at(from), at(to))) found.push(one)
      return found
    }

    it('[TI10] what is put in is there whole, and the line up to which it is complete with it', async () => {
      const archive = await fresh()
      expect(archive.upTo()).toEqual({ journal: '', revision: 0 })
      const subject = anEnded('20261120-001', '2026-11-20 11:00')
      await archive.put([archived(subject)], of(7))
      expect(await archive.get(subject.id)).toEqual(subject)
      expect(await archive.get('20261120-002' as CaseId)).toBeNull()
      expect(archive.upTo()).toEqual(of(7))
      await archive.put([], of(9))
      expect(archive.upTo()).toEqual(of(9))
    })

    it('[TI10] put in again it is the same case, not a second one', async () => {
      const archive = await fresh()
      const subject = anEnded('20261120-001', '2026-11-20 11:00')
      await archive.put([archived(subject)], of(7))
      const again = { ...subject, endedAt: at('2026-11-20 12:00') }
      await archive.put([archived(again)], of(8))
      expect(await all(archive, '2026-11-20 00:00', '2026-11-21 00:00')).toEqual([again])
      expect(await factsOver(archive, '2026-11-20 00:00', '2026-11-21 00:00')).toEqual([factsOf(again)])
    })

    it('[TI11] it is found by when it ended, its kind of trouble, its place and its words', async () => {
      const archive = await fresh()
      const repair = { scenarioId: 'resident-repair' as ScenarioId }
      const cases = [
        anEnded('20261118-001', '2026-11-18 11:00'),
        anEnded('20261119-004', '2026-11-19 11:00', {
          ...repair,
          sources: [aSource({ text: '6楼水管爆了，水往下漏 100%' })],
        }),
        anEnded('20261120-002', '2026-11-20 11:00', { path: ['street', 'south', 'south-west'].map(place) }),
      ]
      await archive.put(cases.map(archived), of(7))
      const search = async (sought: Partial<Parameters<Archive['search']>[0]>) =>
        ids(await archive.search({ limit: 10, ...sought }))
      expect(await search({})).toEqual(['20261120-002', '20261119-004', '20261118-001'])
      expect(await search({ limit: 2 })).toEqual(['20261120-002', '20261119-004'])
      expect(await search({ from: at('2026-11-19 11:00'), to: at('2026-11-20 11:00') })).toEqual(['20261119-004'])
      expect(await search({ scenario: repair.scenarioId })).toEqual(['20261119-004'])
      expect(await search({ places: [place('south')] })).toEqual(['20261120-002'])
      expect(await search({ places: [place('sou')] })).toEqual([])
      expect(await search({ places: [] })).toEqual([])
      expect(await search({ text: '水管' })).toEqual(['20261119-004'])
      expect(await search({ text: '20261118' })).toEqual(['20261118-001'])
      expect(await search({ text: '100%' })).toEqual(['20261119-004'])
      expect(await search({ text: '1_0%' })).toEqual([])
      expect(await search({ text: 'SMOKE', places: [place('south'), place('north')] })).toHaveLength(3)
    })

    it('[TI11] those that ended in a span come in their order, also where there are more than a page', async () => {
      const archive = await fresh()
      const cases = Array.from({ length: 450 }, (_, index) =>
        anEnded(`20261120-${String(index + 1).padStart(3, '0')}`, '2026-11-20 11:00', {
          endedAt: at('2026-11-20 11:00') + Math.floor(index / 3) * 1000,
        }),
      )
      await archive.put(cases.toReversed().map(archived), of(450))
      expect((await all(archive, '2026-11-20 11:00', '2026-11-20 12:00')).map(({ endedAt }) => endedAt)).toEqual(
        cases.map(({ endedAt }) => endedAt),
      )
      expect(await all(archive, '2026-11-20 11:00', '2026-11-20 11:01')).toHaveLength(180)
    })

    it('[KP1] what a case is judged by comes back as it was put, for every span in which something of it was decided', async () => {
      const archive = await fresh()
      const subject = anEnded('20261120-001', '2026-11-22 11:00')
      await archive.put(
        [archived(subject), { subject: anEnded('20261120-002', '2026-11-20 11:00'), facts: null }],
        of(7),
      )
      const asked = (from: string, to: string) => factsOver(archive, from, to)
      expect(await asked('2026-11-20 00:00', '2026-11-21 00:00')).toEqual([factsOf(subject)])
      expect(await asked('2026-11-22 11:00', '2026-11-23 00:00')).toEqual([factsOf(subject)])
      expect(await asked('2026-11-23 00:00', '2026-12-01 00:00')).toEqual([])
      expect(await asked('2026-11-01 00:00', '2026-11-20 00:00')).toEqual([])
    })

    it('[KP1] hundreds are kept, a few at a time or many, and each is found once; put in anew, as it is now', async () => {
      const archive = await fresh()
      const cases = Array.from({ length: 700 }, (_, i) => anEnded(`20261120-${i}`, '2026-11-20 11:00'))
      await archive.put(cases.slice(0, 5).map(archived), of(1))
      await archive.put(cases.slice(5, 300).map(archived), of(2))
      for (let i = 300; i < 310; i++) await archive.put([archived(cases[i]!)], of(i))
      await archive.put(cases.slice(310).map(archived), of(1000))
      const again = { ...cases[3]!, endedAt: at('2026-11-20 12:00') }
      await archive.put([archived(again)], of(1001))
      const found = await factsOver(archive, '2026-11-20 00:00', '2026-11-21 00:00')
      expect(ids(found).toSorted()).toEqual(ids(cases).toSorted())
      expect(found.find(({ id }) => id === again.id)).toEqual(factsOf(again))
    })

    it('[TI12] a picture leads to the cases that hold it', async () => {
      const archive = await fresh()
      const picture = 'a'.repeat(64) as EvidenceId
      const subject = anEnded('20261120-001', '2026-11-20 11:00', { sources: [aSource({ evidence: [picture] })] })
      await archive.put([archived(subject), archived(anEnded('20261120-002', '2026-11-20 11:00'))], of(7))
      expect(ids(await archive.holding(picture))).toEqual(['20261120-001'])
      expect(await archive.holding('b'.repeat(64) as EvidenceId)).toEqual([])
    })

    it('[TI13] cleared it is as if it had never been', async () => {
      const archive = await fresh()
      const subject = anEnded('20261120-001', '2026-11-20 11:00')
      await archive.put([archived(subject)], of(7))
      await archive.clear()
      expect(archive.upTo()).toEqual({ journal: '', revision: 0 })
      expect(await archive.search({ limit: 10 })).toEqual([])
      expect(await factsOver(archive, '2020-01-01 00:00', '2030-01-01 00:00')).toEqual([])
      await archive.put([archived(subject)], of(7))
      expect(await factsOver(archive, '2020-01-01 00:00', '2030-01-01 00:00')).toEqual([factsOf(subject)])
    })
  })
}
