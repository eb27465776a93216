// Night on the wall: every colour darker by the site's measure, but no word below the contrast at which it can be read. The picture itself is never covered.

export type Tokens = Readonly<Record<string, string>>
type Rgb = readonly [number, number, number]

/** What words are written in, and what they stand on. */
export const inks = [
  ...['--ink-1', '--ink-2', '--ink-3', '--level-1', '--level-2', '--level-3', '--level-4'],
  ...['--lamp-late', '--lamp-over', '--map-label'],
] as const
const grounds = ['--ground', '--surface-1', '--map-block-a', '--map-block-b', '--map-block-c'] as const
const others = [
  ...['--surface-2', '--surface-3', '--line', '--lamp-ok', '--map-land', '--map-water', '--map-road'],
  ...['--map-viaduct', '--map-building', '--map-building-high', '--map-green', '--map-border'],
] as const
export const dimmable = [...inks, ...grounds, ...others] as const

/** AA asks for 4.5; a little above it, because a colour is rounded. What is read first stays before what is read last. */
const least: Readonly<Record<(typeof inks)[number], number>> = {
  '--ink-1': 8,
  '--ink-2': 6,
  '--ink-3': 4.55,
  '--level-1': 4.55,
  '--level-2': 4.55,
  '--level-3': 4.55,
  '--level-4': 4.55,
  '--lamp-late': 4.55,
  '--lamp-over': 4.55,
  '--map-label': 4.55,
}

export function dimmed(tokens: Tokens, dim: number): Tokens {
  const dark = (name: string) => scaled(rgbOf(tokens[name] ?? ''), dim)
  const below = [...grounds, ...others].map((name) => [name, dark(name)] as const)
  const stands = below.filter(([name]) => (grounds as readonly string[]).includes(name)).map(([, colour]) => colour)
  const words = inks.map((name) => [name, inkAtNight(rgbOf(tokens[name] ?? ''), stands, dim, least[name])] as const)
  return Object.fromEntries([...below, ...words].map(([name, colour]) => [name, hexOf(colour)]))
}

/** As dark as asked where it can still be read on everything it was readable on by day; else as dark as that allows. */
function inkAtNight(ink: Rgb, stands: readonly Rgb[], dim: number, least: number): Rgb {
  for (let by = dim; by < 1; by += 0.01) {
    const darker = scaled(ink, by)
    if (stands.every((ground) => contrast(darker, ground) >= least)) return darker
  }
  return ink
}

/** Hours and minutes of the sub-district; a night runs through midnight. */
export function isNight(night: { from: string; to: string }, minutes: number): boolean {
  const [from, to] = [minutesOf(night.from), minutesOf(night.to)]
  return from <= to ? from <= minutes && minutes < to : minutes >= from || minutes < to
}

/** `22:30` as minutes since midnight. */
export const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))

export function rgbOf(hex: string): Rgb {
  const digits = hex.trim().slice(1)
  const part = (i: number) => Number.parseInt(digits.slice(i, i + 2), 16) || 0
  return [part(0), part(2), part(4)]
}
const hexOf = (colour: Rgb): string =>
  `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`
const scaled = ([r, g, b]: Rgb, by: number): Rgb => [r * by, g * by, b * by]

/** WCAG 2: 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
