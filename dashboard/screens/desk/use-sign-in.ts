// The door of the desk: who signs in, and the no in words.
import { ref } from 'vue'
import { refusals } from '#contract/refusal'
import { signIn, signOut } from '../../link/session.ts'
import { useBoard } from '../../stores/board.ts'
import { sayLine } from '../../words/line.ts'
import { inWords } from '../../words/words.ts'

export function useSignIn(fetch: typeof globalThis.fetch, again: () => void) {
  const board = useBoard()
  const isBusy = ref(false)
  const refusal = ref<string | null>(null)

  async function enter(account: string, password: string) {
    isBusy.value = true
    const answer = await signIn(fetch, account, password)
    isBusy.value = false
    if (answer.ok) {
      refusal.value = null
      return again()
    }
    refusal.value = answer.refusal === 'unreachable' ? sayLine('unreachable') : inWords(refusals[answer.refusal])
  }
  /** The session ends at the server, which then closes the line: what was on the screen goes with it. */
  async function leave() {
    await signOut(fetch)
    board.forget()
    again()
  }
  return { isBusy, refusal, enter, leave }
}
