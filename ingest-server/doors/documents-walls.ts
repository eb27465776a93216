// The routes of a wall, described: how it hangs, and who commands through it.
import { z } from 'zod'
import { Instant, PersonId } from '#contract/ids'
import { WallSite } from '#contract/wall-site'
import { both, json, noes, signedIn, title, yes, type Operation } from './documents-parts.ts'
import { OperatorSignIn } from './wall.ts'

const walls = ['大屏 · Walls']
const Operator = z.object({ personId: PersonId, name: z.string(), until: Instant }).meta({ id: 'Operator' })
const Legibility = z.object({ headline: z.number(), body: z.number(), small: z.number() })
const example = { columns: 3, rows: 2, seam: 8, pitchMm: 1.25, distanceMm: 6000 }

export const wallRoutes: Record<string, Record<string, Operation>> = {
  '/api/wall/site': {
    get: {
      tags: walls,
      summary: title({ zh: '这块大屏怎么挂', en: 'How this wall hangs' }),
      description: both({
        zh: '只有绑定的大屏能问。改了会从 /line 马上告诉它。',
        en: 'For a bound wall alone. A change is told to it at once over /line.',
      }),
      security: signedIn,
      responses: {
        '200': yes({ zh: '没有写明的都是默认值。', en: 'What nobody has said is the default.' }, WallSite),
        ...noes(['not-signed-in', 'role-not-allowed']),
      },
    },
  },
  '/api/wall/operator': {
    post: {
      tags: walls,
      summary: title({ zh: '值守在大屏上登录', en: 'A duty officer signs in at the wall' }),
      description: both({
        zh: '之后这块大屏发出的指令都是本人的：离最后一次操作 15 分钟、最长 2 小时；换密码、停用或不再是值守，马上结束。留有操作记录。密码试错的次数与登录合计。',
        en: 'What this wall wishes is theirs from then on: for 15 minutes after the last wish and two hours at most; a new password, a withdrawn account or another role ends it at once. Noted in the audit. Wrong passwords count together with those of signing in.',
      }),
      security: signedIn,
      requestBody: { required: true, content: json(OperatorSignIn, { account: 'chen', password: '……' }) },
      responses: {
        '200': yes({ zh: '是谁，到什么时候。', en: 'Who it is, and until when.' }, Operator),
        ...noes(
          [
            ...(['wrong-shape', 'bad-json', 'too-large', 'content-type-wrong', 'not-signed-in'] as const),
            ...(['wrong-password', 'role-not-allowed', 'origin-not-allowed', 'try-later'] as const),
          ],
          { at: { 'wrong-shape': 400 } },
        ),
      },
    },
    delete: {
      tags: walls,
      summary: title({ zh: '值守从大屏退出', en: 'The duty officer signs out at the wall' }),
      security: signedIn,
      responses: {
        '204': yes({ zh: '已退出；本来就没有人也一样。', en: 'Signed out; also where nobody was.' }),
        ...noes(['not-signed-in', 'role-not-allowed', 'origin-not-allowed']),
      },
    },
  },
  '/api/walls/{name}/site': {
    put: {
      tags: walls,
      summary: title({ zh: '改大屏怎么挂', en: 'Change how a wall hangs' }),
      description: both({
        zh: '管理员整体替换，几秒内在屏上生效；不可能的数会用一句话拒绝。答复里算出字至少要多少像素高。',
        en: 'By the administrator, as a whole; on the wall within seconds. What cannot be is refused in a sentence. The answer says how many pixels high letters must be at least.',
      }),
      security: signedIn,
      requestParams: { path: z.object({ name: z.string() }) },
      requestBody: { required: true, content: json(WallSite, example) },
      responses: {
        '200': yes(
          { zh: '已改。', en: 'Changed.' },
          z.object({ ok: z.literal(true), site: WallSite, legibility: Legibility.nullable() }),
        ),
        ...noes([
          ...(['wrong-shape', 'bad-json', 'too-large', 'content-type-wrong', 'not-signed-in'] as const),
          ...(['role-not-allowed', 'origin-not-allowed', 'wall-unknown'] as const),
        ]),
      },
    },
  },
}
