// Signing in, step by step: what is still asked for, and the no in words with the time it ends.
import { computed, ref, shallowRef } from 'vue'
import type { Instant } from '#contract/ids'
import { refusals, type Refusal } from '#contract/refusal'
import { identityRefusals, type IdentityRefusal } from '#contract/refusal-identity'
import { sayLine } from '../words/line.ts'
import { saySignIn } from '../words/sign-in.ts'
import { timeOf } from '../words/times.ts'
import { inWords } from '../words/words.ts'

type No = Refusal | IdentityRefusal | 'unreachable'
/** `sso-code`: the sign-in service let them in, and our own code is still asked for. */
export type Step = 'code' | 'fresh' | 'fresh-code' | 'sso-code' | null
export interface More {
  code?: string
  fresh?: string
}
type Answer = { ok: true } | { ok: false; refusal: No; until?: Instant }

export const saidNo = (refusal: No, until?: Instant): string => {
  if (refusal === 'unreachable') return sayLine('unreachable')
  const words = inWords({ ...refusals, ...identityRefusals }[refusal])
  return until === undefined ? words : saySignIn('waitsUntil', { words, time: timeOf(until) })
}

/** What a refusal asks for; what was asked for stays until it is right. */
function stepAfter(refusal: No, step: Step): Step {
  if (refusal === 'code-needed') return step === 'fresh' ? 'fresh-code' : (step ?? 'code')
  if (refusal === 'password-must-change') return step === 'fresh-code' ? step : 'fresh'
  return step
}

interface Needs {
  send: (account: string, password: string, more: More) => Promise<Answer>
  sendCode?: (code: string) => Promise<Answer>
  then: () => void
  /** `?sso=…`, as the way back from the sign-in service left it. */
  search?: string
}

export function useEntering({ send, sendCode, then, search = '' }: Needs) {
  const came = new URLSearchParams(search).get('sso')
  const isNo = (text: string | null): text is IdentityRefusal => text !== null && Object.hasOwn(identityRefusals, text)
  const isBusy = ref(false)
  const step = ref<Step>(came === 'code-needed' ? 'sso-code' : null)
  const no = shallowRef<{ refusal: No; until?: Instant } | null>(
    isNo(came) && came !== 'code-needed' ? { refusal: came } : null,
  )
  /** Said anew where the language is turned. */
  const refusal = computed(() => no.value && saidNo(no.value.refusal, no.value.until))

  async function enter(account: string, password: string, more: More = {}) {
    isBusy.value = true
    const asked = step.value === 'sso-code' && sendCode ? sendCode(more.code ?? '') : send(account, password, more)
    const answer = await asked
    isBusy.value = false
    if (answer.ok) {
      no.value = null
      step.value = null
      return then()
    }
    // A code is a thing more, not a thing wrong.
    const next = stepAfter(answer.refusal, step.value)
    no.value = next !== step.value && answer.refusal === 'code-needed' ? null : answer
    step.value = next
  }
  function startOver() {
    step.value = null
    no.value = null
  }
  return { isBusy, step, refusal, enter, startOver }
}
