// What a hand does on the phone: the four pictures by the button that asks for them, and going back.
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

/** Through the phone's own camera dialogue, each picture another. */
export async function shootAll({ page }: Screen): Promise<void> {
  for (const [nth, slot] of slots.entries()) {
    const scene = slot.startsWith('处置后') ? 'shed-clear' : 'shed-smoke'
    const chooser = page.waitForEvent('filechooser')
    await page.getByText(`拍${slot}`).tap()
    const buffer = await drawStill(scene, slot, chanceFrom(nth + 1))
    await (await chooser).setFiles({ name: `${slot}.jpg`, mimeType: 'image/jpeg', buffer })
    await page.getByRole('img', { name: slot }).waitFor()
  }
}

/** Back to the list, where the task no longer stands among one's own. */
export async function backToNothing(field: Screen): Promise<void> {
  await field.press('button', '返回')
  await field.sees('heading', /^我的任务\s*0$/)
}
