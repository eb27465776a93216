// The parts of the closed loop: how a case stands, its clocks and their ledgers, what was asked for, which other it may be.
import CaseAlso from '../../parts/CaseAlso.vue'
import CaseCandidates from '../../parts/CaseCandidates.vue'
import CaseClocks from '../../parts/CaseClocks.vue'
import CaseLedger from '../../parts/CaseLedger.vue'
import CaseRequests from '../../parts/CaseRequests.vue'
import CaseStages from '../../parts/CaseStages.vue'
import CaseStanding from '../../parts/CaseStanding.vue'
import DeskMerge from '../../parts/DeskMerge.vue'
import DeskSheet from '../../parts/DeskSheet.vue'
import OrderReceipts from '../../parts/OrderReceipts.vue'
import { orderSays } from '../../composables/orders-say.ts'
import { sayGallery } from '../../words/gallery.ts'
import { loopShown } from './loop-shown.ts'
import { orders } from './orders-shown.ts'
import { facts, now } from './samples.ts'
import { part, type Part } from './shelf.ts'
import { caseShown } from './shown.ts'

export function loopParts(): Part[] {
  const loop = loopShown()
  const { clocks, ledgers } = caseShown()
  const [fresh, touched, ended] = loop.stages.map((stages) => ({ stages }))
  const long = loop.twins.map((twin) => ({
    ...twin,
    title: sayGallery('longTitle'),
    where: sayGallery('longPlace'),
    text: sayGallery('longWhy'),
  }))
  const order = (name: keyof typeof orders) => orderSays(orders[name], (id) => facts.people.get(id)?.name ?? id, now)
  return [
    part('CaseStages', CaseStages, ['desk'], { normal: [touched!], busy: [ended!], empty: [fresh!] }, { isWide: true }),
    part('CaseStanding', CaseStanding, ['desk'], {
      normal: [{ rows: loop.standing.slice(0, 3) }, { rows: loop.passed }, { rows: loop.came }],
      busy: [{ rows: loop.standing }],
      refused: [{ rows: loop.standing.slice(0, 3), closed: true }],
      waiting: [{ rows: loop.lapsed }],
    }),
    part('CaseCandidates', CaseCandidates, ['desk'], {
      normal: [{ twins: loop.twins }],
      busy: [{ twins: long }],
      refused: [{ twins: loop.twins, closed: true }],
    }),
    part('CaseClocks', CaseClocks, ['desk'], {
      normal: [{ clocks: loop.clocks }],
      busy: [{ clocks }],
      empty: [{ clocks: [] }],
    }),
    part('CaseLedger', CaseLedger, ['desk'], {
      normal: loop.ledgers.map((ledger) => ({ ledger })),
      busy: ledgers.map((ledger) => ({ ledger })),
    }),
    part('CaseRequests', CaseRequests, ['desk'], {
      normal: [{ requests: loop.requests.filter(({ isWaiting }) => !isWaiting) }],
      busy: [{ requests: loop.requests.map((one) => ({ ...one, why: sayGallery('longWhy') })) }],
      waiting: [{ requests: loop.requests.filter(({ isWaiting }) => isWaiting) }],
    }),
    part('CaseAlso', CaseAlso, ['desk'], {
      normal: [{ acts: loop.also.slice(0, 3) }],
      busy: [{ acts: loop.also }],
      refused: [{ acts: loop.also, closed: true }],
    }),
    part(
      'DeskMerge',
      DeskMerge,
      ['desk'],
      {
        normal: [{ modelValue: '', twins: loop.near }],
        busy: [{ modelValue: '', twins: long }],
        empty: [{ modelValue: sayGallery('because'), twins: [] }],
      },
      { isWide: true },
    ),
    part(
      'DeskSheet',
      DeskSheet,
      ['desk'],
      {
        normal: loop.sheets.map(({ says, missing }) => ({ sheet: says, missing })),
        refused: loop.sheets.slice(0, 1).map(({ says }) => ({ sheet: says, missing: () => sayGallery('refusal') })),
      },
      { isWide: true },
    ),
    part(
      'OrderReceipts',
      OrderReceipts,
      ['wall', 'desk'],
      {
        normal: [order('arrived')],
        busy: [{ ...order('many'), about: sayGallery('longPlace') }],
        empty: [{ ...order('arrived'), rows: [] }],
        refused: [order('declined')],
        waiting: [order('unseen')],
      },
      { isWide: true },
    ),
  ]
}
