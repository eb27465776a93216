// The desk, with the archive at its elbow: a wish that may speak of a case long gone brings that case along.
import type { Archive } from '../archive/archive.ts'
import type { Wish } from '#contract/command'
import type { CaseId } from '#contract/ids'
import type { Desk } from '../desk/port.ts'

/** That it is not solved makes a case anew; how it went is written down in the archive. Nothing else is said of one that has left the board. */
const said: Partial<Record<Wish['type'], true>> = { reopen: true, 'not-fixed': true, rate: true, callback: true }
const speaksOfGone = (wish: Wish): CaseId | null => (said[wish.type] && 'caseId' in wish ? wish.caseId : null)

export function recalling(desk: Desk, archive: Pick<Archive, 'get'>): Desk {
  return {
    ...desk,
    submit(command) {
      const id = speaksOfGone(command.wish)
      if (!id || desk.board().cases.has(id)) return desk.submit(command)
      return archive.get(id).then((was) => desk.submit(was ? { ...command, was } : command))
    },
  }
}
