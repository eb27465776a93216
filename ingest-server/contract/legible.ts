// How large letters must be so that whoever sits farthest reads them, and what cannot be true of a wall. No zod: screens read this too.
import type { PlaceId } from './ids.ts'
import type { Words } from './language.ts'
import type { WallSite } from './wall-site.ts'

/** The angle a line of text must fill, in minutes of arc: small is the least that is read without effort, body what is read all day. */
export const angles = { headline: 35, body: 22, small: 18 } as const

/** Minutes of arc in one radian. */
const minutesInRadian = 3438

/** Picture pixels that fill this angle: distance · θ′ ÷ (3438 · pitch), both in millimetres. */
export const pixelsFor = (minutes: number, distanceMm: number, pitchMm: number): number =>
  (distanceMm * minutes) / (minutesInRadian * pitchMm)

/** Null where nobody has said how far away people sit, or how fine the wall is. */
export function legibilityOf({
  distanceMm,
  pitchMm,
}: Pick<WallSite, 'distanceMm' | 'pitchMm'>): Record<keyof typeof angles, number> | null {
  if (distanceMm === undefined || pitchMm === undefined) return null
  const pixels = (minutes: number) => pixelsFor(minutes, distanceMm, pitchMm)
  return { headline: pixels(angles.headline), body: pixels(angles.body), small: pixels(angles.small) }
}

/** Body text no wall has: finer than a screen draws letters, or so large that hardly a sentence stands on it. */
const plausible = { least: 7, most: 200 }

/** What is wrong with it in one sentence; null where it can hang like that. */
export function wrongInSite(site: WallSite, hasPlace: (id: PlaceId) => boolean): Words | null {
  const body = legibilityOf(site)?.body
  if (body !== undefined && (body < plausible.least || body > plausible.most)) return implausible(body)
  const { night, tour, presets } = site
  if (night && night.from === night.to)
    return { zh: '夜间的开始和结束不能是同一时刻。', en: 'Night cannot begin and end at the same time.' }
  const views = [...(tour?.stops ?? []), ...presets.map(({ view }) => view)]
  const nowhere = views.find((view) => view.kind === 'place' && !hasPlace(view.placeId))
  if (nowhere?.kind === 'place')
    return { zh: `地图上没有「${nowhere.placeId}」这个地方。`, en: `The map has no place ${nowhere.placeId}.` }
  const twice = presets.find(({ from }, index) => presets.findIndex((one) => one.from === from) < index)
  return twice
    ? { zh: `${twice.from} 有两个预设，只能留一个。`, en: `Two presets begin at ${twice.from}: only one can.` }
    : null
}

const implausible = (body: number): Words => ({
  zh: `照这样，正文要 ${body.toFixed(1)} 像素高，没有这样的大屏。请核对：点距是毫米，如 1.25；距离是人眼到屏幕最远的距离。`,
  en: `So the body text would be ${body.toFixed(1)} pixels high, and no wall is like that. Check: the pitch is in millimetres, like 1.25; the distance is from the wall to the farthest eyes.`,
})
