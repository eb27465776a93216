// Am I driving, am I following, what is looked at: the one road between what is chosen here and what all screens look at.
import { computed, onScopeDispose, ref, watch } from 'vue'
import type { Instant, PersonId } from '#contract/ids'
import type { Refusal } from '#contract/refusal'
import { useBoard } from '../stores/board.ts'
import { useRequests } from '../stores/requests.ts'
import { useSelection } from '../stores/selection.ts'
import { isHalfOver, lookedAt, patienceMs, pauseMs, sameLook, sendAt, touchMs } from './spotlight-rules.ts'
import { sessionShelf } from './spotlight-shelf.ts'
import type { SpotlightShelf } from './spotlight-shelf.ts'

export interface SpotlightWorld {
  /** This device's clock. */
  now: () => number
  after: (ms: number, run: () => void) => () => void
  /** Whenever a hand touches this screen or its keys. */
  onTouch: (run: () => void) => () => void
  isLookedAt: () => boolean
  shelf: SpotlightShelf
}

const modes = ['alone', 'driving', 'following'] as const
type Mode = (typeof modes)[number]

export interface Driver {
  id: PersonId
  name: string
  since: Instant
}

/** `follows`: without having been told to, as a wall does. `letsGo`: where the spotlight names no case, none is chosen here either. */
export function useSpotlight(world: SpotlightWorld, { follows = false, letsGo = false } = {}) {
  const board = useBoard()
  const selection = useSelection()
  const requests = useRequests()
  const mode = ref<Mode>(modes.find((one) => one === world.shelf.read()) ?? (follows ? 'following' : 'alone'))
  /** By this device's clock; null: nothing keeps the spotlight away. */
  const pausedUntil = ref<number | null>(null)
  const no = ref<Refusal | null>(null)
  let sentAt = -Infinity
  let cancel = () => {}
  let touchedAt = -Infinity
  let isSending = false
  let isApplying = false
  /** The spotlight was ours: once it is another's, they have taken it over. */
  let wasMine = false

  const spotlight = computed(() => board.linkage.spotlight)
  const me = computed(() => board.operator?.personId ?? board.viewer?.personId ?? null)
  const isMine = computed(() => spotlight.value !== null && spotlight.value.by === me.value)
  const isPaused = computed(() => mode.value === 'following' && pausedUntil.value !== null && spotlight.value !== null)
  const isLive = computed(() => board.line.state === 'live' && board.board !== null && me.value !== null)
  const driver = computed<Driver | null>(() => {
    const now = spotlight.value
    return now && { id: now.by, name: board.people.get(now.by)?.name ?? now.by, since: now.since }
  })
  /** What this screen is to look at; null where it follows nobody, or may not see it. */
  const followed = computed(() =>
    mode.value === 'following' && !isPaused.value && spotlight.value && !spotlight.value.hidden
      ? spotlight.value
      : null,
  )

  function turn(next: Mode) {
    mode.value = next
    pausedUntil.value = null
    world.shelf.write(next)
  }
  async function send() {
    cancel()
    if (mode.value !== 'driving' || isSending || !isLive.value) return
    isSending = true
    sentAt = world.now()
    const answer = await requests.wish({ type: 'look', look: lookedAt(selection) })
    isSending = false
    // Said already, by another of this person's screens.
    if (answer === 'unanswered' || answer.ok || answer.refusal === 'already-so') return
    no.value = answer.refusal
    turn('alone')
  }
  /** Its lease, or what it shows, is no longer what it should be: a lost line, a wish that got no answer, half the lease gone by. */
  const isBehind = (now: Instant) =>
    !spotlight.value ||
    (isMine.value && wasMine && (isHalfOver(spotlight.value, now) || !sameLook(spotlight.value, lookedAt(selection))))
  /** What the finger rests on goes out, once. */
  function settle() {
    cancel()
    const at = world.now()
    cancel = world.after(sendAt(at, sentAt) - at, () => {
      if (!isMine.value || !sameLook(spotlight.value, lookedAt(selection))) void send()
    })
  }
  function drive(on: boolean) {
    no.value = null
    wasMine = false
    if (on) {
      turn('driving')
      return void send()
    }
    const mine = isMine.value && mode.value === 'driving'
    cancel()
    turn('alone')
    if (mine) void requests.wish({ type: 'look-away' })
  }
  function follow(on: boolean) {
    if (mode.value === 'driving') drive(false)
    turn(on ? 'following' : 'alone')
  }
  /** What all look at is chosen here too. */
  function adopt() {
    const look = spotlight.value
    if (!look || look.hidden) return
    isApplying = true
    if (look.caseId || letsGo) selection.select(look.caseId ?? null)
    selection.selectPlace(look.placeId ?? null)
    selection.selectMoment(look.moment ?? null)
    isApplying = false
  }

  const stops = [
    world.onTouch(() => (touchedAt = world.now())),
    watch(
      () => [selection.caseId, selection.placeId, selection.moment],
      () => {
        if (isApplying) return
        if (mode.value === 'driving') return settle()
        const isTouched = world.now() - touchedAt < touchMs
        if (mode.value === 'following' && spotlight.value && isTouched) pausedUntil.value = world.now() + pauseMs
      },
      { flush: 'sync' },
    ),
    watch(followed, (now, before) => now && !(before && sameLook(now, before)) && adopt(), { immediate: true }),
    watch(
      [spotlight, isLive],
      ([now, live]) => {
        if (mode.value !== 'driving' || !live) return
        if (isMine.value && !wasMine) {
          // Ours from before this page was loaded: it goes on from where it was, not from where a page begins.
          if (sentAt === -Infinity) adopt()
          wasMine = true
        } else if (now && !isMine.value && wasMine) turn('alone')
        // After a reload somebody else drives: nothing is snatched from them.
        else if (now && !isMine.value && sentAt === -Infinity) turn('alone')
      },
      { immediate: true },
    ),
    watch(
      () => board.now,
      (now) => {
        if (pausedUntil.value !== null && world.now() >= pausedUntil.value) pausedUntil.value = null
        if (mode.value !== 'driving' || !world.isLookedAt() || world.now() - sentAt < patienceMs) return
        if (isBehind(now)) void send()
      },
    ),
  ]
  onScopeDispose(() => {
    cancel()
    stops.forEach((stop) => stop())
  })

  return {
    ...{ spotlight, driver, followed, isPaused, no },
    isDriving: computed(() => mode.value === 'driving'),
    isFollowing: computed(() => mode.value === 'following'),
    isHidden: computed(() => mode.value === 'following' && spotlight.value?.hidden === true),
    /** Seconds until it follows again by itself; told anew with every tick of the board. */
    secondsPaused: computed(() =>
      isPaused.value && board.now ? Math.max(0, Math.ceil(((pausedUntil.value ?? 0) - world.now()) / 1_000)) : 0,
    ),
    ...{ drive, follow },
    /** Back to what is shown, at once. */
    resume() {
      pausedUntil.value = null
      if (followed.value) adopt()
    },
  }
}

const touches = ['pointerdown', 'keydown'] as const

export const browserSpotlight: SpotlightWorld = {
  now: Date.now,
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  onTouch(run) {
    for (const kind of touches) addEventListener(kind, run, { capture: true, passive: true })
    return () => touches.forEach((kind) => removeEventListener(kind, run, { capture: true }))
  },
  isLookedAt: () => document.visibilityState === 'visible',
  shelf: sessionShelf,
}
