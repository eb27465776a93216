// A short alarm made on the spot, because a kiosk has no voice and a file may not come. It asks the browser first: without a touch or a permit it stays silent and says so.
export interface Alarm {
  /** False where the browser has not let us make a sound yet. */
  ring: () => boolean
  close: () => void
}

type Tone = { at: number; hertz: number; seconds: number }
/** Three falling pairs: told from a telephone and from a fire bell across a room. */
const tones: readonly Tone[] = [0, 0.55, 1.1].flatMap((at) => [
  { at, hertz: 880, seconds: 0.22 },
  { at: at + 0.25, hertz: 660, seconds: 0.22 },
])

export function openAlarm(Audio: typeof AudioContext = AudioContext): Alarm {
  const audio = new Audio()
  const wake = (): void => void audio.resume()
  addEventListener('pointerdown', wake)
  addEventListener('keydown', wake)
  return {
    ring() {
      if (audio.state !== 'running') {
        wake()
        return false
      }
      for (const tone of tones) sound(audio, tone)
      return true
    },
    close() {
      removeEventListener('pointerdown', wake)
      removeEventListener('keydown', wake)
      void audio.close()
    },
  }
}

function sound(audio: AudioContext, { at, hertz, seconds }: Tone): void {
  const start = audio.currentTime + at
  const tone = audio.createOscillator()
  const loud = audio.createGain()
  tone.type = 'triangle'
  tone.frequency.value = hertz
  loud.gain.setValueAtTime(0, start)
  loud.gain.linearRampToValueAtTime(0.5, start + 0.02)
  loud.gain.exponentialRampToValueAtTime(0.001, start + seconds)
  tone.connect(loud).connect(audio.destination)
  tone.start(start)
  tone.stop(start + seconds)
}
