// What links this desk with the other screens: driving and following, what is on the wall and in its queue, what of it is ours.
import { computed, watch, type ComputedRef } from 'vue'
import type { PersonWish } from '#contract/command'
import type { CaseId } from '#contract/ids'
import { refusals } from '#contract/refusal'
import { castsSay, type CastBook } from '../../composables/casts-say.ts'
import { browserSpotlight, useSpotlight, type SpotlightWorld } from '../../composables/use-spotlight.ts'
import { useBoard } from '../../stores/board.ts'
import { useRequests } from '../../stores/requests.ts'
import { sayLine } from '../../words/line.ts'
import { sayLinked } from '../../words/linked.ts'
import { shortMoment } from '../../words/moments.ts'
import { inWords, language } from '../../words/words.ts'
import { airy, caseNamed } from './facts.ts'
import type { Facts } from './facts.ts'

interface Goes {
  /** To a case, away from whatever page is open. */
  toCase: (id: CaseId) => void
  /** To the page of the past. */
  toPast: () => void
}

export function useLink(facts: ComputedRef<Facts>, goes: Goes, world: SpotlightWorld = browserSpotlight) {
  const board = useBoard()
  const requests = useRequests()
  const spot = useSpotlight(world)
  const book = computed<CastBook>(() => ({
    personName: (id) => board.people.get(id)?.name ?? id,
    caseName(id) {
      const subject = board.board?.cases.get(id)
      return subject ? caseNamed(facts.value, subject) : null
    },
    placeName(id) {
      const place = facts.value.places.get(id)
      return place ? airy(language.value === 'zh' ? place.name : place.nameEn) : id
    },
  }))
  watch(spot.followed, (now, before) => {
    if (now?.moment !== undefined && now.moment !== before?.moment) return goes.toPast()
    if (now?.caseId && now.caseId !== before?.caseId) goes.toCase(now.caseId)
  })

  /** What all look at, in a few words. */
  const looked = computed(() => {
    const look = spot.spotlight.value
    if (!look) return ''
    if (look.hidden) return sayLinked('hidden')
    const parts = [
      look.caseId && (book.value.caseName(look.caseId) ?? sayLinked('look.hiddenCase')),
      look.placeId && book.value.placeName(look.placeId),
      look.moment !== undefined && sayLinked('look.moment', { time: shortMoment(look.moment) }),
    ]
    return parts.filter(Boolean).join(' · ') || sayLinked('look.whole')
  })
  const me = computed(() => board.viewer?.personId)
  const casts = computed(() =>
    castsSay(board.linkage.casts, book.value, board.now).map((cast) => ({
      ...cast,
      isMine: cast.by === me.value,
      /** The duty officer answers for the wall, whoever put it there. */
      mayEnd: cast.by === me.value || board.viewer?.role === 'duty-officer',
    })),
  )
  const mayDrive = computed(() => board.viewer?.role === 'duty-officer' || board.viewer?.role === 'chief')
  /** The last no to a wish about no case. */
  const refused = computed(() => {
    const no = requests.refusals.get('')
    if (!no || (no.wish.type === 'look' && no.refusal !== spot.no.value)) return null
    return sayLinked('refused', {
      why: no.refusal === 'unanswered' ? sayLine('unanswered') : inWords(refusals[no.refusal]),
    })
  })
  const wish = (wanted: PersonWish) => void requests.wish(wanted)
  return { spot, looked, casts, mayDrive, refused, wish, readAway: () => requests.clear('') }
}
export type DeskLink = ReturnType<typeof useLink>
