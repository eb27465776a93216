// The same again and again is said once a minute, with how often it was not: whoever floods us does not flood the log.
import type { Instant } from '#contract/ids'

const every = 60_000
/** Of so many different things; then the oldest is forgotten and said anew. */
const most = 500

/** `say` is told how often the same went unsaid since it was last said. */
export function openSeldom(now: () => Instant): (what: string, say: (unsaid: number) => void) => void {
  const said = new Map<string, { at: Instant; unsaid: number }>()
  return (what, say) => {
    const last = said.get(what)
    if (last && Math.abs(now() - last.at) < every) return void last.unsaid++
    said.delete(what)
    if (said.size >= most) said.delete(said.keys().next().value ?? what)
    said.set(what, { at: now(), unsaid: 0 })
    say(last?.unsaid ?? 0)
  }
}
