// What happened in a case, and what happened at the same place before, as short lines.
import type { Actor, Case, Receipt, Step } from '#contract/case'
import type { CaseId, Instant } from '#contract/ids'
import type { Disposition } from '#contract/stage'
import { isOpen } from '#contract/stage'
import { stepReason } from '#contract/step-words'
import type { CaseStep } from '../../parts/case-steps.ts'
import { sayCase } from '../../words/case.ts'
import { sayDesk } from '../../words/desk.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { dayTime, timeOf } from '../../words/times.ts'
import { language } from '../../words/words.ts'
import { personName, titleOf } from './facts.ts'
import type { Facts } from './facts.ts'
import { rungWords, stepName } from './step-words.ts'

/** Said elsewhere on the page: sources are listed with their reasons, ticks and photos show themselves. */
const silent = new Set<Step['verb']>(['join', 'tick', 'attach', 'see', 'deliver', 'vote', 'enroll'])

/** Every step with its time, its day where that is not today, and its hand; then where the case stands now. */
export function stepsSay(facts: Facts, subject: Case, today: Instant): CaseStep[] {
  const told = subject.steps.filter((step) => !silent.has(step.verb))
  const steps = told
    .filter((step, i) => !goesOnAtOnce(step, told[i + 1]))
    .map((step) => ({
      key: `${step.verb} ${step.about ?? ''} ${step.at}`,
      what: stepName(facts, subject, step),
      who: whoDid(facts, step),
      why: [cameLate(step), stepReason(step, (id) => personName(facts, id), language.value), step.note]
        .filter(Boolean)
        .join('；'),
      time: dayTime(step.at, today),
      isNow: false,
    }))
  if (!isOpen(subject.stage)) return steps
  const now = { key: 'now', who: '', why: '', time: sayDesk('now'), isNow: true }
  return [...steps, { ...now, what: sayCase(`stage.${subject.stage}`) }]
}

/** Said where a phone was without signal: what it did then may lie before what was decided here meanwhile. */
function cameLate({ at, claimedAt }: Step): string {
  if (claimedAt === undefined || Math.abs(at - claimedAt) < lateMs) return ''
  return sayCase('cameLate', { tapped: dayTime(claimedAt, at), came: timeOf(at) })
}
const lateMs = 60_000

/** 受理 and 立案 done on the way to 派遣 by the same tap are that one step. */
const goesOnAtOnce = (step: Step, next: Step | undefined): boolean =>
  (step.verb === 'accept' || step.verb === 'file' || step.verb === 'verify') &&
  next?.at === step.at &&
  next.by.kind === step.by.kind

const byWhom = (facts: Facts, by: Actor): string => (by.kind === 'person' ? personName(facts, by.id) : '')

function whoDid(facts: Facts, step: Step): string {
  const by = byWhom(facts, step.by)
  return step.to ? sayDesk('toWhom', { by, to: personName(facts, step.to) }).trim() : by
}

export interface Before {
  id: CaseId
  words: string
}

/** Other cases of this very shed, room or building, open or ended, newest first. */
export function sameSpot(facts: Facts, subject: Case, all: readonly Case[], now: Instant): Before[] {
  return all
    .filter((one) => one.id !== subject.id && isSameSpot(one, subject))
    .sort((a, b) => b.openedAt - a.openedAt)
    .map((one) => ({
      id: one.id,
      words: sayDesk('before', { time: dayTime(one.openedAt, now), what: titleOf(facts, one), how: howItStands(one) }),
    }))
}

function isSameSpot(one: Case, other: Case): boolean {
  if (one.facilityId || other.facilityId) return one.facilityId === other.facilityId
  const leaf = one.path[one.path.length - 1]
  return leaf !== undefined && leaf === other.path[other.path.length - 1]
}

const howItStands = (subject: Case): string =>
  subject.disposition ? sayCase(`disposition.${subject.disposition as Disposition}`) : sayCase(`stage.${subject.stage}`)

export interface ReceiptSays {
  id: string
  name: string
  isHolder: boolean
  /** 叫 3 次, and on which rung of the ladder they were told; empty where they were told at once. */
  how: string
  /** 派 送达 看到 接单 到场, a dash where it has not happened. */
  times: string[]
}

/** Who was told and how far the word has come; whoever has it stands first. */
export function receiptsSay(facts: Facts, subject: Case): ReceiptSays[] {
  const rows = new Map<string, Receipt>(subject.told.map((one) => [one.personId, one]))
  const { holder } = subject
  if (holder) {
    const { seenAt, deliveredAt, calls, rung } = rows.get(holder.personId) ?? {}
    rows.set(holder.personId, {
      personId: holder.personId,
      toldAt: holder.since,
      ...(deliveredAt ? { deliveredAt } : {}),
      ...(seenAt ? { seenAt } : {}),
      ...(calls ? { calls } : {}),
      ...(rung ? { rung } : {}),
      ...(holder.takenAt ? { takenAt: holder.takenAt } : {}),
      ...(holder.arrivedAt ? { arrivedAt: holder.arrivedAt } : {}),
    })
  }
  return [...rows.values()]
    .map((one) => ({
      id: one.personId,
      name: personName(facts, one.personId),
      isHolder: one.personId === holder?.personId,
      how: [
        rungWords(facts, subject, one.rung),
        one.calls && one.calls > 1 ? sayDeskCase('calls', { n: one.calls }) : '',
      ]
        .filter(Boolean)
        .join(' '),
      times: [one.toldAt, one.deliveredAt, one.seenAt, one.takenAt, one.arrivedAt].map((at) => (at ? timeOf(at) : '–')),
    }))
    .sort((a, b) => Number(b.isHolder) - Number(a.isHolder))
}
