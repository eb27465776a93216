// What the desk wishes, how far each wish has come, and the no that came back. Nothing here is painted as done.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { PersonWish } from '#contract/command'
import type { CaseId, Instant, PersonId } from '#contract/ids'
import { refusals } from '#contract/refusal'
import { useBoard } from '../../stores/board.ts'
import { useRequests } from '../../stores/requests.ts'
import { sayDesk } from '../../words/desk.ts'
import { sayLine } from '../../words/line.ts'
import { inWords } from '../../words/words.ts'
import { openHold } from './hold.ts'
import type { Held, HeldWish, HoldShelf } from './hold.ts'

const shelfName = 'sanping.desk.held'

/** This tab's own: a wish held in one tab is not sent by another. */
export const sessionShelf: HoldShelf = {
  read: () => sessionStorage.getItem(shelfName),
  write: (text) => (text === null ? sessionStorage.removeItem(shelfName) : sessionStorage.setItem(shelfName, text)),
}

export function useActs(shelf: HoldShelf, now: () => Instant) {
  const board = useBoard()
  const requests = useRequests()
  const held = shallowRef<Held | null>(null)
  /** This device's own second: what is held is held here, however fast a demo's day goes by. */
  const deviceAt = ref(now())
  const reaches = computed(() => board.line.state === 'live' || board.line.state === 'stale')

  const wish = (wanted: PersonWish) => requests.wish(wanted)
  const hold = openHold({
    shelf,
    now,
    send: (wanted) => void wish(wanted),
    changed: () => (held.value = hold.held()),
  })
  held.value = hold.held()
  // A held wish waits for the line too: sent into the void it would only be refused.
  const stop = watch([() => board.now, reaches, held], () => {
    deviceAt.value = now()
    if (reaches.value) hold.tick()
  })
  onScopeDispose(stop)

  /** Somebody else instead: taken back with its reason first, then sent. A no to the first leaves the second unsaid. */
  async function reassign(caseId: CaseId, to: PersonId, name: string, why: string) {
    const back = await wish({ type: 'return', caseId, reason: sayDesk('reassignReason', { who: name, why }) })
    if (back !== 'unanswered' && back.ok) await wish({ type: 'dispatch', caseId, to })
  }

  /** What a row says of a wish under way; null where there is none. */
  function pendingWords(caseId: CaseId): string | null {
    if (held.value?.wish.caseId === caseId) return sayDesk(`held.${held.value.wish.type}`)
    return requests.pendingFor(caseId).length ? sayDesk('sending') : null
  }
  function refusalWords(caseId: CaseId): string | null {
    const no = requests.refusals.get(caseId)
    if (!no) return null
    const why = no.refusal === 'unanswered' ? sayLine('unanswered') : inWords(refusals[no.refusal])
    return sayDesk('refused', { why })
  }
  const isTicking = (caseId: CaseId, item: string) =>
    requests.pendingFor(caseId).some(({ wish }) => wish.type === 'tick' && wish.item === item)

  return {
    held,
    reaches,
    heldSeconds: computed(() => (held.value ? Math.max(0, Math.ceil((held.value.until - deviceAt.value) / 1000)) : 0)),
    wish,
    reassign,
    put: (wanted: HeldWish, title: string) => hold.put(wanted, title),
    undo: () => hold.undo(),
    pendingWords,
    refusalWords,
    readAway: (caseId: CaseId) => requests.clear(caseId),
    isTicking,
  }
}
