// 钉钉: its JSAPI object in the page. It has no call that hands a photo to the page without sending it to its own cloud first: that stays the browser's.
import type { HostLeaf } from './host-port.ts'

/** As much of the JSAPI as is used. */
export interface DingtalkApi {
  device?: {
    geolocation?: { get(options: DingtalkCall<Where>): void }
    notification?: { vibrate(options: Record<string, unknown>): void }
  }
  biz?: {
    util?: {
      scan?(options: DingtalkCall<{ text: string }>): void
      share?(options: DingtalkCall<unknown>): void
    }
    navigation?: {
      setTitle?(options: Record<string, unknown>): void
      close?(options: Record<string, unknown>): void
    }
  }
}
interface Where {
  longitude: number
  latitude: number
  accuracy?: number
}
type DingtalkCall<T> = Record<string, unknown> & { onSuccess: (told: T) => void; onFail: (fault: unknown) => void }

const patienceMs = 8_000

export function dingtalkLeaf(api: unknown, after = setTimeout as (run: () => void, ms: number) => unknown): HostLeaf {
  const { device, biz } = api as DingtalkApi
  const call = <T>(run: ((options: DingtalkCall<T>) => void) | undefined, options: Record<string, unknown>) =>
    new Promise<T | null>((resolve) => {
      if (!run) return resolve(null)
      run({ ...options, onSuccess: resolve, onFail: () => resolve(null) })
    })
  const soon = <T>(asked: Promise<T | null>) =>
    Promise.race([asked, new Promise<null>((resolve) => after(() => resolve(null), patienceMs))])
  const locator = device?.geolocation
  const { util, navigation } = biz ?? {}

  return {
    async locate() {
      // 0: as the receiver says it. 1 would be shifted, and without the datum in the answer.
      const asked = { targetAccuracy: 50, coordinate: 0, withReGeocode: false, useCache: false }
      const told = await soon(call<Where>(locator && ((options) => locator.get(options)), asked))
      if (!told) return null
      return {
        lon: told.longitude,
        lat: told.latitude,
        crs: 'wgs84',
        from: 'host',
        ...(told.accuracy !== undefined && { accuracy: Math.round(told.accuracy) }),
      }
    },
    async scan() {
      const told = await call<{ text: string }>(util?.scan && ((options) => util.scan!(options)), { type: 'qrCode' })
      return told?.text ?? null
    },
    ...(util?.share && {
      share: async ({ title, url }) =>
        (await call<unknown>((options) => util.share!(options), { type: 0, title, url, content: title, image: '' })) !==
        null,
    }),
    ...(navigation?.close && { close: () => navigation.close!({}) }),
    ...(navigation?.setTitle && { title: (words) => navigation.setTitle!({ title: words }) }),
    ...(device?.notification && {
      vibrate: (pattern) => device.notification!.vibrate({ duration: Math.max(...pattern, 0) }),
    }),
  }
}
