// @vitest-environment happy-dom
// The phone called while its page is closed: what its worker shows and says, where a tap leads, and what the switch says where it cannot.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { page } from '../../dashboard/screens/field/pages.ts'
import { followTaps } from '../../dashboard/screens/field/taps.ts'
import { openTapped, showPushed } from '../../dashboard/screens/field/worker-push.ts'
import type { PushScope } from '../../dashboard/screens/field/worker-push.ts'
import { keepMine, pushState, takeBack, turnOff, turnOn } from '../../dashboard/link/push.ts'
import type { PushWorld } from '../../dashboard/link/push.ts'
import { sayCall } from '../../dashboard/words/field-call.ts'

const pushed = {
  ...{ id: 'n_1', caseId: '20261121-007', level: 1, what: 'told', receipt: 'r-1' },
  words: '【I级】车棚明火，桥一居民区3号车棚',
}

function aWorker(pages: { url: string; visibilityState: DocumentVisibilityState }[] = []) {
  const asked: { url: string; body: unknown }[] = []
  const clients = pages.map((one) => ({ ...one, focus: vi.fn(), postMessage: vi.fn() }))
  const answers: (number | null)[] = []
  const scope = {
    registration: { showNotification: vi.fn(async (_title: string, _options?: Record<string, unknown>) => {}) },
    clients: { matchAll: async () => clients, openWindow: vi.fn(async () => null) },
    fetch: async (url: string, init: RequestInit) => {
      asked.push({ url, body: JSON.parse(String(init.body)) })
      const status = answers.length > 0 ? answers.shift()! : 200
      if (status === null) throw new TypeError('Failed to fetch')
      return new Response('{}', { status })
    },
    pause: async () => {},
  }
  return {
    scope: scope as unknown as PushScope,
    shown: scope.registration.showNotification,
    opened: scope.clients.openWindow,
    clients,
    asked,
    answers,
  }
}

describe('the worker is pushed to', () => {
  it('[NT28] it shows our words, one notification a case, to be answered where it is grave, and says that it did', async () => {
    const worker = aWorker()
    await showPushed(worker.scope, JSON.stringify(pushed))
    expect(worker.shown).toHaveBeenCalledExactlyOnceWith(
      '三屏',
      expect.objectContaining({
        body: pushed.words,
        tag: '20261121-007',
        renotify: true,
        requireInteraction: true,
        silent: false,
      }),
    )
    expect(worker.shown.mock.calls[0]![1]).toMatchObject({ actions: [{ action: 'look', title: '看' }] })
    expect(worker.asked).toEqual([{ url: '/api/notices/n_1/shown', body: { receipt: 'r-1' } }])
  })

  it('[NT28] without a line to the site it shows it all the same, and says so a little later', async () => {
    const worker = aWorker()
    worker.answers.push(null, 503, 200)
    await showPushed(worker.scope, JSON.stringify(pushed))
    expect(worker.shown).toHaveBeenCalledOnce()
    expect(worker.asked).toHaveLength(3)
    worker.answers.push(404)
    await showPushed(worker.scope, JSON.stringify(pushed))
    expect(worker.asked).toHaveLength(4)
  })

  it.each([undefined, 'nonsense', 'null', '{"id":7}'])(
    '[NT28] what it cannot read (%s) it shows as such: a silent push costs the right',
    async (text) => {
      const worker = aWorker()
      await showPushed(worker.scope, text)
      expect(worker.shown).toHaveBeenCalledExactlyOnceWith('三屏', expect.objectContaining({ body: '打开小屏查看' }))
      expect(worker.asked).toEqual([])
    },
  )

  it('[NT28] while the page is looked at, the page rings and the notification is silent', async () => {
    const worker = aWorker([{ url: 'https://sanping.example/field', visibilityState: 'visible' }])
    await showPushed(worker.scope, JSON.stringify({ ...pushed, level: 3 }))
    expect(worker.shown.mock.calls[0]![1]).toMatchObject({ silent: true, requireInteraction: false })
    expect(worker.shown.mock.calls[0]![1]).not.toHaveProperty('vibrate')
  })
})

describe('a notification is tapped', () => {
  beforeEach(() => {
    history.replaceState(null, '', '/field')
    page.value = { name: 'list', tab: 'tasks' }
  })

  it('[NT29] in the page that is open already', async () => {
    const worker = aWorker([
      { url: 'https://sanping.example/desk', visibilityState: 'visible' },
      { url: 'https://sanping.example/field', visibilityState: 'hidden' },
    ])
    await openTapped(worker.scope, { caseId: '20261121-007' })
    expect(worker.opened).not.toHaveBeenCalled()
    expect(worker.clients[0]!.postMessage).not.toHaveBeenCalled()
    expect(worker.clients[1]!.postMessage).toHaveBeenCalledWith({ look: '20261121-007' })
    expect(worker.clients[1]!.focus).toHaveBeenCalledOnce()
  })

  it('[NT29] else in a new one, which opens on the case and leaves no trace of it in the address', async () => {
    const worker = aWorker()
    await openTapped(worker.scope, { caseId: '20261121-007' })
    expect(worker.opened).toHaveBeenCalledWith('/field#case=20261121-007')
    location.hash = '#case=20261121-007'
    followTaps(undefined)
    expect(page.value).toEqual({ name: 'task', id: '20261121-007' })
    expect(location.hash).toBe('')
    await openTapped(worker.scope, null)
    expect(worker.opened).toHaveBeenLastCalledWith('/field')
  })

  it('[NT29] the open page goes where the worker says, and nowhere for what says nothing', () => {
    const container = new EventTarget() as unknown as ServiceWorkerContainer
    const stop = followTaps(container)
    container.dispatchEvent(new MessageEvent('message', { data: 'anything' }))
    expect(page.value.name).toBe('list')
    container.dispatchEvent(new MessageEvent('message', { data: { look: '20261121-008' } }))
    expect(page.value).toEqual({ name: 'task', id: '20261121-008' })
    stop()
  })
})

const key = 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM'

function aBrowser(change: Partial<PushWorld> = {}) {
  let kept: object | null = null
  const asked: string[] = []
  const house = { key: key as string | null, status: 200, refusal: 'wrong-shape' }
  const phone = { permission: 'default' as NotificationPermission, reaches: true }
  const subscription = {
    endpoint: 'https://fcm.googleapis.com/x',
    options: {},
    toJSON: () => ({ endpoint: 'https://fcm.googleapis.com/x', keys: {} }),
    unsubscribe: async () => ((kept = null), true),
  }
  const pushManager = {
    getSubscription: async () => kept,
    subscribe: async () => {
      if (!phone.reaches) throw new DOMException('push service error', 'AbortError')
      return (kept = subscription)
    },
  }
  const registration = { pushManager } as unknown as ServiceWorkerRegistration
  const world: PushWorld = {
    ...{ isSecure: true, host: 'browser', isIos: false, canPush: true },
    permission: () => phone.permission,
    requestPermission: async () => (phone.permission = phone.permission === 'default' ? 'granted' : phone.permission),
    worker: async () => registration,
    ...change,
  }
  const fetch = (async (_url: string, init: RequestInit = {}) => {
    asked.push(init.method ?? 'GET')
    if (!init.method) return Response.json({ key: house.key })
    return Response.json(house.status === 200 ? { ok: true } : { ok: false, refusal: house.refusal }, {
      status: house.status,
    })
  }) as typeof globalThis.fetch
  const navigator = { serviceWorker: { getRegistration: async () => registration } } as unknown as Navigator
  return { world, fetch, house, phone, asked, navigator, kept: () => kept }
}

describe('the switch', () => {
  it('[NT30] off, on by a tap, off again; the house is told each time', async () => {
    const { world, fetch, asked, kept } = aBrowser()
    expect(await pushState(world, fetch)).toBe('off')
    expect(await turnOn(world, fetch)).toBe('on')
    expect(await pushState(world, fetch)).toBe('on')
    expect(await turnOff(world, fetch)).toBe('off')
    expect(kept()).toBeNull()
    expect(asked.filter((method) => method !== 'GET')).toEqual(['POST', 'DELETE'])
  })

  it.each<[string, Partial<PushWorld>]>([
    ['plain', { isSecure: false }],
    ['host', { host: 'wecom' }],
    ['ios', { canPush: false, isIos: true }],
    ['old', { canPush: false }],
    ['old', { worker: async () => undefined }],
    ['blocked', { permission: () => 'denied' }],
  ])('[NT30] it says %s', async (state, change) => {
    const { world, fetch } = aBrowser(change)
    expect(await pushState(world, fetch)).toBe(state)
    expect(sayCall(`call.${state as 'old'}`, { app: '企业微信' }).length).toBeGreaterThan(10)
  })

  it('[NT30] a house that sends none, a service that cannot be reached, one the site does not send to, a no to the question', async () => {
    const none = aBrowser()
    none.house.key = null
    expect(await pushState(none.world, none.fetch)).toBe('none')
    expect(await turnOn(none.world, none.fetch)).toBe('none')
    const intranet = aBrowser()
    intranet.phone.reaches = false
    expect(await turnOn(intranet.world, intranet.fetch)).toBe('unreachable')
    const strange = aBrowser()
    Object.assign(strange.house, { status: 422, refusal: 'push-service-unknown' })
    expect(await turnOn(strange.world, strange.fetch)).toBe('service')
    expect(strange.kept()).toBeNull()
    const denied = aBrowser({ requestPermission: async () => 'denied' })
    expect(await turnOn(denied.world, denied.fetch)).toBe('blocked')
  })

  it('[NT16] whoever signs in on it takes the phone over, whoever signs out takes it back', async () => {
    const { world, fetch, asked, navigator, kept } = aBrowser()
    await keepMine(navigator, fetch)
    expect(asked).toEqual([])
    await turnOn(world, fetch)
    await keepMine(navigator, fetch)
    expect(asked.filter((method) => method === 'POST')).toHaveLength(2)
    await takeBack(navigator, fetch)
    expect(asked.at(-1)).toBe('DELETE')
    expect(kept()).toBeNull()
  })
})
