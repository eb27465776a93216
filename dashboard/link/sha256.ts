// The hash a picture goes by. `crypto.subtle` exists only on https; on plain HTTP inside the office the phone reckons it itself (FIPS 180-4).
import type { EvidenceId } from '#contract/ids'

export async function sha256(bytes: Uint8Array<ArrayBuffer>, subtle: SubtleCrypto | undefined): Promise<EvidenceId> {
  const digest = subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : digestOf(bytes)
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') as EvidenceId
}

/** The first 32 bits of the fractional part of a root of each of the first primes. */
const primes = Array.from({ length: 312 }, (_, n) => n).filter((n) => n > 1 && !hasDivisor(n))
const fraction = (root: number) => ((root - Math.floor(root)) * 2 ** 32) | 0
const rounds = primes.slice(0, 64).map((prime) => fraction(Math.cbrt(prime)))
const start = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)))

function hasDivisor(n: number): boolean {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return true
  return false
}

const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by))

export function digestOf(bytes: Uint8Array): Uint8Array {
  const view = new DataView(padded(bytes).buffer)
  const state = Int32Array.from(start)
  const words = new Int32Array(64)
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 16; i++) words[i] = view.getInt32(block + 4 * i)
    for (let i = 16; i < 64; i++) words[i] = stretched(words, i)
    compress(state, words)
  }
  const digest = new DataView(new ArrayBuffer(32))
  state.forEach((word, i) => digest.setInt32(4 * i, word))
  return new Uint8Array(digest.buffer)
}

/** A one bit, zeroes, and the length in bits, to a whole number of blocks. */
function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64)
  whole.set(bytes)
  whole[bytes.length] = 0x80
  const view = new DataView(whole.buffer)
  view.setUint32(whole.length - 8, Math.floor(bytes.length / 2 ** 29))
  view.setUint32(whole.length - 4, (bytes.length * 8) >>> 0)
  return whole
}

function stretched(words: Int32Array, i: number): number {
  const [near, far] = [words[i - 2]!, words[i - 15]!]
  const small = turn(far, 7) ^ turn(far, 18) ^ (far >>> 3)
  const large = turn(near, 17) ^ turn(near, 19) ^ (near >>> 10)
  return words[i - 16]! + small + words[i - 7]! + large
}

function compress(state: Int32Array, words: Int32Array) {
  let [a, b, c, d, e, f, g, h] = [...state] as [number, number, number, number, number, number, number, number]
  for (let i = 0; i < 64; i++) {
    const choice = (e & f) ^ (~e & g)
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + rounds[i]! + words[i]!) | 0
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    ;[a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g]
  }
  ;[a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = state[i]! + word))
}
