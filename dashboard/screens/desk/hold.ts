// Ten seconds to think again: a wish that ends or sends back a case is held before it leaves the device.
// One at a time: a newer wish sends the older one, a reload sends it too, and U takes it back.
import type { CaseId, Instant } from '#contract/ids'
import type { PersonWish } from '#contract/command'

const holdFor = 10_000

const heldTypes = ['void', 'close', 'return', 'dispatch', 'approve', 'unshelve', 'resume'] as const
/** What ends or sends back a case; and whatever was wished by drawing a row aside, where a slip is easy. */
export type HeldWish = Extract<PersonWish, { type: (typeof heldTypes)[number] }>

export interface Held {
  wish: HeldWish
  /** The case as the foot names it. */
  title: string
  until: Instant
}

/** Where a held wish outlives a reload: sessionStorage on a screen, a Map in a test. */
export interface HoldShelf {
  read(): string | null
  write(text: string | null): void
}

export interface Hold {
  held(): Held | null
  heldFor(caseId: CaseId): boolean
  put(wish: HeldWish, title: string): void
  undo(): Held | null
  /** Sends what has waited long enough. Called as the screen's clock moves. */
  tick(): void
}

export function openHold(given: {
  shelf: HoldShelf
  now: () => Instant
  send: (wish: HeldWish) => void
  changed: () => void
}): Hold {
  let current: Held | null = null

  const set = (next: Held | null) => {
    current = next
    given.shelf.write(next && JSON.stringify(next))
    given.changed()
  }
  const commit = () => {
    if (!current) return
    const { wish } = current
    set(null)
    given.send(wish)
  }

  // Left by a page that was reloaded: it goes out with the first tick.
  current = heldBefore(given.shelf.read())

  return {
    held: () => current,
    heldFor: (caseId) => current?.wish.caseId === caseId,
    put(wish, title) {
      commit()
      set({ wish, title, until: given.now() + holdFor })
    },
    undo() {
      const undone = current
      if (undone) set(null)
      return undone
    },
    tick() {
      if (current && given.now() >= current.until) commit()
    },
  }
}

/** Null for what is not whole: a wish that ends a case is never guessed at. */
function heldBefore(text: string | null): Held | null {
  if (text === null) return null
  try {
    const { wish, title } = JSON.parse(text) as Partial<Held>
    const isWhole =
      typeof wish?.caseId === 'string' && heldTypes.some((type) => type === wish.type) && typeof title === 'string'
    return isWhole ? { wish, title, until: 0 } : null
  } catch {
    // Cut off in mid-write: the case simply stays open.
    return null
  }
}
