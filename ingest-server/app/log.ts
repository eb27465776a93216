// The log: one JSON line an event, never with a key, a cookie or a body in it; to the screen, and into files that are kept.
import type { IncomingMessage } from 'node:http'
import { pino } from 'pino'
import type { Logger } from 'pino'
import { pinoHttp } from 'pino-http'
import type { ViewerOf } from '../doors/session-viewer.ts'
import { withoutKey } from '../doors/source-address.ts'
import type { Config } from './config.ts'
import type { LogFiles } from './log-files.ts'
import { scrub } from './log-scrub.ts'

export type Log = Logger

interface Into {
  /** Where lines are kept; absent: they only go by on the screen. */
  files?: Pick<LogFiles, 'write'> | undefined
  /** Who among several processes says it. */
  node?: string | undefined
  screen?: { write(line: string): void }
}

export function openLog(level: Config['log'], { files, node, screen = process.stdout }: Into = {}): Log {
  const streams = [
    ...(level === 'silent' ? [] : [{ level, stream: screen }]),
    ...(files ? [{ level: 'debug' as const, stream: files }] : []),
  ]
  if (streams.length === 0) return pino({ level: 'silent' })
  return pino(
    {
      level: files ? 'debug' : level,
      base: node === undefined ? null : { node },
      redact: {
        paths: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'],
        censor: '…',
      },
      serializers: { err: plainFault },
      hooks: { streamWrite: scrub },
    },
    pino.multistream(streams),
  )
}

interface PlainFault {
  type: string
  message: string
  code?: string
  stack?: string
  cause?: PlainFault
}

/** What drivers and checkers hang on a fault (the row, the value, the body) stays out. */
function plainFault(fault: unknown, depth = 0): PlainFault | string {
  if (!(fault instanceof Error)) return typeof fault
  const { name, message, stack, cause } = fault
  const code = 'code' in fault && typeof fault.code === 'string' ? { code: fault.code } : {}
  return {
    ...{ type: name, message: short(message), ...code },
    ...(stack !== undefined && depth === 0 && { stack: framesOf(stack) }),
    ...(cause instanceof Error && depth < 3 && { cause: plainFault(cause, depth + 1) as PlainFault }),
  }
}

/** Where it was, without the message it begins with. */
const framesOf = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .join('\n')

/** A message may quote what it did not like. */
const short = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text)

/** What stands in the path after these is a resident's private link, or a source's key. */
const withoutLink = (path: string | undefined): string | undefined =>
  path && withoutKey(path.replace(/^(\/api\/resident\/cases\/|\/open311\/v2\/tokens\/)[^/]+/, '$1…'))

const path = ({ url }: { url?: string | undefined }): string | undefined => withoutLink(url?.split('?')[0])

/** What every page fetches says nothing of anybody. */
const dull = /^\/(assets|sounds)\/|^\/(healthz|readyz|metrics|icon\.svg)$/

type Asked = Pick<IncomingMessage, 'headers'> & { id: unknown }

interface RequestNeeds {
  newId: () => string
  viewerOf: ViewerOf
}

/**
 * A request that went well is nobody's news on the screen; in the files it stands with who asked. The address of a wall's link is a
 * key: only the path is kept, and of a resident's not that.
 */
export function logRequests(log: Log, { newId, viewerOf }: RequestNeeds) {
  const about = (req: Asked) => ({ event: 'request', request: req.id, who: viewerOf(req)?.personId })
  return pinoHttp({
    logger: log,
    genReqId: () => newId(),
    autoLogging: { ignore: ({ url = '' }) => dull.test(url.split('?')[0] ?? '') },
    customLogLevel: (_req, res, fault) => (fault || res.statusCode >= 500 ? 'error' : 'debug'),
    customSuccessObject: (req, _res, value) => ({ ...value, ...about(req) }),
    customErrorObject: (req, _res, _fault, value) => ({ ...value, ...about(req) }),
    serializers: {
      err: plainFault,
      req: (req: { method: string; url: string }) => ({ method: req.method, path: path(req) }),
      res: (res: { statusCode: number }) => ({ status: res.statusCode }),
    },
  })
}
