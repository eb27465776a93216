// Lines cut at the boundary: what lies inside, and a short stub of each outside that says "the street goes on".
import { distance, distanceToLine, isInside, segments, type Ring, type XY } from '../plane.ts'

export const stubLength = 230
/** A boundary street runs now a metre in, now a metre out: all of it counts as inside. */
const onBoundary = 15
const stride = 8

export interface Cut {
  part: 'inside' | 'stub'
  line: Ring
}

export function cutAtBoundary(line: Ring, boundary: Ring): Cut[] {
  const closed = [...boundary, boundary[0] as XY]
  const within = (p: XY) => isInside(boundary, p) || distanceToLine(p, closed) < onBoundary
  const cuts: Cut[] = []
  let run: Ring = []
  let inside: boolean | null = null
  for (const p of paced(line)) {
    const here = within(p)
    if (inside !== null && here !== inside) {
      cuts.push({ part: inside ? 'inside' : 'stub', line: run })
      run = run.slice(-1)
    }
    run.push(p)
    inside = here
  }
  if (inside !== null && run.length > 1) cuts.push({ part: inside ? 'inside' : 'stub', line: run })
  if (!cuts.some((cut) => cut.part === 'inside')) return []
  return cuts.flatMap((cut, i): Cut[] => {
    if (cut.part === 'inside') return [{ part: 'inside', line: thin(cut.line) }]
    const ahead = i > 0 ? [thin(shortened(cut.line))] : []
    const behind = i < cuts.length - 1 ? [thin(shortened(cut.line.toReversed()))] : []
    return [...ahead, ...behind].filter((l) => l.length > 1).map((l) => ({ part: 'stub', line: l }))
  })
}

/** Streets of the facts end at the boundary; their stubs go straight on, and are ours. */
export function stubsOfEnds(line: Ring, boundary: Ring, isLand: (p: XY) => boolean): Ring[] {
  const closed = [...boundary, boundary[0] as XY]
  const ends: [XY, XY][] = [
    [line[0] as XY, line[1] as XY],
    [line.at(-1) as XY, line.at(-2) as XY],
  ]
  return ends.flatMap(([end, before]) => {
    const length = distance(end, before)
    const to: XY = [
      end[0] + ((end[0] - before[0]) / length) * stubLength,
      end[1] + ((end[1] - before[1]) / length) * stubLength,
    ]
    const middle: XY = [(end[0] + to[0]) / 2, (end[1] + to[1]) / 2]
    const leaves =
      distanceToLine(end, closed) < 45 && !isInside(boundary, middle) && distanceToLine(middle, closed) > 60
    return leaves && isLand(to) && isLand(middle) ? [[end, to]] : []
  })
}

/** The same line with a point at least every few metres. */
function paced(line: Ring): Ring {
  return segments(line).flatMap(([a, b], i) => {
    const steps = Math.max(1, Math.ceil(distance(a, b) / stride))
    const points = Array.from({ length: steps }, (_, s): XY => [
      a[0] + ((b[0] - a[0]) * (s + 1)) / steps,
      a[1] + ((b[1] - a[1]) * (s + 1)) / steps,
    ])
    return i === 0 ? [a, ...points] : points
  })
}

function shortened(line: Ring): Ring {
  let left = stubLength
  const kept: Ring = line.slice(0, 1)
  for (const [a, b] of segments(line)) {
    left -= distance(a, b)
    if (left < 0) break
    kept.push(b)
  }
  return kept
}

/** Without points that say nothing: only corners of more than a few centimetres stay. */
export function thin(line: Ring): Ring {
  const kept: Ring = line.slice(0, 1)
  for (let i = 1; i < line.length - 1; i++) {
    const next = line[i + 1] as XY
    if (distanceToLine(line[i] as XY, [kept.at(-1) as XY, next]) > 0.04) kept.push(line[i] as XY)
  }
  return line.length > 1 ? [...kept, line.at(-1) as XY] : kept
}

/** The stretches of a street that are not over water: a bridge is a viaduct's, and drawn there. */
export function onLand(line: Ring, isLand: (p: XY) => boolean): Ring[] {
  const runs: Ring[] = []
  let run: Ring = []
  for (const p of paced(line)) {
    if (isLand(p)) run.push(p)
    else {
      runs.push(run)
      run = []
    }
  }
  return [...runs, run].filter((r) => r.length > 1).map(thin)
}
