// What is known of a case and who has it: its row, its head, who told of it, what was done, who could go.
import CaseChecklist from '../../parts/CaseChecklist.vue'
import CaseHead from '../../parts/CaseHead.vue'
import CaseReporter from '../../parts/CaseReporter.vue'
import CaseRow from '../../parts/CaseRow.vue'
import CaseSources from '../../parts/CaseSources.vue'
import LookReason from '../../parts/LookReason.vue'
import CaseTimeline from '../../parts/CaseTimeline.vue'
import PersonChoice from '../../parts/PersonChoice.vue'
import PersonReceipts from '../../parts/PersonReceipts.vue'
import SwipeRow from '../../parts/SwipeRow.vue'
import WhyChoice from '../../parts/WhyChoice.vue'
import { h } from 'vue'
import { sayDesk } from '../../words/desk.ts'
import { sayGallery } from '../../words/gallery.ts'
import { lookReasons, lookReasonWords, type LookReason as LookReasonKind } from '#contract/look'
import { refusals } from '#contract/refusal'
import { sayPersonal } from '../../words/personal.ts'
import { inWords } from '../../words/words.ts'
import { longRow, rowStates } from './rows.ts'
import { part, type Part } from './shelf.ts'
import { caseShown, choiceShown } from './shown.ts'

export function caseParts(): Part[] {
  const rows = rowStates()
  const shown = caseShown()
  const choice = choiceShown()
  const busy = longRow()
  const row = (name: keyof typeof rows) => ({ row: rows[name], selected: false })
  const title = sayDesk('askFirst')
  const lines = ['王**', '138****5678']
  const looks = [
    sayPersonal('looked', { time: '14:00', who: sayGallery('longName'), why: inWords(lookReasonWords.verify) }),
  ]
  const longLines = [sayGallery('longName'), '138****5678', sayGallery('longPlace')]
  const whyChosen = (reason: LookReasonKind | null, words = '') => ({
    ...{ title: sayPersonal('whyLook'), reasons: lookReasons, reasonWords: lookReasonWords, reason, words },
    ...{ ownWords: sayPersonal('ownWords'), longest: 200 },
  })
  const check = (words: string, change: object = {}) => ({
    id: words,
    words,
    isDone: false,
    isSending: false,
    ...change,
  })
  return [
    part('CaseRow', CaseRow, ['desk'], {
      normal: [row('signed'), row('sent'), row('there'), { ...row('verify'), selected: true }],
      busy: [{ row: busy, selected: false }, row('late'), row('over')],
      empty: [row('unsure')],
      refused: [row('returned')],
      waiting: [row('unsigned'), { ...row('signed'), selected: true, pending: sayDesk('sending') }],
    }),
    part(
      'SwipeRow',
      SwipeRow,
      ['desk'],
      { normal: [{ says: () => ({ left: '', right: '' }) }] },
      { inside: () => h(CaseRow, row('signed')) },
    ),
    part('CaseHead', CaseHead, ['desk'], {
      normal: [{ ...shown.head, calls: false }],
      busy: [
        {
          ...shown.head,
          title: sayGallery('longTitle'),
          path: [...shown.head.path, sayGallery('longPlace')],
          calls: false,
        },
      ],
      empty: [{ ...shown.unsureHead, path: [], calls: false }],
      waiting: [{ ...shown.head, level: 1, calls: true }],
    }),
    part('CaseChecklist', CaseChecklist, ['desk'], {
      normal: [{ title, items: shown.checks }],
      busy: [{ title, items: [...shown.checks, check(sayGallery('longWhy'), { isRequired: true })] }],
      refused: [{ title, items: shown.checks, closed: true }],
      waiting: [{ title, items: [check(sayGallery('because'), { isSending: true })] }],
    }),
    part('CaseSources', CaseSources, ['desk'], {
      normal: [{ sources: shown.sources, shown: shown.sources[0]?.key }],
      busy: [
        { sources: shown.manySources },
        {
          sources: shown.sources,
          parts: true,
          choosing: true,
          chosen: shown.sources.slice(1, 2).map(({ key }) => key),
        },
      ],
    }),
    part('CaseReporter', CaseReporter, ['desk'], {
      normal: [
        { lines, state: 'masked' },
        { lines: [sayGallery('longName'), '13812345678'], state: 'revealed', until: '14:30', looks },
        { lines, state: 'masked', mayLook: false },
      ],
      busy: [{ lines: longLines, state: 'revealed' }],
      empty: [{ lines: [], state: 'gone' }],
      lost: [{ lines, state: 'failed' }],
      refused: [{ lines, state: 'failed', refused: inWords(refusals['too-many-looks']) }],
      waiting: [{ lines, state: 'asking' }],
    }),
    part('WhyChoice', WhyChoice, ['desk', 'field'], {
      normal: [whyChosen('verify')],
      busy: [whyChosen('other', sayGallery('longWhy'))],
      empty: [whyChosen(null)],
    }),
    part('LookReason', LookReason, ['desk'], { normal: [{}], waiting: [{ busy: true }] }),
    part('CaseTimeline', CaseTimeline, ['desk'], {
      normal: [{ steps: shown.steps }],
      busy: [
        {
          steps: [
            ...shown.steps,
            {
              key: 'long',
              what: sayGallery('longTitle'),
              who: sayGallery('longName'),
              why: sayGallery('longWhy'),
              time: '09:26:07',
              isNow: true,
            },
          ],
        },
      ],
      empty: [{ steps: [] }],
    }),
    part('PersonChoice', PersonChoice, ['desk'], {
      normal: [choice],
      busy: [
        {
          ...choice,
          candidates: choice.candidates.map((one) => ({ ...one, reasons: sayGallery('longWhy') })),
          responsible: sayGallery('longName'),
        },
      ],
      empty: [{ candidates: [], passedOver: [], chosen: null, onDuty: 0 }],
      refused: [{ ...choice, chosen: null, closed: true }],
    }),
    part('PersonReceipts', PersonReceipts, ['desk'], {
      normal: [{ rows: shown.receipts }],
      busy: [
        {
          rows: [
            ...shown.receipts,
            {
              id: 'long',
              name: sayGallery('longName'),
              isHolder: false,
              how: sayGallery('because'),
              times: ['09:26', '09:26', '09:27', '09:28', '09:31'],
            },
          ],
        },
      ],
      empty: [{ rows: [] }],
    }),
  ]
}
