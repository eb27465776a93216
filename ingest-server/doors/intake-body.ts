// A request's body, whole and as it came, within a limit of our own.
import type { IncomingMessage } from 'node:http'

/** Past the limit the rest is read and thrown away up to this many times the limit, so that the sender gets to read why. */
const patience = 4

/** `gone`: the sender went away in the middle; there is nobody to answer. */
export function readBody(req: IncomingMessage, most: number): Promise<Buffer | 'too-large' | 'gone'> {
  const declared = Number(req.headers['content-length'] ?? 0)
  return new Promise((resolve) => {
    if (declared > most * patience) return resolve('too-large')
    const pieces: Buffer[] = []
    let size = 0
    req.on('data', (piece: Buffer) => {
      size += piece.length
      if (size <= most) return void pieces.push(piece)
      pieces.length = 0
      if (size <= most * patience) return
      req.pause()
      resolve('too-large')
    })
    req.on('end', () => {
      if (size > most) return resolve('too-large')
      resolve(pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces))
    })
    req.on('error', () => resolve('gone'))
    req.on('close', () => resolve('gone'))
  })
}
