// How devices come by SIP, as the settings have it: where we listen, and under which number and realm they know us.
import { z } from 'zod'

export interface SipWay {
  host: string
  port: number
  /** Our own number of 20 digits. */
  id: string
  /** Of the passwords: another realm, and every device must be given a new one in its own settings. */
  realm: string
}

/** 黄浦区, a central signalling server (type 200), the first. */
export const sipUnasked = { id: '31010100002000000001' } as const

const address = /^(?<host>[\w.-]+|\[[\da-fA-F:.]+\])?:(?<port>\d{1,5})$/

/** `off`, `HOST:PORT`, or `:PORT` for every address. */
export const SipListen = z
  .string()
  .trim()
  .transform((line, context): Pick<SipWay, 'host' | 'port'> | null => {
    if (line === 'off') return null
    const { host, port } = address.exec(line)?.groups ?? {}
    if (port !== undefined && Number(port) <= 65_535)
      return { host: (host ?? '0.0.0.0').replace(/^\[|\]$/g, ''), port: Number(port) }
    context.addIssue('no way in by SIP')
    return z.NEVER
  })
export const SipId = z.string().regex(/^\d{20}$/)
export const SipRealm = z.string().regex(/^[\w.-]{1,64}$/)
