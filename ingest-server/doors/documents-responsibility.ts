// The routes of who answers for what, described.
import { ResponsibilityTable } from '#contract/responsibility'
import { both, json, noes, signedIn, title, yes, type Operation } from './documents-parts.ts'
import { TableSaid } from './responsibility.ts'

const whose = ['责任表 · Who answers for what']
const example = {
  version: 'site-3f9a01c2',
  rows: [
    { scenarioId: 'resident-repair', placeId: '310101020-b1', body: '创意家园物业', from: '2026-01-01' },
    { matter: 'illegal-building', placeId: '310101020', body: '市容所', from: '2026-01-01', until: '2026-12-31' },
  ],
  coverage: [{ level: 'street-block', post: 'grid', least: 1 }],
}

export const responsibilityRoutes: Record<string, Record<string, Operation>> = {
  '/api/responsibility': {
    get: {
      tags: whose,
      summary: title({ zh: '现行责任表', en: 'The table in force' }),
      description: both({
        zh: '地点越窄越优先，其次看事项、场景，再看起始日期晚的；coverage 是各级必须有人在岗的岗位。',
        en: 'The narrowest place wins, then the narrower kind, then the later start; coverage names the posts that must be kept.',
      }),
      security: signedIn,
      responses: {
        '200': yes(
          { zh: '本站的，没有设过就是随程序来的。', en: 'The site’s own, or as shipped.' },
          ResponsibilityTable,
          example,
        ),
        ...noes(['not-signed-in', 'role-not-allowed']),
      },
    },
    put: {
      tags: whose,
      summary: title({ zh: '换一份责任表', en: 'Put another in its place' }),
      description: both({
        zh: '管理员专用，立即生效，每次留记录，历次版本都保留。每行写明单位或一个人，二选一。',
        en: 'For administrators; in force at once, noted, all versions kept. Each row names a body or one person.',
      }),
      security: signedIn,
      requestBody: { required: true, content: json(TableSaid) },
      responses: {
        '200': yes({ zh: '已生效，附版本号。', en: 'In force, with its version.' }, ResponsibilityTable),
        ...noes([
          ...(['not-signed-in', 'role-not-allowed', 'origin-not-allowed', 'wrong-shape'] as const),
          ...(['place-unknown', 'person-unknown', 'matter-unknown'] as const),
        ]),
      },
    },
  },
}
