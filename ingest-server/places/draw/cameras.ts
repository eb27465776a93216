// Some three hundred cameras: two or more on every shed, one on every rubbish room, some looking up at towers, some down a street.
import type { Chance } from './chance.ts'
import type { Facts } from './facts.ts'
import type { House } from './houses.ts'
import type { DrawnArea, Tree } from './places.ts'
import { along, middle, type XY } from '../plane.ts'
import type { Sheet } from './sheet.ts'
import { kerbPoints, leavesOf, type Thing } from './things.ts'

export interface DrawnCamera {
  kind: 'bike-shed' | 'throwing' | 'rubbish' | 'street'
  area: DrawnArea
  at: XY
  leaf: number
  watches?: Thing
}

/** Two sheds side by side, each in view of this many: one fire seen by many eyes, and the next fire a shed further on. */
const wellWatched = { area: '桥一', sheds: [1, 2], cameras: 10 }
const towersInAll = 48
const streetsInAll = 40

export function drawCameras(
  facts: Facts,
  tree: Tree,
  things: Thing[],
  houses: House[],
  ground: Sheet,
  dice: Chance,
): DrawnCamera[] {
  const areas = tree.blocks.flatMap((b) => b.areas)
  const areaOf = new Map(areas.flatMap((area) => leavesOf(area).map((leaf) => [leaf.number, area] as const)))

  const watching = things
    .filter((t) => t.kind === 'bike-shed' || t.kind === 'rubbish-room')
    .flatMap((t) =>
      Array.from({ length: eyesOn(t) }, (): DrawnCamera => {
        const at = near(t.at, 6, 16, t.area)
        return {
          kind: t.kind === 'bike-shed' ? 'bike-shed' : 'rubbish',
          area: t.area,
          at,
          leaf: ground.leafAt(at),
          watches: t,
        }
      }),
    )
  const towers = houses.filter((h) => h.floors >= 11).sort((a, b) => b.floors - a.floors || a.leaf - b.leaf)
  const throwing = spread(towers, towersInAll).map((house): DrawnCamera => {
    const area = areaOf.get(house.leaf) as DrawnArea
    const at = near(middle(house.outer), 18, 34, area)
    return { kind: 'throwing', area, at, leaf: ground.leafAt(at) }
  })
  const kerbs = kerbPoints(facts, 45).filter((at) => areaOf.has(ground.leafAt(at)))
  const street = spread(kerbs, streetsInAll).map((at): DrawnCamera => {
    return { kind: 'street', area: areaOf.get(ground.leafAt(at)) as DrawnArea, at, leaf: ground.leafAt(at) }
  })
  return [...watching, ...throwing, ...street]

  /** An open spot of the same area between so and so many metres off. */
  function near(p: XY, least: number, most: number, area: DrawnArea): XY {
    for (let tries = 0; tries < 2_000; tries++) {
      const at = along(p, dice.between(0, 2 * Math.PI), dice.between(least, most + tries / 100), 0)
      if (ground.isFree(at) && areaOf.get(ground.leafAt(at)) === area) return at
    }
    throw new Error(`no room for a camera in ${area.short}`)
  }
}

function eyesOn(t: Thing): number {
  if (t.kind === 'rubbish-room') return 1
  return t.area.short === wellWatched.area && wellWatched.sheds.includes(t.number) ? wellWatched.cameras : 2
}

function spread<T>(all: T[], count: number): T[] {
  if (all.length <= count) return all
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)] as T)
}
