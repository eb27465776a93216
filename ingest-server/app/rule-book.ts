// The rules in force while the house runs: shipped and the site's own, watched, every version kept for the cases that go by it.
import { openScenarioBook } from '../case-engine/scenario-book.ts'
import type { Instant, ScenarioId } from '#contract/ids'
import type { RuleFault, RuleLevel, RuleOrigin, ScenarioPutAnswer } from '#contract/rules'
import type { Rules } from '../doors/rules-port.ts'
import type { KeptRules } from '../records/port.ts'
import { checkScenarios } from './check-scenarios.ts'
import { keepRules, lastOf, olderThan, readKept } from './kept-rules.ts'
import type { KeptVersions } from './kept-rules.ts'
import { checkRuleFiles, isRead, jsonIn, readShipped } from './read-scenarios.ts'
import { calendarFile, readScenarioText } from './rule-file.ts'
import { openLooking } from './looking.ts'
import { originsOf, settleLevels } from './settle-levels.ts'
import type { Level } from './settle-levels.ts'
import { isSame } from './settle-rules.ts'
import type { InForce, Settled } from './settle-rules.ts'
import { marksOf, writeRuleFile } from './site-rules.ts'

export interface RuleBookNeeds {
  /** The folder the house comes with, or what was read of it. */
  shipped: string | Awaited<ReturnType<typeof readShipped>>
  /** What the district and the city above say otherwise, the widest first. */
  above?: readonly Level[]
  /** As it is called among the levels; absent: the only one. */
  self?: RuleLevel
  /** The site's own, `<data>/scenarios`; need not be there. */
  site: string
  kept: KeptRules
  now: () => Instant
  every: (milliseconds: number, run: () => void) => () => void
  /** A file was refused, in words; the version before stays in force. */
  onRefused: (fault: RuleFault) => void
  onFault: (fault: unknown) => void
}

export interface RuleBook extends Rules {
  close(): Promise<void>
}

/** A file that was changed is in force within this, and the time to read it. */
const lookEvery = 3000

/** Rejects, every sentence at once, where the shipped folder is not right. What is wrong with the site's own keeps no house from starting. */
export async function openRuleBook(needs: RuleBookNeeds): Promise<RuleBook> {
  const {
    site,
    now,
    above = [],
    self = { id: 'own', kind: 'street', words: { zh: '本街道', en: 'this street' } },
  } = needs
  const levels: readonly Level[] = [...above, { ...self, folder: site }]
  const followers = new Set<() => void>()
  const read = typeof needs.shipped === 'string' ? await readShipped(needs.shipped) : needs.shipped
  const shipped: InForce = { ...read, own: new Set() }
  const kept = await readKept(needs.kept, shipped)
  let seen = await marks()
  let all = await settle(async (i, base) => lastTime(base, kept, await jsonIn(levels[i]!.folder)))
  let settled = together(all)
  let shown = show(settled, kept, originsOf(shipped, levels, all))
  settled.faults.forEach(needs.onRefused)

  async function marks(): Promise<string> {
    return (await Promise.all(levels.map(({ folder }) => marksOf(folder)))).join('\n\n')
  }

  async function settle(before: Parameters<typeof settleLevels>[2]): Promise<Settled[]> {
    const next = await settleLevels(shipped, levels, before)
    const last = together(next)
    // Kept before anything is opened by it: a case must find the rules it was opened under after any crash.
    await keepRules(needs.kept, kept, [...last.scenarios.values()], last.calendar, now())
    return next
  }

  async function look(): Promise<void> {
    const found = await marks()
    if (found === seen) return
    const before = all
    all = await settle((i) => before[i]!)
    const next = together(all)
    const news = next.faults.filter((fault) => !settled.faults.some((said) => isSame(said, fault)))
    seen = found
    settled = next
    shown = show(settled, kept, originsOf(shipped, levels, all))
    news.forEach(needs.onRefused)
    for (const tell of followers) tell()
  }

  const looking = openLooking({ look, between: lookEvery, every: needs.every, onFault: needs.onFault })

  async function put(id: ScenarioId, text: string): Promise<ScenarioPutAnswer> {
    const read = readScenarioText(`${id}.json`, text)
    const others = [...settled.scenarios.values()].filter(({ rule }) => rule.id !== id)
    const faults = checkRuleFiles({ scenarios: [...others, read], calendar: null })
    if (!isRead(read) || faults.length > 0) return { ok: false, faults }
    await writeRuleFile(site, read.file, text)
    await looking.now()
    return { ok: true, version: read.rule.version }
  }

  return {
    book: () => shown.book,
    calendar: () => settled.calendar.rule,
    calendars: () => shown.calendars,
    answer: () => shown.answer,
    put,
    follow(tell) {
      followers.add(tell)
      return () => void followers.delete(tell)
    },
    close: looking.close,
  }
}

/** What is in force at the end of the levels, and all that is wrong on the way there. */
const together = (all: readonly Settled[]): Settled => ({ ...all.at(-1)!, faults: all.flatMap(({ faults }) => faults) })

/**
 * What a file that is broken at the start is stood in for by: its last version that was in force. Where those no longer agree with
 * what is shipped now, by nothing.
 */
function lastTime(shipped: InForce, kept: KeptVersions, files: readonly string[]): InForce {
  const own = [...lastOf(kept)].filter(([id]) => files.includes(`${id}.json`) || files.includes(`${id}.patch.json`))
  const scenarios = new Map([...shipped.scenarios, ...own])
  const calendar = (files.includes(calendarFile) ? [...kept.calendars.values()].at(-1) : undefined) ?? shipped.calendar
  if (checkScenarios([...scenarios.values()]).length > 0) return { ...shipped, calendar }
  return { scenarios, own: new Set(own.map(([id]) => id)), calendar }
}

/** Put together once a change, not once a question. */
function show(
  { scenarios, calendar, own, faults }: Settled,
  kept: KeptVersions,
  origins: Record<string, RuleOrigin[]>,
) {
  const inForce = [...scenarios.values()].map(({ rule }) => rule)
  const before = olderThan(kept, scenarios)
  return {
    book: openScenarioBook(
      inForce,
      before.map(({ rule }) => rule),
    ),
    calendars: new Map([...kept.calendars].map(([version, { rule }]) => [version, rule])),
    answer: {
      scenarios: inForce,
      own: [...own],
      origins,
      calendar: calendar.rule.version,
      older: before.map(({ rule: { id, version }, keptAt }) => ({ id, version, keptAt })),
      faults,
    },
  }
}
