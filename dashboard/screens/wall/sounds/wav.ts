// Notes made into a WAV file: 16 bits, one channel, 8,000 samples a second. The same notes and the same seed give the same bytes.
import type { Note } from './clips.ts'

export const rate = 8_000
/** No click at a note's ends. */
const ramp = 0.008
/** A breath of noise at each note's beginning: by it the ear finds where a sound comes from. */
const breath = { seconds: 0.025, loud: 0.12 }
/** Of what 16 bits hold. */
const peak = 0.85

export function samplesOf(notes: readonly Note[], seed: number): Float64Array {
  const chance = chanceFrom(seed)
  const length = Math.ceil(Math.max(...notes.map(({ at, seconds }) => at + seconds)) * rate)
  const samples = new Float64Array(length)
  for (const note of notes) {
    const whole = note.partials.reduce((sum, loud) => sum + loud, 0)
    const first = Math.round(note.at * rate)
    const last = Math.min(length, first + Math.round(note.seconds * rate))
    for (let i = first; i < last; i++) {
      const t = (i - first) / rate
      const tone = note.partials.reduce(
        (sum, loud, k) => sum + loud * Math.sin(2 * Math.PI * note.hertz * (k + 1) * t),
        0,
      )
      const noise = t < breath.seconds ? breath.loud * (1 - t / breath.seconds) * (chance() * 2 - 1) : 0
      samples[i] = (samples[i] ?? 0) + note.loud * envelope(note, t) * (tone / whole + noise)
    }
  }
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  const asked = Math.max(...notes.map(({ loud }) => loud))
  return samples.map((sample) => (sample / loudest) * peak * asked)
}

function envelope({ seconds, shape }: Note, t: number): number {
  const ends = Math.min(1, t / ramp, (seconds - t) / ramp)
  return shape === 'held' ? ends : ends * Math.exp((-5 * t) / seconds)
}

export function wavOf(notes: readonly Note[], seed: number): Uint8Array {
  const samples = samplesOf(notes, seed)
  const bytes = new Uint8Array(44 + samples.length * 2)
  const view = new DataView(bytes.buffer)
  const write = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at)
  write(0, 'RIFF')
  view.setUint32(4, bytes.length - 8, true)
  write(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  write(36, 'data')
  view.setUint32(40, samples.length * 2, true)
  samples.forEach((sample, i) => view.setInt16(44 + i * 2, Math.round(sample * 32_767), true))
  return bytes
}

/** mulberry32: small, and the same on every machine. */
function chanceFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
