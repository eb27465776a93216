// The routes into the past, described: the board as it was, what led on from it, cases long closed, and how the work is judged.
import { z } from 'zod'
import { Case } from '#contract/case'
import { HandOver, Shift, Window } from '#contract/duty'
import { CaseId, Instant, PlaceId, ScenarioId } from '#contract/ids'
import { kpiCuts, kpiNames, kpiPhases } from '#contract/kpi'
import { Words } from '#contract/language'
import { both, json, noes, signedIn, title, yes, type Operation } from './documents-parts.ts'
import { TimeInWords } from './past-asked.ts'

const past = ['回看 · The past']
const judged = ['考核 · How the work is judged']
const asked = { at: { 'wrong-shape': 400 } } as const

const CaseShape = Case.meta({ id: 'Case', description: '一件案件 · One case' })
const Tally = z.object({ at: Instant, opened: z.record(PlaceId, z.int()) })
const Duty = z.object({ shifts: z.array(Shift), handOvers: z.array(HandOver), windows: z.array(Window) })
const BoardView = z
  .object({
    journal: z.string(),
    revision: z.int(),
    at: Instant,
    cases: z.array(CaseShape),
    tallies: z.array(Tally),
    duty: Duty,
  })
  .meta({ id: 'BoardView', description: '一个时刻的全部案件 · All cases of one moment' })

const Lists = { numerator: z.array(CaseId), denominator: z.array(CaseId) }
const Row = z.object({
  key: z.string(),
  figures: z.array(
    z.object({
      name: z.enum(kpiNames),
      share: z.number().nullable(),
      counts: z.object({ numerator: z.int(), denominator: z.int() }),
      ...Lists,
    }),
  ),
  spreads: z.array(
    z.object({
      phase: z.enum(kpiPhases),
      p50: z.number().nullable(),
      p90: z.number().nullable(),
      count: z.int(),
      cases: z.array(CaseId),
    }),
  ),
  score: z.number().nullable(),
  grade: z.enum(['excellent', 'good', 'fair', 'poor']).nullable(),
})
const Formula = z.object({
  words: Words,
  numerator: Words,
  denominator: Words,
  weight: z.number(),
  better: z.enum(['more', 'less']),
})
const KpiAnswer = z.object({
  from: Instant,
  to: Instant,
  cut: z.enum(kpiCuts),
  rows: z.array(Row),
  names: z.record(z.string(), Words).optional(),
  formulas: z.record(z.enum(kpiNames), Formula),
})

export const pastRoutes: Record<string, Record<string, Operation>> = {
  '/api/past': {
    get: {
      tags: past,
      summary: title({ zh: '过去某一时刻的全部案件', en: 'The board as it was at a moment' }),
      description: both({
        zh: '按 at 或 revision 之一；过滤、遮蔽与当时的屏幕相同。还没到的时刻答现在。',
        en: 'By at or by revision; filtered and masked as the screens are. A moment that has not come answers with the present.',
      }),
      security: signedIn,
      requestParams: {
        query: z.object({ at: TimeInWords.optional(), revision: z.int().min(0).optional() }),
      },
      responses: {
        '200': yes({ zh: '那一刻。', en: 'That moment.' }, BoardView),
        ...noes(['wrong-shape', 'not-signed-in', 'role-not-allowed', 'overloaded'], asked),
      },
    },
  },
  '/api/past/changes': {
    get: {
      tags: past,
      summary: title({ zh: '两个时刻之间的全部变化', en: 'All that changed between two moments' }),
      description: both({
        zh: '一行一个 JSON：第一行是 from 时刻的全部，之后每行是一次变化（put、remove）。中途断开的答复不完整。',
        en: 'One JSON a line: first the whole board at from, then a change each (put, remove). An answer that breaks off is not whole.',
      }),
      security: signedIn,
      requestParams: {
        query: z.object({
          from: TimeInWords.optional(),
          to: TimeInWords.optional(),
          fromRevision: z.int().min(0).optional(),
          toRevision: z.int().min(0).optional(),
        }),
      },
      responses: {
        '200': {
          description: both({ zh: '逐行给出，随到随读。', en: 'Line by line, to be read as it comes.' }),
          content: { 'application/x-ndjson': { schema: z.string() } },
        },
        ...noes(['wrong-shape', 'not-signed-in', 'role-not-allowed', 'overloaded'], asked),
      },
    },
  },
  '/api/cases/{id}': {
    get: {
      tags: past,
      summary: title({ zh: '一件案件，在办或已归档', en: 'One case, open or long closed' }),
      security: signedIn,
      requestParams: { path: z.object({ id: CaseId }) },
      responses: {
        '200': yes({ zh: '全部内容。', en: 'All of it.' }, z.object({ case: CaseShape, archived: z.boolean() })),
        ...noes(['not-signed-in', 'case-not-found']),
      },
    },
  },
  '/api/archive': {
    get: {
      tags: past,
      summary: title({ zh: '查已归档的案件', en: 'Search what has been archived' }),
      description: both({
        zh: '结束满一天的案件在这里，最近结束的在前，只查自己负责的范围。',
        en: 'What ended more than a day ago, the last to end first, within one’s own ground.',
      }),
      security: signedIn,
      requestParams: {
        query: z.object({
          from: TimeInWords.optional(),
          to: TimeInWords.optional(),
          scenario: ScenarioId.optional(),
          place: PlaceId.optional(),
          text: z.string().max(100).optional(),
          limit: z.int().min(1).max(500).optional(),
        }),
      },
      responses: {
        '200': {
          description: both({ zh: '找到的。', en: 'What was found.' }),
          content: json(z.object({ cases: z.array(CaseShape) })),
        },
        ...noes(['wrong-shape', 'not-signed-in', 'role-not-allowed'], asked),
      },
    },
  },
  '/api/kpi': {
    get: {
      tags: judged,
      summary: title({ zh: '考核指标', en: 'The figures the work is judged by' }),
      description: both({
        zh: '任一时段，按 cut 分行；每个指标都带分子、分母的案件编号。不加 lists=1 时，合计以外各行的编号最多 200 个，counts 仍是全数。',
        en: 'Any span, in rows by cut; each figure with the cases of its numerator and its denominator. Without lists=1 at most 200 of them in rows other than the whole; counts are whole all the same.',
      }),
      security: signedIn,
      requestParams: {
        query: z.object({
          from: TimeInWords,
          to: TimeInWords,
          cut: z.enum(kpiCuts).optional(),
          place: PlaceId.optional(),
          names: z.literal('1').optional(),
          lists: z.literal('1').optional(),
        }),
      },
      responses: {
        '200': yes({ zh: '指标与算法。', en: 'The figures and how they are reckoned.' }, KpiAnswer),
        ...noes(['wrong-shape', 'not-signed-in', 'role-not-allowed', 'not-in-step'], asked),
      },
    },
  },
}
