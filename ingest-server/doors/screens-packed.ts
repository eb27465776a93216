// The screens' scripts and styles, zipped once when they are first asked for: a phone on a weak line waits for every byte.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import type { RequestHandler } from 'express'

const zip = promisify(gzip)
const asset = /^\/([\w-]+(?:\.[\w-]+)*\.(js|css))$/
const types = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' } as const

/** For a folder whose files carry their hash in their names. What cannot be zipped goes on to the next. */
export function openPacked(folder: string): RequestHandler {
  const packed = new Map<string, Promise<Buffer | null>>()
  const pack = (name: string): Promise<Buffer | null> =>
    readFile(join(folder, name)).then(
      (bytes) => zip(bytes, { level: constants.Z_BEST_COMPRESSION }),
      () => null,
    )
  const find = (name: string): Promise<Buffer | null> => {
    const found = packed.get(name) ?? pack(name)
    packed.set(name, found)
    return found
  }

  return (req, res, next) => {
    const [, name, ending] = asset.exec(req.path) ?? []
    if (!name || !ending || req.method !== 'GET' || req.acceptsEncodings('gzip') !== 'gzip') return next()
    find(name)
      .then((bytes) => {
        if (bytes) return sendPacked(bytes)
        // Not remembered: else anybody could fill the memory with names of what is not there.
        packed.delete(name)
        next()
      })
      .catch(next)

    function sendPacked(bytes: Buffer): void {
      res.set({
        'Cache-Control': 'public, max-age=31536000, immutable',
        'Content-Type': types[ending as keyof typeof types],
        'Content-Encoding': 'gzip',
        'Content-Length': String(bytes.length),
        Vary: 'Accept-Encoding',
      })
      res.end(bytes)
    }
  }
}
