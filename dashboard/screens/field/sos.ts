// 求助: what goes out, how far my own call has come, and who has seen it. Pure.
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import { isOpen } from '#contract/stage'
import type { CaseId, CommandId, Instant, PersonId, PlaceId } from '#contract/ids'
import type { Point } from '#contract/point'
import type { OutItem } from '../../link/outbox-port.ts'

/** The scenario's own word: staff-sos.json. */
const sosMatter = 'staff-sos'
/** Nobody is on the way any more to a call of yesterday. */
const forgottenMs = 12 * 3_600_000

export interface SosPlace {
  at?: Point
  placeId?: PlaceId
}

export const sosWish = (
  eventId: CommandId,
  { at, placeId }: SosPlace,
  text: string,
  now: Instant,
  phase: Report['phase'] = 'new',
): PersonWish => ({
  type: 'report',
  report: {
    kind: 'grid-report',
    eventId,
    phase,
    matter: sosMatter,
    occurredAt: now,
    ...(at ? { at } : placeId && { placeId }),
    text,
    evidence: [],
  },
})

type Report = Extract<PersonWish, { type: 'report' }>['report']
const sosIn = ({ wish }: OutItem): Report | null =>
  wish.type === 'report' && wish.report.matter === sosMatter ? wish.report : null

/** Is it the call of this person? Nobody is rung by their own. */
export const isOwnSos = ({ matter, sources }: Pick<Case, 'matter' | 'sources'>, me: PersonId): boolean =>
  matter === sosMatter && sources.some(({ by }) => by.kind === 'person' && by.id === me)

export interface MySos {
  item: OutItem
  report: Report
  caseId: CaseId | null
  /** Null where it has not come to this phone, or lies outside what this person sees. */
  subject: Case | null
  /** `waiting`: still on this phone. `sent`: the desk has it. `refused`: it has said no. */
  state: 'waiting' | 'sent' | 'refused'
  /** 我没事 was said, and waits for somebody to confirm it, or still lies on this phone. */
  isSafeSaid: boolean
}

/** The call that still counts: the last one of this phone, or one that stands on the board from another phone of mine. */
export function mySos(
  items: readonly OutItem[],
  cases: ReadonlyMap<CaseId, Case>,
  me: PersonId,
  now: Instant,
): MySos | null {
  const mine = items.filter((item) => sosIn(item) !== null)
  const calls = mine.filter((item) => sosIn(item)!.phase === 'new' && now - item.tappedAt < forgottenMs)
  const item = calls[calls.length - 1]
  if (!item) return null
  const report = sosIn(item)!
  const caseId = (item.outcome?.ok && item.outcome.caseId) || null
  const subject = (caseId && cases.get(caseId)) || null
  if (subject && !isOpen(subject.stage)) return null
  const ended = mine.some((one) => sosIn(one)!.phase === 'end' && sosIn(one)!.eventId === report.eventId)
  // Where the case is not to be seen, what was said last is all there is to go by.
  if (ended && !subject && item.place === 'delivered') return null
  const asked = items.some(({ wish }) => wish.type === 'ask' && wish.what === 'void' && wish.caseId === caseId)
  const isWaitingFor = subject?.requests?.some((one) => one.what === 'void' && one.by === me && !one.answer) ?? false
  const state = item.place === 'delivered' ? 'sent' : item.place
  return {
    item,
    report,
    caseId,
    subject,
    state,
    isSafeSaid: ended || isWaitingFor || (asked && !isAnswered(subject, me)),
  }
}

/** Whoever says no to 我没事 wants to hear it again. */
const isAnswered = (subject: Case | null, me: PersonId) =>
  subject?.requests?.some((one) => one.what === 'void' && one.by === me && one.answer) ?? false

export interface SosAnswer {
  personId: PersonId
  at: Instant
}

/** Each person once, at what they last did; first who is nearest to being there. */
export function answersTo(subject: Case, me: PersonId): Record<'arrived' | 'coming' | 'seen' | 'told', SosAnswer[]> {
  const found: ReturnType<typeof answersTo> = { arrived: [], coming: [], seen: [], told: [] }
  const { holder } = subject
  for (const { personId, toldAt, seenAt, takenAt, arrivedAt } of subject.told) {
    if (personId === me) continue
    const took = takenAt ?? (holder?.personId === personId ? holder.takenAt : undefined)
    const there = arrivedAt ?? (holder?.personId === personId ? holder.arrivedAt : undefined)
    if (there !== undefined) found.arrived.push({ personId, at: there })
    else if (took !== undefined) found.coming.push({ personId, at: took })
    else if (seenAt !== undefined) found.seen.push({ personId, at: seenAt })
    else found.told.push({ personId, at: toldAt })
  }
  if (holder && holder.personId !== me && !subject.told.some(({ personId }) => personId === holder.personId))
    found[holder.arrivedAt === undefined ? 'coming' : 'arrived'].push({
      personId: holder.personId,
      at: holder.arrivedAt ?? holder.takenAt ?? holder.since,
    })
  return found
}

/**
 * A call refused for its place or its time goes out once more without what was wrong: beyond the border of the sub-district
 * or with a clock that is off, help is wanted all the same. Null where nothing can be mended, or it was mended already.
 */
export function mendedSos(item: OutItem, home: PlaceId | undefined, now: Instant, said: string): PersonWish | null {
  const report = sosIn(item)
  if (!report || item.place !== 'refused' || report.placeId !== undefined || home === undefined) return null
  if (item.trouble !== 'outside-subdistrict' && item.trouble !== 'time-impossible' && item.trouble !== 'place-missing')
    return null
  return sosWish(report.eventId as CommandId, { placeId: home }, `${report.text ?? ''}${said}`, now, report.phase)
}

/** 我没事: asked of the desk where the case can be seen, so that somebody rings before it ends; else written into the call itself. */
export function safeWish({ subject, caseId, report }: MySos, reason: string, said: string, now: Instant): PersonWish {
  if (subject && caseId) return { type: 'ask', caseId, what: 'void', reason, disposition: 'not-found' }
  const { eventId, at, placeId, text = '' } = report
  const place = { ...(at && { at }), ...(placeId && { placeId }) }
  return sosWish(eventId as CommandId, place, `${text}${said}`, now, 'end')
}
