// The four sounds of the wall, as notes. Told apart by rhythm and direction, not by loudness alone: falling and hurried is worst, one soft bell is least.

export const clipNames = ['alarm1', 'alarm2', 'soft', 'ack'] as const
/** What chance there is in them begins here. */
export const seed = 20_261_121
export type ClipName = (typeof clipNames)[number]

export interface Note {
  /** Seconds. */
  at: number
  seconds: number
  hertz: number
  /** 0 to 1, of what the clip may be. */
  loud: number
  /** How much of each partial, the first being the note itself: few are round, many are sharp. */
  partials: readonly number[]
  /** `held` keeps its loudness, as a horn; `struck` fades, as a bell. */
  shape: 'held' | 'struck'
}

const horn = [1, 0.55, 0.35, 0.2]
const bell = [1, 0.3, 0.12]
const block = [1, 0.12]

/** Every voice below 4 kHz: heard by old ears, and carried by a wall's small speakers. */
export const clips: Record<ClipName, readonly Note[]> = {
  // Three falling pairs, hurried: told from a telephone and from a fire bell across a room.
  alarm1: [0, 0.5, 1].flatMap((at): Note[] => [
    { at, seconds: 0.22, hertz: 880, loud: 1, partials: horn, shape: 'held' },
    { at: at + 0.24, seconds: 0.22, hertz: 660, loud: 1, partials: horn, shape: 'held' },
  ]),
  // Two notes that rise, once: look up, but do not run.
  alarm2: [
    { at: 0, seconds: 0.35, hertz: 587.33, loud: 0.9, partials: bell, shape: 'struck' },
    { at: 0.3, seconds: 0.55, hertz: 783.99, loud: 0.9, partials: bell, shape: 'struck' },
  ],
  // One low bell.
  soft: [{ at: 0, seconds: 0.6, hertz: 392, loud: 0.6, partials: bell, shape: 'struck' }],
  // Two dry knocks, the second higher: heard and written down.
  ack: [
    { at: 0, seconds: 0.09, hertz: 660, loud: 0.6, partials: block, shape: 'struck' },
    { at: 0.12, seconds: 0.14, hertz: 990, loud: 0.6, partials: block, shape: 'struck' },
  ],
}

export const fileOf = (name: ClipName): string => `/sounds/${name}.wav`
export const secondsOf = (name: ClipName): number => Math.max(...clips[name].map(({ at, seconds }) => at + seconds))
