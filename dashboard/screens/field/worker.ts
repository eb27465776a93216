// The phone's page without signal: what the page is made of is kept as it comes by, no list of files beforehand, no case and no picture.
export {}

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

/** A new page names its parts; what no page names any more goes. */
async function freshPage(request: Request): Promise<Response> {
  const answer = await freshFirst(new Request(new URL(request.url).pathname))
  const html = await answer.clone().text()
  const cache = await caches.open(name)
  for (const part of await cache.keys()) {
    const { pathname } = new URL(part.url)
    if (pathname.startsWith('/assets/') && !html.includes(pathname)) await cache.delete(part)
  }
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
