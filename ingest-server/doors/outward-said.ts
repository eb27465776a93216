// A case as it is told beyond the street: nobody's name, nothing a resident wrote; and whether there is anything to tell.
import type { Case } from '#contract/case'
import type { Instant, PlaceId } from '#contract/ids'
import type { Neighbour } from '#contract/neighbour'
import { isOpen } from '#contract/stage'
import type { ToldCase } from '#contract/told'
import { scrubbed } from '#contract/personal-numbers'
import type { CaseChange, House } from './outward-kind.ts'

/** opened: first told of · order-answered: the 督办 that came from above was answered. */
export type Happened = 'opened' | 'changed' | 'closed' | 'reopened' | 'order-answered'

type Told = Pick<Neighbour, 'toldOf' | 'source'>

/** Null where nothing changed of what is told. A case that a machine is not sure of is not told of yet. */
export function happened({ before, now }: CaseChange, neighbour: Told): Happened | null {
  if (now.unsure) return null
  if (!before || before.unsure) return isOpen(now.stage) ? 'opened' : null
  if (isOpen(before.stage) !== isOpen(now.stage)) return isOpen(now.stage) ? 'reopened' : 'closed'
  if (isAnswered(now, neighbour) && !isAnswered(before, neighbour)) return 'order-answered'
  return toldBy(before) === toldBy(now) ? null : 'changed'
}

/** They urged it themselves, through their own way in. */
const isUrgedBy = ({ urged }: Case, { source }: Told): boolean =>
  urged?.from !== undefined && source !== undefined && (urged.by as string) === source

const isAnswered = (subject: Case, neighbour: Told): boolean =>
  isUrgedBy(subject, neighbour) && subject.urged?.answeredAt !== undefined

/** A case that fell under it before is told of to its end, whatever it has become since. */
export function isToldOf({ before, now }: CaseChange, neighbour: Told): boolean {
  const { levels, scenarios, places, stages } = neighbour.toldOf
  const falls = (subject: Case | null) =>
    subject !== null &&
    (levels?.includes(subject.level) ?? true) &&
    (scenarios?.includes(subject.scenarioId) ?? true) &&
    (places?.some((place) => subject.path.includes(place)) ?? true)
  if (!falls(now) && !falls(before)) return false
  if (!stages || !before || before.unsure) return true
  return (
    isAnswered(now, neighbour) !== isAnswered(before, neighbour) ||
    (before.stage !== now.stage && stages.includes(now.stage))
  )
}

/** All of which a change is worth a message. Reports that join, receipts and photos are the street's own business. */
const toldBy = ({ stage, level, matter, path, holder, urged, disposition, mergedInto, rating, held }: Case): string =>
  JSON.stringify([
    ...[stage, level, matter, path.at(-1), holder?.personId, holder?.arrivedAt !== undefined, disposition, mergedInto],
    ...[urged?.at, urged?.answeredAt, rating?.stars, held?.until],
  ])

const time = (at: Instant): string => new Date(at).toISOString()

/** As it goes out. Times in ISO 8601, UTC; points in WGS-84. */
export function saidOf(subject: Case, neighbour: Told, { known, isExercise }: House): ToldCase {
  const { holder, rating } = subject
  const matter = known.scenarios.byMatter.get(subject.matter)?.matter
  const scenario = known.scenarios.byId.get(subject.scenarioId)
  const by = holder && known.people.get(holder.personId)
  return {
    id: subject.id,
    revision: subject.revision,
    ...(isExercise && { exercise: true as const }),
    scenario: { id: subject.scenarioId, name: scenario?.words ?? null },
    matter: { code: subject.matter, name: matter?.words ?? null, nationalCode: matter?.nationalCode ?? null },
    level: subject.level,
    stage: subject.stage,
    place: placesOf(subject.path, known),
    point: { lon: subject.wgs84[0], lat: subject.wgs84[1], crs: 'wgs84' },
    openedAt: time(subject.openedAt),
    ...(subject.endedAt !== undefined && { endedAt: time(subject.endedAt) }),
    ...(subject.disposition && { disposition: subject.disposition }),
    ...(subject.mergedInto && { mergedInto: subject.mergedInto }),
    ...(holder && {
      inHand: {
        since: time(holder.since),
        ...(by && { post: by.post, body: by.body }),
        ...(holder.arrivedAt !== undefined && { arrivedAt: time(holder.arrivedAt) }),
      },
    }),
    ...(subject.held && { heldUntil: time(subject.held.until) }),
    ...(rating && { satisfaction: rating.stars }),
    ...(isUrgedBy(subject, neighbour) && { order: orderOf(subject) }),
  }
}

/** Their own words come back with what was said to them; phone numbers and the like are struck out of what staff wrote. */
function orderOf({ urged, steps }: Case) {
  const said = steps.findLast(({ verb, at }) => verb === 'answer' && at >= urged!.at)?.note
  return {
    at: time(urged!.at),
    reason: urged!.reason,
    ...(urged!.answeredAt !== undefined && { answeredAt: time(urged!.answeredAt) }),
    ...(said && { answer: scrubbed(said) }),
  }
}

const placesOf = (path: readonly PlaceId[], { ground }: House['known']) =>
  path.map((id) => {
    const place = ground.places.get(id)
    return { id, level: place?.level ?? null, name: place?.name ?? id }
  })
