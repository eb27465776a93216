// Time passing over the engine alone: whatever it wishes on the way is decided in its order.
import { clocks } from '../../ingest-server/case-engine/clocks.ts'
import type { Instant } from '#contract/ids'
import type { aStreet } from './builders.ts'

type Street = ReturnType<typeof aStreet>

/** Lets it become this moment; every time on the way is asked for, as the clock door asks. */
export function becomes(street: Street, to: Instant): void {
  for (;;) {
    const { due, nextAt } = clocks(street.board, street.now)
    const before = street.board.revision
    for (const command of due) street.submit(command)
    if (street.board.revision > before) continue
    if (nextAt === null || nextAt > to) break
    street.now = nextAt
  }
  street.now = to
}

export const passes = (street: Street, minutes: number): void => becomes(street, street.now + minutes * 60_000)
