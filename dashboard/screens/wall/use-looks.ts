// How the wall looks apart from what it shows: its skin, colourless while it looks back, darker at night, a pixel aside against burn-in.
import { computed, onScopeDispose, ref, watch } from 'vue'
import { useBoard } from '../../stores/board.ts'
import { minuteOfDay } from '../../words/moments.ts'
import { dimmable, dimmed, isNight } from './night.ts'
import { standAt } from './orbit.ts'
import type { WallWorld } from './wall-world.ts'

const skins = ['duty', 'visitor'] as const
export type WallSkin = (typeof skins)[number]

const minuteMs = 60_000

export function useLooks(
  { root, frame, shelf, now, every }: Pick<WallWorld, 'root' | 'frame' | 'shelf' | 'now' | 'every'>,
  { isPast, isTaken }: { isPast: () => boolean; isTaken: () => boolean },
) {
  const board = useBoard()
  const chosen = ref<WallSkin | null>(skins.find((skin) => skin === shelf.read('skin')) ?? null)
  const skin = computed<WallSkin>(() => chosen.value ?? board.site?.skin ?? 'duty')
  const minutes = computed(() => minuteOfDay(board.now))
  const dim = computed(() => {
    const night = board.site?.night
    // A level I is no darker at night: it is what the room is woken by.
    return night && !isTaken() && isNight(night, minutes.value) ? night.dim : 1
  })

  /** The tokens as the style sheet has them: what night laid over them is taken off first. */
  function dress(): void {
    for (const name of dimmable) root.style.removeProperty(name)
    root.dataset['skin'] = skin.value
    if (isPast()) root.dataset['time'] = 'past'
    else delete root.dataset['time']
    root.style.setProperty('--dim', String(dim.value))
    if (dim.value === 1) return void delete root.dataset['night']
    root.dataset['night'] = 'on'
    const style = getComputedStyle(root)
    const tokens = Object.fromEntries(dimmable.map((name) => [name, style.getPropertyValue(name).trim()]))
    for (const [name, colour] of Object.entries(dimmed(tokens, dim.value))) root.style.setProperty(name, colour)
  }
  function stand(): void {
    const [x, y] = standAt(now())
    frame.style.left = `${x}px`
    frame.style.top = `${y}px`
  }
  stand()
  const stops = [every(minuteMs, stand), watch([skin, dim, isPast], dress, { immediate: true })]
  onScopeDispose(() => stops.forEach((stop) => stop()))

  return {
    skin,
    dim,
    turnSkin() {
      chosen.value = skin.value === 'duty' ? 'visitor' : 'duty'
      shelf.write('skin', chosen.value)
    },
  }
}
