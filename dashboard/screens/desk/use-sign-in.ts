// The door of the desk: who signs in, what is asked for besides, and the way out.
import { ref, watch } from 'vue'
import { useEntering } from '../../composables/use-entering.ts'
import { askViewer, hasSso, signIn, signInWithCode, signOut } from '../../link/session.ts'
import { useBoard } from '../../stores/board.ts'

export function useSignIn(fetch: typeof globalThis.fetch, again: () => void) {
  const board = useBoard()
  const entering = useEntering({
    send: (account, password, more) => signIn(fetch, account, password, more),
    sendCode: (code) => signInWithCode(fetch, code),
    then: again,
    search: globalThis.location?.search ?? '',
  })
  const sso = ref<string | null>(null)
  void hasSso(fetch).then((is) => {
    if (is) sso.value = `/api/session/oidc?back=${encodeURIComponent('/desk')}`
  })
  /** A session that goes on under another token has its line cut as one that ended: the page stays, and the line is opened anew. */
  const isOut = ref(false)
  async function lookAgain(state: typeof board.line.state) {
    if (state !== 'signed-out') return void (isOut.value = false)
    const viewer = await askViewer(fetch)
    if (board.line.state !== 'signed-out') return
    const isStillMe = viewer !== null && viewer !== 'unreachable' && viewer.personId === board.viewer?.personId
    if (isStillMe) again()
    else isOut.value = true
  }
  watch(() => board.line.state, lookAgain, { immediate: true })
  /** The session ends at the server, which then closes the line: what was on the screen goes with it. */
  async function leave() {
    await signOut(fetch)
    board.forget()
    again()
  }
  return { ...entering, sso, isOut, leave }
}
