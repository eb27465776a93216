// What the phone asks of the app it runs in: one interface, the browser as its body, and a leaf for each app that brings more.
import type { Host, HostLeaf, HostName } from './host-port.ts'
import { locate } from './locate.ts'

/** As much of `window` as a host is found by. */
export interface HostWindow {
  navigator: Pick<Navigator, 'userAgent'>
  wx?: unknown
  ww?: unknown
  dd?: unknown
}

interface LeafEntry {
  name: Exclude<HostName, 'browser'>
  isHere(world: HostWindow): boolean
  load(world: HostWindow): Promise<HostLeaf>
}

/** The app puts its own object into the page; by the name alone nothing could be called. No script is fetched from anywhere. */
const leaves: readonly LeafEntry[] = [
  {
    name: 'wecom',
    isHere: (world) => /wxwork/i.test(world.navigator.userAgent) && (world.wx !== undefined || world.ww !== undefined),
    load: async (world) => (await import('./host-wecom.ts')).wecomLeaf(world.wx ?? world.ww),
  },
  {
    name: 'dingtalk',
    isHere: (world) => /dingtalk/i.test(world.navigator.userAgent) && world.dd !== undefined,
    load: async (world) => (await import('./host-dingtalk.ts')).dingtalkLeaf(world.dd),
  },
]

/** Never rejects: an app whose part cannot be had is a browser. */
export async function openHost(world: HostWindow, browser: Host): Promise<Host> {
  const entry = leaves.find((one) => one.isHere(world))
  if (!entry) return browser
  try {
    return together(entry.name, await entry.load(world), browser)
  } catch {
    // Without signal at the first opening the leaf is not there yet.
    return browser
  }
}

function together(name: HostName, leaf: HostLeaf, browser: Host): Host {
  const first = async <T>(own: (() => Promise<T | null>) | undefined, other: () => Promise<T | null>) => {
    const found = own ? await own().catch(() => null) : null
    return found ?? other()
  }
  return {
    ...browser,
    ...leaf,
    name,
    locate: () => first(leaf.locate, browser.locate),
    scan: () => first(leaf.scan, browser.scan),
    takePhoto: () => first(leaf.takePhoto, browser.takePhoto),
    share: async (what) => (await leaf.share?.(what).catch(() => false)) || browser.share(what),
  }
}

/** The default body. Each piece is asked for where it is used: many webviews lack some of them. */
export const browserHost = (world: Window): Host => ({
  name: 'browser',
  locate: () => locate(world.navigator.geolocation),
  scan: () => Promise.resolve(null),
  takePhoto: () => Promise.resolve(null),
  async share(what) {
    if (!('share' in world.navigator)) return false
    return world.navigator.share(what).then(
      () => true,
      () => false,
    )
  },
  close: () => (world.history.length > 1 ? world.history.back() : world.close()),
  title: (words) => void (world.document.title = words),
  vibrate(pattern) {
    if (world.navigator.userActivation?.hasBeenActive ?? true) world.navigator.vibrate?.(pattern)
  },
  async keepAwake() {
    const lock = await (world.navigator as Partial<Navigator>).wakeLock?.request('screen').catch(() => null)
    return () => void lock?.release()
  },
})
