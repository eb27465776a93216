// A scenario changed to be tried: the few figures one turns, or the whole of it as text; and what the trial shows, side by side.
import type { DryRun, DryRunCount } from '#contract/dry-run'
import type { Scenario } from '#contract/scenario'
import { sayCase } from '../../../words/case.ts'
import { sayHygiene } from '../../../words/desk-hygiene.ts'

/** What is turned most. Rungs by their names, each in its own unit. */
export interface Draft {
  sureFrom: number
  metres: number
  minutes: number
  isLikely: boolean
  likelyMetres: number
  likelyMinutes: number
  rungs: { name: string; after: number }[]
}

export const draftOf = ({ sureFrom, sameCase, likely, ladder }: Scenario): Draft => ({
  sureFrom,
  metres: sameCase.metres,
  minutes: sameCase.minutes,
  isLikely: likely !== undefined,
  likelyMetres: likely?.metres ?? sameCase.metres * 2,
  likelyMinutes: likely?.minutes ?? sameCase.minutes * 2,
  rungs: ladder.map(({ name, after }) => ({ name, after: after.amount })),
})

/** All else stays as it is in force. */
export function changed(scenario: Scenario, draft: Draft): Scenario {
  const { likely, ...rest } = scenario
  const near = { metres: draft.likelyMetres, minutes: draft.likelyMinutes }
  return {
    ...rest,
    sureFrom: draft.sureFrom,
    sameCase: { ...scenario.sameCase, metres: draft.metres, minutes: draft.minutes },
    ...(draft.isLikely ? { likely: { groups: [], ...likely, ...near } } : {}),
    ladder: scenario.ladder.map((rung) => {
      const after = draft.rungs.find(({ name }) => name === rung.name)?.after ?? rung.after.amount
      return { ...rung, after: { ...rung.after, amount: after } }
    }),
  }
}

/** A scenario as text; a sentence of what is wrong with it. The desk checks the rest. */
export function readScenario(text: string, scenario: Scenario): { scenario: Scenario } | { wrong: string } {
  try {
    const read = JSON.parse(text) as Partial<Scenario> | null
    if (!read || typeof read !== 'object' || !Array.isArray(read.matters)) return { wrong: sayHygiene('notAScenario') }
    if (read.id !== scenario.id) return { wrong: sayHygiene('otherScenario', { id: scenario.id }) }
    return { scenario: read as Scenario }
  } catch (fault) {
    return { wrong: sayHygiene('notJson', { why: (fault as Error).message }) }
  }
}

export interface Compared {
  key: string
  words: string
  then: number
  now: number
  /** `+3`, `−2`, nothing where it stayed. */
  change: string
}
const lines = ['opened', 'joined', 'unsure', 'candidates', 'told'] as const

/** What the rules in force make of it, and what the changed one would. */
export function compared({ then, now }: Pick<DryRun, 'then' | 'now'>): Compared[] {
  const line = (key: string, words: string, a: number, b: number): Compared => ({
    ...{ key, words, then: a, now: b },
    change: a === b ? '' : `${b > a ? '+' : '\u2212'}${Math.abs(b - a)}`,
  })
  const level = (one: keyof DryRunCount['byLevel']) =>
    line(`level-${one}`, sayCase(`level.${one}`), then.byLevel[one], now.byLevel[one])
  return [
    ...lines.map((key) => line(key, sayHygiene(`count.${key}`), then[key], now[key])),
    ...([1, 2, 3, 4] as const).map(level),
  ]
}

/** Who would be called more or less often, the greatest change first. */
export function toldCompared({ then, now }: Pick<DryRun, 'then' | 'now'>) {
  const before = new Map(then.toldBy.map((one) => [one.personId, one.times]))
  const after = new Map(now.toldBy.map((one) => [one.personId, one.times]))
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((personId) => ({ personId, then: before.get(personId) ?? 0, now: after.get(personId) ?? 0 }))
    .filter((one) => one.then !== one.now)
    .sort((a, b) => Math.abs(b.now - b.then) - Math.abs(a.now - a.then) || b.now - a.now)
}
