// Why a step was done, in words: what somebody wrote as they wrote it, what time itself knows as facts. No zod: screens read this too.
import type { Chosen, Step } from './case.ts'
import type { PersonId } from './ids.ts'
import type { Language, Words } from './language.ts'
import { refusals } from './refusal.ts'
import type { Refusal } from './refusal.ts'

type Against = Chosen['passedOver'][number]['why']

const said: Record<string, Words> = {
  'nobody-on-duty': { zh: '没有人在岗，直接上报', en: 'nobody on duty: straight up' },
  'all-told': { zh: '该叫的都已叫过', en: 'everybody meant was told already' },
  'told-above': { zh: '没人看到，已报给上一级', en: 'nobody saw it: those above were told' },
  'nobody-to-call': { zh: '没有在岗的人可叫', en: 'nobody on duty to call' },
  'all-declined': { zh: '都推辞了，已报给上一级', en: 'everybody declined: those above were told' },
}
const speaksFor: Record<Chosen['reasons'][number], Words> = {
  responsible: { zh: '责任表上归其管', en: 'theirs by the table' },
  'there-already': { zh: '人就在跟前', en: 'already there' },
  nearest: { zh: '最近', en: 'nearest' },
  skilled: { zh: '有证', en: 'has the skill' },
  'least-busy': { zh: '手上最少', en: 'least busy' },
  'usual-post': { zh: '常办', en: 'usual post' },
}
const speaksAgainst: Record<Against, Words> = {
  behind: { zh: '排在其后', en: 'next after' },
  full: { zh: '已满', en: 'full' },
  'off-duty': { zh: '不在岗', en: 'off duty' },
  'other-post': { zh: '不办这类', en: 'not their kind' },
  'other-area': { zh: '不负责这里', en: 'another area' },
}

/** 「最近、常办；未派 李志强（不在岗）」. Empty where nothing was said. */
export function stepReason(
  { by, reason, chosen }: Pick<Step, 'by' | 'reason' | 'chosen'>,
  nameOf: (id: PersonId) => string,
  language: Language,
): string {
  const plain = reason === undefined ? '' : by.kind === 'clock' ? timeSays(reason, language) : reason
  return [plain, chosen ? chosenSaid(chosen, nameOf, language) : '']
    .filter(Boolean)
    .join(language === 'zh' ? '；' : '; ')
}

/** A refusal is a sentence of its own; here it is part of one. */
const timeSays = (reason: string, language: Language): string =>
  said[reason]?.[language] ??
  (Object.hasOwn(refusals, reason) ? refusals[reason as Refusal][language].replace(/[。.]$/, '') : reason)

function chosenSaid({ reasons, passedOver }: Chosen, nameOf: (id: PersonId) => string, language: Language): string {
  const [comma, between] = language === 'zh' ? ['、', '；'] : [', ', '; ']
  const over = passedOver.map(({ personId, why }) =>
    language === 'zh'
      ? `${nameOf(personId)}（${speaksAgainst[why].zh}）`
      : `${nameOf(personId)} (${speaksAgainst[why].en})`,
  )
  const notSent = over.length === 0 ? '' : `${language === 'zh' ? '未派 ' : 'passed over: '}${over.join(comma)}`
  return [reasons.map((one) => speaksFor[one][language]).join(comma), notSent].filter(Boolean).join(between)
}
