// The log: one JSON line an event, never with a key, a cookie or a body in it.
import { pino } from 'pino'
import type { Logger } from 'pino'
import { pinoHttp } from 'pino-http'
import { withoutKey } from '../doors/source-address.ts'
import type { Config } from './config.ts'

export type Log = Logger

export const openLog = (level: Config['log']): Log =>
  pino({
    level,
    redact: {
      paths: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'],
      censor: '…',
    },
  })

/** What stands in the path after these is a resident's private link, or a source's key. */
const withoutLink = (path: string | undefined): string | undefined =>
  path && withoutKey(path.replace(/^(\/api\/resident\/cases\/)[^/]+/, '$1…'))

/** A request that went well is nobody's news. The address of a wall's link is a key: only the path is kept, and of a resident's not that. */
export const logRequests = (log: Log) =>
  pinoHttp({
    logger: log,
    customLogLevel: (_req, res, fault) => (fault || res.statusCode >= 500 ? 'error' : 'debug'),
    serializers: {
      req: (req: { method: string; url: string }) => ({ method: req.method, path: withoutLink(req.url.split('?')[0]) }),
      res: (res: { statusCode: number }) => ({ status: res.statusCode }),
    },
  })
