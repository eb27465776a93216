// Whom to send, with the reasons; and why not the others. No zod: the desk screen asks this.
import type { Case } from './case.ts'
import type { Shift } from './duty.ts'
import type { Instant, PersonId } from './ids.ts'
import { metresBetween } from './metres.ts'
import type { Person, Presence } from './person.ts'
import { reasonsFor } from './reasons.ts'
import type { Against, For } from './reasons.ts'
import type { ResponsibilityTable } from './responsibility.ts'
import { isResponsible, responsibleFor } from './responsible.ts'
import type { Responsible } from './responsible.ts'
import type { Role } from './roles.ts'
import { asRostered, byPerson } from './roster.ts'
import type { Scenario } from './scenario.ts'
import { isOpen } from './stage.ts'

/** Six in hand is full: 在办 6 件，已满. */
export const full = 6
/** An older position says where somebody was, not where they are. */
const freshFor = 20 * 60_000
/** A brisk walk through lanes and stairs. */
const metresPerMinute = 60
/** What a position is worth less each minute: whoever was somewhere has not stood still since. */
const lostPerMinute = 10

/** What a recommendation goes by besides; each may be missing. */
export interface AlsoKnown {
  table?: Pick<ResponsibilityTable, 'rows'> | undefined
  /** `2026-11-21`, by which the table is read. */
  localDate?: string
  /** The roster, where `people` are not as it has them already. */
  shifts?: readonly Shift[]
}

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
  /** It is theirs by the site's table. */
  responsible?: boolean
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
  'security-administrator': false,
  'audit-administrator': false,
}

/**
 * `fit`: whose it is by the table first, then who gets there first, those without a fresh position after them by load; `leftOut` with
 * the one reason that weighs most. People of another area are left out unless they are of the right post: a list of everybody
 * helps nobody.
 */
export function recommend(
  subject: Case,
  scenario: Scenario,
  people: readonly Person[],
  presences: readonly Presence[],
  cases: Iterable<Case>,
  now: Instant,
  { table, localDate, shifts }: AlsoKnown = {},
): { fit: Recommended[]; leftOut: LeftOut[] } {
  const loads = loadsOf(cases, subject)
  const where = new Map(presences.map((presence) => [presence.personId, presence]))
  const turns = shifts && byPerson(shifts)
  const whose = table && localDate !== undefined ? responsibleFor(table, subject, subject.path, localDate) : null
  const standings = people
    .filter((person) => goesOut[person.role])
    .map((person) => (turns ? asRostered(person, turns.get(person.id), now) : person))
    .map((person) => standing(person, subject, scenario, where.get(person.id), loads.get(person.id) ?? 0, whose, now))
  const judged = standings.map((one) => ({ one, why: against(one, subject, scenario) }))
  const fit = judged.filter(({ why }) => why === null).map(({ one }) => one)
  const leftOut = judged.flatMap(({ one, why }) => (why && isWorthNaming(one, why, scenario) ? [{ ...one, why }] : []))
  const order = [...fit].sort(inOrder(scenario, now))
  return { fit: order.map((one) => ({ ...one, reasons: reasons(one, order, scenario, now) })), leftOut }
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
  whose: Responsible | null,
  now: Instant,
): Standing {
  const metres = presence && now - presence.at <= freshFor ? metresBetween(presence.wgs84, subject.wgs84) : undefined
  return {
    person,
    inHand,
    ...(presence && { seenAt: presence.at }),
    ...(metres !== undefined && { metres, minutes: Math.max(1, Math.ceil(Math.round(metres) / metresPerMinute)) }),
    ...(scenario.skill !== undefined && { skilled: person.skills.includes(scenario.skill) }),
    ...(whose && isResponsible(person, whose) && { responsible: true }),
  }
}

function against({ person, inHand }: Standing, subject: Case, scenario: Scenario): Against | null {
  if (!person.placeIds.some((place) => subject.path.includes(place))) return 'other-area'
  if (!scenario.handledBy.includes(person.post)) return 'other-post'
  if (!person.onDuty) return 'off-duty'
  return inHand >= full ? 'full' : null
}

const isWorthNaming = ({ person, responsible }: Standing, why: Against, scenario: Scenario) =>
  responsible === true || why !== 'other-area' || (person.onDuty && scenario.handledBy.includes(person.post))

/** How near somebody may be taken to be: a position loses ten metres a minute, for people walk on. */
const trusted = ({ metres, seenAt }: Standing, now: Instant): number =>
  metres === undefined ? Infinity : metres + (Math.max(0, now - (seenAt ?? now)) / 60_000) * lostPerMinute

const inOrder = (scenario: Scenario, now: Instant) => (a: Standing, b: Standing) => {
  const [near, far] = [trusted(a, now), trusted(b, now)]
  return (
    Number(b.responsible ?? false) - Number(a.responsible ?? false) ||
    (near === far
      ? scenario.handledBy.indexOf(a.person.post) - scenario.handledBy.indexOf(b.person.post) ||
        Number(b.skilled ?? false) - Number(a.skilled ?? false) ||
        a.inHand - b.inHand ||
        (a.person.id < b.person.id ? -1 : 1)
      : near - far)
  )
}

function reasons(one: Standing, fit: readonly Standing[], scenario: Scenario, now: Instant): For[] {
  const nearest = Math.min(...fit.map((other) => trusted(other, now)))
  const least = Math.min(...fit.map((other) => other.inHand))
  const holds: Record<For, boolean> = {
    responsible: one.responsible === true,
    'there-already': one.metres !== undefined && one.metres <= 30,
    nearest: one.metres !== undefined && trusted(one, now) === nearest,
    skilled: one.skilled === true,
    'least-busy': fit.length > 1 && one.inHand === least && fit.some((other) => other.inHand > least),
    'usual-post': one.person.post === scenario.handledBy[0],
  }
  return reasonsFor.filter((reason) => holds[reason])
}
