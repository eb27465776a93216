// Whole SIP messages out of a stream of bytes: parted by Content-Length, however the network tore and glued them (RFC 3261 18.3).
import { bodyAt, lengthOf, mostBodyBytes, mostHeadBytes, readHead } from './sip-message.ts'

export interface Frames {
  messages: Buffer[]
  /** An empty double line: somebody keeps the line alive and waits for one back (RFC 5626). */
  pings: number
  /** The stream can no longer be followed: answer what is there, then hang up. */
  lost: { head: Buffer; why: 'no-head' | 'no-length' | 'too-large' } | null
}

interface Framer {
  push(bytes: Buffer): Frames
  /** Whether a message has begun and not ended. */
  inside(): boolean
}

export function openFramer(): Framer {
  let pieces: Buffer[] = []
  let size = 0
  /** Known once the head is whole: not before is it worth putting the pieces together. */
  let wanted = 0

  function together(): Buffer {
    const whole = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
    pieces = [whole]
    return whole
  }
  function keep(rest: Buffer): void {
    pieces = rest.length > 0 ? [rest] : []
    size = rest.length
    wanted = 0
  }

  return {
    push(bytes) {
      const frames: Frames = { messages: [], pings: 0, lost: null }
      pieces.push(bytes)
      size += bytes.length
      while (size > 0 && size >= wanted) {
        const next = nextOf(together())
        if ('lost' in next) {
          frames.lost = next.lost
          keep(Buffer.alloc(0))
          break
        }
        if ('waits' in next) {
          wanted = next.waits
          break
        }
        if (next.message) frames.messages.push(next.message)
        frames.pings += next.pings
        keep(next.rest)
      }
      return frames
    },
    inside: () => size > 0,
  }
}

type Next =
  { message: Buffer | null; pings: number; rest: Buffer } | { waits: number } | { lost: NonNullable<Frames['lost']> }

function nextOf(bytes: Buffer): Next {
  let from = 0
  while (bytes[from] === 0x0d || bytes[from] === 0x0a) from++
  if (from > 0) return { message: null, pings: Math.floor(from / 4), rest: bytes.subarray(from) }
  const at = bodyAt(bytes)
  if (at === -1 || at > mostHeadBytes)
    return bytes.length > mostHeadBytes
      ? { lost: { head: bytes.subarray(0, mostHeadBytes), why: 'no-head' } }
      : { waits: bytes.length + 1 }
  const head = bytes.subarray(0, at)
  const length = lengthOf(readHead(head)?.headers ?? [])
  if (length === null || length === 'wrong') return { lost: { head, why: 'no-length' } }
  if (length > mostBodyBytes) return { lost: { head, why: 'too-large' } }
  if (bytes.length < at + length) return { waits: at + length }
  return { message: bytes.subarray(0, at + length), pings: 0, rest: bytes.subarray(at + length) }
}
