// Small pictures are not written down one by one but counted: who saw how many of which case, told to the audit now and then.
import type { CaseId, Instant } from '#contract/ids'
import type { Viewer } from '#contract/person'
import type { Audit } from '../records/port.ts'

export interface ThumbCount {
  /** A wall hangs there all day: of it nothing is counted. */
  add(viewer: Pick<Viewer, 'personId' | 'role'>, caseId: CaseId | undefined): void
  /** All that was counted is in the audit; what is asked for meanwhile counts anew. */
  flush(): Promise<void>
  close(): Promise<void>
}

interface Needs {
  audit: Audit
  now: () => Instant
  every: (milliseconds: number, run: () => void) => () => void
  onFault: (fault: unknown) => void
}

/** A crash loses so much of the counting, and nothing of the looks at whole pictures. */
const toldEvery = 10 * 60_000

export function openThumbCount({ audit, now, every, onFault }: Needs): ThumbCount {
  let counts = new Map<string, { who: string; caseId: string; times: number }>()

  async function flush(): Promise<void> {
    const told = counts
    counts = new Map()
    for (const { who, caseId, times } of told.values())
      await audit.write({ at: now(), who, what: 'thumbs-seen', about: `${caseId} ×${times}` })
  }

  const stop = every(toldEvery, () => void flush().catch(onFault))
  return {
    add({ personId: who, role }, caseId = '-' as CaseId) {
      if (role === 'wall') return
      const key = `${who} ${caseId}`
      const known = counts.get(key)
      if (known) known.times++
      else counts.set(key, { who, caseId, times: 1 })
    },
    flush,
    close() {
      stop()
      return flush()
    },
  }
}
