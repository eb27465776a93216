// The sheet that is open about the chosen case, and what comes of its answer. One at a time; another case puts it away.
import { computed, ref, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import type { Case } from '#contract/case'
import type { CaseId, Instant } from '#contract/ids'
import type { SheetAnswer } from '../../parts/desk-sheet.ts'
import { useBoard } from '../../stores/board.ts'
import { caseNamed } from './facts.ts'
import type { Facts } from './facts.ts'
import type { Looker } from './may.ts'
import { sheetOf } from './sheets.ts'
import type { SheetKind } from './sheet-kinds.ts'
import { mergeable, mergeWish } from './twins.ts'
import type { useActs } from './use-acts.ts'

export function useSheet(given: {
  facts: ComputedRef<Facts>
  subject: ComputedRef<Case | null>
  looker: ComputedRef<Looker | null>
  acts: Pick<ReturnType<typeof useActs>, 'wish' | 'put'>
  moveOn: () => void
}) {
  const { facts, subject, looker, acts } = given
  const board = useBoard()
  const kind = shallowRef<SheetKind | null>(null)
  const isMerging = ref(false)
  const typed = ref('')
  /** Moments are offered as they were when it was opened: a button must not change under the finger. */
  const since = ref<Instant>(0)

  function leave() {
    kind.value = null
    isMerging.value = false
  }
  watch(() => subject.value?.id, leave)
  function open(next: SheetKind) {
    isMerging.value = false
    if (kind.value?.about !== next.about) since.value = board.now
    kind.value = next
  }
  function openMerge() {
    kind.value = null
    typed.value = ''
    isMerging.value = true
  }

  const sheet = computed(() =>
    kind.value && subject.value
      ? sheetOf(kind.value, {
          ...{ facts: facts.value, subject: subject.value, now: since.value, looker: looker.value },
          around: { presences: [...board.presences.values()], cases: board.cases, casts: board.linkage.casts },
        })
      : null,
  )
  const twins = computed(() =>
    isMerging.value && subject.value ? mergeable(facts.value, subject.value, board.cases, typed.value) : [],
  )

  function answer(said: SheetAnswer) {
    const [now, current] = [sheet.value, subject.value]
    leave()
    if (!now || !current) return
    const wish = now.wish(said)
    // What ends a case is held for ten seconds, however it was asked.
    if (wish.type !== 'close') return void acts.wish(wish)
    acts.put(wish, caseNamed(facts.value, current))
    given.moveOn()
  }
  function join(other: CaseId) {
    const [current, twin] = [subject.value, board.board?.cases.get(other)]
    leave()
    if (current && twin) void acts.wish(mergeWish(current, twin))
  }

  return {
    ...{ kind, sheet, isMerging, typed, twins },
    ...{ open, openMerge, answer, join, leave },
    /** The sources chosen to be split off; null while none are being chosen. */
    splitting: computed(() => (kind.value?.about === 'split' ? kind.value.sources : null)),
    isOpen: computed(() => sheet.value !== null || isMerging.value),
  }
}
