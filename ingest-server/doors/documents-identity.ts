// The routes at which people are kept, described: one's own account, all accounts, the audit, the site's sign-in service.
import { z } from 'zod'
import type { Words } from '#contract/language'
import { AccountChange, NewAccount } from './accounts.ts'
import { json, noes, signedIn, title, yes, type Operation } from './documents-parts.ts'
import { WithCode, WithPassword } from './own-account.ts'

type Verb = 'get' | 'post' | 'put' | 'delete'
type Told = [verb: Verb, path: string, zh: string, en: string, body?: z.ZodType]

const who = ['人员 · People']
const done: Words = { zh: '已办。', en: 'Done.' }

const told: Told[] = [
  ['get', '/api/own-account', '我的账号', 'My account'],
  ['post', '/api/own-account/code', '开始绑定动态码', 'Begin to set up a code', WithPassword],
  ['post', '/api/own-account/code/confirm', '确认动态码', 'Confirm the code', WithCode],
  ['delete', '/api/own-account/code', '解除动态码', 'Take the code away'],
  ['post', '/api/own-account/proof', '再输入一次动态码', 'A code once more', WithCode],
  ['post', '/api/own-account/recovery', '换一批备用码', 'New recovery codes'],
  ['delete', '/api/own-account/sessions', '退出其他所有设备', 'End all others'],
  ['delete', '/api/own-account/sessions/{id}', '退出一台设备', 'End one'],
  ['get', '/api/accounts', '所有账号', 'All accounts'],
  ['post', '/api/accounts', '建账号', 'Make an account', NewAccount],
  ['put', '/api/accounts/{id}', '改账号', 'Change an account', AccountChange],
  ['delete', '/api/accounts/{id}', '停用账号', 'Withdraw an account'],
  ['post', '/api/accounts/{id}/password', '给新密码', 'Give a new password'],
  ['post', '/api/accounts/{id}/unlock', '解除等待', 'Need wait no longer'],
  ['delete', '/api/accounts/{id}/code', '重置动态码', 'Reset the code'],
  ['delete', '/api/accounts/{id}/sessions', '退出所有设备', 'Sign out everywhere'],
  ['delete', '/api/accounts/{id}/sso', '解开统一身份认证', 'Loosen single sign-on'],
  ['get', '/api/audit', '查审计', 'Search the audit'],
  ['get', '/api/audit.csv', '审计存为表格', 'The audit as a table'],
  ['post', '/api/audit/verify', '核验日志链', 'Walk the journal’s chain'],
  ['get', '/api/session/ways', '能怎么登录', 'Ways to sign in'],
  ['get', '/api/session/oidc', '去统一身份认证', 'To the sign-in service'],
  ['get', '/api/session/oidc/back', '从统一身份认证回来', 'Back from the sign-in service'],
  ['post', '/api/session/oidc/code', '补一个动态码', 'A code besides', WithCode],
  ['post', '/api/session/oidc/logout', '统一身份认证通知退出', 'Back-channel logout'],
]

const operationOf = ([, path, zh, en, body]: Told): Operation => ({
  tags: who,
  summary: title({ zh, en }),
  ...(!path.startsWith('/api/session') && { security: signedIn }),
  ...(path.includes('{id}') && { requestParams: { path: z.object({ id: z.string() }) } }),
  ...(body && { requestBody: { required: true, content: json(body) } }),
  responses: { '200': yes(done), ...noes(['not-signed-in', 'role-not-allowed', 'wrong-shape']) },
})

export const identityRoutes: Record<string, Record<string, Operation>> = {}
for (const one of told) {
  const [verb, path] = one
  identityRoutes[path] = { ...identityRoutes[path], [verb]: operationOf(one) }
}
