// A request of the house to itself, by the host of one of its streets: `fetch` may name no other host than the address it goes to.
import { request } from 'node:http'
import { Readable } from 'node:stream'

const bodiless = new Set([204, 304])

/** Like `fetch` with a plain address, plain headers and a body in one piece. */
export const fetchAs =
  (host: string): typeof fetch =>
  (address, { method = 'GET', headers, body, signal } = {}) =>
    new Promise((answered, failed) => {
      const named = Object.fromEntries(new Headers(headers))
      const asking = request(
        new URL(String(address)),
        { method, headers: { ...named, host, connection: 'close' }, ...(signal && { signal }) },
        (answer) => {
          const status = answer.statusCode ?? 502
          const said = new Headers()
          for (const [name, values = []] of Object.entries(answer.headersDistinct))
            for (const value of values) said.append(name, value)
          if (bodiless.has(status)) answer.resume()
          const stream = bodiless.has(status) ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>)
          answered(new Response(stream, { status, headers: said }))
        },
      )
      asking.once('error', failed)
      asking.end(body === undefined || body === null ? undefined : (body as string | Uint8Array))
    })
