// Asks the disk for what memory does not know, and no oftener than it must: a stranger who knocks all day is no flood on it.
import type { Instant } from '#contract/ids'

/** What was not there a moment ago is not looked for again. */
const notAgainFor = 1000
/** Strangers remembered, and questions on their way: whoever comes beyond these is not known, this time. */
const most = { strangers: 10_000, asking: 200 }

/** `ask` is not called for a key it is being asked for already, nor for one it knew nothing of within the last second. */
export function askedOnce<T>(ask: (key: string) => Promise<T | null>, now: () => Instant) {
  const strangers = new Map<string, Instant>()
  const asking = new Map<string, Promise<T | null>>()

  async function look(key: string): Promise<T | null> {
    const found = await ask(key)
    if (found !== null) return found
    if (strangers.size >= most.strangers) strangers.delete(strangers.keys().next().value!)
    strangers.set(key, now())
    return null
  }

  return async (key: string): Promise<T | null> => {
    const since = strangers.get(key)
    if (since !== undefined && Math.abs(now() - since) < notAgainFor) return null
    strangers.delete(key)
    const known = asking.get(key)
    if (known) return known
    if (asking.size >= most.asking) return null
    const looking = look(key).finally(() => void asking.delete(key))
    asking.set(key, looking)
    return looking
  }
}
