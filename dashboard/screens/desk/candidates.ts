// Who could go to a case and why, who was passed over and why not, in words.
import type { Case } from '#contract/case'
import type { Instant, PersonId } from '#contract/ids'
import type { Presence } from '#contract/person'
import type { For } from '#contract/reasons'
import { recommend } from '#contract/recommend'
import type { LeftOut, Recommended } from '#contract/recommend'
import type { Responsibility, ResponsibilityTable } from '#contract/responsibility'
import { responsibleFor } from '#contract/responsible'
import type { Candidate, PassedOver } from '../../parts/PersonChoice.vue'
import { sayCase } from '../../words/case.ts'
import { sayDesk } from '../../words/desk.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { spanInWords, timeOf, toLocal } from '../../words/times.ts'
import { language } from '../../words/words.ts'
import { personName, scenarioOf } from './facts.ts'
import type { Facts } from './facts.ts'

export interface Choice {
  /** 责任单位 桥一物业: whose it is by the site's table; empty where it does not say. */
  responsible: string
  candidates: Candidate[]
  passedOver: PassedOver[]
  onDuty: number
}

/** As many as fit above the fold; whoever comes later in the order is seldom the one. */
const shown = { fit: 4, leftOut: 5 }
/** Younger than this a position is where they are. */
const aged = 2 * 60_000
const nobody: Choice = { responsible: '', candidates: [], passedOver: [], onDuty: 0 }

export function choiceFor(
  facts: Facts,
  subject: Case,
  board: { presences: readonly Presence[]; cases: readonly Case[]; now: Instant },
  table?: ResponsibilityTable | null,
): Choice {
  const scenario = scenarioOf(facts, subject)
  if (!scenario) return nobody
  const people = [...facts.people.values()]
  const localDate = toLocal(board.now).slice(0, 10)
  const also = table ? { table, localDate } : {}
  const { fit, leftOut } = recommend(subject, scenario, people, board.presences, board.cases, board.now, also)
  const whose = table ? responsibleFor(table, subject, subject.path, localDate)?.row : undefined
  return {
    responsible: whose ? whoseSaid(facts, whose) : '',
    candidates: fit.slice(0, shown.fit).map((one) => candidate(one, scenario.skill, board.now, whose)),
    passedOver: [...leftOut].sort(byNearness).slice(0, shown.leftOut).map(passedOver),
    onDuty: people.filter((person) => person.onDuty && (person.role === 'officer' || person.role === 'property'))
      .length,
  }
}

/** Whom the list would have shown had they fitted. */
const weight: Record<LeftOut['why'], number> = { full: 0, 'off-duty': 1, 'other-post': 2, 'other-area': 3 }
const byNearness = (a: LeftOut, b: LeftOut) =>
  weight[a.why] - weight[b.why] || (a.metres ?? Infinity) - (b.metres ?? Infinity)

function candidate(
  one: Recommended,
  skill: string | undefined,
  now: Instant,
  whose: Responsibility | undefined,
): Candidate {
  const where = one.metres === undefined ? sayDesk('noPlace') : placeSaid(one, one.metres, now)
  return {
    id: one.person.id as PersonId,
    name: one.person.name,
    facts: [sayDesk('onDuty'), where, sayDesk('inHand', { n: one.inHand })].join(dot()),
    reasons: [...one.reasons.map((reason) => reasonSaid(reason, one, skill, whose)), one.person.body]
      .filter(Boolean)
      .join(language.value === 'zh' ? '；' : '; '),
    eta: one.minutes === undefined ? '' : sayDesk('walk', { n: one.minutes }),
  }
}

/** 「180 m（3 分前）」: a position of minutes ago says where somebody was. */
function placeSaid({ seenAt }: Recommended, metres: number, now: Instant): string {
  const age = seenAt === undefined ? 0 : now - seenAt
  if (age < aged) return metresSaid(metres)
  return sayDeskCase('positionAge', { metres: metresSaid(metres), ago: spanInWords(age) })
}

const dot = () => (language.value === 'zh' ? '·' : ' · ')

/** `180 m`, `1.2 km`. */
export const metresSaid = (metres: number): string =>
  metres < 1_000 ? `${Math.round(metres / 10) * 10} m` : `${(metres / 1_000).toFixed(1)} km`

function reasonSaid(
  reason: For,
  one: Recommended,
  skill: string | undefined,
  whose: Responsibility | undefined,
): string {
  if (reason === 'skilled') return sayDesk('for.skilled', { skill: skill ?? '' })
  if (reason === 'responsible') return sayDeskCase(whose?.personId ? 'for.responsiblePerson' : 'for.responsible')
  return sayDesk(`for.${reason}`, { post: sayCase(`post.${one.person.post}`) })
}

/** 「责任单位 桥一物业」, 「责任人 周敏」. */
const whoseSaid = (facts: Facts, { body, personId }: Responsibility): string =>
  personId
    ? `${sayDeskCase('responsiblePerson')} ${personName(facts, personId)}`
    : `${sayDeskCase('responsibleBody')} ${body ?? ''}`

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
