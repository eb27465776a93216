// @vitest-environment happy-dom
// The app around the page: found by its name and its object, asked first, and the browser where it cannot or will not.
import { describe, expect, it } from 'vitest'
import { dingtalkLeaf } from '../../dashboard/link/host-dingtalk.ts'
import { wecomLeaf } from '../../dashboard/link/host-wecom.ts'
import { photosBy } from '../../dashboard/link/host-photos.ts'
import { browserHost, openHost } from '../../dashboard/link/host.ts'
import type { Host } from '../../dashboard/link/host-port.ts'

const byBrowser = { lon: 121.47, lat: 31.2, crs: 'wgs84', accuracy: 30, from: 'browser' } as const
const aBrowser = (change: Partial<Host> = {}): Host => ({
  name: 'browser',
  locate: () => Promise.resolve(byBrowser),
  scan: () => Promise.resolve(null),
  takePhoto: () => Promise.resolve(null),
  share: () => Promise.resolve(false),
  close() {},
  title() {},
  vibrate() {},
  keepAwake: () => Promise.resolve(() => {}),
  ...change,
})
const agent = (userAgent: string) => ({ navigator: { userAgent } })
const wecom = 'Mozilla/5.0 (Linux; Android 12) Chrome/90.0 Mobile wxwork/4.1.22 MicroMessenger/7.0'
const dingtalk = 'Mozilla/5.0 (Linux; Android 12) Chrome/90.0 Mobile AliApp(DingTalk/7.5.0)'

/** Calls back as the JS-SDK does. */
const aWecom = (told: Record<string, unknown>) =>
  new Proxy({} as Record<string, unknown>, {
    get: (_none, name: string) =>
      name in told
        ? (options: { success: (told: unknown) => void; fail: (fault: unknown) => void }) =>
            told[name] === 'fail' ? options.fail({ errMsg: `${name}:fail` }) : options.success(told[name])
        : undefined,
  })

describe('which app it is', () => {
  it('[SN314] by name and object together; by one alone it is a browser', async () => {
    const hosts = await Promise.all([
      openHost(agent('Mozilla/5.0 Chrome/90'), aBrowser()),
      openHost(agent(wecom), aBrowser()),
      openHost({ ...agent('Mozilla/5.0 Chrome/90'), wx: {}, dd: {} }, aBrowser()),
      openHost({ ...agent(wecom), wx: aWecom({}) }, aBrowser()),
      openHost({ ...agent(wecom), ww: aWecom({}) }, aBrowser()),
      openHost({ ...agent(dingtalk), dd: {} }, aBrowser()),
    ])
    expect(hosts.map((host) => host.name)).toEqual(['browser', 'browser', 'browser', 'wecom', 'wecom', 'dingtalk'])
  })
  it('[SN314] whatever the app lacks or refuses, the browser does', async () => {
    const refusing = { getLocation: 'fail', scanQRCode: 'fail', chooseImage: 'fail' }
    const host = await openHost({ ...agent(wecom), wx: aWecom(refusing) }, aBrowser())
    expect(await host.locate()).toEqual(byBrowser)
    expect([await host.scan(), await host.takePhoto()]).toEqual([null, null])
    const bare = await openHost({ ...agent(dingtalk), dd: {} }, aBrowser())
    expect(await bare.locate()).toEqual(byBrowser)
    expect(await bare.share({ title: '', url: '' })).toBe(false)
    expect(() => (bare.close(), bare.title('任务'), bare.vibrate([100]))).not.toThrow()
  })
})

describe('企业微信', () => {
  it('[SN315] says where, reads a plate and takes a photo', async () => {
    const leaf = wecomLeaf(
      aWecom({
        getLocation: { latitude: 31.2, longitude: 121.47, accuracy: '15.4' },
        scanQRCode: { resultStr: 'shed-001-02' },
        chooseImage: { localIds: ['local-1'] },
        getLocalImgData: { localData: `data:image/jpeg;base64,${btoa('picture')}` },
      }),
    )
    expect(await leaf.locate!()).toEqual({ lon: 121.47, lat: 31.2, crs: 'wgs84', accuracy: 15, from: 'host' })
    expect(await leaf.scan!()).toBe('shed-001-02')
    const photo = await leaf.takePhoto!()
    expect([photo!.type, await photo!.text()]).toEqual(['image/jpeg', 'picture'])
  })
  it('[SN315] a locator that never answers is given up for the browser’s', async () => {
    let late = () => {}
    const silent = { getLocation: () => {} }
    const asked = wecomLeaf(silent, (run) => (late = run)).locate!()
    late()
    expect(await asked).toBeNull()
  })
})

describe('钉钉', () => {
  const calls: [string, Record<string, unknown>][] = []
  const answering = (name: string, told: unknown) => (options: Record<string, unknown>) => {
    calls.push([name, options])
    ;(options.onSuccess as ((told: unknown) => void) | undefined)?.(told)
  }
  const dd = {
    device: {
      geolocation: { get: answering('get', { longitude: 121.47, latitude: 31.2, accuracy: 20.2 }) },
      notification: { vibrate: answering('vibrate', {}) },
    },
    biz: {
      util: { scan: answering('scan', { text: 'shed-001-02' }), share: answering('share', {}) },
      navigation: { setTitle: answering('setTitle', {}), close: answering('close', {}) },
    },
  }
  it('[SN316] says where in the true datum, reads a plate, names the page and closes it', async () => {
    const leaf = dingtalkLeaf(dd)
    expect(await leaf.locate!()).toEqual({ lon: 121.47, lat: 31.2, crs: 'wgs84', accuracy: 20, from: 'host' })
    expect(calls[0]).toMatchObject(['get', { coordinate: 0 }])
    expect(await leaf.scan!()).toBe('shed-001-02')
    expect(await leaf.share!({ title: '案件', url: 'https://a.example' })).toBe(true)
    leaf.title!('任务')
    leaf.close!()
    leaf.vibrate!([100, 50, 300])
    expect(calls.slice(-3)).toMatchObject([
      ['setTitle', { title: '任务' }],
      ['close', {}],
      ['vibrate', { duration: 300 }],
    ])
  })
  it('[SN316] a photo never goes through its cloud', () => {
    expect(dingtalkLeaf(dd).takePhoto).toBeUndefined()
  })
})

describe('the browser', () => {
  it('[SN317] asks only what is there, and says null where nothing answers', async () => {
    const world = { navigator: {}, document: { title: '' }, history: { length: 1 }, close() {} } as unknown as Window
    const host = browserHost(world)
    expect(await host.locate()).toBeNull()
    expect(await host.share({ title: '', url: '' })).toBe(false)
    host.vibrate([10])
    host.title('任务')
    ;(await host.keepAwake())()
    expect(world.document.title).toBe('任务')
  })
  it('[SN317] gives its place up after eight seconds', async () => {
    let wanted: PositionOptions | undefined
    const geolocation = {
      getCurrentPosition(_yes: PositionCallback, no: PositionErrorCallback, options: PositionOptions) {
        wanted = options
        no({ code: 3 } as GeolocationPositionError)
      },
    }
    const host = browserHost({ navigator: { geolocation } } as unknown as Window)
    expect(await host.locate()).toBeNull()
    expect(wanted).toMatchObject({ timeout: 8_000, enableHighAccuracy: true })
  })
})

describe('a photo field', () => {
  const aField = (capture: boolean) => {
    document.body.innerHTML = `<input type="file" ${capture ? 'capture="environment"' : ''}>`
    const field = document.querySelector('input')!
    let opened = 0
    field.addEventListener('click', (event) => !event.defaultPrevented && opened++)
    return { field, opened: () => opened }
  }
  it('[SN315] opens the app’s own camera where there is one, and as ever where that gives nothing', async () => {
    const asked: string[] = []
    const host = { takePhoto: () => Promise.resolve((asked.push('photo'), null)) }
    const stop = photosBy(host, document)
    const { field, opened } = aField(true)
    field.click()
    expect([asked, opened()]).toEqual([['photo'], 0])
    await Promise.resolve()
    await Promise.resolve()
    expect(opened()).toBe(1)
    const plain = aField(false)
    plain.field.click()
    expect([asked.length, plain.opened()]).toEqual([1, 1])
    stop()
  })
})
