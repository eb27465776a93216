// The archive's body in memory: for tests, and for a demo that need not last.
import { columnsOf } from '#contract/fact-columns'
import type { CaseId } from '#contract/ids'
import { countOpenings } from './openings.ts'
import type { Archive, Archived, Sought } from './archive.ts'
import { decidedWithin, picturesOf, wordsOf } from './sheet.ts'

export function openMemoryArchive(): Archive {
  let kept = new Map<CaseId, Archived>()
  let upTo = { journal: '', revision: 0 }
  const endOf = ({ subject }: Archived) => subject.endedAt ?? subject.openedAt
  const oldestFirst = () => [...kept.values()].toSorted((a, b) => endOf(a) - endOf(b))

  return {
    upTo: () => upTo,
    async look() {},
    async put(cases, reached) {
      for (const one of cases) kept.set(one.subject.id, structuredClone(one))
      upTo = { ...reached }
    },
    async clear() {
      kept = new Map()
      upTo = { journal: '', revision: 0 }
    },
    get: async (id) => kept.get(id)?.subject ?? null,
    async *between(from, to) {
      for (const one of oldestFirst()) if (endOf(one) >= from && endOf(one) < to) yield one.subject
    },
    async search(sought) {
      const found = oldestFirst().filter((one) => fits(one, sought))
      return found
        .toReversed()
        .slice(0, sought.limit)
        .map(({ subject }) => subject)
    },
    async facts(from, to) {
      const decided = oldestFirst().flatMap(({ facts }) => {
        const within = facts && decidedWithin(facts)
        return facts && within && within[0] < to && within[1] >= from ? [facts] : []
      })
      return decided.length > 0 ? [columnsOf(decided)] : []
    },
    openings: async (from) =>
      countOpenings(
        [...kept.values()].map(({ subject }) => subject),
        from,
        0,
      ),
    holding: async (evidence) =>
      [...kept.values()].flatMap(({ subject }) => (picturesOf(subject).includes(evidence) ? [subject] : [])),
    close: async () => {},
  }

  function fits(one: Archived, { from = 0, to = Infinity, scenario, places, text }: Sought): boolean {
    const { subject } = one
    if (endOf(one) < from || endOf(one) >= to) return false
    if (scenario !== undefined && subject.scenarioId !== scenario) return false
    if (places && !places.some((place) => subject.path.includes(place))) return false
    return text === undefined || wordsOf(subject).includes(text.toLowerCase())
  }
}
