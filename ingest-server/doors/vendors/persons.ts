// Where a device says persons are, in its own way of measuring, made into parts of the picture.
import type { PersonBox } from '#contract/report'

export const mostPersons = 100

/** What a maker calls somebody, or a part of them by which they are known. */
const isPerson = (type: unknown): boolean =>
  typeof type === 'string' &&
  /^(?:human|person|people|pedestrian|face|humanface|head|nonmotor|rider)$/i.test(type.trim())

type Tree = Record<string, unknown>
const treesIn = (value: unknown): Tree[] =>
  (Array.isArray(value) ? (value as unknown[]) : [value]).filter(
    (one): one is Tree => typeof one === 'object' && one !== null && !Array.isArray(one),
  )
const figures = (values: readonly unknown[]): number[] | null => {
  const read = values.map((one) => (typeof one === 'string' && one.trim() !== '' ? Number(one) : one))
  return read.every((one): one is number => typeof one === 'number' && Number.isFinite(one)) ? read : null
}

/** Cut to the picture; null where nothing of it is left. */
export function partOf(left: number, top: number, right: number, bottom: number): PersonBox | null {
  const within = (edge: number) => Math.min(1, Math.max(0, edge))
  const [l, t, r, b] = [within(left), within(top), within(right), within(bottom)]
  return r > l && b > t ? [l, t, r - l, b - t] : null
}
const known = (boxes: readonly (PersonBox | null)[]): PersonBox[] =>
  boxes.filter((box): box is PersonBox => box !== null).slice(0, mostPersons)

/** Edges in a plane of 8192 by 8192, whatever the picture's size. */
const dahuaPlane = 8192
export function dahuaPersons(code: string, facts: Tree): PersonBox[] {
  const objects = ['Object', 'Objects', 'object', 'Humans', 'Faces'].flatMap((name) =>
    treesIn(facts[name]).map((one) => ({ one, named: ['Humans', 'Faces'].includes(name) })),
  )
  const boxes = objects.flatMap(({ one, named }) => {
    if (!named && !isPerson(one['ObjectType']) && !/human|face/i.test(code)) return []
    const edges = [one['BoundingBox'] ?? one['Rect']].flatMap((box) => (Array.isArray(box) ? (box as unknown[]) : []))
    const read = edges.length === 4 ? figures(edges) : null
    const [l, t, r, b] = (read ?? []).map((edge) => edge / dahuaPlane)
    return read ? [partOf(l!, t!, r!, b!)] : []
  })
  return known(boxes)
}

/** `TargetRect` of whoever a rule was broken by: fractions, or thousandths in older devices. */
export function hikvisionPersons(alert: Tree): PersonBox[] {
  const regions = treesIn(treesIn(alert['DetectionRegionList'])[0]?.['DetectionRegionEntry'] ?? [])
  const boxes = [alert, ...regions].flatMap((one) => {
    const type = one['detectionTarget'] ?? alert['detectionTarget']
    const targets = [
      ...(isPerson(type) ? treesIn(one['TargetRect']) : []),
      ...treesIn(one['FaceRect']),
      ...treesIn(one['HumanRect']),
    ]
    return targets.map((rect) => {
      const read = figures([rect['X'] ?? rect['x'], rect['Y'] ?? rect['y'], rect['width'], rect['height']])
      if (!read) return null
      const scale = read.some((one) => one > 1) ? 1000 : 1
      const [x, y, w, h] = read.map((one) => one / scale) as [number, number, number, number]
      return partOf(x, y, x + w, y + h)
    })
  })
  return known(boxes)
}

/** In the pixels of a frame whose size is not told: then it may be anywhere in the picture. */
export function frigatePersons(label: string, box: readonly number[] | null | undefined): PersonBox[] {
  if (!isPerson(label) || box?.length !== 4) return []
  const [x, y, w, h] = box as [number, number, number, number]
  return known([box.every((edge) => edge >= 0 && edge <= 1) ? partOf(x, y, x + w, y + h) : [0, 0, 1, 1]])
}

/** As a mapping file says it is written: four figures each, or by the names of its edges. Null where one cannot be read. */
export function mappedPersons(found: readonly unknown[], as: 'ltwh' | 'ltrb', scale: number): PersonBox[] | null {
  const boxes = found.map((one) => {
    const tree = treesIn(one)[0]
    const given = Array.isArray(one)
      ? (one as unknown[])
      : tree && [
          tree['x'] ?? tree['left'],
          tree['y'] ?? tree['top'],
          tree['width'] ?? tree['w'],
          tree['height'] ?? tree['h'],
        ]
    const read = given?.length === 4 ? figures(given) : null
    if (!read) return undefined
    const [a, b, c, d] = read.map((edge) => edge / scale) as [number, number, number, number]
    return as === 'ltrb' && Array.isArray(one) ? partOf(a, b, c, d) : partOf(a, b, a + c, b + d)
  })
  return boxes.includes(undefined) ? null : known(boxes as (PersonBox | null)[])
}
