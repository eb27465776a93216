// How the process itself is, for whoever keeps the machine running: asked by the machine's own address, never by a street's.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { AggregatorRegistry, Registry, collectDefaultMetrics } from 'prom-client'
import { openProcessGauges } from './process-gauges.ts'
import type { Street } from './street.ts'

interface SystemOpsNeeds {
  /** By its code; null where it is not up. */
  streets: () => ReadonlyMap<string, Pick<Street, 'desk' | 'meters' | 'health'> | null>
  overload: number
  onFault: (fault: unknown) => void
}

/** Gives back true where the address was one of these and is answered. */
export function openSystemOps({ streets, overload, onFault }: SystemOpsNeeds) {
  const process = new Registry()
  collectDefaultMetrics({ register: process })
  openProcessGauges(process)

  /** To this machine alone: what does not go, in which street. */
  function notWell() {
    const of = [...streets()].flatMap(([id, street]) => {
      const parts = street?.health().parts.filter(({ state }) => state !== 'ok') ?? []
      return parts.length > 0 ? [[id, parts] as const] : []
    })
    return of.length > 0 ? { parts: Object.fromEntries(of) } : {}
  }

  function ready(req: IncomingMessage, res: ServerResponse): void {
    const all = [...streets().values()]
    const are = all.filter((one) => one?.desk.inStep() && one.desk.waiting() < overload)
    const isReady = are.length === all.length
    json(res, isReady ? 200 : 503, {
      ...{ ready: isReady, streets: all.length, notReady: all.length - are.length },
      ...(isLocal(req) && notWell()),
    })
  }

  async function metrics(res: ServerResponse): Promise<void> {
    const ofStreets = [...streets()].flatMap(([id, street]) => (street ? [labelled(id, street)] : []))
    const all = await Promise.all([process.getMetricsAsJSON(), ...ofStreets])
    const text = await AggregatorRegistry.aggregate(all).metrics()
    res.writeHead(200, { 'content-type': process.contentType, 'cache-control': 'no-store' }).end(text)
  }

  return {
    answer(req: IncomingMessage, res: ServerResponse): boolean {
      if (req.method !== 'GET') return false
      switch (req.url) {
        case '/healthz':
          json(res, 200, { alive: true })
          return true
        case '/readyz':
          ready(req, res)
          return true
        case '/metrics':
          if (!isLocal(req)) return false
          metrics(res).catch((fault: unknown) => {
            onFault(fault)
            res.destroy()
          })
          return true
        default:
          return false
      }
    },
    close: () => process.clear(),
  }
}

/** Each figure under its street: added up, they would hide the one that is behind. */
async function labelled(street: string, { meters }: Pick<Street, 'meters'>) {
  const all = await meters.getMetricsAsJSON()
  return all.map((metric) => ({
    ...metric,
    values: metric.values.map((value) => ({ ...value, labels: { ...value.labels, street } })),
  }))
}

const json = (res: ServerResponse, status: number, said: unknown): void =>
  void res
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(said))

/** A collector on this machine, and not somebody whom a proxy on this machine lets through. */
const isLocal = ({ headers, socket }: IncomingMessage): boolean =>
  headers['x-forwarded-for'] === undefined &&
  ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(socket.remoteAddress ?? '')
