// A page that comes when it is opened, or beforehand in a quiet moment, so that it is there without signal.
import { defineAsyncComponent, type AsyncComponentLoader, type Component } from 'vue'
import NotHere from './NotHere.vue'

const loaders = new Set<() => Promise<unknown>>()

export function later<T extends Component>(loader: AsyncComponentLoader<T>) {
  loaders.add(loader)
  return defineAsyncComponent({ loader, errorComponent: NotHere, delay: 0, suspensible: false })
}

/** Something that is no page, to be fetched beforehand all the same. */
export const alsoLater = (load: () => Promise<unknown>) => void loaders.add(load)

/** The rest of the app, once the first page stands: what that brings in turn, too. What does not come now is asked for when it is opened. */
export async function fetchRest(): Promise<void> {
  for (const load of loaders) await load().catch(() => {})
}
