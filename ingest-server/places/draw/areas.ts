// Which streets part which residential areas. No committee's boundary is public: the plan is ours, the anchors are facts.
import type { LonLat } from '#contract/point'
import type { Facts } from './facts.ts'
import { cutAlong, cutStraight } from './cut.ts'
import type { Bearing } from './bearing.ts'
import { dot, isInside, middle, minus, toPlane, type Ring, type XY } from '../plane.ts'

/** Either areas that no named street parts, or a street with what lies left and right of it. */
type Plan = string[] | { along: string; left: Plan; right: Plan }

/** 蒙自路, 局门路, 打浦路 and 鲁班路 run south, so left of them is east; 瞿溪路 runs east, so left of it is north. */
export const planOf: Record<string, Plan> = {
  创意家园: {
    along: '蒙自路',
    left: {
      along: '瞿溪路',
      left: { along: '局门路', left: ['丽园', '桑城'], right: ['中二', '桥一'] },
      right: ['桥二'],
    },
    right: ['中一', '蒙自'],
  },
  颐乐生活: {
    along: '打浦路',
    left: { along: '瞿溪路', left: ['海悦', '打浦', '瞿中'], right: ['瞿南', '瞿东'] },
    right: { along: '瞿溪路', left: ['瑞南', '斜土'], right: ['瞿西'] },
  },
  人文滨江: {
    along: '重庆南路/鲁班路',
    left: { along: '蒙自路', left: ['铁二'], right: ['铁一'] },
    right: { along: '打浦路', left: ['紫荆'], right: ['龙华'] },
  },
}

/** Where an area without a public anchor is thought to lie, to part it from its neighbour. */
const supposed: Record<string, LonLat> = {
  中一: [121.4733, 31.2051],
  中二: [121.4765, 31.2063],
  桑城: [121.4799, 31.2049],
  瞿南: [121.4692, 31.1994],
  瞿东: [121.4715, 31.2001],
}

export interface Piece {
  ring: Ring
  /** Buildable spots, the measure of how much of the sub-district lives here. */
  spots: XY[]
}
export interface Area extends Piece {
  short: string
  code: string
}

export function areasOf(block: Piece, plan: Plan, facts: Facts, bearing: Bearing): Area[] {
  if (Array.isArray(plan)) return parted(block, plan, facts, bearing)
  const street = facts.roads.find((road) => road.name === plan.along)
  if (!street) throw new Error(`the plan parts areas along ${plan.along}, which is not among the facts`)
  const { left, right } = cutAlong(block.ring, street.line.map(toPlane))
  const halves = share(block.spots, only(left, plan.along), only(right, plan.along))
  return [...areasOf(halves[0], plan.left, facts, bearing), ...areasOf(halves[1], plan.right, facts, bearing)]
}

function parted(piece: Piece, names: string[], facts: Facts, bearing: Bearing): Area[] {
  const [name] = names
  if (names.length === 1 && name) return [{ ...piece, short: name, code: codeOf(name, facts) }]
  const cut = bestCut(piece, names, facts, bearing)
  const { left, right } = cutStraight(piece.ring, cut.through, cut.angle)
  const halves = share(piece.spots, only(left, names.join()), only(right, names.join()))
  return [...parted(halves[0], cut.left, facts, bearing), ...parted(halves[1], cut.right, facts, bearing)]
}

interface Cut {
  through: XY
  angle: number
  left: string[]
  right: string[]
  badness: number
}

/** The straight cut between two neighbouring anchors that leaves each side closest to its fair part of the ground. */
function bestCut(piece: Piece, names: string[], facts: Facts, bearing: Bearing): Cut {
  const centre = middle(piece.spots)
  const cuts = [0, Math.PI / 2].flatMap((turn) => {
    const angle = bearing(centre) + turn
    const up: XY = [-Math.sin(angle), Math.cos(angle)]
    const height = (p: XY) => dot(minus(p, centre), up)
    const sites = names.map((name) => ({ name, h: height(siteOf(name, facts)) })).sort((a, b) => a.h - b.h)
    const heights = piece.spots.map(height).sort((a, b) => a - b)
    return sites.slice(1).map((above, i): Cut => {
      const below = sites[i]?.h ?? 0
      const fair = heights[Math.floor((heights.length * (i + 1)) / names.length)] ?? 0
      const margin = Math.min(30, (above.h - below) / 3)
      const h = Math.max(below + margin, Math.min(above.h - margin, fair))
      const got = heights.filter((x) => x < h).length / heights.length
      return {
        through: [centre[0] + up[0] * h, centre[1] + up[1] * h],
        angle,
        left: sites.slice(i + 1).map((s) => s.name),
        right: sites.slice(0, i + 1).map((s) => s.name),
        badness: Math.abs(got - (i + 1) / names.length),
      }
    })
  })
  return cuts.reduce((best, next) => (next.badness < best.badness ? next : best))
}

function siteOf(short: string, facts: Facts): XY {
  const known = facts.residentsCommittees.list.find((c) => c.name === `${short}居民区`)?.anchor ?? supposed[short]
  if (!known) throw new Error(`${short} has neither an anchor nor a supposed place`)
  return toPlane(known)
}

function codeOf(short: string, facts: Facts): string {
  const found = facts.residentsCommittees.list.find((c) => c.name === `${short}居民区`)
  if (!found) throw new Error(`${short} is not among the committees`)
  return found.code
}

function only(pieces: Ring[], where: string): Ring {
  const [piece, ...rest] = pieces
  if (!piece || rest.length > 0) throw new Error(`a cut at ${where} leaves ${pieces.length} pieces`)
  return piece
}

/** Deals a piece's spots out to its two halves. */
export function share(spots: XY[], left: Ring, right: Ring): [Piece, Piece] {
  const inLeft = spots.filter((p) => isInside(left, p))
  const taken = new Set(inLeft)
  return [
    { ring: left, spots: inLeft },
    { ring: right, spots: spots.filter((p) => !taken.has(p)) },
  ]
}
