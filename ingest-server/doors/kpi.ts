// How the work is judged, for those who answer for it: any span, cut any way, every figure with its cases.
import { Router, type Request, type Response } from 'express'
import { z } from 'zod'
import type { Archive } from '../archive/archive.ts'
import { kpiRows } from '../case-engine/kpi.ts'
import { formulas } from '../case-engine/kpi-formulas.ts'
import { sees } from '../case-engine/scope.ts'
import type { Case } from '#contract/case'
import type { CaseFacts } from '#contract/case-facts'
import { columnsOf } from '#contract/fact-columns'
import type { FactColumns } from '#contract/fact-columns'
import type { Ground } from '#contract/ground'
import { PlaceId, type Instant } from '#contract/ids'
import type { KpiAnswer, KpiCut, KpiRow } from '#contract/kpi'
import { kpiCuts, kpiNames } from '#contract/kpi'
import type { Words } from '#contract/language'
import type { Scenario } from '#contract/scenario'
import type { Desk } from '../desk/port.ts'
import type { Accounts } from '../records/port-people.ts'
import { AskedTime } from './past-asked.ts'
import { openAsking } from './past-asking.ts'
import type { ViewerOf } from './session-viewer.ts'

interface KpiDoorNeeds {
  desk: Pick<Desk, 'board'>
  archive: Pick<Archive, 'facts' | 'get'>
  /** False while the archive reads what it missed: half a year would be judged as if it were the whole. */
  complete: () => boolean
  judge: (subject: Case, earlier?: Case) => CaseFacts | null
  accounts: Pick<Accounts, 'people'>
  ground: Pick<Ground, 'subdistrict' | 'places'>
  scenarios: () => readonly Scenario[]
  viewerOf: ViewerOf
  now: () => Instant
}

/** Without `lists=1` a row's lists are cut to so many; the counts beside them are whole. */
const listed = 200

const Flag = z.literal('1').optional()
const Asked = z
  .object({
    from: AskedTime,
    to: AskedTime,
    cut: z.enum(kpiCuts).default('all'),
    place: PlaceId.optional(),
    names: Flag,
    lists: Flag,
  })
  .refine(({ from, to }) => from < to)

export function openKpiDoor(needs: KpiDoorNeeds) {
  const { desk, archive, judge, ground } = needs
  const router = Router()
  const ask = openAsking({ Asked, ...needs })

  async function answer(req: Request, res: Response): Promise<void> {
    const asking = ask(req, res)
    if (!asking) return
    const { viewer, asked } = asking
    const { from, to, cut, place, names, lists } = asked
    const within = (path: PlaceId[]) => sees(viewer, { path }) && (!place || path.includes(place))
    // What lies ahead is not decided.
    const facts = await factsBetween(from, Math.min(to, needs.now() + 1))
    const rows = kpiRows(facts, { from, to, cut, place: place ?? ground.subdistrict.id, within })
    res.json({
      ...{ from, to, cut, formulas: inWords },
      rows: rows.map((row) => (lists || row.key === 'all' ? row : shortened(row))),
      ...(names && { names: namesOf(rows, cut) }),
    } satisfies KpiAnswer)
  }

  /** What has left the board, and what is on it: decided so far. */
  async function factsBetween(from: Instant, to: Instant): Promise<FactColumns[]> {
    const kept = await archive.facts(from, to)
    const facts = await Promise.all(
      [...desk.board().cases.values()].map(async (subject) => judge(subject, await earlierOf(subject))),
    )
    return [...kept, columnsOf(facts.filter((one) => one !== null))]
  }

  async function earlierOf({ lineage }: Case): Promise<Case | undefined> {
    const [id] = lineage?.how === 'reopened' ? lineage.from : []
    return id && (desk.board().cases.get(id) ?? (await archive.get(id)) ?? undefined)
  }

  function namesOf(rows: readonly KpiRow[], cut: KpiCut): Record<string, Words> {
    const scenarios = new Map(needs.scenarios().map(({ id, words }) => [id as string, words]))
    const people = new Map([...needs.accounts.people().values()].map(({ id, name }) => [id as string, same(name)]))
    const nameOf = (key: string): Words | undefined => {
      if (cut === 'person') return people.get(key)
      if (cut === 'scenario') return scenarios.get(key)
      const found = cut === 'place' ? ground.places.get(key as PlaceId) : undefined
      return found && { zh: found.name, en: found.nameEn }
    }
    return Object.fromEntries(rows.flatMap(({ key }) => (nameOf(key) ? [[key, nameOf(key)!]] : [])))
  }

  router.get('/api/kpi', answer)
  return { router, close: () => {} }
}

const same = (name: string): Words => ({ zh: name, en: name })

const inWords = Object.fromEntries(
  kpiNames.map((name) => {
    const { words, numerator, denominator, weight, better } = formulas[name]
    return [name, { words, numerator, denominator, weight, better }]
  }),
) as KpiAnswer['formulas']

const shortened = (row: KpiRow): KpiRow => ({
  ...row,
  figures: row.figures.map((figure) => ({
    ...figure,
    numerator: figure.numerator.slice(0, listed),
    denominator: figure.denominator.slice(0, listed),
  })),
  spreads: row.spreads.map((spread) => ({ ...spread, cases: spread.cases.slice(0, listed) })),
})
