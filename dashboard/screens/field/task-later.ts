// What a task's page opens in its turn.
import { later } from './later.ts'

export const TaskAsk = later(() => import('./TaskAsk.vue'))
export const TaskForm = later(() => import('./TaskForm.vue'))
export const LookSheet = later(() => import('./LookSheet.vue'))
