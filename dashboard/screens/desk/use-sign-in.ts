// The door of the desk: who signs in, what is asked for besides, and the way out.
import { ref } from 'vue'
import { useEntering } from '../../composables/use-entering.ts'
import { hasSso, signIn, signInWithCode, signOut } from '../../link/session.ts'
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
  /** The session ends at the server, which then closes the line: what was on the screen goes with it. */
  async function leave() {
    await signOut(fetch)
    board.forget()
    again()
  }
  return { ...entering, sso, leave }
}
