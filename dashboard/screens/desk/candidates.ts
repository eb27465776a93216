// Who could go to a case and why, who was passed over and why not, in words.
import type { Case } from '#contract/case'
import type { Instant, PersonId } from '#contract/ids'
import type { Presence } from '#contract/person'
import { recommend } from '#contract/recommend'
import type { For, LeftOut, Recommended } from '#contract/recommend'
import type { Candidate, PassedOver } from '../../parts/PersonChoice.vue'
import { sayCase } from '../../words/case.ts'
import { sayDesk } from '../../words/desk.ts'
import { timeOf } from '../../words/times.ts'
import { language } from '../../words/words.ts'
import type { Facts } from './facts.ts'

export interface Choice {
  candidates: Candidate[]
  passedOver: PassedOver[]
  onDuty: number
}

/** As many as fit above the fold; whoever comes later in the order is seldom the one. */
const shown = { fit: 4, leftOut: 5 }
const nobody: Choice = { candidates: [], passedOver: [], onDuty: 0 }

export function choiceFor(
  facts: Facts,
  subject: Case,
  board: { presences: readonly Presence[]; cases: readonly Case[]; now: Instant },
): Choice {
  const scenario = facts.scenarios.get(subject.scenarioId)
  if (!scenario) return nobody
  const people = [...facts.people.values()]
  const { fit, leftOut } = recommend(subject, scenario, people, board.presences, board.cases, board.now)
  return {
    candidates: fit.slice(0, shown.fit).map((one) => candidate(one, scenario.skill)),
    passedOver: [...leftOut].sort(byNearness).slice(0, shown.leftOut).map(passedOver),
    onDuty: people.filter((person) => person.onDuty && (person.role === 'officer' || person.role === 'property'))
      .length,
  }
}

/** Whom the list would have shown had they fitted. */
const weight: Record<LeftOut['why'], number> = { full: 0, 'off-duty': 1, 'other-post': 2, 'other-area': 3 }
const byNearness = (a: LeftOut, b: LeftOut) =>
  weight[a.why] - weight[b.why] || (a.metres ?? Infinity) - (b.metres ?? Infinity)

function candidate(one: Recommended, skill: string | undefined): Candidate {
  const where = one.metres === undefined ? sayDesk('noPlace') : metresSaid(one.metres)
  return {
    id: one.person.id as PersonId,
    name: one.person.name,
    facts: [sayDesk('onDuty'), where, sayDesk('inHand', { n: one.inHand })].join(dot()),
    reasons: [...one.reasons.map((reason) => reasonSaid(reason, one, skill)), one.person.body]
      .filter(Boolean)
      .join(language.value === 'zh' ? '；' : '; '),
    eta: one.minutes === undefined ? '' : sayDesk('walk', { n: one.minutes }),
  }
}

const dot = () => (language.value === 'zh' ? '·' : ' · ')

/** `180 m`, `1.2 km`. */
export const metresSaid = (metres: number): string =>
  metres < 1_000 ? `${Math.round(metres / 10) * 10} m` : `${(metres / 1_000).toFixed(1)} km`

const reasonSaid = (reason: For, one: Recommended, skill: string | undefined): string =>
  reason === 'skilled'
    ? sayDesk('for.skilled', { skill: skill ?? '' })
    : sayDesk(`for.${reason}`, { post: sayCase(`post.${one.person.post}`) })

function passedOver(one: LeftOut): PassedOver {
  const why = {
    'off-duty': () =>
      one.seenAt ? sayDesk('against.off-duty-since', { time: timeOf(one.seenAt) }) : sayDesk('against.off-duty'),
    full: () => sayDesk('against.full', { n: one.inHand }),
    'other-area': () => sayDesk('against.other-area', { body: one.person.body }),
    'other-post': () => sayDesk('against.other-post', { post: sayCase(`post.${one.person.post}`) }),
  }[one.why]()
  return { id: one.person.id, name: one.person.name, why }
}
