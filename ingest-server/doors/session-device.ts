// The browser somebody signs in at: known again by what it keeps, called by a name its owner would know it by.
import type { Request } from 'express'
import { knownFor } from '../records/known-devices.ts'
import { cookieOf, type Asking } from './session-cookie.ts'

export const deviceCookieName = 'sanping-device'

/** What it kept of an earlier sign-in; null where it kept nothing, or something we never gave. */
export function deviceTokenOf(asking: Asking): string | null {
  const token = cookieOf(asking, deviceCookieName)
  return token !== null && /^[\w-]{43}$/.test(token) ? token : null
}

/** Only our own doors get it back. */
export const deviceCookie = (secure: boolean) => ({ path: '/api', secure, maxAge: knownFor })

const browsers: readonly [RegExp, string][] = [
  [/wxwork\//i, 'WeCom'],
  [/MicroMessenger\//, 'WeChat'],
  [/DingTalk\//, 'DingTalk'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const systems: readonly [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPad/, 'iPad'],
  [/iPhone/, 'iPhone'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]
const named = (table: readonly [RegExp, string][], text: string): string | undefined =>
  table.find(([pattern]) => pattern.test(text))?.[1]

/** `Chrome · Windows · 10.1.2.3`. What a browser says of itself is said by whoever sends it: for its owner's eyes, never for a rule. What nobody recognises is left out. */
export const deviceName = (req: Request, address: string): string => {
  const agent = req.get('User-Agent') ?? ''
  return [named(browsers, agent), named(systems, agent), address].filter(Boolean).join(' · ')
}
