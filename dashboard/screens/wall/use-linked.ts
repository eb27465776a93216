// What links this wall with the other screens: the spotlight it follows, who may command through it, what is on it and who waits.
import { computed, type ComputedRef } from 'vue'
import type { PersonWish } from '#contract/command'
import type { LinkageView } from '#contract/linkage'
import type { PersonId } from '#contract/ids'
import type { Role } from '#contract/roles'
import { refusals } from '#contract/refusal'
import { castsSay, type CastBook } from '../../composables/casts-say.ts'
import { browserSpotlight, useSpotlight } from '../../composables/use-spotlight.ts'
import { useBoard } from '../../stores/board.ts'
import { useRequests } from '../../stores/requests.ts'
import { sayLine } from '../../words/line.ts'
import { sayLinked } from '../../words/linked.ts'
import { inWords } from '../../words/words.ts'
import { blockAndArea, nameOf, titleOf } from './case-lines.ts'
import type { Wall } from './use-wall.ts'

const commands: ReadonlySet<Role> = new Set<Role>(['duty-officer', 'chief'])

export function useLinked(wall: ComputedRef<Wall>, world = browserSpotlight) {
  const board = useBoard()
  const requests = useRequests()
  const spot = useSpotlight(world, { follows: true, letsGo: true })
  const isBound = computed(() => board.viewer?.role === 'wall')
  /** Who signed in at this wall, for good or for a while. */
  const commander = computed<PersonId | null>(() => {
    if (board.operator) return board.operator.personId
    return board.viewer && commands.has(board.viewer.role) ? board.viewer.personId : null
  })
  const book = computed<CastBook>(() => ({
    personName: (id) => board.people.get(id)?.name ?? id,
    caseName(id) {
      const subject = board.board?.cases.get(id)
      return subject
        ? [titleOf(subject, wall.value.book), blockAndArea(subject, wall.value.book)].filter(Boolean).join(' ')
        : null
    },
    placeName(id) {
      const place = wall.value.book.town?.places.get(id)
      return place ? nameOf(place) : id
    },
  }))
  const casts = computed(() => castsSay(board.linkage.casts, book.value, board.now))
  /** A wall itself may end what stands on it, whoever put it there. */
  const mayEnd = computed(() => isBound.value || commander.value !== null)
  const refused = computed(() => {
    const no = [...requests.refusals.values()].pop()
    if (!no || no.wish.type === 'look') return null
    const why = no.refusal === 'unanswered' ? sayLine('unanswered') : inWords(refusals[no.refusal])
    return sayLinked('refused', { why })
  })
  /** While it follows nobody the spotlight moves nothing here; where it drives, its own does. */
  const linkage = computed<LinkageView>(() => ({
    casts: board.linkage.casts,
    spotlight: spot.isDriving.value ? spot.spotlight.value : spot.followed.value,
  }))
  /** A banner about the line lies over the edge where these words stand, and what they say is old. */
  const isQuiet = computed(() => board.line.state !== 'live' && board.line.state !== 'connecting')
  const wish = (wanted: PersonWish) => requests.wish(wanted)
  return { spot, linkage, isQuiet, isBound, commander, book, casts, mayEnd, refused, wish }
}
export type Linked = ReturnType<typeof useLinked>
