// The site's sign-in service, as it is set: which, as whom we come to it, and where our secret lies.
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Words } from '#contract/language'
import type { SsoSetting } from '../doors/sso-provider.ts'

const claims = ['preferred_username', 'sub'] as const
const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** In the clear only on this very machine: what it says of people is believed. */
const isIssuer = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, hash, search } = new URL(text)
  return hash === '' && search === '' && (protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname)))
}

/** `https://issuer client-id [claim]`. */
export const Oidc = z.string().transform((text, context) => {
  const [issuer = '', clientId, claim = 'preferred_username', ...more] = text.trim().split(/\s+/)
  const named = claims.find((one) => one === claim)
  if (isIssuer(issuer) && clientId && named && more.length === 0) return { issuer, clientId, claim: named }
  context.addIssue('not an issuer, a client and a claim')
  return z.NEVER
})

export const oidcWanted: Words = {
  zh: '应是「统一身份认证的 issuer 网址 客户端编号 [账号声明]」，用空格隔开，如 https://sso.example sanping；声明只能是 preferred_username 或 sub；网址须是 https，本机除外',
  en: 'it must be the issuer’s address, the client id and, where it is not preferred_username, the claim sub, separated by spaces, like https://sso.example sanping; the address is https unless it is this machine',
}
export const oidcSecretWanted: Words = {
  zh: '应是客户端密钥，或「file:」加存放它的文件',
  en: 'it must be the client’s secret, or file: and the file it lies in',
}

/** A file is read each time: a secret that was changed holds without a new start. */
export function ssoSetting(oidc: z.infer<typeof Oidc>, secret: string | undefined): SsoSetting {
  const file = secret?.startsWith('file:') ? secret.slice('file:'.length) : null
  return {
    ...oidc,
    secret: async () => (file === null ? (secret ?? null) : (await readFile(file, 'utf8')).trim()),
  }
}
