// How large the letters on a wall are against how large they must be for whoever sits farthest.
import { angles, legibilityOf } from '#contract/legible'
import type { WallSite } from '#contract/wall-site'

export type Letter = keyof typeof angles
export const letters = ['headline', 'body', 'small'] as const satisfies readonly Letter[]

/** Height of the letters of each kind on the wall, in pixels of the picture at 3840×2160. */
export const drawnAt: Readonly<Record<Letter, number>> = { small: 30, body: 36, headline: 96 }

/** Minutes of arc in one radian. */
const perRadian = 3438

export type Hung = Pick<WallSite, 'pitchMm' | 'distanceMm'>

/** The wall's own pixels of one pixel of the picture at which every kind of letter is large enough; 0 where nobody said how it hangs. */
export function leastUnit(site: Hung): number {
  const least = legibilityOf(site)
  return least ? Math.max(...letters.map((letter) => least[letter] / drawnAt[letter])) : 0
}

export interface Legible {
  letter: Letter
  /** In the wall's own pixels: what is needed (null where nobody said), and what is drawn. */
  least: number | null
  drawn: number
  isEnough: boolean
  /** Up to how many millimetres away it is legible; null where the pitch is not known. */
  upToMm: number | null
}

/** `unit`: the wall's own pixels of one pixel of the picture at 3840×2160. */
export function legibility(unit: number, site: Hung): Legible[] {
  const needed = legibilityOf(site)
  return letters.map((letter) => {
    const [least, drawn] = [needed?.[letter] ?? null, drawnAt[letter] * unit]
    const upToMm = site.pitchMm ? (drawn * perRadian * site.pitchMm) / angles[letter] : null
    // What was reckoned from it is equal to it but for the last bit.
    return { letter, least, drawn, upToMm, isEnough: least === null || drawn >= least - 1e-6 }
  })
}
