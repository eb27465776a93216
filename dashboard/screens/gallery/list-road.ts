// The parts that draw a scenario's own road: its phases, forms, rolls and ballots.
import { h } from 'vue'
import BallotTally from '../../parts/BallotTally.vue'
import BallotVotes from '../../parts/BallotVotes.vue'
import CaseForm from '../../parts/CaseForm.vue'
import FormField from '../../parts/FormField.vue'
import PhaseBoard from '../../parts/PhaseBoard.vue'
import PhaseSteps from '../../parts/PhaseSteps.vue'
import ProcessPiece from '../../parts/ProcessPiece.vue'
import RollEntry from '../../parts/RollEntry.vue'
import { sayGallery } from '../../words/gallery.ts'
import { wrongWords } from '../desk/form-check.ts'
import { roadShown } from './road-shown.ts'
import { people } from './samples.ts'
import { part, type Part } from './shelf.ts'

export function roadParts(): Part[] {
  const road = roadShown()
  const [blank, filled] = road.forms
  const [ballot] = road.ballots
  const fields = blank!.fields
  const wrong = wrongWords(fields, {})
  const form = { people, photos: {}, check: (draft: Parameters<typeof wrongWords>[1]) => wrongWords(fields, draft) }
  const sending = (member: string) => (member === '801' ? 'yes' : null)
  const closed = sayGallery('refusal')
  const piece = { title: sayGallery('because'), stands: '5/9', closed: '', act: sayGallery('open') }
  return [
    part('PhaseSteps', PhaseSteps, ['desk'], {
      normal: [{ phases: road.phases, nexts: road.nexts }],
      empty: [{ phases: road.phases, nexts: [] }],
      waiting: [{ phases: road.phases, nexts: road.nexts, busy: true }],
    }),
    part(
      'PhaseBoard',
      PhaseBoard,
      ['desk'],
      {
        normal: [{ columns: road.board.columns, rows: road.board.rows }],
        busy: [{ columns: road.board.columns, rows: road.board.long }],
        empty: [{ columns: road.board.columns, rows: [] }],
      },
      { isWide: true },
    ),
    part('CaseForm', CaseForm, ['desk'], {
      normal: [{ ...form, form: filled! }],
      empty: [{ ...form, form: blank! }],
      refused: [{ ...form, form: { ...blank!, closed } }],
      waiting: [{ ...form, form: blank!, busy: true }],
    }),
    part('FormField', FormField, ['desk', 'field'], {
      normal: fields.map((field) => ({ field, people })),
      busy: fields.map((field) => ({
        field: { ...field, words: { zh: sayGallery('longTitle'), en: sayGallery('longTitle') } },
        people,
      })),
      lost: fields
        .filter(({ kind }) => kind === 'photo')
        .map((field) => ({ field, people, trouble: sayGallery('photoTrouble') })),
      refused: fields.map((field) => ({ field, wrong: wrong[field.id], people })),
      waiting: fields.filter(({ kind }) => kind === 'photo').map((field) => ({ field, people, sending: 0.4 })),
    }),
    part('RollEntry', RollEntry, ['desk'], {
      normal: road.rolls.map((roll) => ({ roll })),
      empty: road.rolls.map((roll) => ({ roll: { ...roll, hasMembers: false } })),
      refused: road.rolls.map((roll) => ({ roll: { ...roll, closed } })),
      waiting: road.rolls.map((roll) => ({ roll, busy: true })),
    }),
    part('BallotTally', BallotTally, ['desk'], {
      normal: [{ bars: ballot!.bars }],
      busy: [{ bars: ballot!.bars.map((bar) => ({ ...bar, part: 1.2, isReached: true, figures: '2160/1800' })) }],
      empty: [{ bars: [] }],
    }),
    part('BallotVotes', BallotVotes, ['desk'], {
      normal: [{ ballot: ballot!, sending: () => null }],
      empty: [{ ballot: { ...ballot!, voters: [] }, sending: () => null }],
      refused: [{ ballot: { ...ballot!, closed }, sending: () => null }],
      waiting: [{ ballot: ballot!, sending }],
    }),
    part(
      'ProcessPiece',
      ProcessPiece,
      ['desk'],
      {
        normal: [piece, { ...piece, isDone: true }],
        busy: [{ ...piece, title: sayGallery('longTitle'), stands: sayGallery('longWhy') }],
        refused: [{ ...piece, closed }],
        waiting: [{ ...piece, open: true }],
      },
      { inside: (state) => (state === 'waiting' ? h('p', sayGallery('longWhy')) : null) },
    ),
  ]
}
