// The routes of the scenarios, described.
import { z } from 'zod'
import { Instant, ScenarioId } from '#contract/ids'
import { Words } from '#contract/language'
import { Scenario } from '#contract/scenario'
import { both, json, noes, Refused, signedIn, title, yes, type Operation } from './documents-parts.ts'

const rules = ['场景 · Scenarios']
const Fault = z.object({ file: z.string(), path: z.string(), words: Words })
const fault = {
  file: 'dropped-garbage.json',
  path: 'clocks[3].phase',
  words: { zh: '没有阶段「built」', en: 'there is no phase built' },
}

export const scenarioRoutes: Record<string, Record<string, Operation>> = {
  '/api/scenarios': {
    get: {
      tags: rules,
      summary: title({ zh: '现行场景', en: 'The scenarios in force' }),
      description: both({
        zh: '随程序来的，和本站目录 scenarios/ 里的；faults 是被拒文件的毛病，原来的版本继续有效。',
        en: 'Those shipped and those in the site’s own scenarios folder; `faults` says what is wrong with files that were refused, whose version before stays in force.',
      }),
      security: signedIn,
      responses: {
        '200': yes(
          { zh: '全部场景、版本与毛病。', en: 'All scenarios, versions and faults.' },
          z.object({
            scenarios: z.array(Scenario),
            own: z.array(ScenarioId),
            calendar: z.string(),
            older: z.array(z.object({ id: ScenarioId, version: z.string(), keptAt: Instant })),
            faults: z.array(Fault),
          }),
        ),
        ...noes(['not-signed-in', 'origin-not-allowed']),
      },
    },
  },
  '/api/scenarios/{id}': {
    put: {
      tags: rules,
      summary: title({ zh: '放一份场景', en: 'Put a scenario' }),
      description: both({
        zh: '管理员专用。先连同其他场景一起检查，没有毛病才写入并立即生效；已开的案件仍按原来的版本办。留记录。',
        en: 'For administrators. Checked beside all the others; only what is right is written and in force at once. Cases already open go by their own version. It is noted.',
      }),
      security: signedIn,
      requestParams: { path: z.object({ id: ScenarioId }) },
      requestBody: { required: true, content: json(Scenario) },
      responses: {
        '200': yes(
          { zh: '已生效，附版本号。', en: 'In force, with its version.' },
          z.object({ ok: z.literal(true), version: z.string() }),
          { ok: true, version: '2#a1b2c3' },
        ),
        ...noes(['not-signed-in', 'role-not-allowed', 'origin-not-allowed', 'wrong-shape', 'scenario-wrong'], {
          schema: Refused.extend({
            faults: z
              .array(Fault)
              .optional()
              .meta({ example: [fault] }),
          }),
        }),
      },
    },
  },
}
