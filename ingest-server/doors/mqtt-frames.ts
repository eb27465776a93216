// How long a message may be, seen before it is held in memory: the bytes of a connection on their way to the broker.

/** `too-large`: a packet that carries no message and yet is long. `not-mqtt`: it does not begin as MQTT does. */
export type Cut = 'too-large' | 'not-mqtt'

export interface Frames {
  /** What of these bytes goes on, or why the connection must end. */
  pass(chunk: Buffer): Buffer[] | Cut
}

const connect = 1
const publish = 3

/**
 * A message longer than `most` bytes is cut to one byte more than that: its length alone says so to whoever reads it. What is
 * cut away is never in memory. To hang up instead would be no answer: a sender that keeps its messages would send it for ever.
 */
export function openFrames({ most, mostOther }: { most: number; mostOther: number }): Frames {
  let begun = false
  let head: Buffer = Buffer.alloc(0)
  let left = 0
  let skip = 0

  function pass(chunk: Buffer): Buffer[] | Cut {
    const bytes = head.length > 0 ? Buffer.concat([head, chunk]) : chunk
    head = Buffer.alloc(0)
    const out: Buffer[] = []
    let from = 0
    let at = 0
    const push = (to: number) => {
      if (to > from) out.push(bytes.subarray(from, to))
    }
    while (at < bytes.length) {
      if (left > 0) {
        const here = Math.min(left, bytes.length - at)
        at += here
        left -= here
        continue
      }
      if (skip > 0) {
        push(at)
        const here = Math.min(skip, bytes.length - at)
        at += here
        skip -= here
        from = at
        continue
      }
      const length = lengthAt(bytes, at + 1)
      if (length === 'not-mqtt') return length
      if (length === 'not-yet') {
        head = Buffer.from(bytes.subarray(at))
        push(at)
        return out
      }
      const first = bytes[at]!
      const type = first >> 4
      if (!begun && type !== connect) return 'not-mqtt'
      begun = true
      left = length.value
      if (length.value > (type === publish ? most : mostOther)) {
        if (type !== publish) return 'too-large'
        push(at)
        out.push(Buffer.from([first, ...lengthOf(most + 1)]))
        from = at + 1 + length.bytes
        left = most + 1
        skip = length.value - left
      }
      at += 1 + length.bytes
    }
    push(at)
    return out
  }
  return { pass }
}

/** Seven bits a byte, the lowest first, at most four of them. */
function lengthAt(bytes: Buffer, at: number): { value: number; bytes: number } | 'not-yet' | 'not-mqtt' {
  let value = 0
  for (let nth = 0; nth < 4; nth++) {
    const byte = bytes[at + nth]
    if (byte === undefined) return 'not-yet'
    value += (byte & 0x7f) * 128 ** nth
    if (byte < 0x80) return { value, bytes: nth + 1 }
  }
  return 'not-mqtt'
}

function lengthOf(value: number): number[] {
  const rest = Math.floor(value / 128)
  return rest > 0 ? [(value % 128) | 0x80, ...lengthOf(rest)] : [value]
}
