// What happened in a case, and what happened at the same place before, as short lines.
import type { Actor, Case, Receipt, Step } from '#contract/case'
import type { CaseId, Instant } from '#contract/ids'
import type { Words } from '#contract/language'
import type { Disposition } from '#contract/stage'
import { isOpen } from '#contract/stage'
import type { CaseStep } from '../../parts/case-steps.ts'
import { sayCase } from '../../words/case.ts'
import { sayDesk } from '../../words/desk.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { dayTime, timeOf } from '../../words/times.ts'
import { inWords } from '../../words/words.ts'
import { clockName, numberOf, personName, scenarioOf, titleOf } from './facts.ts'
import type { Facts } from './facts.ts'
import { wantSaid } from './requests-say.ts'

/** Said elsewhere on the page: sources are listed with their reasons, ticks and photos show themselves. */
const silent = new Set<Step['verb']>(['join', 'tick', 'attach', 'see', 'deliver', 'vote', 'enroll'])

/** Every step with its time and its hand, then where the case stands now. */
export function stepsSay(facts: Facts, subject: Case): CaseStep[] {
  const told = subject.steps.filter((step) => !silent.has(step.verb))
  const steps = told
    .filter((step, i) => !goesOnAtOnce(step, told[i + 1]))
    .map((step) => ({
      key: `${step.verb} ${step.about ?? ''} ${step.at}`,
      what: stepName(facts, subject, step),
      who: whoDid(facts, step),
      why: [step.reason, step.note].filter(Boolean).join('；'),
      time: timeOf(step.at),
      isNow: false,
    }))
  if (!isOpen(subject.stage)) return steps
  const now = { key: 'now', who: '', why: '', time: sayDesk('now'), isNow: true }
  return [...steps, { ...now, what: sayCase(`stage.${subject.stage}`) }]
}

/** 受理 and 立案 done on the way to 派遣 by the same tap are that one step. */
const goesOnAtOnce = (step: Step, next: Step | undefined): boolean =>
  (step.verb === 'accept' || step.verb === 'file' || step.verb === 'verify') &&
  next?.at === step.at &&
  next.by.kind === step.by.kind

/** What a step is about, in words: which clock, which rung, which request, which case, which form. */
function stepName(facts: Facts, subject: Case, step: Step): string {
  const verb = sayCase(`verb.${step.verb}`)
  const about = step.about === undefined ? '' : aboutStep(facts, subject, step.verb, step.about)
  if (!about) return verb
  return step.verb === 'late' || step.verb === 'over' ? `${about} ${verb}` : `${verb} ${about}`
}

function aboutStep(facts: Facts, subject: Case, verb: Step['verb'], about: string): string {
  const scenario = scenarioOf(facts, subject)
  const named = (list: readonly { id: string; words: Words }[] | undefined, id: string) => {
    const found = list?.find((one) => one.id === id)
    return found ? inWords(found.words) : ''
  }
  switch (verb) {
    case 'late':
    case 'over':
      return clockName(facts, subject, about)
    case 'escalate':
      return rungWords(facts, subject, about)
    case 'ask':
    case 'approve':
    case 'reject':
    case 'withdraw': {
      const request = subject.requests?.find((one) => one.id === about)
      return request ? wantSaid(facts, subject, request, request.at) : ''
    }
    case 'reopen':
    case 'branch':
    case 'merge':
    case 'unmerge':
    case 'split':
    case 'dismiss':
      return sayDeskCase('openCase', { number: numberOf(about as CaseId) })
    case 'fill':
      return named(scenario?.forms, about)
    case 'vote':
      return named(scenario?.ballots, about)
    case 'advance':
      return named(scenario?.phases, about.split('>').pop() ?? about)
    case 'callback':
      return about === 'fixed' || about === 'not-fixed'
        ? sayDeskCase(about === 'fixed' ? 'fixed.is' : 'fixed.isNot')
        : ''
    default:
      return ''
  }
}

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

function rungWords(facts: Facts, subject: Case, name: string | undefined): string {
  const rung = name && scenarioOf(facts, subject)?.ladder.find((one) => one.name === name)
  return rung ? inWords(rung.words) : ''
}
