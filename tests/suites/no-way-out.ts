// A watch on this process: whatever would leave the machine is turned back and written down.
import dns from 'node:dns'
import { Socket } from 'node:net'

const ownNames = new Set(['localhost', '127.0.0.1', '::1', '::ffff:127.0.0.1'])

/** Names that were asked for and addresses that were connected to, none of them this machine. Give back `close`. */
export function noWayOut(): { tried: string[]; close(): void } {
  const tried: string[] = []
  const { lookup, resolve4, resolve6, resolve } = dns
  const connect = Socket.prototype.connect

  const forbidden = (name: unknown): boolean => {
    if (typeof name !== 'string' || ownNames.has(name)) return false
    tried.push(name)
    return true
  }
  const asks = (real: (...given: never[]) => unknown) =>
    function (...given: unknown[]) {
      if (!forbidden(given[0])) return real(...(given as never[]))
      const answer = given.at(-1) as (fault: Error) => void
      setImmediate(() => answer(new Error(`nothing leaves this machine: ${String(given[0])}`)))
    }
  Object.assign(dns, {
    ...{ lookup: asks(lookup), resolve4: asks(resolve4), resolve6: asks(resolve6), resolve: asks(resolve) },
  })
  Socket.prototype.connect = function (this: Socket, ...given: unknown[]) {
    const [first] = [given[0]].flat() as ({ host?: unknown } | number)[]
    const host = typeof first === 'object' ? first.host : given[1]
    if (forbidden(host)) return this.destroy(new Error(`nothing leaves this machine: ${String(host)}`))
    return connect.apply(this, given as never)
  } as typeof connect

  return {
    tried,
    close() {
      Object.assign(dns, { lookup, resolve4, resolve6, resolve })
      Socket.prototype.connect = connect
    },
  }
}
