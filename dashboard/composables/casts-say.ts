// 投屏 in words: who put what on the wall, how long it has left, whose turn is when. Pure.
import type { Case } from '#contract/case'
import type { CaseId, CastId, EvidenceId, Instant, PersonId, PlaceId } from '#contract/ids'
import type { Cast, CastWhat } from '#contract/linkage'
import { sayLinked } from '../words/linked.ts'
import { momentInWords } from '../words/moments.ts'
import { spanShort } from '../words/times.ts'

/** What the words are looked up in. Null: it is not on this screen's board. */
export interface CastBook {
  personName: (id: PersonId) => string
  caseName: (id: CaseId) => string | null
  placeName: (id: PlaceId) => string
}

export interface CastSays {
  id: CastId
  by: PersonId
  who: string
  /** 案件 1 号车棚冒烟. */
  what: string
  /** 还有 12:04; for one that waits its length. */
  left: string
  /** 0: it has the wall; else how many come before. */
  place: number
  /** The length to wish for ten minutes more; null where that is more than may be. */
  longer: number | null
}

function whatSays(what: CastWhat, book: CastBook): string {
  const kind = sayLinked(`what.${what.kind}`)
  switch (what.kind) {
    case 'case':
    case 'photo':
      return `${kind} ${book.caseName(what.caseId) ?? sayLinked('look.hiddenCase')}`
    case 'map':
      return `${kind} ${book.placeName(what.placeId)}`
    case 'chart':
      return [kind, sayLinked(`chart.${what.chart}`), what.placeId && book.placeName(what.placeId)]
        .filter(Boolean)
        .join(' ')
    case 'moment':
      return `${kind} ${momentInWords(what.at)}`
    default:
      return what satisfies never
  }
}

export const castsSay = (casts: readonly Cast[], book: CastBook, now: Instant): CastSays[] =>
  casts.map((cast, place) => ({
    ...{ id: cast.id, by: cast.by, place },
    who: book.personName(cast.by),
    longer: longerBy(cast, now),
    what: whatSays(cast.what, book),
    left:
      cast.until === undefined
        ? sayLinked('castMinutes', { n: cast.minutes })
        : sayLinked('castLeft', { span: spanShort(Math.max(0, cast.until - now)) }),
  }))

const minuteMs = 60_000
/** A lease is at most so long. */
const mostMinutes = 30
export const moreMinutes = 10

/** What to wish so that it stands ten minutes more, as a lease counts: from now, or from when it gets the wall. Null: it has all it may have. */
export function longerBy({ until, minutes }: Cast, now: Instant): number | null {
  const left = until === undefined ? minutes : Math.ceil(Math.max(0, until - now) / minuteMs)
  return left >= mostMinutes ? null : Math.min(mostMinutes, left + moreMinutes)
}

export interface CastPhoto {
  evidence: EvidenceId
  at: Instant
  slot: Case['photos'][number]['slot'] | null
  by: PersonId | null
}

/** Every picture of a case that can stand large, the newest first: what cameras and callers sent, then what was taken there. */
export function photosOf(subject: Case): CastPhoto[] {
  const stills = subject.sources.flatMap((source) =>
    source.evidence.map((evidence): CastPhoto => ({ evidence, at: source.lastAt, slot: null, by: null })),
  )
  const taken = subject.photos.map(({ evidence, takenAt, slot, by }): CastPhoto => ({
    evidence,
    at: takenAt,
    slot,
    by,
  }))
  return [...stills, ...taken].sort((a, b) => b.at - a.at)
}

/** Before and after of the same distance stand side by side; null where there is no other of the two. */
export function pairOf(subject: Case, evidence: EvidenceId): { before: CastPhoto; after: CastPhoto } | null {
  const photos = photosOf(subject)
  const shown = photos.find((one) => one.evidence === evidence)
  const far = shown?.slot?.split('-')[1]
  const of = (when: 'before' | 'after') => photos.find((one) => one.slot === `${when}-${far}`)
  const [before, after] = [of('before'), of('after')]
  if (!shown || !before || !after) return null
  return shown.slot?.startsWith('before') ? { before: shown, after } : { before, after: shown }
}
