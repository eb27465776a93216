// All that lets a wall run by itself for months, put together: what it looks back at, tours, sounds, how it looks, and when it begins anew.
import { computed, onScopeDispose, ref, watch, type ComputedRef } from 'vue'
import { isUnsigned } from '#contract/figures'
import type { Town } from '../../map/town.ts'
import { paces } from '../../composables/use-past.ts'
import { useBoard } from '../../stores/board.ts'
import { useSelection } from '../../stores/selection.ts'
import { useLooks } from './use-looks.ts'
import { useSound } from './use-sound.ts'
import type { Wanted } from './use-stage.ts'
import { useTour } from './use-tour.ts'
import { useWallPast } from './use-wall-past.ts'
import type { Wall } from './use-wall.ts'
import { useWatchdog } from './use-watchdog.ts'
import { focusIn, keys, pressed, type Deed } from './wall-keys.ts'
import type { WallStage } from './wall-stage.ts'
import type { WallWorld } from './wall-world.ts'

interface Needs {
  live: ComputedRef<Wall>
  stage: ComputedRef<WallStage>
  wanted: Wanted
  town: () => Town | null
}

/** The layers are the map's own to turn. */
export type OwnDeed = Exclude<Deed, 'layers'>

const minute = 60_000
const moves = { minutes: 10 * minute, hours: 60 * minute, days: 1_440 * minute } as const

export function useWallLife(world: WallWorld, { live, stage, wanted, town }: Needs) {
  const board = useBoard()
  const selection = useSelection()
  const sheet = ref<'keys' | 'sound' | null>(null)
  const isAlarm = computed(() => live.value.cases.some(isUnsigned))
  const isTaken = computed(() => stage.value.kind === 'takeover')
  const { verdict, touchedAt } = useWatchdog(world, {
    build: () => board.build,
    here: () => ({
      isLive: board.line.state === 'live',
      isTaken: isTaken.value,
      isAlarm: isAlarm.value,
      isUsed: stage.value.kind !== 'view' || board.operator !== null || sheet.value !== null,
    }),
  })
  const past = useWallPast(world, { stage, touchedAt: () => touchedAt.value })
  const tour = useTour(world, {
    blocks: () => town()?.blocks ?? [],
    place: (id) => town()?.places.get(id),
    isAlarm: () => isAlarm.value,
    isCovered: () => stage.value.kind !== 'view',
    touchedAt: () => touchedAt.value,
  })
  const sound = useSound(world, () => live.value.cases)
  const looks = useLooks(world, { isPast: () => past.seen.value !== null, isTaken: () => isTaken.value })

  // What was chosen here comes back with the page, where it is still on the board.
  const kept = world.shelf.read('selected')
  if (typeof kept === 'string' && !selection.caseId) {
    const unwait = watch(
      () => live.value.cases,
      (cases) => {
        if (!cases.length) return
        const found = cases.find(({ id }) => id === kept)
        if (found && !selection.caseId) selection.select(found.id)
        unwait()
      },
      { flush: 'post' },
    )
  }

  const isPast = () => past.wish.value !== null
  const acts: Record<OwnDeed, (nth: number) => void> = {
    space: () => (isPast() ? past.toggle() : tour.hold()),
    step: (nth) => (isPast() ? (nth ? past.forth() : past.back()) : tour.step(nth ? 1 : -1)),
    minutes: (nth) => past.by(nth ? moves.minutes : -moves.minutes),
    hours: (nth) => past.by(nth ? moves.hours : -moves.hours),
    days: (nth) => past.by(nth ? moves.days : -moves.days),
    now: () => (sheet.value ? (sheet.value = null) : past.leave()),
    paces: (nth) => (past.pace.value = paces[nth] ?? past.pace.value),
    tour: () => tour.turn(),
    mute: () => sound.muteMore(),
    sound: () => {
      sheet.value = 'sound'
      sound.trySounds()
    },
    skin: () => looks.turnSkin(),
    help: () => (sheet.value = sheet.value === 'keys' ? null : 'keys'),
  }
  const act = ({ deed, nth }: { deed: OwnDeed; nth: number }) => acts[deed](nth)

  const stops = [
    world.onKey((key) => {
      const found = pressed(key, focusIn(key.target))
      if (!found || found.deed === 'layers') return
      key.preventDefault()
      act({ deed: found.deed, nth: found.nth })
    }),
    watch(
      [tour.view, tour.preset],
      ([view, preset]) => {
        wanted.tour.value = view
        wanted.preset.value = preset
      },
      { immediate: true },
    ),
    watch(past.wish, (moment) => (wanted.past.value = moment), { immediate: true }),
    watch(isTaken, (taken) => taken && (sheet.value = null)),
    watch(
      () => selection.caseId,
      (id) => world.shelf.write('selected', id),
    ),
  ]
  onScopeDispose(() => stops.forEach((stop) => stop()))
  return {
    ...{ past, tour, sound, looks, verdict, sheet, keys, act },
    close: () => (sheet.value = null),
    /** Neither a level I nor a cast nor the past has the wall: what the tour wants is what is shown. */
    isInView: computed(() => stage.value.kind === 'view'),
  }
}
export type WallLife = ReturnType<typeof useWallLife>
