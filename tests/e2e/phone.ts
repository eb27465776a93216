// What a hand does on the phone: the four pictures by the button that asks for them, and going back; and that it is whole before it is cut off.
import { FacilityId } from '#contract/ids'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { drawStill } from '../../ingest-server/demo/stills.ts'
import type { TestHouse } from './house.ts'
import type { Screen } from './pages.ts'

export const spotOf = (house: Pick<TestHouse, 'ground'>, facility: string): readonly [number, number] =>
  house.ground.facilities.get(FacilityId.parse(facility))!.at

export const moveTo = ({ context }: Screen, [longitude, latitude]: readonly [number, number]): Promise<void> =>
  context.setGeolocation({ longitude, latitude, accuracy: 8 })

const slots = ['处置前近景', '处置前远景', '处置后近景', '处置后远景'] as const

/** Through the phone's own camera dialogue, each picture another; of another `roll` all of them. */
export async function shootAll({ page }: Screen, roll = 0): Promise<void> {
  for (const [nth, slot] of slots.entries()) {
    const scene = slot.startsWith('处置后') ? 'shed-clear' : 'shed-smoke'
    const chooser = page.waitForEvent('filechooser')
    await page.getByText(`拍${slot}`).tap()
    const buffer = await drawStill(scene, slot, chanceFrom(roll * slots.length + nth + 1))
    await (await chooser).setFiles({ name: `${slot}.jpg`, mimeType: 'image/jpeg', buffer })
    await page.getByRole('img', { name: slot }).waitFor()
  }
}

/**
 * Until the phone has fetched all that it is made of, as it does in a quiet moment: cut off before, it lacks pages and says so on its console.
 * The page of the plates is the last: it is named by one that is itself fetched then.
 */
export const isWhole = async ({ page }: Screen): Promise<void> => {
  await page.waitForFunction(() => {
    const fetched = performance.getEntriesByType('resource').map(({ name }) => name)
    return ['js', 'css'].every((kind) => fetched.some((name) => /\/PlateScan-/.test(name) && name.endsWith(`.${kind}`)))
  })
}

/** Back to the list, where the task no longer stands among one's own. */
export async function backToNothing(field: Screen): Promise<void> {
  await field.press('button', '返回')
  await field.sees('heading', /^我的任务\s*0$/)
}

/**
 * One finger: down, along, and up again after `until`. Where `means` says no it goes back to where it came down, and nothing is done.
 * Playwright's own can only tap.
 */
export async function finger(
  { page, context }: Screen,
  at: readonly [x: number, y: number],
  { by = 0, until, means }: { by?: number; until?: () => Promise<unknown>; means?: () => Promise<boolean> } = {},
): Promise<boolean> {
  const hand = await context.newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number) =>
    hand.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y: at[1] }] })
  await touch('touchStart', at[0])
  for (let moved = 1; by !== 0 && moved <= 12; moved++) await touch('touchMove', at[0] + (by * moved) / 12)
  await until?.()
  const isMeant = (await means?.()) ?? true
  if (!isMeant) await touch('touchMove', at[0])
  await touch('touchEnd', at[0])
  await hand.detach()
  return isMeant
}
