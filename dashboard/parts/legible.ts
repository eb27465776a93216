// How large letters must be for whoever sits farthest from a wall: px = distance · θ′ / (3438 · pitch), as angles of sight.
import type { WallSite } from '#contract/wall-site'

/** Minutes of arc a letter must fill: below it a person with good eyes reads slowly and makes mistakes. */
export const arcMinutes = { small: 18, body: 22, headline: 35 } as const
export type Letter = keyof typeof arcMinutes
export const letters = ['headline', 'body', 'small'] as const satisfies readonly Letter[]

/** Height of the letters of each kind on the wall, in pixels of the picture at 3840×2160. */
export const drawnAt: Readonly<Record<Letter, number>> = { small: 30, body: 36, headline: 96 }

/** Minutes of arc in one radian. */
const perRadian = 3438

export type Hung = Pick<WallSite, 'pitchMm' | 'distanceMm'>

/** The least height in the wall's own pixels; 0 where the site does not say how it hangs. */
export function leastPixels(letter: Letter, { pitchMm, distanceMm }: Hung): number {
  return pitchMm && distanceMm ? (distanceMm * arcMinutes[letter]) / (perRadian * pitchMm) : 0
}

/** The least size of one pixel of the picture at which every kind of letter is large enough. */
export const leastUnit = (site: Hung): number =>
  Math.max(...letters.map((letter) => leastPixels(letter, site) / drawnAt[letter]))

export interface Legible {
  letter: Letter
  /** In the wall's own pixels: what is needed, and what is drawn. */
  least: number
  drawn: number
  isEnough: boolean
  /** Up to how many millimetres away it is legible; null where the pitch is not known. */
  upToMm: number | null
}

/** `unit`: the wall's own pixels of one pixel of the picture at 3840×2160. */
export const legibility = (unit: number, site: Hung): Legible[] =>
  letters.map((letter) => {
    const [least, drawn] = [leastPixels(letter, site), drawnAt[letter] * unit]
    const upToMm = site.pitchMm ? (drawn * perRadian * site.pitchMm) / arcMinutes[letter] : null
    return { letter, least, drawn, upToMm, isEnough: drawn >= least - 1e-6 }
  })
