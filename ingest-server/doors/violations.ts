// What browsers forbade by our content security policy, told by themselves: counted and written down, with no word of what was on the page.
import express, { Router, type Request, type Response } from 'express'
import { Counter, type Registry } from 'prom-client'
import { z } from 'zod'
import type { Instant } from '#contract/ids'
import { addressOf, limitTries, openCount } from './session-limits.ts'

interface ViolationsNeeds {
  meters: Registry
  now: () => Instant
  log: (seen: Violation) => void
}

/** Anybody can post here, so only what stands in our own lists goes on: the rest is `other`. */
export interface Violation {
  directive: string
  page: string
  /** `inline`, `eval`, a sink of Trusted Types, or only the scheme of what was to be loaded. */
  blocked: string
}

/** The older form, one a request; and the newer, many. */
const Old = z.object({
  'csp-report': z.object({
    'document-uri': z.string().max(4096),
    'violated-directive': z.string().max(4096),
    'effective-directive': z.string().max(4096).optional(),
    'blocked-uri': z.string().max(4096).optional(),
  }),
})
const New = z
  .array(
    z.object({
      type: z.string(),
      body: z.object({
        documentURL: z.string().max(4096),
        effectiveDirective: z.string().max(4096),
        blockedURL: z.string().max(4096).nullish(),
      }),
    }),
  )
  .max(50)

const directives = new Set([
  ...['default-src', 'script-src', 'script-src-elem', 'script-src-attr', 'style-src', 'style-src-elem'],
  ...['style-src-attr', 'img-src', 'media-src', 'font-src', 'connect-src', 'worker-src', 'manifest-src', 'object-src'],
  ...['frame-src', 'child-src', 'base-uri', 'form-action', 'frame-ancestors'],
  ...['require-trusted-types-for', 'trusted-types'],
])
const pages = new Set(['/wall', '/desk', '/field', '/resident', '/gallery', '/api/docs'])
const words = new Set(['inline', 'eval', 'wasm-eval', 'trusted-types-policy', 'trusted-types-sink', 'self'])
const schemes = new Set(['http', 'https', 'ws', 'wss', 'data', 'blob', 'filesystem', 'about', 'javascript'])

const among = (list: ReadonlySet<string>, text: string): string => (list.has(text) ? text : 'other')
const pageOf = (url: string): string => (URL.canParse(url) ? among(pages, new URL(url).pathname) : 'other')
const blockedOf = (url: string): string =>
  words.has(url) ? url : among(schemes, /^[a-z]+/i.exec(url)?.[0].toLowerCase() ?? '')
const seen = (url: string, directive: string, blocked: string): Violation => ({
  directive: among(directives, directive.split(' ')[0]!),
  page: pageOf(url),
  blocked: blockedOf(blocked),
})

/** Null: it is none. */
export function readViolations(body: unknown): Violation[] | null {
  const old = Old.safeParse(body)
  if (old.success) {
    const one = old.data['csp-report']
    const directive = one['effective-directive'] ?? one['violated-directive']
    return [seen(one['document-uri'], directive, one['blocked-uri'] ?? '')]
  }
  const news = New.safeParse(body)
  if (!news.success) return null
  return news.data
    .filter(({ type }) => type === 'csp-violation')
    .map(({ body: of }) => seen(of.documentURL, of.effectiveDirective, of.blockedURL ?? ''))
}

const perMinute = 30
/** Of all senders together: past it they are counted and no longer written down. */
const loggedPerMinute = 60

export function openViolationsDoor({ meters, now, log }: ViolationsNeeds) {
  const router = Router()
  const counter = new Counter({
    name: 'sanping_policy_violations_total',
    help: 'What browsers forbade by the content security policy, as they told.',
    labelNames: ['directive'] as const,
    registers: [meters],
  })
  const logged = openCount({ now, windowMs: 60_000 })
  const limit = limitTries({ now, windowMs: 60_000, limit: perMinute, keyOf: addressOf, refusal: 'try-later' })

  function take(req: Request, res: Response): void {
    const violations = readViolations(req.body)
    for (const one of violations ?? []) {
      counter.inc({ directive: one.directive })
      if (logged.add('all', 1).used <= loggedPerMinute) log(one)
    }
    res.status(violations ? 204 : 400).end()
  }

  const types = ['application/csp-report', 'application/reports+json']
  router.post('/api/violations', limit, express.json({ limit: '16kb', type: types }), take)
  return { router, close: () => {} }
}
