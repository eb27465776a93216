// What goes along with a hand-over: the open cases of its place; and which notes one sees, those nobody took first.
import type { Case } from '#contract/case'
import type { HandOver } from '#contract/duty'
import type { PlaceId } from '#contract/ids'
import { isOpen } from '#contract/stage'
import { byUrgency } from '../lists.ts'
import { isKin } from './place-names.ts'
import type { Places } from './place-names.ts'

/** What is still open there, the most urgent first. What nobody is sure of is no one's work yet. */
export const casesOf = (cases: readonly Case[], placeId: PlaceId): Case[] =>
  cases.filter((subject) => isOpen(subject.stage) && !subject.unsure && subject.path.includes(placeId)).sort(byUrgency)

export function notesOf(
  handOvers: readonly HandOver[],
  places: Places,
  block: PlaceId | null,
): { open: HandOver[]; taken: HandOver[] } {
  const own = handOvers.filter((one) => !block || isKin(places, one.placeId, block)).sort((a, b) => b.at - a.at)
  return { open: own.filter((one) => !one.taken), taken: own.filter((one) => one.taken) }
}
