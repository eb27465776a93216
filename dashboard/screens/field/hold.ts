// Pressed and held until it counts: one finger or one key, without a break; let go, moved off or joined by a second finger it never was. Pure but for the clock it is given.
export interface HoldWorld {
  now(): number
  /** Runs again and again; gives back its stop. */
  every(ms: number, run: () => void): () => void
  /** How far it has come, 0 to 1; null while nothing is held. */
  show(part: number | null): void
  done(): void
}

/** A finger that slides this far, in pixels, does not mean the button. */
const slipPixels = 40
const tickMs = 50

export interface Hold {
  press(by: string | number, at?: readonly [x: number, y: number]): void
  move(by: string | number, at: readonly [x: number, y: number]): void
  release(): void
}

/** A pocket presses with a broad face and rubs about: both end it. */
export function openHold(ms: number, world: HoldWorld): Hold {
  let held: { by: string | number; at: readonly [number, number]; since: number } | null = null
  let stop = () => {}

  function release() {
    stop()
    stop = () => {}
    if (held) world.show(null)
    held = null
  }
  function tick() {
    if (!held) return
    const part = (world.now() - held.since) / ms
    if (part < 1) return world.show(part)
    release()
    world.done()
  }
  return {
    press(by, at = [0, 0]) {
      // A key that is held says so again and again.
      if (held?.by === by) return
      if (held) return release()
      held = { by, at, since: world.now() }
      world.show(0)
      stop = world.every(tickMs, tick)
    },
    move(by, [x, y]) {
      if (held?.by === by && Math.hypot(x - held.at[0], y - held.at[1]) > slipPixels) release()
    },
    release,
  }
}
