// Whom to send, with the reasons; and why not the others. No zod: the desk screen asks this.
import type { Case } from './case.ts'
import type { Instant, PersonId } from './ids.ts'
import { metresBetween } from './metres.ts'
import type { Person, Presence } from './person.ts'
import type { Role } from './roles.ts'
import type { Scenario } from './scenario.ts'
import { isOpen } from './stage.ts'

/** Six in hand is full: 在办 6 件，已满. */
export const full = 6
/** An older position says where somebody was, not where they are. */
const freshFor = 20 * 60_000
/** A brisk walk through lanes and stairs. */
const metresPerMinute = 60

export type For = 'nearest' | 'skilled' | 'least-busy' | 'usual-post' | 'there-already'
export type Against = 'off-duty' | 'full' | 'other-area' | 'other-post'

export interface Standing {
  person: Person
  /** In a straight line, where a fresh position is known. */
  metres?: number
  minutes?: number
  /** When the position was taken, fresh or not. */
  seenAt?: Instant
  /** Open cases in hand, besides this one. */
  inHand: number
  /** Has the skill the scenario asks for; absent where it asks for none. */
  skilled?: boolean
}

export interface Recommended extends Standing {
  reasons: For[]
}

export interface LeftOut extends Standing {
  why: Against
}

const goesOut: Record<Role, boolean> = {
  officer: true,
  property: true,
  chief: false,
  'duty-officer': false,
  wall: false,
  administrator: false,
}

/**
 * `fit` by who gets there first, those without a fresh position after them by load; `leftOut` with the one reason that weighs most.
 * People of another area are left out unless they are of the right post: a list of everybody helps nobody.
 */
export function recommend(
  subject: Case,
  scenario: Scenario,
  people: readonly Person[],
  presences: readonly Presence[],
  cases: Iterable<Case>,
  now: Instant,
): { fit: Recommended[]; leftOut: LeftOut[] } {
  const loads = loadsOf(cases, subject)
  const where = new Map(presences.map((presence) => [presence.personId, presence]))
  const standings = people
    .filter((person) => goesOut[person.role])
    .map((person) => standing(person, subject, scenario, where.get(person.id), loads.get(person.id) ?? 0, now))
  const judged = standings.map((one) => ({ one, why: against(one, subject, scenario) }))
  const fit = judged.filter(({ why }) => why === null).map(({ one }) => one)
  const leftOut = judged.flatMap(({ one, why }) => (why && isWorthNaming(one, why, scenario) ? [{ ...one, why }] : []))
  const order = [...fit].sort(byArrival(scenario))
  return { fit: order.map((one) => ({ ...one, reasons: reasons(one, order, scenario) })), leftOut }
}

function loadsOf(cases: Iterable<Case>, besides: Case): Map<PersonId, number> {
  const loads = new Map<PersonId, number>()
  for (const { id, stage, holder } of cases)
    if (holder && id !== besides.id && isOpen(stage)) loads.set(holder.personId, (loads.get(holder.personId) ?? 0) + 1)
  return loads
}

function standing(
  person: Person,
  subject: Case,
  scenario: Scenario,
  presence: Presence | undefined,
  inHand: number,
  now: Instant,
): Standing {
  const metres = presence && now - presence.at <= freshFor ? metresBetween(presence.wgs84, subject.wgs84) : undefined
  return {
    person,
    inHand,
    ...(presence && { seenAt: presence.at }),
    ...(metres !== undefined && { metres, minutes: Math.max(1, Math.ceil(Math.round(metres) / metresPerMinute)) }),
    ...(scenario.skill !== undefined && { skilled: person.skills.includes(scenario.skill) }),
  }
}

function against({ person, inHand }: Standing, subject: Case, scenario: Scenario): Against | null {
  if (!person.placeIds.some((place) => subject.path.includes(place))) return 'other-area'
  if (!scenario.handledBy.includes(person.post)) return 'other-post'
  if (!person.onDuty) return 'off-duty'
  return inHand >= full ? 'full' : null
}

const isWorthNaming = ({ person }: Standing, why: Against, scenario: Scenario) =>
  why !== 'other-area' || (person.onDuty && scenario.handledBy.includes(person.post))

const byArrival = (scenario: Scenario) => (a: Standing, b: Standing) =>
  (a.metres ?? Infinity) === (b.metres ?? Infinity)
    ? scenario.handledBy.indexOf(a.person.post) - scenario.handledBy.indexOf(b.person.post) ||
      a.inHand - b.inHand ||
      (a.person.id < b.person.id ? -1 : 1)
    : (a.metres ?? Infinity) - (b.metres ?? Infinity)

function reasons(one: Standing, fit: readonly Standing[], scenario: Scenario): For[] {
  const nearest = Math.min(...fit.map((other) => other.metres ?? Infinity))
  const least = Math.min(...fit.map((other) => other.inHand))
  const holds: Record<For, boolean> = {
    'there-already': one.metres !== undefined && one.metres <= 30,
    nearest: one.metres !== undefined && one.metres === nearest,
    skilled: one.skilled === true,
    'least-busy': fit.length > 1 && one.inHand === least && fit.some((other) => other.inHand > least),
    'usual-post': one.person.post === scenario.handledBy[0],
  }
  return (Object.keys(holds) as For[]).filter((reason) => holds[reason])
}
