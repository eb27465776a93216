// One listening server before many streets: whoever asks is given to the street whose host they name, and to no other.
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import { hostIn } from './host-name.ts'

export interface FrontNeeds {
  /** The un-listened server of the street that has this host; `null`: it has one, and is not up. */
  streetOf: (host: string) => Server | null | undefined
  /** How the process itself is; true where it answered. */
  own: (req: IncomingMessage, res: ServerResponse) => boolean
}

/** Never `X-Forwarded-Host`: a proxy passes the host on as it was asked for. */
const hostOf = ({ headersDistinct, url = '' }: IncomingMessage): string | null =>
  hostIn({ hosts: headersDistinct.host, target: url })

/** By an address the machine is meant, never a street. */
const isMachine = (host: string): boolean => host === 'localhost' || isIP(host) !== 0

const nobody = {
  status: 404,
  line: '404 Not Found',
  words: '这个网址上没有街道，请核对网址。\nThere is no street at this address: check it.\n',
}
const resting = {
  status: 503,
  line: '503 Service Unavailable',
  words: '这里暂时没有打开，请稍后再来。\nIt is not open for the moment: come again later.\n',
}

export function openFront({ streetOf, own }: FrontNeeds): Server {
  const server = createServer()

  server.on('request', (req: IncomingMessage, res: ServerResponse) => {
    const host = hostOf(req)
    const street = host === null ? undefined : streetOf(host)
    if (street) return void street.emit('request', req, res)
    if (host !== null && isMachine(host) && own(req, res)) return
    const { status, words } = street === null ? resting : nobody
    // What is still being sent is not read by anybody.
    res.writeHead(status, { ...plain, connection: 'close', ...(street === null && { 'retry-after': '5' }) }).end(words)
  })

  server.on('upgrade', (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    const host = hostOf(req)
    const street = host === null ? undefined : streetOf(host)
    if (street) return void street.emit('upgrade', req, socket, head)
    const { line } = street === null ? resting : nobody
    socket.on('error', () => socket.destroy())
    socket.end(`HTTP/1.1 ${line}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
  })

  return server
}

const plain = {
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
}
