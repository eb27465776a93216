// Whose push services phones may be reached by: those of the browsers, more of the site's own, or none.
import { z } from 'zod'
import type { Words } from '#contract/language'
import { usualServices } from '../doors/notice-push.ts'

const Host = z.string().regex(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/)
const Origin = z.string().refine((text) => /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text)

/** `off`, or hosts and origins besides the usual. */
export const Push = z
  .string()
  .transform((text) => (text.trim() === 'off' ? [] : text.split(',').map((one) => one.trim())))
  .pipe(z.array(z.union([Host, Origin])))
  .transform((given) => (given.length === 0 ? [] : [...usualServices, ...given]))

export const pushWanted: Words = {
  zh: '应是 off（不推送到手机），或除常见浏览器外还允许的推送服务，多个用逗号隔开，如 push.example.cn 或 https://push.intranet:8443',
  en: 'it must be off (no push to phones), or the push services allowed besides those of the usual browsers, separated by commas, like push.example.cn or https://push.intranet:8443',
}
