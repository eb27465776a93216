// What this screen has asked for and not yet been answered. A wish is never painted as a fact: the patch does that.
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { PersonWish, ScreenCommand } from '#contract/command'
import type { CaseId, CommandId } from '#contract/ids'
import type { Refusal } from '#contract/refusal'
import type { Answer } from '../link/line-port.ts'
import { newId } from '../link/new-id.ts'
import { useBoard } from './board.ts'

export interface Pending {
  id: CommandId
  wish: PersonWish
  askedAt: number
}
export interface Refusing {
  wish: PersonWish
  refusal: Refusal | 'unanswered'
  at: number
}
type Send = (command: ScreenCommand) => Promise<Answer>

/** The same command goes out this often before the screen says it got no answer. */
const tries = 3

export const useRequests = defineStore('requests', () => {
  const board = useBoard()
  const pending = shallowRef<readonly Pending[]>([])
  /** The last no of each case, until it is asked again or read away; `''` for wishes about no case. */
  const refusals = shallowRef<ReadonlyMap<CaseId | '', Refusing>>(new Map())
  let send: Send | null = null

  function attach(through: Send | null) {
    send = through
  }

  /** Sent with one id however often it is tried: the desk answers it once and for ever the same. */
  async function wish(wish: PersonWish): Promise<Answer> {
    const command: ScreenCommand = { id: newId(), wish, claimedAt: board.serverTime(Date.now()) }
    const about = caseOf(wish)
    clear(about)
    pending.value = [...pending.value, { id: command.id, wish, askedAt: Date.now() }]
    const answer = await insist(command)
    pending.value = pending.value.filter((one) => one.id !== command.id)
    if (answer === 'unanswered' || !answer.ok) {
      const refusal = answer === 'unanswered' ? answer : answer.refusal
      refusals.value = new Map(refusals.value).set(about, { wish, refusal, at: Date.now() })
    }
    return answer
  }
  async function insist(command: ScreenCommand): Promise<Answer> {
    for (let n = 0; n < tries; n++) {
      const answer = send ? await send(command) : 'unanswered'
      if (answer !== 'unanswered') return answer
      if (n < tries - 1) await new Promise((resolve) => setTimeout(resolve, 700 * (n + 1)))
    }
    return 'unanswered'
  }
  function clear(about: CaseId | '') {
    if (!refusals.value.has(about)) return
    const left = new Map(refusals.value)
    left.delete(about)
    refusals.value = left
  }
  const pendingFor = (id: CaseId) => pending.value.filter((one) => caseOf(one.wish) === id)

  return { pending, refusals, attach, wish, clear, pendingFor }
})

const caseOf = (wish: PersonWish): CaseId | '' => ('caseId' in wish ? wish.caseId : '')
