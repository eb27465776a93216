// How far behind the street each step is: measured always, believed only where it can be true, and told to those who watch over it.
import { afterEach, describe, expect, it } from 'vitest'
import type { CaseId } from '#contract/ids'
import { openLagMeter } from '../../ingest-server/doors/line-lag.ts'
import { aCase } from '../suites/builders.ts'
import { dutyRoom } from '../world/duty-room.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

function aMeter(pace = 1) {
  let now = 1_000_000
  const meter = openLagMeter({ now: () => now, pace })
  return {
    meter,
    pass: (milliseconds: number) => void (now += milliseconds),
    /** A pulse goes out, and this screen has it on the glass so much later. */
    draws(screen: ReturnType<typeof meter.screen>, after: number) {
      const at = now
      meter.told(at)
      now += after
      screen!.drawn({ at, revision: 7 })
      now += 2000 - after
    },
    now: () => now,
  }
}

describe('the meter', () => {
  it('[SY46] nothing measured is null, not nought; what is no kind of screen is not measured', () => {
    const { meter } = aMeter()
    expect(meter.all()).toEqual({ intake: null, wall: null, phone: null })
    for (const role of ['duty-officer', 'chief', 'administrator'] as const) expect(meter.screen(role)).toBeNull()
    expect(meter.screen('property')).not.toBeNull()
  })

  it('[SY46] of walls and phones apart: the middle of the screens, and the worst there was', () => {
    const { meter, draws } = aMeter()
    const [wall, ...phones] = [
      meter.screen('wall'),
      meter.screen('officer'),
      meter.screen('property'),
      meter.screen('officer'),
    ]
    for (const after of [84, 90, 400]) draws(wall!, after)
    draws(phones[0]!, 100)
    draws(phones[1]!, 310)
    draws(phones[2]!, 1240)
    expect(meter.all()).toMatchObject({
      wall: { milliseconds: 90, worst: 400, screens: 1 },
      phone: { milliseconds: 310, worst: 1200, screens: 3 },
    })
  })

  it('[SY46] a figure is of now or of nothing: after half a minute without a word there is none', () => {
    const { meter, draws, pass } = aMeter()
    const wall = meter.screen('wall')
    draws(wall, 80)
    pass(27_000)
    expect(meter.all().wall).toMatchObject({ milliseconds: 80 })
    pass(2000)
    expect(meter.all().wall).toBeNull()
    draws(wall, 40)
    wall!.leave()
    expect(meter.all().wall).toBeNull()
  })

  it('[SY47] what was never told, lies ahead, is long past or is no time at all is left out', () => {
    const { meter, pass, now } = aMeter()
    const wall = meter.screen('wall')!
    meter.told(now())
    pass(40_000)
    const bad = [null, 7, 'x', {}, { at: -1, revision: 1 }, { at: NaN, revision: 1 }, { at: 1e300, revision: 1 }]
    for (const said of [...bad, { at: now() - 40_000, revision: 1 }, { at: now() - 5, revision: 1 }]) {
      pass(1000)
      wall.drawn(said)
    }
    meter.told(now() + 5000)
    wall.drawn({ at: now() + 5000, revision: 1 })
    meter.told(now())
    wall.drawn({ at: now(), revision: -1 })
    expect(meter.all().wall).toBeNull()
    pass(1000)
    wall.drawn({ at: now() - 1000, revision: 1 })
    expect(meter.all().wall).toMatchObject({ milliseconds: 1000, screens: 1 })
  })

  it('[SY47] the same pulse counts once, and a screen that says it a thousand times is not listened to', () => {
    const { meter, pass, now } = aMeter()
    const wall = meter.screen('wall')!
    meter.told(now())
    pass(50)
    wall.drawn({ at: now() - 50, revision: 1 })
    pass(5000)
    for (let times = 0; times < 1000; times++) wall.drawn({ at: now() - 5050, revision: 1 })
    expect(meter.all().wall).toMatchObject({ milliseconds: 50, worst: 50 })
  })

  it('[SY47] it keeps no more than it needs: so many screens of a kind, so many figures of a screen, so many times told', () => {
    const { meter, draws } = aMeter()
    const phones = Array.from({ length: 600 }, () => meter.screen('officer'))
    expect(phones.filter(Boolean)).toHaveLength(500)
    expect(meter.screen('wall')).not.toBeNull()
    phones[0]!.leave()
    expect(meter.screen('officer')).not.toBeNull()
    const wall = meter.screen('wall')
    for (let times = 0; times < 500; times++) draws(wall, 900 - times)
    // Of the last eight alone.
    expect(meter.all().wall).toMatchObject({ worst: 410 })
  })

  it('[SY46] a demo’s clock runs fast, its glass does not', () => {
    const { meter, pass, now } = aMeter(60)
    const wall = meter.screen('wall')!
    meter.told(now())
    pass(60 * 80)
    wall.drawn({ at: now() - 60 * 80, revision: 1 })
    expect(meter.all().wall).toMatchObject({ milliseconds: 80 })
  })
})

const fire = aCase({ id: '20261121-101' as CaseId })

it('[SY46] a pulse says the lags where they changed, to those who watch over it and to no phone', async () => {
  const room = await dutyRoom({ holding: fire })
  closing.push(room.close)
  const [wall, duty, chief, phone] = [
    await room.opens('wall'),
    await room.opens('chen'),
    await room.opens('shen'),
    await room.opens('li'),
  ]
  await room.clock.pass(2000)
  await wall.sees(() => wall.pulses.length === 1)
  expect(wall.pulses[0]).not.toHaveProperty('lags')
  for (const screen of [wall, phone]) screen.says('drawn', { at: room.clock.now(), revision: 1 })
  // What is said is heard before the next word of the same line is answered.
  for (const screen of [wall, phone]) await screen.asks('echo')

  await room.clock.pass(2000)
  const lag = { milliseconds: 0, worst: 0, screens: 1, at: room.clock.now() - 2000 }
  for (const screen of [wall, duty, chief]) await screen.sees(() => screen.pulses.at(-1)!.lags !== undefined)
  expect(wall.pulses.at(-1)!.lags).toEqual({ intake: null, wall: lag, phone: lag })
  expect(phone.pulses.at(-1)).not.toHaveProperty('lags')

  await room.clock.pass(2000)
  await wall.sees(() => wall.pulses.length === 3)
  expect(wall.pulses[2]).not.toHaveProperty('lags')
  // Whoever comes is told at the next pulse, though nothing has changed.
  const later = await room.opens('chen')
  await room.clock.pass(2000)
  await later.sees(() => later.pulses.at(-1)!.lags?.wall?.screens === 1)
})

it('[SY48] a level I counts from the desk’s word to the glass, and a report from the door to the line', async () => {
  const room = await dutyRoom({ holding: fire })
  closing.push(room.close)
  const wall = await room.opens('wall')
  const { results } = await room.posts({
    kind: 'camera-alert',
    ...{ eventId: 'e-1', matter: 'open-fire', cameraId: 'cam-x' },
    occurredAt: '2026-11-21T09:31:00+08:00',
    at: { lon: fire.wgs84[0], lat: fire.wgs84[1], crs: 'wgs84' },
  })
  expect(results[0]).toMatchObject({ ok: true })
  await wall.sees(() => wall.patches.length === 1)
  const told = wall.patches[0]!
  expect(told.put.some(({ level }) => level <= 2)).toBe(true)
  room.clock.jump(room.clock.now() + 300)
  wall.says('drawn', { at: told.at, revision: told.revision })
  await wall.asks('echo')
  await room.clock.pass(2000)
  await wall.sees(() => wall.pulses.at(-1)?.lags?.wall?.milliseconds === 300)
  expect(wall.pulses.at(-1)!.lags!.intake).toBe(0)

  const cookie = await room.signIn('chen')
  const local = await fetch(`${room.url}/metrics`, { headers: { cookie } })
  const metrics = await local.text()
  expect(metrics).toContain('sanping_lag_seconds{step="wall"} 0.3')
  expect(metrics).toContain('sanping_lag_worst_seconds{step="wall"} 0.3')
  expect(metrics).toContain('sanping_lag_seconds{step="intake"} 0')
  expect(metrics).not.toContain('sanping_lag_seconds{step="phone"}')
})
