// A journal line for tests that care for the journal and not for what stands in it.
import { Entry } from '#contract/event'

/** `command` names the wish; the case it archives is nobody's. */
export const anEntry = (revision: number, command = `wish-${revision}`): Entry =>
  Entry.parse({
    revision,
    at: Date.UTC(2026, 10, 21) + revision,
    commandId: command,
    by: { kind: 'clock' },
    type: 'archive',
    events: [{ type: 'archived', caseId: `20261121-${revision}` }],
    outcome: { ok: true, commandId: command, revision, caseId: `20261121-${revision}` },
  })
