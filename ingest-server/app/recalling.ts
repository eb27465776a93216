// The desk, with the archive at its elbow: a wish that may speak of a case long gone brings that case along.
import type { Archive } from '../archive/archive.ts'
import type { Wish } from '#contract/command'
import type { CaseId } from '#contract/ids'
import type { Desk } from '../desk/port.ts'

/** Only these make a case anew. Nothing is written into one that has left the board. */
const speaksOfGone = (wish: Wish): CaseId | null =>
  wish.type === 'reopen' || wish.type === 'not-fixed' ? wish.caseId : null

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
