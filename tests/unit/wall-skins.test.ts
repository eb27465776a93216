// Every word on every ground of every skin can be read: WCAG AA computed from the tokens themselves, the past and the night included.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contrast, dimmed, inks, isNight, rgbOf, type Tokens } from '../../dashboard/screens/wall/night.ts'

const css = readFileSync(resolve(import.meta.dirname, '../../dashboard/styles/tokens.css'), 'utf8')
function tokensOf(selector: string): Tokens {
  const body = css.split(`${selector} {`)[1]?.split('}')[0] ?? ''
  return Object.fromEntries(
    [...body.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, colour]) => [name, colour]),
  )
}
const skins: Record<string, Tokens> = {
  duty: tokensOf("[data-skin='duty']"),
  visitor: tokensOf("[data-skin='visitor']"),
  day: tokensOf("[data-skin='day']"),
  past: tokensOf("[data-skin][data-time='past']"),
}
const between = (tokens: Tokens, ink: string, ground: string) => contrast(rgbOf(tokens[ink]!), rgbOf(tokens[ground]!))

/** What is written in which ink on which ground, anywhere on the screens. */
const text: readonly (readonly [ink: string, grounds: readonly string[]])[] = [
  [
    '--ink-1',
    ['--ground', '--surface-1', '--surface-2', '--surface-3', '--map-block-a', '--map-building', '--map-water'],
  ],
  ['--ink-2', ['--ground', '--surface-1', '--surface-2', '--surface-3', '--map-block-a']],
  ['--ink-3', ['--ground', '--surface-1', '--map-block-a', '--map-block-b', '--map-block-c']],
  ...(['--level-1', '--level-2', '--lamp-late', '--lamp-over'] as const).map(
    (ink) => [ink, ['--ground', '--surface-1']] as const,
  ),
  ['--map-label', ['--ground', '--map-block-a', '--map-block-b', '--map-block-c', '--map-water', '--map-green']],
  // The inverse: the banner of a lost line, the band of the past.
  ['--ground', ['--ink-1']],
  ['--on-level', ['--level-1', '--level-2', '--level-3', '--level-4']],
]
/** Shapes want three to one. */
const shapes = ['--level-1', '--level-2', '--level-3', '--level-4'] as const
const under = ['--ground', '--map-block-a', '--map-block-b', '--map-block-c', '--map-water', '--map-green'] as const

describe.each(Object.entries(skins))('skin %s', (name, tokens) => {
  it('[SN236] names every colour the others name', () => {
    expect(Object.keys(tokens).sort()).toEqual(Object.keys(skins['duty']!).sort())
    expect(Object.keys(tokens).length).toBeGreaterThan(25)
  })

  it('[SN236] every word is at least 4.5 to one on whatever it stands on', () => {
    // By day the map is the desk's: its words carry a halo of the ground.
    const haloed = name === 'day' ? ['--map-label'] : []
    const weak = text
      .filter(([ink]) => !haloed.includes(ink))
      .flatMap(([ink, grounds]) => grounds.map((ground) => [ink, ground, between(tokens, ink, ground)] as const))
      .filter(([, , ratio]) => ratio < 4.5)
      .map(([ink, ground, ratio]) => `${ink} on ${ground}: ${ratio.toFixed(2)}`)
    expect(weak).toEqual([])
  })

  it('[SN236] every level is at least three to one on whatever it is drawn on', () => {
    const weak = shapes
      .flatMap((ink) => under.map((ground) => [ink, ground, between(tokens, ink, ground)] as const))
      .filter(([, , ratio]) => ratio < 3)
      .map(([ink, ground, ratio]) => `${ink} on ${ground}: ${ratio.toFixed(2)}`)
    expect(weak).toEqual([])
  })
})

describe('the past', () => {
  it('[SN220] is told in no colour at all, whatever the skin', () => {
    for (const colour of Object.values(skins['past']!)) expect(new Set(rgbOf(colour)).size).toBe(1)
  })
})

describe('the night', () => {
  it.each(['duty', 'visitor'])('[SN237] %s at its darkest still reads at 4.5 on ground and blocks', (name) => {
    for (const dim of [0.2, 0.5, 0.8]) {
      const night = dimmed(skins[name]!, dim)
      const weak = (['--ground', '--surface-1', '--map-block-a', '--map-block-b'] as const).flatMap((ground) =>
        inks.filter((ink) => between(night, ink, ground) < 4.5).map((ink) => `${ink} on ${ground} at ${dim}`),
      )
      expect(weak).toEqual([])
    }
  })

  it('[SN237] is darker: what glares most gives most', () => {
    const [duty, night] = [skins['duty']!, dimmed(skins['duty']!, 0.4)]
    const light = (tokens: Tokens, name: string) => rgbOf(tokens[name]!)[1]
    expect(light(night, '--ink-1')).toBeLessThan(light(duty, '--ink-1') * 0.75)
    expect(light(night, '--ground')).toBeLessThan(light(duty, '--ground') * 0.5)
    const rank = (['--ink-1', '--ink-2', '--ink-3'] as const).map((ink) => between(night, ink, '--ground'))
    expect(rank).toEqual([...rank].sort((a, b) => b - a))
    expect(rank[0]! / rank[2]!).toBeGreaterThan(1.5)
    expect(dimmed(duty, 1)).toMatchObject({ '--ink-1': duty['--ink-1'], '--ground': duty['--ground'] })
  })

  it('[SN237] runs through midnight', () => {
    const night = { from: '22:00', to: '06:30' }
    const at = (hour: number, minute = 0) => isNight(night, hour * 60 + minute)
    expect([at(21, 59), at(22), at(0), at(6, 29), at(6, 30)]).toEqual([false, true, true, true, false])
    expect(isNight({ from: '01:00', to: '05:00' }, 12 * 60)).toBe(false)
  })
})
