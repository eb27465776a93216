// What a screen wishes, made into a command: parsed, cleaned of what it may not say, and signed with the session's name.
import { createHash } from 'node:crypto'
import { ScreenCommand } from '#contract/command'
import type { Command, PersonWish } from '#contract/command'
import type { EvidenceId, Instant } from '#contract/ids'
import { CommandId } from '#contract/ids'
import { isWallWish } from '#contract/linkage'
import type { Viewer } from '#contract/person'
import type { Refusal } from '#contract/refusal'
import { picturesIn } from '#contract/wrong-field'
import { scrubbed } from '#contract/personal-numbers'

/** Ahead of our clock by more than this is no clock that is merely wrong. */
const dayMs = 86_400_000

interface Asked {
  viewer: Viewer
  now: Instant
  hasEvidence: (id: EvidenceId) => boolean
}

export type Wished =
  { asked: ScreenCommand['id']; command: Command } | { asked?: ScreenCommand['id']; refusal: Refusal }

/** `said` is whatever came over the line. The `by` is the session's, or that of whoever commands through this wall. */
export function wishOf(said: unknown, { viewer, now, hasEvidence }: Asked): Wished {
  const parsed = ScreenCommand.safeParse(said)
  if (!parsed.success) return { refusal: 'wrong-shape' }
  const { id: asked, claimedAt } = parsed.data
  if (viewer.role === 'wall' && !isWallWish(parsed.data.wish)) return { asked, refusal: 'operator-needed' }
  const wish = cleaned(parsed.data.wish)
  if (!picturesOf(wish).every(hasEvidence)) return { asked, refusal: 'evidence-unknown' }
  if (wish.type === 'report' && wish.report.occurredAt > now + dayMs) return { asked, refusal: 'time-impossible' }
  const by = { kind: 'person' as const, id: viewer.personId, role: viewer.role }
  return { asked, command: { id: commandId(viewer, asked), by, wish, claimedAt } }
}

/**
 * Each person's ids are their own: nobody can use up the id a camera or a colleague will send next and have theirs answered
 * as said already.
 */
function commandId({ personId }: Viewer, asked: ScreenCommand['id']): CommandId {
  const own = `${personId}/${asked}`
  return CommandId.parse(own.length <= 128 ? own : createHash('sha256').update(own).digest('hex'))
}

const picturesOf = (wish: PersonWish): EvidenceId[] => {
  if (wish.type === 'attach') return [wish.evidence]
  if (wish.type === 'vote') return wish.evidence ? [wish.evidence] : []
  if (wish.type === 'fill') return picturesIn(wish.values)
  return wish.type === 'report' ? wish.report.evidence : []
}

/** A number typed into free text would stand in the journal for ever; a resident's name is never a screen's to point at. */
function cleaned(wish: PersonWish): PersonWish {
  if (wish.type === 'report') {
    const { reporterRef: _notTheirs, ...report } = wish.report
    return { type: 'report', report: withText(report) }
  }
  if (wish.type === 'fill') return { ...wish, values: withoutNumbers(wish.values) }
  return {
    ...wish,
    ...('text' in wish && wish.text !== undefined && { text: scrubbed(wish.text) }),
    ...('note' in wish && wish.note !== undefined && { note: scrubbed(wish.note) }),
    ...('reason' in wish && wish.reason !== undefined && { reason: scrubbed(wish.reason) }),
  }
}

/** A picture's name may well look like a telephone number inside. */
const withoutNumbers = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([id, value]) => [
      id,
      typeof value === 'string' && picturesIn({ value }).length === 0 ? scrubbed(value) : value,
    ]),
  )
type Values = Extract<PersonWish, { type: 'fill' }>['values']

const withText = <R extends { text?: string | undefined }>(report: R): R =>
  report.text === undefined ? report : { ...report, text: scrubbed(report.text) }
