// What a wall that runs for months needs of its browser, in one place, so that a test can be the browser.
import { attempt } from './attempt.ts'
import type { Heap } from './watchdog.ts'

export interface WallWorld {
  /** This device's clock. */
  now: () => number
  every: (ms: number, run: () => void) => () => void
  fetch: typeof globalThis.fetch
  audio: (() => AudioContext) | null
  /** A hand on the glass, the mouse or the keys. */
  onTouch: (run: () => void) => () => void
  onKey: (run: (key: KeyboardEvent) => void) => () => void
  /** Kept on this device over a reload; a browser that forbids it keeps nothing. */
  shelf: { read: (name: string) => unknown; write: (name: string, what: unknown) => void }
  heap: () => Heap | null
  reload: () => void
  /** The page itself: its tokens, its skin, where it stands on the glass. */
  root: HTMLElement
  frame: HTMLElement
}

const shelfName = (name: string) => `sanping.wall.${name}`

export function browserWall(): WallWorld {
  return {
    now: Date.now,
    every(ms, run) {
      const timer = setInterval(run, ms)
      return () => clearInterval(timer)
    },
    fetch: (...asked) => fetch(...asked),
    audio: 'AudioContext' in globalThis ? () => new AudioContext() : null,
    onTouch(run) {
      const kinds = ['pointerdown', 'pointermove', 'keydown'] as const
      for (const kind of kinds) addEventListener(kind, run, { capture: true, passive: true })
      return () => kinds.forEach((kind) => removeEventListener(kind, run, { capture: true }))
    },
    onKey(run) {
      addEventListener('keydown', run)
      return () => removeEventListener('keydown', run)
    },
    shelf: {
      read: (name) =>
        attempt(() => {
          const text = localStorage.getItem(shelfName(name))
          return text === null ? null : (JSON.parse(text) as unknown)
        }),
      write: (name, what) => void attempt(() => localStorage.setItem(shelfName(name), JSON.stringify(what))),
    },
    heap() {
      // Chromium's own, rounded; elsewhere nobody knows.
      const { memory } = performance as { memory?: { usedJSHeapSize: number; jsHeapSizeLimit: number } }
      return memory ? { used: memory.usedJSHeapSize, limit: memory.jsHeapSizeLimit } : null
    },
    reload: () => location.reload(),
    root: document.documentElement,
    frame: document.getElementById('screen') ?? document.body,
  }
}
