// Each deed that asks before it is done: what its sheet asks, what an answer still lacks, and the wish it becomes.
import type { Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import type { Instant, RequestId } from '#contract/ids'
import { dispositions } from '#contract/stage'
import type { SheetAnswer } from '../../parts/desk-sheet.ts'
import { sayCase } from '../../words/case.ts'
import { sayDeskCase } from '../../words/desk-case.ts'
import { inWords } from '../../words/words.ts'
import { reasonsOf } from '../wall/command.ts'
import { askSheet } from './ask-sheet.ts'
import { castSheet } from './cast-sheet.ts'
import { scenarioOf } from './facts.ts'
import { passOnSheet } from './pass-on-sheet.ts'
import { reinforceSheet } from './reinforce-sheet.ts'
import type { Sheet, SheetAbout, SheetKind } from './sheet-kinds.ts'
import { shelveMoments } from './moments.ts'
import { wantSaid } from './requests-say.ts'

const reasonMissing = ({ reason }: SheetAnswer) => (reason ? null : sayDeskCase('missing.reason'))
const nothingMissing = () => null
const one = (answer: SheetAnswer, row: string): string | undefined => answer.chosen[row]?.[0]
const because = (answer: SheetAnswer) => (answer.reason ? { reason: answer.reason } : {})

/** A sheet that asks nothing but a sentence. */
function sentence(
  about: 'urge' | 'answer' | 'contact' | 'reopen' | 'unmerge',
  ask: {
    reason?: 'needed' | 'optional'
    reasons?: readonly string[]
    placeholder?: 'own.reason' | 'own.answer' | 'own.said'
    note?: string
  },
  wish: (answer: SheetAnswer) => PersonWish,
): Sheet {
  const { reason = 'needed', reasons = [], placeholder = 'own.reason', note } = ask
  return {
    says: {
      title: sayDeskCase(`sheet.${about}`),
      rows: [],
      note,
      reason,
      reasons,
      placeholder: sayDeskCase(placeholder),
      commit: sayDeskCase(`commit.${about}`),
    },
    missing: reason === 'needed' ? reasonMissing : nothingMissing,
    wish,
  }
}

export function sheetOf(kind: SheetKind, given: SheetAbout): Sheet {
  const { subject } = given
  const caseId = subject.id
  switch (kind.about) {
    case 'ask':
      return askSheet(given)
    case 'reject':
      return rejectSheet(kind.request, given)
    case 'urge':
      return sentence('urge', { reasons: reasonsOf('urge') }, ({ reason }) => ({ type: 'urge', caseId, reason }))
    case 'answer':
      return sentence('answer', { placeholder: 'own.answer' }, ({ reason }) => ({
        type: 'answer',
        caseId,
        note: reason,
      }))
    case 'contact':
      return sentence('contact', { reason: 'optional', placeholder: 'own.said' }, ({ reason }) => ({
        type: 'contact',
        caseId,
        ...(reason && { note: reason }),
      }))
    case 'reopen':
      return sentence('reopen', { note: sayDeskCase('reopenNew') }, ({ reason }) => ({
        type: 'reopen',
        caseId,
        reason,
      }))
    case 'unmerge':
      return sentence('unmerge', { reason: 'optional' }, (answer) => ({ type: 'unmerge', caseId, ...because(answer) }))
    case 'reinforce':
      return reinforceSheet(given)
    case 'pass-on':
      return passOnSheet(given)
    case 'cast':
      return castSheet(given)
    case 'callback':
      return callbackSheet(subject)
    case 'shelve':
      return shelveSheet(given, kind.until)
    case 'split':
      return splitSheet(kind.sources, subject)
    case 'conclude':
      return concludeSheet(given)
    default:
      return kind satisfies never
  }
}

function rejectSheet(id: RequestId, { facts, subject, now }: SheetAbout): Sheet {
  const request = subject.requests?.find((one) => one.id === id)
  const what = request ? wantSaid(facts, subject, request, now) : ''
  return {
    says: {
      title: sayDeskCase('sheet.reject', { what }),
      rows: [],
      reason: 'needed',
      reasons: [],
      placeholder: sayDeskCase('own.reason'),
      commit: sayDeskCase('commit.reject'),
    },
    missing: reasonMissing,
    wish: ({ reason }) => ({ type: 'reject', caseId: subject.id, request: id, reason }),
  }
}

function callbackSheet({ id: caseId }: Case): Sheet {
  const stars = ['1', '2', '3', '4', '5']
  return {
    says: {
      title: sayDeskCase('sheet.callback'),
      rows: [
        {
          key: 'fixed',
          label: sayDeskCase('row.fixed'),
          options: [
            { key: 'yes', words: sayDeskCase('fixed.is') },
            { key: 'no', words: sayDeskCase('fixed.isNot') },
          ],
        },
        {
          key: 'stars',
          label: sayDeskCase('row.stars'),
          options: stars.map((key) => ({ key, words: '★'.repeat(Number(key)) })),
        },
      ],
      reason: 'optional',
      reasons: [],
      placeholder: sayDeskCase('own.said'),
      commit: sayDeskCase('commit.callback'),
    },
    missing: (answer) => (one(answer, 'fixed') ? null : sayDeskCase('missing.fixed')),
    wish: (answer) => ({
      type: 'callback',
      caseId,
      fixed: one(answer, 'fixed') === 'yes',
      ...(one(answer, 'stars') && { stars: Number(one(answer, 'stars')) }),
      ...(answer.reason && { note: answer.reason }),
    }),
  }
}

function shelveSheet({ subject, now }: SheetAbout, until?: Instant): Sheet {
  return {
    says: {
      title: sayDeskCase('sheet.shelve'),
      rows: [
        {
          key: 'until',
          label: sayDeskCase('row.until'),
          options: shelveMoments(now),
          moment: { least: now },
          first: until === undefined ? [] : [String(until)],
        },
      ],
      note: sayDeskCase('callsNobody'),
      reason: 'needed',
      reasons: [],
      placeholder: sayDeskCase('own.reason'),
      commit: sayDeskCase('commit.shelve'),
    },
    missing: (answer) => {
      const until = one(answer, 'until')
      if (!until) return sayDeskCase('missing.until')
      return Number(until) > now ? reasonMissing(answer) : sayDeskCase('missing.past')
    },
    wish: (answer) => ({
      type: 'shelve',
      caseId: subject.id,
      until: Number(one(answer, 'until')),
      reason: answer.reason,
    }),
  }
}

/** The sources are chosen in their own list, where their pictures are. */
function splitSheet(sources: readonly string[], subject: Case): Sheet {
  const fits = sources.length > 0 && sources.length < subject.sources.length
  return {
    says: {
      title: sayDeskCase('chosenCount', { n: sources.length }),
      rows: [],
      note: sayDeskCase('splitKeeps'),
      reason: 'optional',
      reasons: [],
      placeholder: sayDeskCase('own.reason'),
      commit: sayDeskCase('commit.split'),
    },
    missing: () => (fits ? null : sayDeskCase('missing.source')),
    wish: (answer) => ({ type: 'split', caseId: subject.id, sources: [...sources], ...because(answer) }),
  }
}

/** Solved needs no reason; whatever else it was does. */
function concludeSheet({ facts, subject }: SheetAbout): Sheet {
  return {
    says: {
      title: sayDeskCase('sheet.conclude'),
      rows: [
        {
          key: 'as',
          label: sayDeskCase('row.as'),
          options: dispositions.map((key) => ({ key, words: sayCase(`disposition.${key}`) })),
          first: ['not-found'],
        },
      ],
      reason: 'optional',
      reasons: (scenarioOf(facts, subject)?.voidReasons ?? []).map(inWords),
      placeholder: sayDeskCase('own.reason'),
      commit: sayDeskCase('commit.conclude'),
    },
    missing: (answer) => (one(answer, 'as') === 'solved' ? null : reasonMissing(answer)),
    wish: (answer) => ({
      type: 'close',
      caseId: subject.id,
      disposition: dispositions.find((key) => key === one(answer, 'as')) ?? 'solved',
      ...because(answer),
    }),
  }
}
