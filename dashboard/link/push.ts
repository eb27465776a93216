// Whether this phone can be called while its page is closed, and asking to be, or not to be any more.
import type { PushOffer } from '#contract/notice'
import { ask, posted, type Fetch } from './ask.ts'
import type { HostName } from './host-port.ts'

/**
 * on · off: it can, and is not asked to · blocked: the browser was told no · plain: not https · host: inside an app's webview · ios: only
 * from the home screen · old: this browser cannot · none: the house sends none · service: its push service is not one the site sends to ·
 * unreachable: the browser cannot reach its push service, or we not the house.
 */
export type PushState = 'on' | 'off' | 'blocked' | 'plain' | 'host' | 'ios' | 'old' | 'none' | 'service' | 'unreachable'

/** As much of a browser as is asked. */
export interface PushWorld {
  isSecure: boolean
  host: HostName
  /** An iPhone whose page was not put on the home screen has no push. */
  isIos: boolean
  canPush: boolean
  permission: () => NotificationPermission
  requestPermission: () => Promise<NotificationPermission>
  worker: () => Promise<Pick<ServiceWorkerRegistration, 'pushManager'> | undefined>
}

const address = '/api/notices/push'

function without({ host, isSecure, isIos, canPush }: PushWorld): PushState | null {
  if (host !== 'browser') return 'host'
  if (!isSecure) return 'plain'
  if (canPush) return null
  return isIos ? 'ios' : 'old'
}

export async function pushState(world: PushWorld, fetch: Fetch): Promise<PushState> {
  const cannot = without(world)
  if (cannot) return cannot
  const offered = await ask<PushOffer>(fetch, address)
  if (!offered.ok) return 'unreachable'
  if (offered.answer.key === null) return 'none'
  if (world.permission() === 'denied') return 'blocked'
  const worker = await world.worker()
  if (!worker) return 'old'
  const kept = await worker.pushManager.getSubscription()
  return kept && world.permission() === 'granted' ? 'on' : 'off'
}

/** Called by a tap: browsers ask for the right only then. */
export async function turnOn(world: PushWorld, fetch: Fetch): Promise<PushState> {
  const cannot = without(world)
  if (cannot) return cannot
  const permission = await world.requestPermission()
  if (permission !== 'granted') return permission === 'denied' ? 'blocked' : 'off'
  const [offered, worker] = [await ask<PushOffer>(fetch, address), await world.worker()]
  if (!offered.ok) return 'unreachable'
  const { key } = offered.answer
  if (key === null) return 'none'
  if (!worker) return 'old'
  const subscription = await subscribed(worker.pushManager, key)
  if (!subscription) return 'unreachable'
  const said = await ask(fetch, address, posted('POST', subscription.toJSON()))
  if (said.ok) return 'on'
  await subscription.unsubscribe()
  return said.refusal === 'push-service-unknown' ? 'service' : 'unreachable'
}

export async function turnOff(world: Pick<PushWorld, 'worker'>, fetch: Fetch): Promise<PushState> {
  const subscription = await (await world.worker())?.pushManager.getSubscription()
  if (!subscription) return 'off'
  const said = await ask(fetch, address, { ...posted('POST', { endpoint: subscription.endpoint }), method: 'DELETE' })
  // The browser's own no is enough: what is pushed to it then comes back as gone.
  await subscription.unsubscribe()
  return said.ok || said.refusal !== 'unreachable' ? 'off' : 'unreachable'
}

/** Null where the browser does not reach its push service: on an intranet it may never. */
async function subscribed(manager: PushManager, key: string): Promise<PushSubscription | null> {
  try {
    const kept = await manager.getSubscription()
    if (kept && isOf(kept, key)) return kept
    // Of a house whose keys were others: nobody can push to it any more.
    await kept?.unsubscribe()
    return await manager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) })
  } catch {
    return null
  }
}

function isOf({ options }: PushSubscription, key: string): boolean {
  const own = options?.applicationServerKey
  return own ? String(new Uint8Array(own)) === String(bytesOf(key)) : false
}

function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

type Browser = Pick<Navigator, 'serviceWorker'>
const registered = async ({ serviceWorker }: Browser) => serviceWorker?.getRegistration('/field')

/** A phone that changed hands is the other person's from now on. */
export async function keepMine(browser: Browser, fetch: Fetch): Promise<void> {
  const subscription = await (await registered(browser))?.pushManager?.getSubscription()
  if (subscription) await ask(fetch, address, posted('POST', subscription.toJSON()))
}

/** Who signs out is not called here any more. */
export async function takeBack(browser: Browser, fetch: Fetch): Promise<void> {
  await turnOff({ worker: () => registered(browser) }, fetch)
}

export const pushWorldOf = (window: Window & typeof globalThis, isSecure: boolean, host: HostName): PushWorld => ({
  ...{ isSecure, host },
  isIos: /iPhone|iPad/.test(window.navigator.userAgent),
  canPush: 'serviceWorker' in window.navigator && 'PushManager' in window && 'Notification' in window,
  permission: () => window.Notification.permission,
  requestPermission: () => window.Notification.requestPermission(),
  worker: () => registered(window.navigator),
})
