// From pieces that nearly touch to a mesh that does: every corner once, every border the same points on both sides.
import { toLonLat, toPlane, type Ring } from '../plane.ts'

/** Corners in whole millionths of a degree, so that equal means equal. */
export type Corner = readonly [number, number]
export type Loop = Corner[]

const near = 7
const toCorner = (p: Ring[number]): Corner => {
  const [lon, lat] = toLonLat(p)
  return [Math.round(lon * 1e6), Math.round(lat * 1e6)]
}
export const toRing = (loop: Loop): Ring => loop.map(([lon, lat]) => toPlane([lon / 1e6, lat / 1e6]))
export const key = (c: Corner): string => `${c[0]} ${c[1]}`

/** Welds the rings into one mesh. Corners of `first` stay where they are; others within 0.7 m join them. */
export function weld(first: readonly Ring[], rings: readonly Ring[]): Loop[] {
  const kept = new Corners()
  for (const ring of first) for (const p of ring) kept.add(toCorner(p))
  const loops = rings.map((ring) => tidy(ring.map((p) => kept.add(toCorner(p)))))
  // An edge bent by a new corner may come near another one: twice is enough, and `dissolve` would tell.
  return [0, 1].reduce(
    (now) =>
      now.map((loop) => tidy(loop.flatMap((a, i) => withCornersOn(a, loop[(i + 1) % loop.length] as Corner, kept)))),
    loops,
  )
}

class Corners {
  private readonly boxes = new Map<string, Corner[]>()

  add(c: Corner): Corner {
    const known = this.around(c, c).find((k) => Math.hypot(k[0] - c[0], k[1] - c[1]) <= near)
    if (known) return known
    const box = this.boxOf(c[0], c[1])
    this.boxes.set(box, [...(this.boxes.get(box) ?? []), c])
    return c
  }

  around(a: Corner, b: Corner): Corner[] {
    const found: Corner[] = []
    for (let x = Math.min(a[0], b[0]) - 200; x <= Math.max(a[0], b[0]) + 200; x += 200)
      for (let y = Math.min(a[1], b[1]) - 200; y <= Math.max(a[1], b[1]) + 200; y += 200)
        found.push(...(this.boxes.get(this.boxOf(x, y)) ?? []))
    return found
  }

  private boxOf(x: number, y: number): string {
    return `${Math.floor(x / 200)} ${Math.floor(y / 200)}`
  }
}

function withCornersOn(a: Corner, b: Corner, corners: Corners): Loop {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const length2 = dx * dx + dy * dy
  const on = [...new Set(corners.around(a, b))]
    .map((c) => ({ c, t: ((c[0] - a[0]) * dx + (c[1] - a[1]) * dy) / length2 }))
    .filter(
      ({ c, t }) =>
        t > 0 && t < 1 && c !== a && c !== b && Math.hypot(c[0] - a[0] - t * dx, c[1] - a[1] - t * dy) <= near,
    )
  return [a, ...on.sort((p, q) => p.t - q.t).map(({ c }) => c)]
}

/** Without corners said twice and without spikes that run out and back. */
function tidy(loop: Loop): Loop {
  for (let i = 0; i < loop.length; i++) {
    const [a, b, c] = [loop[i], loop[(i + 1) % loop.length], loop[(i + 2) % loop.length]] as [Corner, Corner, Corner]
    if (key(a) === key(b)) return tidy(loop.toSpliced((i + 1) % loop.length, 1))
    if (key(a) === key(c))
      return tidy(loop.filter((_, j) => j !== (i + 1) % loop.length && j !== (i + 2) % loop.length))
  }
  return loop
}

/** The outline of neighbouring loops: borders walked both ways cancel out. */
export function dissolve(loops: readonly Loop[], name: string): Loop {
  const walked = new Map<string, [Corner, Corner]>()
  for (const loop of loops)
    loop.forEach((a, i) => {
      const b = loop[(i + 1) % loop.length] as Corner
      const back = `${key(b)} ${key(a)}`
      if (!walked.delete(back)) walked.set(`${key(a)} ${key(b)}`, [a, b])
    })
  const next = new Map([...walked.values()].map(([a, b]) => [key(a), b]))
  const start = [...walked.values()][0]?.[0]
  if (!start || next.size !== walked.size) throw new Error(`${name}: the outline touches itself`)
  const outline: Loop = []
  for (let at = start; outline.length === 0 || key(at) !== key(start); at = next.get(key(at)) as Corner)
    outline.push(at)
  if (outline.length !== walked.size)
    throw new Error(`${name}: the parts leave a hole or an island, ${walked.size - outline.length} edges over`)
  return outline
}
