// The wall's pieces that lean on what the wall knows, each given a wall of a few cases and somebody who drives, casts or commands.
import { computed, defineComponent, h, ref, type PropType, type VNode } from 'vue'
import type { Case } from '#contract/case'
import type { CaseId, CastId, PersonId } from '#contract/ids'
import type { Cast, LinkageView } from '#contract/linkage'
import type { SpotlightWorld } from '../../composables/use-spotlight.ts'
import { useBoard } from '../../stores/board.ts'
import { sayGallery } from '../../words/gallery.ts'
import { liveSeen } from '../wall/seen.ts'
import { useLinked, type Linked } from '../wall/use-linked.ts'
import type { WallLife } from '../wall/use-wall-life.ts'
import type { WallPast } from '../wall/use-wall-past.ts'
import { reckonWall, type Wall } from '../wall/use-wall.ts'
import { orders } from './orders-shown.ts'
import { clock, facts, lostPicture, now, sample, source } from './samples.ts'
import type { StateName } from './shelf.ts'
import { lineIn, stand } from './worlds.ts'

const minute = 60_000
const [li, zhou] = ['li', 'zhou'] as [PersonId, PersonId]

export const wallCases: readonly Case[] = [
  sample({
    level: 1,
    matter: 'open-fire',
    sources: [source('p', now - minute, { evidence: [lostPicture] })],
    orders: [orders.unseen],
  }),
  sample({
    stage: 'handling',
    holder: { personId: li, since: now, takenAt: now },
    clocks: [clock('handle', 8.6)],
    orders: [orders.many],
  }),
  sample({ level: 3, matter: 'dropped-garbage', clocks: [clock('accept', 12.5)] }),
  sample({ level: 4, matter: 'light-out', clocks: [clock('accept', 2)] }),
]
const first = wallCases[1]!

export const castOf = (id: string, what: Cast['what']): Cast => ({
  ...{ id: id as CastId, by: zhou, minutes: 10, what },
  ...{ askedAt: now, shownAt: now, until: now + 9 * minute },
})
export const casts: Partial<Record<StateName, Cast>> = {
  normal: castOf('orders', { kind: 'chart', chart: 'orders' }),
  busy: castOf('limits', { kind: 'chart', chart: 'limits' }),
  lost: castOf('photo', { kind: 'photo', caseId: wallCases[0]!.id, evidence: lostPicture }),
  refused: castOf('hidden', { kind: 'case', caseId: 'elsewhere' as CaseId }),
}

const spotlight = { by: zhou, since: now - 4 * minute, movedAt: now, until: now + 10 * minute, caseId: first.id }
const linkages: Partial<Record<StateName, LinkageView>> = {
  busy: { spotlight, casts: [casts.busy!, casts.normal!] },
  refused: { spotlight: { ...spotlight, hidden: true }, casts: [casts.refused!] },
  lost: { spotlight, casts: [casts.lost!] },
}

/** The wall in this state; where much goes on somebody commands from it. */
export function wallWorld(state: StateName): void {
  const linkage = linkages[state] ?? { spotlight, casts: [casts.normal!] }
  stand({
    role: 'wall',
    personId: 'hall' as PersonId,
    cases: state === 'empty' ? [] : wallCases,
    linkage,
    line: lineIn(state),
  })
  if (state !== 'busy') return
  const operator = { personId: zhou, name: facts.people.get(zhou)?.name ?? zhou, until: now + 15 * minute }
  useBoard().hear({ what: 'operator', operator })
}

/** Nothing is touched, nothing goes out. */
const still = (state: StateName): SpotlightWorld => ({
  ...{ now: () => now, after: () => () => {}, onTouch: () => () => {}, isLookedAt: () => false },
  shelf: { read: () => (state === 'busy' ? 'driving' : 'following'), write: () => {} },
})

export const leaning = (draw: (given: { wall: Wall; linked: Linked; state: StateName }) => VNode) =>
  defineComponent({
    props: { state: { type: String as PropType<StateName>, required: true } },
    setup({ state }) {
      const board = useBoard()
      const { people, matters, scenarioOf } = board
      const wall = computed(() => reckonWall(liveSeen(board), { town: null, people, matters, scenarioOf }))
      const linked = useLinked(wall, still(state))
      return () => draw({ wall: wall.value, linked, state })
    },
  })

/** What keeps a wall alive, as far as its one quiet line tells of it. */
export function lifeIn(state: StateName): WallLife {
  const why = { busy: 'alarm', waiting: 'touched' }[state as string] ?? null
  const life = {
    tour: { why: ref(why), stands: ref(sayGallery('tour')), touchedLeft: ref(48_000) },
    sound: {
      ...{ leftMs: ref(state === 'busy' ? 14 * minute : 0), oneLeftMs: ref(state === 'busy' ? 2 * minute : 0) },
      silence: ref(state === 'lost' ? sayGallery('unheard') : null),
    },
    ...{ isInView: ref(true), verdict: ref(state === 'refused' ? { why: 'memory' } : null), act: () => {} },
  }
  return life as unknown as WallLife
}

/** Looking back, as far as its band tells of it. */
export function pastIn(state: StateName): WallPast {
  const past = {
    ...{ at: ref(now - 26 * minute), wish: ref(null), pace: ref(60), leftMs: ref(4 * minute) },
    trouble: ref(state === 'lost' ? sayGallery('refusal') : state === 'empty' ? 'empty' : null),
    ...{ isBusy: ref(state === 'waiting'), isPlaying: ref(state === 'normal'), isCast: ref(state === 'busy') },
    leadName: ref(state === 'busy' ? sayGallery('longName') : null),
  }
  return past as unknown as WallPast
}

export const drawn = (component: Parameters<typeof h>[0], props: object): VNode => h(component as never, props as never)
