// Where the words beside the people stand on the desk's map: each by its own ring, off the case, off the other rings, off each other.
import type { NamedPerson } from './near.ts'

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}
export type Side = 'right' | 'left' | 'below' | 'above'
/** `gap`: how far from the point words begin, in CSS pixels. */
export type Stood = NamedPerson & { x: number; y: number; gap: number }
export type Worded = Stood & { words: (Box & { side: Side }) | null }

/** CSS pixels: the ring with its stroke, two lines of words, one letter of each script. */
const ringReach = 8
const high = 36
const wideLetter = 13
const narrowLetter = 7.5

const sides: readonly Side[] = ['right', 'left', 'below', 'above']

/**
 * Whoever is chosen keeps words whatever they cover; the others, first come first served, where at most a third of them is covered.
 * A ring without words is still named in the list beside the map. `taken`: what stands there already.
 */
export function placeWords(people: readonly Stood[], room: Box, taken: readonly Box[]): Worded[] {
  const rings = people.map((one) => around(one, ringReach))
  const said: Box[] = []
  const placed = new Map<string, Worded>()
  for (const one of [...people].sort((a, b) => Number(b.isChosen) - Number(a.isChosen))) {
    const others = [...taken, ...said, ...rings.filter((_, i) => people[i]?.id !== one.id)]
    const best = sides
      .map((side) => ({ ...boxAt(one, side), side }))
      .map((box) => ({ box, covered: coveredBy(box, others) + areaOf(box) - shared(box, room) }))
      .reduce((a, b) => (b.covered < a.covered ? b : a))
    const words = one.isChosen || best.covered <= areaOf(best.box) / 3 ? best.box : null
    if (words) said.push(words)
    placed.set(one.id, { ...one, words })
  }
  return people.flatMap((one) => placed.get(one.id) ?? [])
}

export const around = ({ x, y }: { x: number; y: number }, reach: number): Box => ({
  left: x - reach,
  top: y - reach,
  right: x + reach,
  bottom: y + reach,
})

const widthOf = (words: string): number =>
  [...words].reduce((sum, letter) => sum + (letter > '\u2e80' ? wideLetter : narrowLetter), 0)

function boxAt(one: Stood, side: Side): Box {
  const wide = Math.max(widthOf(one.name), widthOf(one.distance))
  const left = {
    right: one.x + one.gap,
    left: one.x - one.gap - wide,
    below: one.x - wide / 2,
    above: one.x - wide / 2,
  }[side]
  const top = {
    right: one.y - high / 2,
    left: one.y - high / 2,
    below: one.y + one.gap,
    above: one.y - one.gap - high,
  }[side]
  return { left, top, right: left + wide, bottom: top + high }
}

const areaOf = (box: Box): number => (box.right - box.left) * (box.bottom - box.top)
const shared = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top))
const coveredBy = (box: Box, others: readonly Box[]): number =>
  others.reduce((sum, other) => sum + shared(box, other), 0)
