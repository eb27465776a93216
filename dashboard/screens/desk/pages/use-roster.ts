// The week that is shown, what can be done with the chosen turn or square, and what is wished then.
import { computed, ref, watch } from 'vue'
import type { Shift } from '#contract/duty'
import type { Instant, PersonId, PlaceId, ShiftId } from '#contract/ids'
import type { Post, Role } from '#contract/roles'
import { overlaps } from '#contract/roster'
import { newId } from '../../../link/new-id.ts'
import { useBoard } from '../../../stores/board.ts'
import { dayMs, weekStart } from '../../../words/moments.ts'
import type { Facts } from '../facts.ts'
import { pathOf } from './place-names.ts'
import { asLastWeek, nowOn, weekOf } from './roster-week.ts'
import { useWish } from './use-wish.ts'

const plans: readonly Role[] = ['chief', 'duty-officer']
export const newShiftId = () => newId() as string as ShiftId

export interface Square {
  personId: PersonId
  post: Post
  placeId: PlaceId
  day: Instant
}

export function useRoster(given: { facts: () => Facts; block: () => PlaceId | null }) {
  const board = useBoard()
  const { wish, no, isShut, readAway } = useWish()
  /** Weeks off this one. */
  const off = ref(0)
  const week = computed(() => weekStart(board.now) + off.value * 7 * dayMs)
  const known = computed(() => ({
    shifts: board.duty.shifts,
    people: board.people,
    places: given.facts().places,
  }))
  const groups = computed(() => weekOf(known.value, week.value, board.now, given.block()))
  const onNow = computed(() => nowOn(known.value, board.now, given.block()))
  const mayPlan = computed(() => !!board.viewer && plans.includes(board.viewer.role))

  const chosenId = ref<string | null>(null)
  watch([week, given.block], () => (chosenId.value = null))
  const turn = computed<Shift | null>(() => board.duty.shifts.find((one) => one.id === chosenId.value) ?? null)
  const square = computed<Square | null>(() => {
    for (const row of groups.value.flatMap((group) => group.rows)) {
      const day = Number(chosenId.value?.slice(row.key.length + 1))
      if (chosenId.value === `${row.key} ${day}`) return { ...row, day: week.value + day * dayMs }
    }
    return null
  })

  const lastWeek = computed(() =>
    asLastWeek(
      board.duty.shifts,
      week.value,
      new Set(groups.value.flatMap((group) => group.rows.map((row) => row.personId))),
      newShiftId,
    ),
  )
  const swaps = computed(() => board.duty.shifts.filter((shift) => shift.swap && shift.to > board.now))
  /** Who could stand there: of the same post, answering for that place, on no other turn then. */
  const colleagues = computed(() => {
    const own = turn.value
    if (!own) return []
    const path = pathOf(given.facts().places, own.placeId)
    return [...board.people.values()].filter(
      (one) =>
        one.post === own.post &&
        one.id !== own.personId &&
        (one.role === 'duty-officer' || one.placeIds.some((id) => path.includes(id))) &&
        !board.duty.shifts.some((shift) => shift.personId === one.id && overlaps(shift, own)),
    )
  })

  async function add(at: Square, from: Instant, to: Instant, untilSunday: boolean) {
    const { personId, post, placeId } = at
    const days = untilSunday ? Math.round((week.value + 7 * dayMs - at.day) / dayMs) : 1
    const put = Array.from({ length: days }, (_, day) => ({
      id: newShiftId(),
      ...{ personId, post, placeId },
      from: from + day * dayMs,
      to: to + day * dayMs,
    }))
    if (await wish({ type: 'roster', put, drop: [] })) chosenId.value = null
  }
  return {
    ...{ off, week, known, groups, onNow, mayPlan, chosenId, turn, square, lastWeek, swaps, colleagues },
    ...{ no, isShut, readAway, wish, add },
    drop: async (id: ShiftId) => {
      if (await wish({ type: 'roster', put: [], drop: [id] })) chosenId.value = null
    },
    copyLastWeek: () => wish({ type: 'roster', put: lastWeek.value.slice(0, 500), drop: [] }),
    askSwap: async (shift: ShiftId, to: PersonId, reason: string) => {
      const wanted = { type: 'swap' as const, shift, with: to, ...(reason.trim() ? { reason: reason.trim() } : {}) }
      if (await wish(wanted)) chosenId.value = null
    },
    answerSwap: (shift: ShiftId, yes: boolean) => wish({ type: 'answer-swap', shift, yes }),
  }
}
