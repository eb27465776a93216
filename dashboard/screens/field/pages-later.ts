// Pages the phone does not need to show its first: fetched when they are opened, and beforehand in a quiet moment, so that they are there without signal.
import { defineAsyncComponent } from 'vue'
import NotHere from './NotHere.vue'

const loaders = {
  task: () => import('./TaskPage.vue'),
  ask: () => import('./TaskAsk.vue'),
  form: () => import('./TaskForm.vue'),
  me: () => import('./MePage.vue'),
  report: () => import('./ReportPage.vue'),
}

const later = { errorComponent: NotHere, delay: 0, suspensible: false }
export const TaskPage = defineAsyncComponent({ loader: loaders.task, ...later })
export const TaskAsk = defineAsyncComponent({ loader: loaders.ask, ...later })
export const TaskForm = defineAsyncComponent({ loader: loaders.form, ...later })
export const MePage = defineAsyncComponent({ loader: loaders.me, ...later })
export const ReportPage = defineAsyncComponent({ loader: loaders.report, ...later })

/** The rest of the app, once the first page stands. What does not come now is asked for when it is opened. */
export function fetchRest(): void {
  for (const load of Object.values(loaders)) load().catch(() => {})
}
