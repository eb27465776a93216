// A moment of the past on a screen: gone to, stepped through change by change, played at up to six hundred times its pace.
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { Instant } from '#contract/ids'
import type { BoardView, Patch } from '#contract/patch'
import { lastChange, lengthened, nextChange, tapeOf, windTo } from './past-tape.ts'
import type { Tape } from './past-tape.ts'
import type { No } from './no-words.ts'

export const paces = [1, 10, 60, 600] as const
export type Pace = (typeof paces)[number]

const hour = 3_600_000
/** So much of the past is asked for at once: six seconds of it at the fastest. */
const reach = hour
/** How often the picture moves while it plays. */
const beat = 250
/** Looking for the change before or after, it looks so far and no further. */
const farthest = 24 * hour

export interface PastWorld {
  /** The board at the first moment and what changed it up to the second. */
  ask: (
    from: Instant,
    to: Instant,
  ) => Promise<{ ok: true; answer: { start: BoardView; patches: readonly Patch[] } } | No>
  /** The present, which the past never passes. */
  present: () => Instant
  /** This device's clock. */
  now: () => number
  every: (ms: number, run: () => void) => () => void
}

export function usePast({ ask, present, now, every }: PastWorld) {
  const tape = shallowRef<Tape | null>(null)
  const no = shallowRef<No | null>(null)
  const isBusy = ref(false)
  const isPlaying = ref(false)
  const pace = ref<Pace>(60)
  /** An answer to an older question is none. */
  let turn = 0
  let isLengthening = false
  let beatAt = 0

  async function asked(from: Instant, to: Instant) {
    const mine = ++turn
    isBusy.value = true
    const answer = await ask(from, to)
    if (mine !== turn) return null
    isBusy.value = false
    no.value = answer.ok ? null : answer
    return answer.ok ? answer.answer : null
  }
  /** A line is missing in it: that is said, and the last picture that was true stays. */
  function put(make: () => Tape): void {
    try {
      tape.value = make()
    } catch (cause) {
      console.warn(new Error('the past is torn', { cause }))
      no.value = { ok: false, refusal: 'torn', words: null }
      stop()
    }
  }
  async function goTo(moment: Instant): Promise<void> {
    const from = Math.min(moment, present())
    const upTo = Math.min(from + reach, present())
    const found = await asked(from, upTo)
    if (found) put(() => tapeOf(found.start, found.patches, from, upTo))
  }
  /** The next stretch, before the tape runs out. */
  async function lengthen(): Promise<void> {
    const current = tape.value
    if (!current || isLengthening || current.upTo >= present()) return
    isLengthening = true
    const upTo = Math.min(current.upTo + reach, present())
    const found = await asked(current.upTo, upTo)
    isLengthening = false
    if (found && tape.value?.upTo === current.upTo) tape.value = lengthened(tape.value, found.patches, upTo)
    // No answer is a reason to stand still; one that nobody waits for any more is none.
    if (no.value) stop()
  }
  async function forth(): Promise<void> {
    stop()
    const limit = (tape.value?.at ?? 0) + farthest
    while (tape.value && nextChange(tape.value) === null && tape.value.upTo < Math.min(limit, present())) {
      const before = tape.value.upTo
      await lengthen()
      if (tape.value?.upTo === before) return
    }
    const current = tape.value
    if (current) put(() => windTo(current, nextChange(current) ?? current.upTo))
  }
  async function back(): Promise<void> {
    stop()
    const at = tape.value?.at
    if (at === undefined) return
    for (let far = reach; far <= farthest; far *= 24) {
      const found = await asked(at - far, at)
      if (!found) return
      const moment = lastChange(found.patches, at)
      if (moment !== null) {
        // Up to where it was: the way forth again is on the same tape.
        return put(() => windTo(tapeOf(found.start, found.patches, at - far, at), moment))
      }
    }
    await goTo(at - farthest)
  }
  function play(): void {
    if (!tape.value) return
    isPlaying.value = true
    beatAt = now()
  }
  const stop = () => (isPlaying.value = false)
  /** The past is let go of; what is still asked for is not waited for. */
  function leave(): void {
    turn++
    stop()
    isBusy.value = false
    isLengthening = false
    tape.value = null
    no.value = null
  }
  function move(): void {
    const current = tape.value
    if (!isPlaying.value || !current) return
    const passed = now() - beatAt
    beatAt = now()
    put(() => windTo(current, current.at + passed * pace.value))
    const { at, upTo } = tape.value ?? current
    if (at >= present()) return void stop()
    if (upTo - at < 4_000 * pace.value) void lengthen()
  }
  const still = every(beat, move)
  onScopeDispose(() => {
    turn++
    still()
  })
  return {
    ...{ tape, no, isBusy, isPlaying, pace, goTo, forth, back, play, stop, leave },
    at: computed(() => tape.value?.at ?? null),
    cases: computed(() => [...(tape.value?.board.cases.values() ?? [])]),
  }
}
