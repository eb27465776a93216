// Which page of the phone is open, so that the phone's own back goes back inside the app.
import { shallowRef } from 'vue'
import type { CaseId } from '#contract/ids'

export type Tab = 'tasks' | 'drafts' | 'waiting' | 'delivered'
export type Page =
  | { name: 'list'; tab: Tab }
  | { name: 'task'; id: CaseId }
  | { name: 'report'; draft: string | null }
  | { name: 'me' }
  | { name: 'sos' }

export const page = shallowRef<Page>({ name: 'list', tab: 'tasks' })

export function open(next: Page) {
  history.pushState(next, '')
  page.value = next
  scrollTo(0, 0)
}
/** Tabs are places beside each other: going through them is no way back. */
export function openTab(tab: Tab) {
  const next: Page = { name: 'list', tab }
  history.replaceState(next, '')
  page.value = next
}
export const back = () => history.back()

/** Returns the stop. */
export function followBack(): () => void {
  const turn = (event: PopStateEvent) => {
    page.value = (event.state as Page | null) ?? { name: 'list', tab: 'tasks' }
  }
  history.replaceState(page.value, '')
  addEventListener('popstate', turn)
  return () => removeEventListener('popstate', turn)
}
