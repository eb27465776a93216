// One case after one event: a new record, the old one untouched.
import type { Besides, Case, Photo, Receipt, Step } from '#contract/case'
import type { Clock } from '#contract/clock'
import type { Event } from '#contract/event'
import type { Instant, PersonId } from '#contract/ids'
import { isOpen } from '#contract/stage'

/** An event that changes a case which is there already. */
export type Change = Extract<Event, { type: 'sourced' | 'unsourced' | 'moved' | 'marked' | 'voted' }>

/** `now` is the journal line's own time, so that a board read anew is the board that was. */
export function evolve(current: Case, event: Change, now: Instant): Case {
  switch (event.type) {
    case 'sourced':
      return sourced(current, event, now)
    case 'unsourced':
      return unsourced(current, event)
    case 'moved':
      return moved(current, event, now)
    case 'marked':
      return marked(current, event)
    case 'voted':
      return voted(current, event)
    default:
      return event satisfies never
  }
}

function sourced(current: Case, event: Extract<Change, { type: 'sourced' }>, now: Instant): Case {
  const { source } = event
  const index = current.sources.findIndex((known) => known.key === source.key)
  const joins: Step = { verb: 'join', at: now, by: source.by, about: source.key }
  return {
    ...current,
    level: event.level,
    unsure: event.unsure,
    matter: event.matter ?? current.matter,
    lastReportAt: now,
    sources: index < 0 ? [...current.sources, source] : current.sources.with(index, source),
    steps: index < 0 ? [...current.steps, joins] : current.steps,
    clocks: withClocks(current.clocks, event.clocks),
    told: withReceipts(current.told, event.told),
    facilityId: current.facilityId ?? source.facilityId,
    reporterRef: current.reporterRef ?? source.reporterRef,
    ...written(event.set),
  }
}

/** The facility and the reporter it got from a source that is gone go with it. */
function unsourced(current: Case, event: Extract<Change, { type: 'unsourced' }>): Case {
  const sources = current.sources.filter((source) => !event.keys.includes(source.key))
  return {
    ...current,
    level: event.level,
    unsure: event.unsure,
    matter: event.matter,
    sources,
    ...event.at,
    facilityId: sources.find((source) => source.facilityId)?.facilityId,
    reporterRef: sources.find((source) => source.reporterRef)?.reporterRef,
    steps: [...current.steps, event.step],
    ...written(event.set),
  }
}

/** Votes are many and come one by one: each its own line, and no step of the story. */
const voted = (current: Case, { ballot, member, vote }: Extract<Change, { type: 'voted' }>): Case => ({
  ...current,
  votes: { ...current.votes, [ballot]: { ...current.votes?.[ballot], [member]: vote } },
})

/** Fields written whole; `null` takes one away. */
const written = (set: Besides | undefined): Partial<Case> =>
  set ? Object.fromEntries(Object.entries(set).map(([key, value]) => [key, value ?? undefined])) : {}

function moved(current: Case, event: Extract<Change, { type: 'moved' }>, now: Instant): Case {
  const { step } = event
  return {
    ...current,
    stage: event.stage,
    // Somebody looked and took it for true.
    unsure: step.verb === 'accept' ? false : current.unsure,
    acknowledged: step.verb === 'accept' ? signed(current, step) : current.acknowledged,
    holder: event.holder === undefined ? current.holder : (event.holder ?? undefined),
    steps: [...current.steps, step],
    clocks: withClocks(current.clocks, event.clocks),
    told: withReceipts(current.told, event.told),
    handlers: withHandler(current.handlers, event.handler),
    returns: current.returns + (event.returned ? 1 : 0),
    // Void no longer, it has not ended as anything.
    disposition: isOpen(event.stage) ? undefined : (event.disposition ?? current.disposition),
    endedAt: isOpen(event.stage) ? undefined : now,
    ...written(event.set),
  }
}

function marked(current: Case, event: Extract<Change, { type: 'marked' }>): Case {
  const { step } = event
  return {
    ...current,
    steps: step ? [...current.steps, step] : current.steps,
    clocks: withClocks(current.clocks, event.clocks),
    told: withReceipts(current.told, event.told ?? (event.receipt && [event.receipt])),
    photos: withPhoto(current.photos, event.photo),
    acknowledged: step?.verb === 'acknowledge' ? signed(current, step) : current.acknowledged,
    ticked: step?.verb === 'tick' && step.about ? [...current.ticked, step.about] : current.ticked,
    ...written(event.set),
  }
}

/** The first who signs for a case is the one who has. */
const signed = (current: Case, { by, at }: Step): Case['acknowledged'] =>
  current.acknowledged ?? (by.kind === 'person' ? { by: by.id, at } : undefined)

/** Those that changed replace those of their name, new ones go to the end. */
function withClocks(clocks: Clock[], changed: readonly Clock[] | undefined): Clock[] {
  if (!changed?.length) return clocks
  const kept = clocks.map((clock) => changed.find((next) => next.name === clock.name) ?? clock)
  return [...kept, ...changed.filter((next) => !clocks.some((clock) => clock.name === next.name))]
}

function withReceipts(told: Receipt[], changed: readonly Receipt[] | undefined): Receipt[] {
  if (!changed?.length) return told
  const kept = told.map((receipt) => changed.find((next) => next.personId === receipt.personId) ?? receipt)
  return [...kept, ...changed.filter((next) => !told.some((receipt) => receipt.personId === next.personId))]
}

const withHandler = (handlers: PersonId[], handler: PersonId | undefined) =>
  handler === undefined || handlers.includes(handler) ? handlers : [...handlers, handler]

const withPhoto = (photos: Photo[], photo: Photo | undefined) => (photo ? [...photos, photo] : photos)
