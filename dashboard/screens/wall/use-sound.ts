// The wall calls: what is due by the board, at the site's loudness, unless it is mute for a while; and it knows when it could not be heard.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Case } from '#contract/case'
import type { Level } from '#contract/stage'
import { useBoard } from '../../stores/board.ts'
import { sayLife } from '../../words/wall-life.ts'
import { atFirst, callDue, type Call } from './calls.ts'
import { isMuted, longestForOne, muteFrom, nextMute } from './mute.ts'
import { clipNames, secondsOf, type ClipName } from './sounds/clips.ts'
import { openSpeaker } from './speaker.ts'
import type { WallWorld } from './wall-world.ts'

/** Where no site says how loud. */
const usual: Partial<Record<`${Level}`, number>> = { '1': 1, '2': 0.6 }

export interface Tried {
  clip: ClipName
  says: 'waits' | 'playing' | 'ran' | 'muted' | 'silent' | 'unheard'
  percent: number
}

export function useSound(
  world: Pick<WallWorld, 'now' | 'every' | 'fetch' | 'audio' | 'onTouch' | 'shelf'>,
  cases: () => readonly Case[],
) {
  const board = useBoard()
  const speaker = openSpeaker(world)
  const mute = shallowRef(muteFrom(world.shelf.read('mute'), board.now))
  let called = atFirst

  const loud = (level: Level): number => (board.site?.sound ?? usual)[`${level}`] ?? 0
  const loudOf: Record<ClipName, () => number> = {
    alarm1: () => loud(1),
    alarm2: () => loud(2),
    soft: () => Math.max(loud(3), loud(4)),
    // It answers an alarm: heard where alarms are, and never as loud.
    ack: () => Math.max(loud(1), loud(2)) * 0.6,
  }
  function sound({ clip, level, openedAt }: Call): void {
    const loudness = clip === 'soft' ? loud(level) : loudOf[clip]()
    if (loudness > 0 && !isMuted(mute.value, level, openedAt, board.now)) speaker.play(clip, loudness)
  }
  const stop = watch(
    () => [board.now, cases()] as const,
    ([now, all]) => {
      const due = callDue(all, now, called)
      called = due.called
      if (due.call) sound(due.call)
    },
    { immediate: true },
  )

  const tried = ref<Tried[]>([])
  const isTrying = ref(false)
  let untry = () => {}
  /** Each in turn, so that the ear can tell them apart. */
  function trySounds(): void {
    untry()
    tried.value = clipNames.map((clip) => ({ clip, says: 'waits', percent: Math.round(loudOf[clip]() * 100) }))
    isTrying.value = true
    let nextAt = world.now()
    let nth = 0
    untry = world.every(100, () => {
      if (world.now() < nextAt) return
      settle(nth - 1)
      const clip = clipNames[nth]
      if (!clip) {
        isTrying.value = false
        return untry()
      }
      tell(nth, tryOne(clip))
      nextAt = world.now() + (secondsOf(clip) + 0.5) * 1_000
      nth++
    })
  }
  const tryOne = (clip: ClipName): Tried['says'] => {
    const loudness = loudOf[clip]()
    if (loudness === 0) return 'silent'
    return speaker.play(clip, loudness) ? 'playing' : 'unheard'
  }
  const tell = (nth: number, says: Tried['says']) =>
    (tried.value = tried.value.map((one, i) => (i === nth ? { ...one, says } : one)))
  const settle = (nth: number) => {
    if (tried.value[nth]?.says === 'playing') tell(nth, leftMs.value > 0 ? 'muted' : 'ran')
  }

  const leftMs = computed(() => Math.max(0, (mute.value?.until ?? 0) - board.now))
  const put = (next: typeof mute.value) => {
    mute.value = next
    world.shelf.write('mute', next)
  }
  onScopeDispose(() => {
    stop()
    untry()
    speaker.close()
  })
  return {
    state: speaker.state,
    leftMs,
    /** How long a level I is still out of hearing. */
    oneLeftMs: computed(() => (mute.value ? Math.max(0, mute.value.from + longestForOne - board.now) : 0)),
    muteMore: () => put(nextMute(mute.value, board.now)),
    unmute: () => put(null),
    /** Why it would not be heard now; null where it would. */
    silence: computed(() => {
      const { value: state } = speaker.state
      return state === 'ready' || state === 'coming' ? null : sayLife(`sound.${state}`)
    }),
    ...{ tried, isTrying, trySounds },
  }
}
