// A changed rule tried on what really came in, beside the rules in force: what would have been opened, joined and told. Nothing is kept.
import type { DryRun } from '#contract/dry-run'
import type { Entry } from '#contract/event'
import { fateInWords } from '#contract/fate-words'
import type { Fate } from '#contract/fate-words'
import type { Instant } from '#contract/ids'
import type { Language } from '#contract/language'
import type { Scenario } from '#contract/scenario'
import { openReading } from './dry-run-reading.ts'
import type { Happened } from './dry-run-reading.ts'
import { openSide } from './dry-run-side.ts'
import type { InForce, Side } from './dry-run-side.ts'
import type { Known } from './known.ts'
import { openScenarioBook } from './scenario-book.ts'

const mostDifferences = 200

type Difference = Omit<DryRun['differences'][number], 'then' | 'now'> & { then: Fate; now: Fate }

export interface DryRunning {
  /** A line of the journal, in order, each once. */
  take(entry: Entry): void
  /** Its sentences in this language. */
  answer(language: Language): DryRun
}

/**
 * Both begin with nothing open; a case ends when the real ones end whose reports it holds, so that both see the same ends.
 * Throws where the changed scenario cannot stand beside the others: it claims a matter of theirs.
 */
export function openDryRun(
  { from, to, scenario }: { from: Instant; to: Instant; scenario: Scenario },
  known: Known,
  start: InForce,
): DryRunning {
  const { all } = known.scenarios
  const changed = all.some(({ id }) => id === scenario.id)
    ? all.map((one) => (one.id === scenario.id ? scenario : one))
    : [...all, scenario]
  // Cases here are opened by the rules tried and by no older ones.
  const then = openSide({ ...known, scenarios: openScenarioBook(all.map(timeless)) }, start)
  const now = openSide({ ...known, scenarios: openScenarioBook(changed.map(timeless)) }, start)
  const read = openReading()
  const differences: Difference[] = []
  let reports = 0

  function receive(happened: Extract<Happened, { what: 'received' }>): void {
    reports++
    const [was, is] = [then.receive(happened), now.receive(happened)]
    if (differences.length >= mostDifferences || isSame(was, is)) return
    const { key, at, caseId, report } = happened
    differences.push({ report: key, at, matter: report.matter, then: was, now: is, really: caseId })
  }

  return {
    take(entry) {
      for (const happened of read(entry)) {
        if (happened.what === 'received') receive(happened)
        else for (const side of [then, now]) followed(side, happened)
      }
    },
    answer: (language) => ({
      ...{ from, to, reports },
      then: then.count(),
      now: now.count(),
      differences: differences.map((one) => ({
        ...one,
        then: fateInWords(one.then, language),
        now: fateInWords(one.now, language),
      })),
    }),
  }
}

/** Nobody works on what is opened here and no time is waited for: what only that would need is half the work. */
const timeless = ({ autoDispatch: _auto, ...scenario }: Scenario): Scenario => ({
  ...scenario,
  ...{ clocks: [], ladder: [], ackHolds: [] },
})

const isSame = (a: Fate, b: Fate) => JSON.stringify(a) === JSON.stringify(b)

function followed(side: Side, happened: Exclude<Happened, { what: 'received' }>): void {
  if (happened.what === 'ended') side.end(happened.caseId, happened.at)
  else side.keep(happened.event, happened.at)
}
