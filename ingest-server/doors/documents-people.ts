// The routes of people, described: signing in, the wall's link, reporters' names.
import { z } from 'zod'
import { CaseId, Instant, PersonId, PlaceId } from '#contract/ids'
import { lookReasons } from '#contract/look'
import { Viewer } from '#contract/person'
import { Reporter } from '#contract/report'
import { roles } from '#contract/roles'
import { both, json, noes, signedIn, title, yes, type Operation } from './documents-parts.ts'
import { AskedLook } from './people.ts'

const ReporterAnswer = z.object({
  reporter: Reporter.nullable(),
  /** Until when it is shown whole. */
  until: Instant.nullable(),
})
const Look = z.object({
  at: Instant,
  until: Instant,
  by: PersonId,
  reason: z.enum(lookReasons),
  words: z.string().optional(),
})
const who = ['人员 · People']

export const peopleRoutes: Record<string, Record<string, Operation>> = {
  '/api/session': {
    post: {
      tags: who,
      summary: title({ zh: '登录', en: 'Sign in' }),
      requestBody: {
        required: true,
        content: json(z.object({ name: z.string(), password: z.string() }), { name: 'zhou', password: '……' }),
      },
      responses: {
        '200': {
          ...yes(
            { zh: '登录成功，会话放在 Cookie 里。', en: 'Signed in; the session is in the cookie.' },
            z.object({ personId: PersonId, name: z.string(), role: z.enum(roles), placeIds: z.array(PlaceId) }),
          ),
          headers: z.object({ 'Set-Cookie': z.string() }),
        },
        ...noes(['wrong-shape', 'wrong-password', 'origin-not-allowed', 'try-later'], { at: { 'wrong-shape': 400 } }),
      },
    },
    get: {
      tags: who,
      summary: title({ zh: '我是谁', en: 'Who am I' }),
      security: signedIn,
      responses: { '200': yes({ zh: '登录的人。', en: 'Who is signed in.' }, Viewer), ...noes(['not-signed-in']) },
    },
    delete: {
      tags: who,
      summary: title({ zh: '退出', en: 'Sign out' }),
      responses: { '204': yes({ zh: '已退出。', en: 'Signed out.' }), ...noes(['origin-not-allowed']) },
    },
  },
  '/api/session/password': {
    post: {
      tags: who,
      summary: title({ zh: '改密码', en: 'Change the password' }),
      security: signedIn,
      requestBody: { required: true, content: json(z.object({ old: z.string(), new: z.string() })) },
      responses: {
        '204': yes({ zh: '已改，其他设备都已退出。', en: 'Changed; every other device is signed out.' }),
        ...noes(
          ['wrong-shape', 'password-too-short', 'not-signed-in', 'wrong-password', 'role-not-allowed', 'try-later'],
          { at: { 'wrong-shape': 400, 'password-too-short': 400, 'wrong-password': 403 } },
        ),
      },
    },
  },
  '/wall': {
    get: {
      tags: who,
      summary: title({ zh: '大屏链接', en: 'The wall’s link' }),
      description: both({
        zh: '第一台打开它的设备就成为大屏，只读，长期有效。',
        en: 'The first device that opens it becomes the wall: read-only, for long.',
      }),
      requestParams: { query: z.object({ kiosk: z.string().optional() }) },
      responses: {
        '200': {
          description: both({ zh: '大屏页面。', en: 'The wall’s page.' }),
          content: { 'text/html': { schema: z.string() } },
        },
        '303': { description: both({ zh: '已绑定，转到大屏。', en: 'Bound: on to the wall.' }) },
        '410': {
          description: both({ zh: '链接不对或已用过。', en: 'A wrong or used link.' }),
          content: { 'text/plain': { schema: z.string() } },
        },
        ...noes(['try-later']),
      },
    },
  },
  '/api/cases/{id}/reporter': {
    get: {
      tags: who,
      summary: title({ zh: '报案人（遮蔽）', en: 'Who reported, masked' }),
      security: signedIn,
      requestParams: { path: z.object({ id: CaseId }) },
      responses: {
        '200': yes(
          { zh: '没有留或已删除时为 null。', en: 'Null where none was left, or it was erased.' },
          ReporterAnswer.extend({ looks: z.array(Look), mayReveal: z.boolean() }),
          { reporter: { name: '王**', phone: '138****5678' }, until: null, looks: [], mayReveal: true },
        ),
        ...noes(['not-signed-in', 'case-not-found', 'role-not-allowed']),
      },
    },
  },
  '/api/cases/{id}/reporter/reveal': {
    post: {
      tags: who,
      summary: title({ zh: '查看报案人全名和电话', en: 'Who reported, in full' }),
      description: both({
        zh: '值守、本片站长和正在处置的人说明原因后可以看半小时，每次都有记录；一小时超过二十次要安全管理员同意。',
        en: 'For the duty officer, the chief of the area and whoever has it in hand, for a reason and for half an hour; noted each time. Past twenty an hour the security administrator must agree.',
      }),
      security: signedIn,
      requestParams: { path: z.object({ id: CaseId }) },
      requestBody: { required: true, content: json(AskedLook, { reason: 'call-back' }) },
      responses: {
        '200': yes({ zh: '全部内容。', en: 'In full.' }, ReporterAnswer),
        ...noes([
          ...(['not-signed-in', 'case-not-found', 'role-not-allowed', 'origin-not-allowed'] as const),
          ...(['look-reason-missing', 'too-many-looks'] as const),
        ]),
      },
    },
  },
}
