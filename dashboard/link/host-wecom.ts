// 企业微信: its JS-SDK object in the page. Calls it does not grant (no signature, no right) come back as fail, and the browser goes on.
import type { HostLeaf } from './host-port.ts'

/** As much of the SDK as is used. It calls back by `success`, `fail` and `cancel`. */
export interface WecomSdk {
  getLocation?(options: WecomCall<{ latitude: number; longitude: number; accuracy?: number | string }>): void
  scanQRCode?(options: WecomCall<{ resultStr: string }>): void
  chooseImage?(options: WecomCall<{ localIds: string[] }>): void
  getLocalImgData?(options: WecomCall<{ localData: string }>): void
  closeWindow?(): void
}
type WecomCall<T> = Record<string, unknown> & {
  success: (told: T) => void
  fail: (fault: unknown) => void
  cancel: () => void
}

/** Its own locator waits for a permission dialogue for ever: then the browser's turn comes. */
const patienceMs = 8_000

export function wecomLeaf(sdk: unknown, after = setTimeout as (run: () => void, ms: number) => unknown): HostLeaf {
  const wx = sdk as WecomSdk
  const call = <T>(method: ((options: WecomCall<T>) => void) | undefined, options: Record<string, unknown>) =>
    new Promise<T | null>((resolve) => {
      if (!method) return resolve(null)
      const none = () => resolve(null)
      method.call(wx, { ...options, success: resolve, fail: none, cancel: none })
    })
  const soon = <T>(asked: Promise<T | null>) =>
    Promise.race([asked, new Promise<null>((resolve) => after(() => resolve(null), patienceMs))])

  return {
    async locate() {
      const told = await soon(call(wx.getLocation, { type: 'wgs84' }))
      if (!told) return null
      const accuracy = Math.round(Number(told.accuracy))
      return {
        lon: Number(told.longitude),
        lat: Number(told.latitude),
        crs: 'wgs84',
        from: 'host',
        ...(Number.isFinite(accuracy) && { accuracy }),
      }
    },
    async scan() {
      const told = await call(wx.scanQRCode, { needResult: 1, scanType: ['qrCode'], desc: '' })
      return told?.resultStr ?? null
    },
    async takePhoto() {
      const chosen = await call(wx.chooseImage, { count: 1, sizeType: ['compressed'], sourceType: ['camera'] })
      const localId = chosen?.localIds[0]
      const told = localId === undefined ? null : await call(wx.getLocalImgData, { localId })
      return told && pictureIn(told.localData)
    },
    ...(wx.closeWindow && { close: () => wx.closeWindow!() }),
  }
}

/** iOS names the kind before the bytes, Android gives the bytes alone, with line breaks in them. */
function pictureIn(data: string): Blob {
  const bytes = atob(data.replace(/^data:[^,]*,/, '').replace(/\s/g, ''))
  return new Blob([Uint8Array.from(bytes, (one) => one.charCodeAt(0))], { type: 'image/jpeg' })
}
