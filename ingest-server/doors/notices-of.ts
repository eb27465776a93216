// Who is to be called after a change of a case, with which word: newly told, called again, ordered, sent. Pure.
import { createHash } from 'node:crypto'
import type { Case } from '#contract/case'
import type { PersonId } from '#contract/ids'
import { NoticeId, type Notice, type NoticeKind } from '#contract/notice'
import { isOpen } from '#contract/stage'
import type { CaseChange, House } from './outward-kind.ts'

interface Reason {
  personId: PersonId
  what: NoticeKind
  /** Another time of the same word is another reason. */
  key: string
}

/** Where more than one word comes at once, the weightiest alone is said. */
const weight: Record<NoticeKind, number> = { reinforce: 5, urge: 4, dispatched: 3, called: 2, told: 1, test: 0 }

/**
 * At most one a person. `journal`: which lines `now.revision` counts. The same change gives the same ids for ever. Whoever did it
 * themselves is not told of it.
 */
export function noticesOf({ before, now, at }: CaseChange, house: House, journal: string): Notice[] {
  if (now.unsure || now.shelved || now.held || !isOpen(now.stage)) return []
  const chosen = new Map<PersonId, Reason>()
  for (const reason of reasons(before, now)) {
    const other = chosen.get(reason.personId)
    if (!other || weight[reason.what] > weight[other.what]) chosen.set(reason.personId, reason)
  }
  const doer = lastDoer(before, now)
  return [...chosen.values()]
    .filter(({ personId }) => personId !== doer)
    .map(({ personId, what, key }) => ({
      id: idOf(journal, now, personId, key),
      ...{ personId, caseId: now.id, what, level: now.level, at, revision: now.revision },
      words: wordsOf(what, now, house),
    }))
}

function reasons(before: Case | null, now: Case): Reason[] {
  // Most changes tell nobody: they leave these very lists as they were.
  const told = now.told.flatMap((receipt): Reason[] => {
    const { personId, calls = 0 } = receipt
    const earlier = before?.told.find((one) => one.personId === personId)
    if (!earlier) return [{ personId, what: 'told', key: `told ${receipt.toldAt}` }]
    return calls > (earlier.calls ?? 0) ? [{ personId, what: 'called', key: `called ${calls}` }] : []
  })
  const ordered = (now.orders ?? []).flatMap((order) => {
    const known = before?.orders?.find(({ id }) => id === order.id)
    return order.to.flatMap(({ personId, calls = 0 }): Reason[] => {
      const earlier = known?.to.find((one) => one.personId === personId)
      const isNew = !earlier || calls > (earlier.calls ?? 0)
      return isNew ? [{ personId, what: order.what, key: `${order.id} ${calls}` }] : []
    })
  })
  const { holder } = now
  const isSent = holder && holder.takenAt === undefined && before?.holder?.personId !== holder.personId
  return [
    ...told,
    ...ordered,
    ...(isSent ? [{ personId: holder.personId, what: 'dispatched' as const, key: `dispatched ${holder.since}` }] : []),
  ]
}

function lastDoer(before: Case | null, now: Case): PersonId | null {
  const step = now.steps.length > (before?.steps.length ?? 0) ? now.steps.at(-1) : undefined
  return step?.by.kind === 'person' ? step.by.id : null
}

function idOf(journal: string, { id, revision }: Case, personId: PersonId, key: string): NoticeId {
  const about = [journal, id, revision, personId, key].join('\n')
  return NoticeId.parse(`n_${createHash('sha256').update(about).digest('base64url').slice(0, 27)}`)
}

const levelWords = { 1: 'I级', 2: 'II级', 3: 'III级', 4: 'IV级' } as const
const leads: Record<NoticeKind, string> = {
  told: '',
  called: '还没有人应，再叫一次：',
  dispatched: '派给你：',
  urge: '督办：',
  reinforce: '请你增援：',
  test: '',
}

/** What and where, as the map and the scenario say it. What a resident wrote may name somebody: it stays in the house. */
export function wordsOf(what: NoticeKind, subject: Case, { known, isExercise }: House): string {
  const matter = known.scenarios.byMatter.get(subject.matter)?.matter.words.zh ?? subject.matter
  const exercise = isExercise ? '【演练】' : ''
  return `${exercise}【${levelWords[subject.level]}】${leads[what]}${matter}，${placeOf(subject, known)}`
}

function placeOf({ path, facilityId }: Case, { ground }: House['known']): string {
  const area = path.map((id) => ground.places.get(id)).find((place) => place?.level === 'residential-area')?.name
  const spot = (facilityId && ground.facilities.get(facilityId)?.name) ?? ground.places.get(path.at(-1)!)?.name ?? ''
  return !area || spot.includes(area) ? spot : `${area}${spot}`
}
