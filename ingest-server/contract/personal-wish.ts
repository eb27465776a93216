// What is asked of the security administrator about what is personal: what it is, until when it is to be answered, and why it may be refused. No zod: screens read this too.
import type { CaseId, Instant } from './ids.ts'
import type { Words } from './language.ts'

/** `erase`: a resident asks to be forgotten. `more-looks`: a person has looked as often as an hour allows. */
export type WishKind = 'erase' | 'more-looks'

export interface WishNo {
  reason: WishNoReason
  /** Their own words. */
  words?: string
}

export interface PersonalWish {
  id: string
  kind: WishKind
  /** A resident's reference, or a person's id. */
  about: string
  caseId: CaseId | null
  askedAt: Instant
  /** `no`: of a refusal, why; absent where nobody was asked why yet. */
  decided: { at: Instant; by: string; granted: boolean; no?: WishNo } | null
}

const day = 24 * 3_600_000
/** GB/T 35273-2020, 8.7: whoever asks about their own data is answered within thirty days. */
const answeredWithin = 30 * day

/** Null: nobody waits for it by law. */
export const answerBy = ({ kind, askedAt }: Pick<PersonalWish, 'kind' | 'askedAt'>): Instant | null =>
  kind === 'erase' ? askedAt + answeredWithin : null

/** `other` needs own words. */
export const wishNoReasons = ['in-hand', 'kept-by-law', 'not-theirs', 'not-needed', 'other'] as const
export type WishNoReason = (typeof wishNoReasons)[number]

export const wishNoReasonsOf: Record<WishKind, readonly WishNoReason[]> = {
  erase: ['in-hand', 'kept-by-law', 'not-theirs', 'other'],
  'more-looks': ['not-needed', 'other'],
}
export const wishNoWords: Record<WishNoReason, Words> = {
  'in-hand': { zh: '案件还在办，要联系本人', en: 'The case is still in hand, and they must be reached' },
  'kept-by-law': { zh: '法律规定要保存', en: 'The law wants it kept' },
  'not-theirs': { zh: '不能确认是本人的信息', en: 'It cannot be shown to be theirs' },
  'not-needed': { zh: '没有必要再看', en: 'There is no need to see more' },
  other: { zh: '其他', en: 'Other' },
}
export const longestNoWords = 200

/** What would go if an erasure were granted now. */
export interface WishWeight {
  residents: number
  links: number
  pictures: number
  /** Whoever has the case in hand could not reach them any more; its pictures stay until it ends. */
  stillOpen: boolean
}
