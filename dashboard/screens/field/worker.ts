// The phone's page without signal: what the page is made of is kept as it comes by, no list of files beforehand, no case and no picture. And the phone called while it is closed.
import { openTapped, showPushed } from './worker-push.ts'
import type { PushScope } from './worker-push.ts'

const worker = self as unknown as ServiceWorkerGlobalScope
const name = 'sanping-field-1'
const patienceMs = 4_000

worker.addEventListener('install', () => void worker.skipWaiting())
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin) return
  // Parts carry their hash in their name: what is kept under it is it.
  if (pathname.startsWith('/assets/')) event.respondWith(keptFirst(request))
  if (request.mode === 'navigate') event.respondWith(freshPage(request))
  if (pathname.startsWith('/api/map/') || pathname === '/api/places') event.respondWith(freshFirst(request))
})

const pushScope: PushScope = {
  registration: worker.registration,
  clients: worker.clients as PushScope['clients'],
  fetch: (...asked) => fetch(...asked),
  pause: (milliseconds) => new Promise((over) => setTimeout(over, milliseconds)),
}
worker.addEventListener('push', (event) => event.waitUntil(showPushed(pushScope, event.data?.text())))
worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openTapped(pushScope, event.notification.data))
})

async function keptFirst(request: Request): Promise<Response> {
  const cache = await caches.open(name)
  return (await cache.match(request)) ?? keep(cache, request, await fetch(request))
}

async function freshFirst(request: Request): Promise<Response> {
  const cache = await caches.open(name)
  const kept = await cache.match(request)
  if (!kept) return keep(cache, request, await fetch(request))
  try {
    return await keep(cache, request, await fetch(request, { signal: inTime() }))
  } catch {
    // No signal, or a signal too weak to wait for.
    return kept
  }
}

/** A new page names its parts, and those name theirs; what none of them names any more goes. */
async function freshPage(request: Request): Promise<Response> {
  const answer = await freshFirst(new Request(new URL(request.url).pathname))
  const cache = await caches.open(name)
  const kept = new Map((await cache.keys()).map((part) => [new URL(part.url).pathname, part]))
  const named = new Set<string>()
  const texts = [await answer.clone().text()]
  for (let text = texts.pop(); text !== undefined; text = texts.pop())
    for (const [path, part] of kept) {
      if (named.has(path) || !text.includes(path.slice(path.lastIndexOf('/') + 1))) continue
      named.add(path)
      const script = path.endsWith('.js') ? await cache.match(part) : undefined
      if (script) texts.push(await script.text())
    }
  for (const [path, part] of kept) if (path.startsWith('/assets/') && !named.has(path)) await cache.delete(part)
  return answer
}

async function keep(cache: Cache, request: Request, answer: Response): Promise<Response> {
  if (answer.status === 200) await cache.put(request, answer.clone())
  return answer
}

function inTime(): AbortSignal {
  const abort = new AbortController()
  setTimeout(() => abort.abort(), patienceMs)
  return abort.signal
}
