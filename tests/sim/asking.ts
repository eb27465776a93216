// A request into the server's own doors without a socket: its body in one piece, its answer whole.
import { IncomingMessage, ServerResponse } from 'node:http'
import type { Server } from 'node:http'
import { Socket } from 'node:net'

export interface Asked {
  method: 'GET' | 'POST'
  url: string
  headers?: Record<string, string>
  body?: unknown
}

export interface Answered {
  status: number
  text: string
}

/** Resolves with the answer; never, where there is none. */
export function ask(server: Server, { method, url, headers = {}, body }: Asked): Promise<Answered> {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: '10.0.0.7' })
  const req = new IncomingMessage(socket)
  const text = body === undefined ? '' : JSON.stringify(body)
  Object.assign(req, { method, url, httpVersion: '1.1', httpVersionMajor: 1, httpVersionMinor: 1 })
  req.headers = { host: 'sanping.sim', ...headers }
  if (body !== undefined) {
    req.headers['content-type'] = 'application/json'
    req.headers['content-length'] = String(Buffer.byteLength(text))
    req.push(text)
  }
  req.push(null)
  const res = new ServerResponse(req)
  return new Promise((answered) => {
    const parts: string[] = []
    const keep = (part: unknown) => {
      if (typeof part === 'string' || part instanceof Uint8Array) parts.push(Buffer.from(part as string).toString())
    }
    res.write = ((part: unknown) => {
      keep(part)
      return true
    }) as typeof res.write
    res.end = ((part?: unknown) => {
      keep(part)
      answered({ status: res.statusCode, text: parts.join('') })
      res.emit('finish')
      return res
    }) as typeof res.end
    server.emit('request', req, res)
  })
}
