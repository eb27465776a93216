// What a page wishes that is about no case: on its way, or refused in words. The patch alone shows that it is done.
import { computed } from 'vue'
import type { KeepingWish } from '#contract/command'
import { refusals } from '#contract/refusal'
import { useBoard } from '../../../stores/board.ts'
import { useRequests } from '../../../stores/requests.ts'
import { sayDesk } from '../../../words/desk.ts'
import { sayLine } from '../../../words/line.ts'
import { inWords } from '../../../words/words.ts'

export function useWish() {
  const board = useBoard()
  const requests = useRequests()
  const no = computed(() => {
    const refused = requests.refusals.get('')
    if (!refused) return null
    const why = refused.refusal === 'unanswered' ? sayLine('unanswered') : inWords(refusals[refused.refusal])
    return sayDesk('refused', { why })
  })
  requests.clear('')
  return {
    no,
    /** Nothing is sent into the void, nor twice. */
    isShut: computed(
      () =>
        (board.line.state !== 'live' && board.line.state !== 'stale') ||
        requests.pending.some((one) => !('caseId' in one.wish)),
    ),
    async wish(wanted: KeepingWish): Promise<boolean> {
      const answer = await requests.wish(wanted)
      return answer !== 'unanswered' && answer.ok
    },
    readAway: () => requests.clear(''),
  }
}
