// The wall looking back: gone to by hand, by who leads the screens or by a cast; given up for a level I, and after five minutes without a hand.
import { computed, onScopeDispose, ref, watch, type ComputedRef } from 'vue'
import type { Instant } from '#contract/ids'
import { noInWords } from '../../composables/no-words.ts'
import { usePast, type Pace } from '../../composables/use-past.ts'
import { askChanges } from '../../link/past.ts'
import { useBoard } from '../../stores/board.ts'
import { useSelection } from '../../stores/selection.ts'
import { pastSeen, type Seen } from './seen.ts'
import type { WallStage } from './wall-stage.ts'
import type { WallWorld } from './wall-world.ts'

/** Nobody at it for so long: the wall is for now again. */
export const untouchedMs = 300_000

export function useWallPast(
  world: Pick<WallWorld, 'now' | 'every' | 'fetch'>,
  { stage, touchedAt }: { stage: ComputedRef<WallStage>; touchedAt: () => number },
) {
  const board = useBoard()
  const selection = useSelection()
  const past = usePast({
    ask: (from, to) => askChanges(world.fetch, from, to),
    present: () => board.now,
    now: world.now,
    every: world.every,
  })
  const isTaken = computed(() => stage.value.kind === 'takeover')
  const cast = computed(() => (stage.value.kind === 'cast' ? stage.value.cast : null))
  const castMoment = computed(() => (cast.value?.what.kind === 'moment' ? cast.value.what.at : null))
  /** What is to be looked at. A cast of anything else stands before the past, which waits for it. */
  const wish = computed<Instant | null>(() => castMoment.value ?? (cast.value ? null : selection.moment))
  const seen = computed<Seen | null>(() => {
    const tape = past.tape.value
    return tape && !isTaken.value ? pastSeen(tape.board, tape.at, board.people) : null
  })
  const lead = computed(() => {
    if (cast.value) return cast.value.by
    const { spotlight } = board.linkage
    const isTheirs = spotlight?.moment !== undefined && spotlight.moment === selection.moment
    return isTheirs && spotlight.by !== board.viewer?.personId ? spotlight.by : null
  })

  function leave(): void {
    selection.selectMoment(null)
    past.leave()
  }
  /** To a moment; the present and what lies ahead of it is now. */
  function go(at: Instant): void {
    if (isTaken.value) return
    past.stop()
    if (at >= board.now - 1_000) return leave()
    selection.selectMoment(at)
  }
  const by = (ms: number) => go((past.at.value ?? board.now) + ms)
  /** What is rested at is what is looked at: whoever follows this wall comes along. */
  const rest = () => past.at.value !== null && !cast.value && selection.selectMoment(past.at.value)
  const toggle = () => {
    if (!past.isPlaying.value) return past.play()
    past.stop()
    rest()
  }
  const leftMs = ref(untouchedMs)

  const stops = [
    watch(wish, (moment) => {
      if (moment === null) return past.leave()
      if (moment !== past.at.value) void past.goTo(moment)
    }),
    // It does not come back by itself: who was looking back has a fire to look at.
    watch(isTaken, (taken) => taken && leave()),
    watch(
      () => board.now,
      () => {
        leftMs.value = Math.max(0, untouchedMs - (world.now() - touchedAt()))
        if (wish.value !== null && lead.value === null && leftMs.value === 0) leave()
      },
    ),
  ]
  onScopeDispose(() => stops.forEach((stop) => stop()))

  return {
    ...{ seen, wish, leftMs, go, by, leave, toggle },
    back: () => void past.back().then(rest),
    forth: () => void past.forth().then(rest),
    at: past.at,
    pace: past.pace,
    setPace: (pace: Pace) => (past.pace.value = pace),
    isPlaying: past.isPlaying,
    isBusy: past.isBusy,
    /** Who shows it; null where it was gone to here. */
    leadName: computed(() => (lead.value === null ? null : (board.people.get(lead.value)?.name ?? lead.value))),
    isCast: computed(() => castMoment.value !== null),
    /** Why there is nothing to see, or not all of it. */
    trouble: computed(() => {
      if (past.no.value) return noInWords(past.no.value)
      return past.tape.value?.board.revision === 0 ? 'empty' : null
    }),
  }
}
export type WallPast = ReturnType<typeof useWallPast>
