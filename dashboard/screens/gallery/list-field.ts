// The phone's own pieces: what is mine to do, until when, how far it is, what waits here, who calls.
import { defineComponent, h, type Component, type PropType } from 'vue'
import type { PersonId } from '#contract/ids'
import FieldTabs from '../field/FieldTabs.vue'
import FollowToggle from '../field/FollowToggle.vue'
import NotHere from '../field/NotHere.vue'
import OrderCall from '../field/OrderCall.vue'
import OutboxStrip from '../field/OutboxStrip.vue'
import TaskClock from '../field/TaskClock.vue'
import TaskNotes from '../field/TaskNotes.vue'
import TaskRow from '../field/TaskRow.vue'
import TaskSteps from '../field/TaskSteps.vue'
import { stepsOf } from '../field/task-steps.ts'
import { fieldCases, outboxIn, subjectIn } from './field-shown.ts'
import { part, type Frame, type Part, type StateName } from './shelf.ts'
import { lineIn, stand } from './worlds.ts'

const li = 'li' as PersonId

const fieldWorld = (state: StateName): void =>
  stand({
    ...{ role: 'officer', personId: li, line: lineIn(state), outbox: outboxIn(state) },
    cases: state === 'empty' ? [] : fieldCases(state),
  })

/** Given what fits the state it is shown in. */
const given = (component: Component, props: (state: StateName) => object) =>
  defineComponent({
    props: { state: { type: String as PropType<StateName>, required: true } },
    setup:
      ({ state }) =>
      () =>
        h(component as never, props(state) as never),
  })

const pieces = {
  TaskRow: given(TaskRow, (state) => ({ subject: subjectIn(state) })),
  TaskClock: given(TaskClock, (state) => ({ subject: subjectIn(state) })),
  TaskNotes: given(TaskNotes, (state) => ({ subject: subjectIn(state), mine: true })),
  TaskSteps: given(TaskSteps, (state) => ({
    steps: stepsOf(subjectIn(state), li, undefined, outboxIn(state).items?.map(({ wish }) => wish) ?? []),
  })),
  OutboxStrip: given(OutboxStrip, () => ({})),
  FieldTabs: given(FieldTabs, () => ({ tab: 'tasks' })),
  OrderCall: given(OrderCall, () => ({})),
  FollowToggle: given(FollowToggle, () => ({})),
  NotHere: given(NotHere, () => ({})),
}

const piece = (name: keyof typeof pieces, states: readonly StateName[], frame: Frame = {}): Part =>
  part(`field/${name}`, pieces[name], ['field'], Object.fromEntries(states.map((state) => [state, [{ state }]])), {
    ...frame,
    world: fieldWorld,
  })

export const fieldPieces = (): Part[] => [
  piece('OutboxStrip', ['normal', 'busy', 'lost', 'refused', 'waiting']),
  piece('FieldTabs', ['normal', 'empty', 'waiting']),
  piece('TaskRow', ['normal', 'busy', 'refused', 'waiting']),
  piece('TaskClock', ['normal', 'busy', 'refused']),
  piece('TaskSteps', ['normal', 'busy', 'waiting']),
  piece('TaskNotes', ['busy']),
  piece('OrderCall', ['normal', 'busy', 'waiting']),
  piece('FollowToggle', ['normal']),
  piece('NotHere', ['lost'], { box: [24, 12] }),
]
