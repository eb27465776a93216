// Which other cases may be this one: those the desk itself found likely, and those that stand near enough to be merged by hand.
import type { Case } from '#contract/case'
import type { CaseId } from '#contract/ids'
import { metresBetween } from '#contract/metres'
import { isOpen } from '#contract/stage'
import type { Level } from '#contract/stage'
import { whyInWords } from '#contract/why-words'
import type { TwinSays } from '../../parts/case-twins.ts'
import { sayCase } from '../../words/case.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { spanInWords } from '../../words/times.ts'
import { language } from '../../words/words.ts'
import { metresSaid } from './candidates.ts'
import { caseNumber, personName, titleOf, whereLine } from './facts.ts'
import type { Facts } from './facts.ts'

/** More than anybody reads; whoever looks farther types a few characters. */
const listed = 12

function twin(facts: Facts, subject: Case, other: Case, why: string): TwinSays {
  const source = other.sources.find((one) => one.evidence.length > 0)
  const holder = other.holder && personName(facts, other.holder.personId)
  return {
    id: other.id,
    level: other.level as Level,
    unsure: other.unsure,
    number: sayDeskCase('openCase', { number: caseNumber(other) }),
    title: titleOf(facts, other),
    where: whereLine(facts, other),
    why,
    kind: sayDeskCase(other.scenarioId === subject.scenarioId ? 'sameKind' : 'otherKind'),
    stands: [sayCase(`stage.${other.stage}`), holder].filter(Boolean).join('　'),
    picture: source?.evidence[0] ?? null,
    text: other.sources.find((one) => one.text)?.text ?? '',
  }
}

/** 「可能同一件」: of those on the board that are still open. */
export function candidatesSay(facts: Facts, subject: Case, all: ReadonlyMap<CaseId, Case>): TwinSays[] {
  return (subject.candidates ?? []).flatMap(({ caseId, why }) => {
    const other = all.get(caseId)
    return other && isOpen(other.stage) ? [twin(facts, subject, other, whyInWords(why, language.value))] : []
  })
}

/** Open cases by how near they stand; with a few characters typed, those whose number, matter or place has them. */
export function mergeable(facts: Facts, subject: Case, all: Iterable<Case>, typed: string): TwinSays[] {
  const sought = typed.trim().toLowerCase()
  return [...all]
    .filter((other) => other.id !== subject.id && isOpen(other.stage))
    .map((other) => ({ other, metres: metresBetween(subject.wgs84, other.wgs84) }))
    .sort((a, b) => a.metres - b.metres)
    .map(({ other, metres }) => {
      const span = spanInWords(Math.abs(other.openedAt - subject.openedAt))
      return twin(facts, subject, other, sayDeskCase('metresMinutes', { metres: nearSaid(metres), span }))
    })
    .filter((one) => !sought || `${one.number} ${one.title} ${one.where}`.toLowerCase().includes(sought))
    .slice(0, listed)
}

/** To the metre where one case may be another's neighbour. */
const nearSaid = (metres: number): string => (metres < 100 ? `${Math.round(metres)} m` : metresSaid(metres))

/** Which goes into which: the one that was first stays. */
export const mergeWish = (subject: Case, other: Case, reason?: string) => {
  const [later, first] = subject.openedAt < other.openedAt ? [other, subject] : [subject, other]
  return { type: 'merge' as const, caseId: later.id, into: first.id, ...(reason && { reason }) }
}
