// A grave deed: done at once, or after a code was asked for once more; the no in words.
import { ref, shallowRef } from 'vue'
import { noInWords } from '../../composables/no-words.ts'
import type { Asked, Fetch } from '../../link/ask.ts'
import { proveCode } from '../../link/own-account.ts'

export function useGrave(fetch: Fetch) {
  const isBusy = ref(false)
  const no = ref<string | null>(null)
  /** What waits for the code. */
  const waiting = shallowRef<(() => Promise<void>) | null>(null)

  async function run<T>(deed: () => Promise<Asked<T>>, then: (answer: T) => void | Promise<void>): Promise<void> {
    isBusy.value = true
    const said = await deed()
    isBusy.value = false
    if (said.ok) {
      no.value = null
      return then(said.answer)
    }
    const asksCode = String(said.refusal) === 'code-again'
    waiting.value = asksCode ? () => run(deed, then) : null
    no.value = asksCode ? null : noInWords(said)
  }
  async function prove(code: string): Promise<void> {
    const then = waiting.value
    await run(
      () => proveCode(fetch, code),
      () => {
        waiting.value = null
        return then?.()
      },
    )
    if (no.value) waiting.value = then
  }
  const leave = () => {
    waiting.value = null
    no.value = null
  }
  return { isBusy, no, waiting, run, prove, leave }
}
