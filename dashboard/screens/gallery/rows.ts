// Every state a row of a list can be in, by the name of the state.
import type { Case } from '#contract/case'
import type { PersonId } from '#contract/ids'
import type { CaseRowSays } from '../../parts/case-row.ts'
import { sayGallery } from '../../words/gallery.ts'
import { rowSays } from '../desk/row-says.ts'
import { clock, facts, now, sample, source } from './samples.ts'

const minute = 60_000
const li = 'li' as PersonId
const held = (ago: number, more: object = {}) => ({ personId: li, since: now - ago * minute, ...more })
const { acknowledged: _signed, ...unsigned } = sample({ level: 1, matter: 'open-fire', clocks: [clock('accept', 9.4)] })

const states: readonly (readonly [State, Case])[] = [
  ['unsigned', { ...unsigned, told: [{ personId: li, toldAt: now - minute, seenAt: now - 30_000 }] }],
  ['signed', sample({ level: 1, matter: 'open-fire' })],
  ['late', sample({ clocks: [clock('accept', 8.3)] })],
  ['over', sample({ level: 3, matter: 'dropped-garbage', clocks: [clock('accept', 12.5)] })],
  [
    'sent',
    sample({ level: 3, matter: 'dropped-garbage', stage: 'dispatched', holder: held(4), clocks: [clock('handle', 4)] }),
  ],
  [
    'there',
    sample({
      level: 4,
      matter: 'light-out',
      stage: 'handling',
      holder: held(9, { takenAt: now - 8 * minute, arrivedAt: now - 3 * minute }),
      clocks: [clock('handle', 6)],
    }),
  ],
  ['returned', sample({ level: 4, matter: 'light-out', stage: 'filed', returns: 1, clocks: [] })],
  ['unsure', sample({ unsure: true, clocks: [], sources: [source('u', now - minute, { confidence: 0.46 })] })],
  [
    'verify',
    sample({
      level: 3,
      matter: 'dropped-garbage',
      stage: 'verification',
      handlers: [li],
      clocks: [clock('accept', 2)],
      steps: [{ verb: 'finish', at: now - 7 * minute, by: { kind: 'person', id: li, role: 'officer' } }],
    }),
  ],
]

type State = 'unsigned' | 'signed' | 'late' | 'over' | 'sent' | 'there' | 'returned' | 'unsure' | 'verify'

const rowOf = (subject: Case): CaseRowSays => rowSays(facts, subject, now, { viewer: undefined, all: [] })

export const rowStates = (): Record<State, CaseRowSays> =>
  Object.fromEntries(states.map(([state, subject]) => [state, rowOf(subject)])) as Record<State, CaseRowSays>

/** Longer than any row has room for. */
export const longRow = (): CaseRowSays => ({
  ...rowOf(sample({ level: 1, matter: 'open-fire', clocks: [clock('accept', 8.3)] })),
  ...{ title: sayGallery('longTitle'), where: sayGallery('longPlace'), who: sayGallery('longName') },
})
