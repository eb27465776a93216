// What is written down of the linked screens: a cast begun and ended, and every order that came through a wall.
import type { Command } from '#contract/command'
import type { CastId, Instant } from '#contract/ids'
import type { Cast } from '#contract/linkage'
import type { Outcome } from '#contract/outcome'
import type { Desk } from '../desk/port.ts'
import type { Audit } from '../records/port.ts'

export interface LinkAudit {
  /** Runs the wish. `wall`: through which it came, null where it came from a person's own screen. */
  watched(command: Command, wall: string | null, submit: () => Promise<Outcome>): Promise<Outcome>
  close(): void
}

interface Needs {
  desk: Pick<Desk, 'board' | 'follow'>
  audit: Audit
  now: () => Instant
  onFault: (fault: unknown) => void
}

/** Every hand that moves the spotlight is no news. */
const unsaid = new Set<Command['wish']['type']>(['look', 'look-away', 'deliver', 'see'])

export function openLinkAudit({ desk, audit, now, onFault }: Needs): LinkAudit {
  let casts = new Map(desk.board().linkage.casts.map((cast) => [cast.id, cast]))
  /** Who is taking which cast back now: told to us before they are answered. */
  const ending = new Map<CastId, string>()

  const say = (who: string, what: string, about: string) =>
    void audit.write({ at: now(), who, what, about }).catch(onFault)

  const close = desk.follow(({ linkage }) => {
    if (!linkage) return
    const next = new Map(linkage.casts.map((cast) => [cast.id, cast]))
    for (const cast of casts.values())
      if (!next.has(cast.id)) say(ending.get(cast.id) ?? 'clock', 'cast-ended', inWords(cast))
    for (const cast of next.values())
      if (cast.shownAt !== undefined && casts.get(cast.id)?.shownAt === undefined)
        say(cast.by, 'cast-began', inWords(cast))
    casts = next
  })

  return {
    async watched({ by, wish }, wall, submit) {
      const who = by.kind === 'person' ? by.id : by.kind
      if (wish.type === 'cast-end') ending.set(wish.id, who)
      const outcome = await submit().finally(() => wish.type === 'cast-end' && ending.delete(wish.id))
      if (outcome.ok && wall !== null && !unsaid.has(wish.type))
        say(who, `at-wall ${wish.type}`, ['caseId' in wish ? wish.caseId : '', wall].join(' ').trim())
      return outcome
    },
    close,
  }
}

function inWords({ id, what }: Cast): string {
  const of = { case: 'caseId', photo: 'evidence', map: 'placeId', chart: 'chart', moment: 'at' }[what.kind]
  return `${id} ${what.kind} ${(what as Record<string, unknown>)[of]}`
}
