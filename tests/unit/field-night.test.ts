// Day and night on the phone: who chooses, what is read on what, and type that grows whole.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isLow, askRoom } from '../../dashboard/link/room.ts'
import { openStorage } from '../../dashboard/link/storage.ts'
import { promisesOf } from '../../dashboard/screens/field/promises.ts'
import type { PhoneFacts } from '../../dashboard/screens/field/promises.ts'
import { skinFor } from '../../dashboard/screens/field/skin.ts'
import { at } from '../suites/builders.ts'

const dashboard = join(import.meta.dirname, '../../dashboard')
const tokens = readFileSync(join(dashboard, 'styles/tokens.css'), 'utf8')

function skin(name: string): Record<string, string> {
  const block = new RegExp(`\\[data-skin='${name}'\\] \\{([^}]*)\\}`).exec(tokens)![1]!
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, key, value]) => [key!, value!]))
}
/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((from) => {
    const part = parseInt(hex.slice(from, from + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((one, other) => other - one)
  return (light! + 0.05) / (dark! + 0.05)
}

describe('the skins of the phone', () => {
  it.each(['day', 'night'])('[SN323] %s: every word reads at AA on every ground it stands on', (name) => {
    const colours = skin(name)
    const grounds = ['ground', 'surface-1', 'surface-2', 'surface-3']
    const inks = [
      'ink-1',
      'ink-2',
      'ink-3',
      'level-1',
      'level-2',
      'level-3',
      'level-4',
      'lamp-ok',
      'lamp-late',
      'lamp-over',
    ]
    const low = inks.flatMap((ink) =>
      grounds
        .map((ground) => [ink, ground, contrast(colours[ink]!, colours[ground]!)] as const)
        .filter(([, , ratio]) => ratio < (ink === 'lamp-ok' ? 3 : 4.5)),
    )
    expect(low).toEqual([])
    // The primary is the other way round; a level's own word stands on its colour; a plan's on its ground.
    expect(contrast(colours.ground!, colours['ink-1']!)).toBeGreaterThan(7)
    for (const level of [1, 2, 3, 4])
      expect(contrast(colours['on-level']!, colours[`level-${level}`]!)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colours['map-label']!, colours['map-land']!)).toBeGreaterThanOrEqual(4.5)
  })
  it('[SN323] night has every token day has', () => {
    expect(Object.keys(skin('night')).sort()).toEqual(Object.keys(skin('day')).sort())
  })
  it('[SN324] as the phone does, by the hour, or as chosen', () => {
    const noon = at('2026-11-20 12:00')
    const evening = at('2026-11-20 19:00')
    expect([skinFor('system', true, noon), skinFor('system', false, evening)]).toEqual(['night', 'day'])
    expect([skinFor('clock', true, noon), skinFor('clock', false, evening)]).toEqual(['day', 'night'])
    expect(skinFor('clock', false, at('2026-11-20 05:59'))).toBe('night')
    expect([skinFor('day', true, evening), skinFor('night', false, noon)]).toEqual(['day', 'night'])
  })
  it('[SN325] type and room for it grow from one root: no page of the phone sets words or their height in pixels', () => {
    const folder = join(dashboard, 'screens/field')
    const wrong = readdirSync(folder)
      .filter((file) => /\.(vue|css)$/.test(file))
      .flatMap((file) =>
        readFileSync(join(folder, file), 'utf8')
          .split('\n')
          .filter((line) =>
            /^\s*(font-size|line-height|min-height|width|height|padding|margin)[\w-]*:.*[2-9]\d*px/.test(line),
          )
          .map((line) => `${file}: ${line.trim()}`),
      )
    // The root itself, which all the others are measured by; and bars, which hold no word.
    expect(wrong.filter((line) => !/font-size: 20px|height: [46]px/.test(line))).toEqual([])
  })
})

describe('what this phone can promise', () => {
  const good: PhoneFacts = { isSecure: true, hasWorker: true, isLasting: true, room: null, offsetMs: 0, hasTabs: false }
  it('[SN326] all is well: it says so, and nothing else', () => {
    expect(promisesOf(good)).toEqual(['kept'])
  })
  it('[SN326] each thing it lacks is said, the worst first', () => {
    expect(promisesOf({ ...good, isSecure: false, hasWorker: false, isLasting: false })).toEqual([
      'memory',
      'plain-http',
    ])
    expect(promisesOf({ ...good, hasWorker: false })).toEqual(['no-worker'])
    expect(promisesOf({ ...good, offsetMs: -3 * 3_600_000, hasTabs: true })).toEqual(['kept', 'clock', 'tabs'])
    expect(promisesOf({ ...good, room: { left: 10_000_000, isLasting: false } })).toEqual(['kept', 'low', 'forgets'])
  })
  it('[SN327] nearly full is said before it is full; a browser that does not say is not guessed at', async () => {
    const says = (quota?: number, usage?: number) => ({ estimate: async () => ({ quota, usage }) }) as StorageManager
    expect(isLow(await askRoom(says(100_000_000, 95_000_000)))).toBe(true)
    expect(isLow(await askRoom(says(900_000_000, 95_000_000)))).toBe(false)
    expect(await askRoom(undefined)).toBeNull()
    expect(await askRoom(says())).toBeNull()
    expect(await askRoom({ estimate: () => Promise.reject(new Error('no')) } as unknown as StorageManager)).toBeNull()
  })
  it('[SN328] where storage is forbidden or full, words are kept as long as the page lives', () => {
    const forbidden = openStorage(() => {
      throw new DOMException('no', 'SecurityError')
    })
    const full = openStorage(
      () =>
        ({
          getItem: () => 'old',
          setItem() {
            throw new DOMException('no', 'QuotaExceededError')
          },
          removeItem() {},
        }) as unknown as Storage,
    )
    for (const storage of [forbidden, full]) {
      storage.setItem('a', 'new')
      expect(storage.getItem('a')).toBe('new')
    }
    forbidden.removeItem('a')
    expect(forbidden.getItem('a')).toBeNull()
  })
})
