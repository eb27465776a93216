// The wall's loudspeaker: fetches the sounds once, plays one when told to, and always knows why it would be silent.
import { ref, type Ref } from 'vue'
import { clipNames, fileOf, type ClipName } from './sounds/clips.ts'

/** `coming`: asked for and not yet here. `refused`: the browser wants a touch or a flag first. `missing`: a sound did not come. `none`: it has no sound at all. */
export type SpeakerState = 'coming' | 'ready' | 'refused' | 'missing' | 'none'

export interface SpeakerWorld {
  fetch: typeof globalThis.fetch
  /** Null where the browser has none. */
  audio: (() => AudioContext) | null
  every: (ms: number, run: () => void) => () => void
  /** A hand at the wall: what a browser asks for before it lets a page be heard. */
  onTouch: (run: () => void) => () => void
}

export interface Speaker {
  state: Readonly<Ref<SpeakerState>>
  /** `loudness` 0 to 1. False where it could not be heard. */
  play: (clip: ClipName, loudness: number) => boolean
  close: () => void
}

const again = 30_000

export function openSpeaker({ fetch, audio: open, every, onTouch }: SpeakerWorld): Speaker {
  const audio = open?.() ?? null
  const state = ref<SpeakerState>(audio ? 'coming' : 'none')
  if (!audio) return { state, play: () => false, close: () => {} }

  const sounds = new Map<ClipName, AudioBuffer>()
  let wasAsked = false
  const look = () => {
    const come = sounds.size === clipNames.length ? 'ready' : wasAsked ? 'missing' : 'coming'
    state.value = audio.state === 'running' ? come : 'refused'
  }
  const wake = () => void audio.resume().then(look, look)
  async function load(): Promise<void> {
    for (const name of clipNames) {
      if (sounds.has(name)) continue
      try {
        const answer = await fetch(fileOf(name))
        if (!answer.ok) continue
        sounds.set(name, await audio!.decodeAudioData(await answer.arrayBuffer()))
      } catch (cause) {
        console.warn(new Error(`the sound ${name} has not come`, { cause }))
      }
    }
    wasAsked = true
    look()
  }
  audio.addEventListener('statechange', look)
  const stops = [
    onTouch(() => audio.state !== 'running' && wake()),
    every(again, () => sounds.size < clipNames.length && void load()),
  ]
  look()
  void load()

  return {
    state,
    play(clip, loudness) {
      const sound = sounds.get(clip)
      if (audio.state !== 'running') wake()
      if (!sound || audio.state !== 'running') return false
      const [source, loud] = [audio.createBufferSource(), audio.createGain()]
      source.buffer = sound
      loud.gain.value = loudness
      source.connect(loud).connect(audio.destination)
      // What has been played is let go of: a wall plays for months.
      source.onended = () => loud.disconnect()
      source.start()
      return true
    },
    close() {
      stops.forEach((stop) => stop())
      audio.removeEventListener('statechange', look)
      void audio.close()
    },
  }
}
