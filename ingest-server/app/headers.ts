// What every page and answer tells the browser it may not do.
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import { openPolicies, reportingEndpoints, type Policy, type PolicyNeeds } from './page-policy.ts'

/** No inline script and no inline style anywhere; each answer may load what its kind needs and nothing else. */
export function headers(needs: PolicyNeeds): RequestHandler {
  const { secure } = needs
  const policyOf = openPolicies(needs)
  const written = new Map<Policy, string>()
  const all = helmet({
    // Written below: it is another for each page.
    contentSecurityPolicy: false,
    strictTransportSecurity: secure,
    // A plain-http site on an intranet has no secure context, and browsers complain of these there.
    crossOriginOpenerPolicy: secure,
    originAgentCluster: secure,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  })
  const textOf = (policy: Policy): string => {
    const text =
      written.get(policy) ??
      Object.entries(policy)
        .map(([name, of]) => [name, ...of].join(' '))
        .join(';')
    written.set(policy, text)
    return text
  }
  return (req, res, next) => {
    res.setHeader('Content-Security-Policy', textOf(policyOf(req.path)))
    if (secure) res.setHeader('Reporting-Endpoints', reportingEndpoints)
    all(req, res, next)
  }
}
