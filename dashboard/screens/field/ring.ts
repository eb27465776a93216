// A call on the phone: it shakes and sounds once a call, and is still the moment it is answered by anybody.
import { useDevice } from '../../stores/device.ts'
import type { Call } from './calls.ts'

export interface Ringer {
  shake(pattern: number[]): void
  sound(): void
}

/** Long, long, long for level I; short twice for level II. */
const patterns = { 1: [600, 200, 600, 200, 600], 2: [250, 150, 250] } as const

/** Told all calls as they stand, it rings for those it has not rung for. */
export function openRing(ringer: Ringer): (calls: readonly Call[]) => void {
  const rung = new Set<string>()
  return (calls) => {
    const fresh = calls.filter((call) => !rung.has(call.key))
    for (const call of fresh) rung.add(call.key)
    const worst = fresh[0]
    if (!worst) {
      if (calls.length === 0) ringer.shake([])
      return
    }
    ringer.shake([...patterns[worst.level === 1 ? 1 : 2]])
    if (worst.level === 1) ringer.sound()
  }
}

/** Browsers let a page shake and sound only after it was touched once: until then what stands on it must do. */
export const browserRinger: Ringer = {
  shake: (pattern) => useDevice().host?.vibrate(pattern),
  sound() {
    if (!('AudioContext' in window) || navigator.userActivation?.hasBeenActive === false) return
    const audio = new AudioContext()
    const [tone, volume] = [audio.createOscillator(), audio.createGain()]
    tone.type = 'square'
    tone.frequency.setValueAtTime(880, audio.currentTime)
    tone.frequency.setValueAtTime(660, audio.currentTime + 0.35)
    volume.gain.setValueAtTime(0.2, audio.currentTime)
    tone.connect(volume).connect(audio.destination)
    tone.start()
    tone.stop(audio.currentTime + 0.9)
    tone.onended = () => void audio.close()
  },
}
