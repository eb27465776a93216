// A notification that was tapped: the case it spoke of, opened on a page that was there or on a fresh one.
import type { CaseId } from '#contract/ids'
import { open } from './pages.ts'

/** Returns the stop. `worker`: undefined on plain HTTP. */
export function followTaps(
  worker: Pick<ServiceWorkerContainer, 'addEventListener' | 'removeEventListener'> | undefined,
) {
  const named = /^#case=(.+)$/.exec(location.hash)?.[1]
  if (named) {
    history.replaceState(history.state, '', location.pathname)
    open({ name: 'task', id: decodeURIComponent(named) as CaseId })
  }
  const look = ({ data }: MessageEvent) => {
    const id = (data as { look?: unknown } | null)?.look
    if (typeof id === 'string') open({ name: 'task', id: id as CaseId })
  }
  worker?.addEventListener('message', look)
  return () => worker?.removeEventListener('message', look)
}
