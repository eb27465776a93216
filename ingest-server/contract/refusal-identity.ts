// Every no to whoever signs in or keeps accounts. Beside the others, so that a phone in the street need not carry them. No zod.
import type { Words } from './language.ts'

export const identityRefusals = {
  'password-short-for-administrator': {
    zh: '管理员的密码要 12 个字以上（最多 200 个）。',
    en: 'An administrator’s password needs at least 12 characters (200 at most).',
  },
  'password-usual': {
    zh: '这个密码太常见，人人都会先试它，请换一个，例如三四个不相干的词。',
    en: 'Everybody would try this password first: choose another, three or four words that do not belong together.',
  },
  'password-must-change': {
    zh: '这个密码是别人给的，请先换成自己的。',
    en: 'This password was given to you by somebody else: change it first.',
  },
  'sign-in-waits': {
    zh: '试错太多：在没登录过的设备上，这个账号要等一会儿；着急请找安全管理员。',
    en: 'Too many wrong tries: from devices that never signed in before, this name has to wait. If it is urgent, ask the security administrator.',
  },
  'code-needed': { zh: '请输入动态码。', en: 'Enter the code of your authenticator app.' },
  'code-wrong': {
    zh: '动态码不对，请看手机时间是否准确。',
    en: 'The code is not right: see whether the phone’s clock is.',
  },
  'code-spent': {
    zh: '这个动态码已经用过，请等下一个。',
    en: 'This code was used already: wait for the next one.',
  },
  'code-not-enrolled': {
    zh: '请先在「我的账号」里绑定动态码，再做这一步。',
    en: 'First set up an authenticator app under “My account”, then do this.',
  },
  'code-again': {
    zh: '这一步很要紧，请再输入一次动态码。',
    en: 'This is grave: enter a code once more.',
  },
  'code-enrolled': {
    zh: '动态码已经绑定；要换，请安全管理员先重置。',
    en: 'An authenticator is set up already: the security administrator resets it before another is.',
  },
  'session-too-many': {
    zh: '您在别的设备上又登录了，最早的这一个已退出（最多同时 5 个）。',
    en: 'You signed in on another device, so this one, the oldest, has ended (five at most).',
  },
  'session-ended-elsewhere': {
    zh: '这台设备已在另一台设备上被退出。',
    en: 'This device was signed out from another one.',
  },
  'session-ended-administrator': {
    zh: '安全管理员已让这台设备退出，请重新登录。',
    en: 'The security administrator signed this device out: sign in again.',
  },
  'session-ended-sso': {
    zh: '统一身份认证已退出，请重新登录。',
    en: 'The sign-in service has ended this session: sign in again.',
  },
  'session-unknown': { zh: '没有这个登录，可能已经退出。', en: 'There is no such session; it may have ended.' },
  'account-unknown': { zh: '没有这个账号，或已停用。', en: 'There is no such account, or it was withdrawn.' },
  'account-taken': {
    zh: '这个账号名有人用过，日志里留着它，请换一个。',
    en: 'This is or was somebody’s name, and the journal names them: choose another.',
  },
  'account-own': {
    zh: '不能改自己的账号权限，请由另一位安全管理员办。',
    en: 'Nobody changes their own rights: another security administrator does.',
  },
  'administrator-apart': {
    zh: '三员分立：管理员不能改成别的角色，别的角色也不能改成管理员，请另建账号。',
    en: 'The three administrators are kept apart: no account becomes one, or anything else after it. Make another account.',
  },
  'administrator-last': {
    zh: '这是最后一个安全管理员，停用后没人能管账号；请先另建一个。',
    en: 'This is the last security administrator: nobody could keep the accounts. Make another first.',
  },
  'administrator-made': {
    zh: '这一类管理员已经有过，以后的账号由安全管理员建。',
    en: 'There has been one of these: from now on the security administrator makes the accounts.',
  },
  'sso-off': { zh: '这里没有接统一身份认证。', en: 'No sign-in service is set up here.' },
  'sso-unreachable': {
    zh: '统一身份认证现在接不通，请用本地账号和密码登录。',
    en: 'The sign-in service cannot be reached now: sign in with name and password.',
  },
  'sso-refused': {
    zh: '统一身份认证的答复不能采信，没有登录；请再试一次，还不行请找管理员。',
    en: 'What the sign-in service answered cannot be trusted, so nobody was signed in: try again, then ask the administrator.',
  },
  'sso-nobody': {
    zh: '统一身份认证里的这个人在这里没有账号，请安全管理员先建。',
    en: 'Whom the sign-in service names has no account here: the security administrator makes one first.',
  },
  'sso-other': {
    zh: '这个账号已认定是统一身份认证里的另一个人，请找安全管理员。',
    en: 'This account belongs to somebody else of the sign-in service: ask the security administrator.',
  },
} as const satisfies Record<string, Words>

export type IdentityRefusal = keyof typeof identityRefusals
