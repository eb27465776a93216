// What one process alone may have open, the one that holds the desk: opened where it is held, closed where it is held no more.
import type { Desk } from '../desk/port.ts'
import type { World } from './world.ts'

interface WhereHeldNeeds {
  desk: Pick<Desk, 'holds'>
  every: World['every']
  open: () => { close(): Promise<void> }
  onFault: (fault: unknown) => void
}

/** A desk that moves takes what hangs on it along within so many ms. */
const looksEvery = 200

/** Looks at once: where nothing is shared, it is open when this returns. */
export function whereHeld({ desk, every, open, onFault }: WhereHeldNeeds): { close(): Promise<void> } {
  let opened: ReturnType<typeof open> | null = null
  let closing: Promise<void> | null = null

  function look(): void {
    // The one before must be gone first: both would go by one name.
    if (closing) return
    if (desk.holds()) opened ??= open()
    else void shut()
  }

  async function shut(): Promise<void> {
    const last = opened
    opened = null
    if (last) closing = last.close().catch(onFault)
    await closing
    closing = null
  }

  look()
  const stop = every(looksEvery, look)
  return {
    async close() {
      stop()
      await shut()
    },
  }
}
