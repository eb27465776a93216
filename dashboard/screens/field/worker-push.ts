// What the phone's worker does with a push: shows it, says that it did, and opens the case when it is tapped. The page may be long closed.
import type { Notice } from '#contract/notice'

export interface Pushed extends Pick<Notice, 'id' | 'caseId' | 'level' | 'what' | 'words'> {
  /** With it this phone says that it showed it. */
  receipt: string
}

/** As much of the worker's world as is used. */
export interface PushScope {
  registration: Pick<ServiceWorkerRegistration, 'showNotification'>
  clients: {
    matchAll(options: ClientQueryOptions): Promise<readonly PageClient[]>
    openWindow(url: string): Promise<unknown>
  }
  fetch: typeof fetch
  pause: (milliseconds: number) => Promise<void>
}
type PageClient = Pick<WindowClient, 'url' | 'visibilityState' | 'focus' | 'postMessage'>

/** What a tapped notification carries. */
interface Tapped {
  caseId: string | null
}

const field = '/field'
/** The site may lie behind a line that wakes later than the push. */
const triesAfter = [0, 2_000, 6_000]
const shakes = { 1: [600, 200, 600, 200, 600], 2: [250, 150, 250], 3: [200], 4: [200] } as const

/** A browser that is pushed to without showing anything takes the right away: also what cannot be read is shown. */
export async function showPushed(scope: PushScope, text: string | undefined): Promise<void> {
  const pushed = read(text)
  const pages = await pagesOf(scope)
  const data: Tapped = { caseId: pushed?.caseId ?? null }
  // `renotify`, `vibrate` and `actions` are no part of every browser's type.
  const options: NotificationOptions & Record<string, unknown> = {
    body: pushed?.words ?? '打开小屏查看',
    // A newer word of the same case takes the place of the older, and sounds again.
    tag: pushed?.caseId ?? pushed?.id ?? 'sanping',
    ...{ renotify: true, icon: '/icon.svg', badge: '/icon.svg', lang: 'zh-CN', data },
    requireInteraction: pushed?.level === 1,
    // The page rings by itself while it is looked at.
    silent: pages.some(({ visibilityState }) => visibilityState === 'visible'),
    actions: pushed?.caseId ? [{ action: 'look', title: '看' }] : [],
  }
  if (!options.silent) options.vibrate = shakes[pushed?.level ?? 4]
  await scope.registration.showNotification('三屏', options)
  if (pushed) await sayShown(scope, pushed)
}

async function sayShown({ fetch, pause }: PushScope, { id, receipt }: Pushed): Promise<void> {
  for (const wait of triesAfter) {
    if (wait > 0) await pause(wait)
    const answer = await fetch(`/api/notices/${encodeURIComponent(id)}/shown`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ receipt }),
    }).catch(() => null)
    // A no is an answer, too.
    if (answer && answer.status < 500) return
  }
}

/** In the page that is open already, else in a new one. */
export async function openTapped(scope: PushScope, data: unknown): Promise<void> {
  const { caseId = null } = (data ?? {}) as Partial<Tapped>
  const [page] = await pagesOf(scope)
  if (!page)
    return void (await scope.clients.openWindow(caseId ? `${field}#case=${encodeURIComponent(caseId)}` : field))
  if (caseId) page.postMessage({ look: caseId })
  await page.focus()
}

async function pagesOf({ clients }: PushScope): Promise<PageClient[]> {
  const all = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  return all.filter(({ url }) => new URL(url).pathname === field)
}

function read(text: string | undefined): Pushed | null {
  try {
    const pushed = JSON.parse(text ?? '') as Partial<Pushed> | null
    return typeof pushed?.id === 'string' && typeof pushed.words === 'string' ? (pushed as Pushed) : null
  } catch {
    // Of another build than this worker: the page will know.
    return null
  }
}
