// What a story looks at besides words: the row of a case, where the focus is, what is too small for a finger; and when it all stands still.
import type { Locator } from 'playwright-core'
import type { Case } from '#contract/case'
import type { Screen } from './pages.ts'

/** The row of a case in the list of a desk. */
export const rowOf = ({ page }: Screen, { id }: Pick<Case, 'id'>): Locator =>
  page.locator(`[data-case="${id}"]`).first()

/** The case that is chosen in it. */
export const chosenOf = ({ page }: Screen): Promise<string | null> =>
  page.locator('[aria-current="true"][data-case]').first().getAttribute('data-case')

export const focused = ({ page }: Screen): Promise<string> =>
  page.evaluate(() => document.activeElement?.tagName ?? 'BODY')

interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** Where it lies once it has come to rest: a list that sorts itself anew or a row that slides back moves under the finger. */
export const restingBox = (one: Locator): Promise<Box> =>
  one.evaluate(async (element) => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn))
    const look = (): Box => {
      const { x, y, width, height } = element.getBoundingClientRect()
      return { x, y, width, height }
    }
    let [box, calm] = [look(), 0]
    while (calm < 4) {
      await frame()
      const next = look()
      calm = JSON.stringify(next) === JSON.stringify(box) ? calm + 1 : 0
      box = next
    }
    return box
  })

/** Until nothing slides or fades any more. What blinks for ever may. */
export const comesToRest = ({ page }: Pick<Screen, 'page'>): Promise<void> =>
  page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn))
    const moving = () =>
      document
        .getAnimations()
        .filter(({ effect, playState }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity)
    await frame()
    while (moving().length > 0) await frame()
  })

/** All in sight that can be touched and is lower or narrower than so many pixels. A field that lies in its label is as large as that. */
export async function smallerThan(pixels: number, screen: Screen): Promise<string[]> {
  await comesToRest(screen)
  return screen.page.evaluate((least) => {
    const all = [...document.querySelectorAll<HTMLElement>('button, a[href], input, select, textarea, [role="slider"]')]
    const found = all.flatMap((one) => {
      const touched = one.closest('label') ?? one
      const { width, height, top, left } = touched.getBoundingClientRect()
      const isSeen = one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && width > 2 && height > 2
      if (!isSeen || !touched.contains(document.elementFromPoint(left + width / 2, top + height / 2))) return []
      // Half a pixel is rounding.
      if (width >= least - 0.5 && height >= least - 0.5) return []
      const words = (one.getAttribute('aria-label') ?? touched.textContent ?? '').replace(/\s+/g, ' ').trim()
      return [`${one.tagName.toLowerCase()}.${one.className} 「${words}」 ${Math.round(width)}×${Math.round(height)}`]
    })
    return [...new Set(found)]
  }, pixels)
}
