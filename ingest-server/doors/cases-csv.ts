// The cases of a span as a table, as the asker may see them: nobody's name but staff's posts, nothing a resident wrote.
import { Router, type Request, type Response } from 'express'
import { once } from 'node:events'
import { z } from 'zod'
import type { Archive } from '../archive/archive.ts'
import type { Known } from '../case-engine/known.ts'
import { scenarioOf } from '../case-engine/scenario-book.ts'
import type { Case } from '#contract/case'
import { PlaceId } from '#contract/ids'
import type { Instant } from '#contract/ids'
import type { Language, Words } from '#contract/language'
import { ranOver } from '#contract/ledger'
import type { Stage } from '#contract/stage'
import type { Desk } from '../desk/port.ts'
import { csvLine, csvMark, type Row } from './csv-line.ts'
import { languageOf } from './intake-answer.ts'
import { audienceOf, visibleTo } from './line-scope.ts'
import { AskedTime } from './past-asked.ts'
import { openAsking } from './past-asking.ts'
import type { ViewerOf } from './session-viewer.ts'

interface CasesCsvNeeds {
  desk: Pick<Desk, 'board'>
  archive: Pick<Archive, 'between'>
  /** False while the archive reads what it missed. */
  complete: () => boolean
  known: Pick<Known, 'scenarios' | 'ground' | 'people' | 'calendar'>
  viewerOf: ViewerOf
  now: () => Instant
}

const Asked = z
  .object({ from: AskedTime, to: AskedTime, place: PlaceId.optional() })
  .refine(({ from, to }) => from < to)

type Column = { head: Words; of: (subject: Case, in_: CasesCsvNeeds, language: Language) => Row[number] }

const stages: Record<Stage, Words> = {
  reported: { zh: '待受理', en: 'reported' },
  accepted: { zh: '待立案', en: 'accepted' },
  filed: { zh: '待派遣', en: 'filed' },
  dispatched: { zh: '待接单', en: 'dispatched' },
  handling: { zh: '处置中', en: 'handling' },
  verification: { zh: '待核查', en: 'verification' },
  verified: { zh: '待结案', en: 'verified' },
  closed: { zh: '已结案', en: 'closed' },
  void: { zh: '已作废', en: 'void' },
}
const dispositions: Record<NonNullable<Case['disposition']>, Words> = {
  solved: { zh: '已解决', en: 'solved' },
  'false-alarm': { zh: '误报', en: 'false alarm' },
  duplicate: { zh: '重复', en: 'duplicate' },
  'beyond-remit': { zh: '超出职责', en: 'beyond remit' },
  'not-found': { zh: '未发现', en: 'not found' },
}
const yesNo = (is: boolean, language: Language): string => ({ zh: ['否', '是'], en: ['no', 'yes'] })[language][+is]!

/** Local time, as a spreadsheet takes it for one. */
const timeOf = (at: Instant | undefined, { known }: CasesCsvNeeds): string | null =>
  at === undefined
    ? null
    : new Date(at + known.calendar.offsetMinutes * 60_000).toISOString().slice(0, 19).replace('T', ' ')

const placeAt =
  (level: string) =>
  (subject: Case, { known }: CasesCsvNeeds, language: Language) => {
    const place = subject.path.map((id) => known.ground.places.get(id)).find((one) => one?.level === level)
    return place ? (language === 'zh' ? place.name : place.nameEn) : null
  }

const columns: readonly Column[] = [
  { head: { zh: '案件编号', en: 'case' }, of: ({ id }) => id },
  {
    head: { zh: '场景', en: 'scenario' },
    of: (subject, { known }, language) => scenarioOf(subject, known)?.words[language] ?? subject.scenarioId,
  },
  {
    head: { zh: '事项', en: 'matter' },
    of: (subject, { known }, language) =>
      known.scenarios.byMatter.get(subject.matter)?.matter.words[language] ?? subject.matter,
  },
  {
    head: { zh: '国标代码', en: 'national code' },
    of: (subject, { known }) => known.scenarios.byMatter.get(subject.matter)?.matter.nationalCode ?? null,
  },
  { head: { zh: '级别', en: 'level' }, of: ({ level }) => ['I', 'II', 'III', 'IV'][level - 1]! },
  { head: { zh: '环节', en: 'stage' }, of: ({ stage }, _in, language) => stages[stage][language] },
  {
    head: { zh: '结论', en: 'outcome' },
    of: ({ disposition }, _in, language) => (disposition ? dispositions[disposition][language] : null),
  },
  { head: { zh: '街区', en: 'street-block' }, of: placeAt('street-block') },
  { head: { zh: '居民区', en: 'residential area' }, of: placeAt('residential-area') },
  { head: { zh: '微网格', en: 'micro-grid' }, of: placeAt('micro-grid') },
  { head: { zh: '经度（WGS-84）', en: 'longitude (WGS-84)' }, of: ({ wgs84 }) => wgs84[0] },
  { head: { zh: '纬度（WGS-84）', en: 'latitude (WGS-84)' }, of: ({ wgs84 }) => wgs84[1] },
  { head: { zh: '发现时间', en: 'opened' }, of: ({ openedAt }, in_) => timeOf(openedAt, in_) },
  { head: { zh: '派遣时间', en: 'dispatched' }, of: (subject, in_) => timeOf(lastOf(subject, 'dispatch'), in_) },
  { head: { zh: '到场时间', en: 'arrived' }, of: (subject, in_) => timeOf(lastOf(subject, 'arrive'), in_) },
  { head: { zh: '结束时间', en: 'ended' }, of: ({ endedAt }, in_) => timeOf(endedAt, in_) },
  {
    head: { zh: '承办单位', en: 'handled by' },
    of: ({ holder }, { known }) => (holder && known.people.get(holder.personId)?.body) || null,
  },
  { head: { zh: '来源数', en: 'reports' }, of: ({ sources }) => sources.length },
  { head: { zh: '退回次数', en: 'returns' }, of: ({ returns }) => returns },
  {
    head: { zh: '超时', en: 'over its limit' },
    of: ({ clocks, endedAt }, { now }, language) =>
      yesNo(
        clocks.some((clock) => ranOver(clock, endedAt ?? now())),
        language,
      ),
  },
  { head: { zh: '满意度', en: 'stars' }, of: ({ rating }) => rating?.stars ?? null },
]

const lastOf = ({ steps }: Case, verb: string): Instant | undefined => steps.findLast((step) => step.verb === verb)?.at

export function openCasesCsvDoor(needs: CasesCsvNeeds) {
  const { desk, archive } = needs
  const router = Router()
  const ask = openAsking({ Asked, ...needs })

  async function table(req: Request, res: Response): Promise<void> {
    const asking = ask(req, res)
    if (!asking) return
    const { viewer, asked } = asking
    const { from, to, place } = asked
    const audience = audienceOf(viewer)
    const language = languageOf(req)
    const isAsked = (subject: Case) =>
      visibleTo(audience, subject) &&
      (!place || subject.path.includes(place)) &&
      scenarioOf(subject, needs.known)?.kind !== 'self-check'
    res.type('text/csv; charset=utf-8').attachment(`cases-${timeOf(from, needs)!.slice(0, 10)}.csv`)
    res.write(csvMark + csvLine(columns.map(({ head }) => head[language])))
    /** False where nobody reads on. */
    const write = async (subject: Case): Promise<boolean> => {
      if (!isAsked(subject) || subject.openedAt < from || subject.openedAt >= to) return !res.destroyed
      if (!res.write(csvLine(columns.map(({ of }) => of(subject, needs, language)))))
        await Promise.race([once(res, 'drain'), once(res, 'close')])
      return !res.destroyed
    }
    // What was opened in the span ended after it began, or is on the board: there it is read last, lest one leave it in between.
    const seen = new Set<string>()
    for await (const subject of archive.between(from, Number.MAX_SAFE_INTEGER)) {
      seen.add(subject.id)
      if (!(await write(subject))) return
    }
    for (const subject of [...desk.board().cases.values()]) if (!seen.has(subject.id) && !(await write(subject))) return
    res.end()
  }

  router.get('/api/cases.csv', table)
  return { router, close: () => {} }
}
