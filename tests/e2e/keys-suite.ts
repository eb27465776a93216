// The desk without a mouse.
import { expect, it } from 'vitest'
import type { Screen } from './pages.ts'
import { chosenOf } from './seen.ts'
import type { Stage } from './stage.ts'

export function keysSuite(stage: () => Stage): void {
  it('[BR8] with the keyboard alone a case is chosen, signed, sent, verified and closed', async () => {
    const { house, open } = stage()
    await house.alarm('shed-002-01', 'charging-wire')
    const { id } = await house.alarm('shed-002-02', 'charging-wire')
    const desk = await open('desk', { as: 'zhou' })
    await desk.sees('button', /二级.*2 号车棚/s)
    const key = (name: string) => desk.page.keyboard.press(name)
    const chosen = () => chosenOf(desk)

    // One step at a time: a key pressed before the last one has shown goes past what is looked for.
    for (let at = await chosen(); at !== id; at = await chosen()) {
      await key('j')
      await expect.poll(chosen).not.toBe(at)
    }
    await key('k')
    await expect.poll(chosen).not.toBe(id)
    await key('j')
    await expect.poll(chosen).toBe(id)
    await key('a')
    await desk.misses('button', '签收')
    expect(house.case(id).acknowledged?.by).toBe('zhou')
    // Signed on the board, but perhaps not answered yet: until then the desk takes no other wish about it.
    await desk.page.getByRole('button', { name: /^受理派单，给/, disabled: false }).waitFor()
    await key('1')
    await expect.poll(() => house.case(id).stage).toBe('dispatched')

    await house.works(house.case(id).holder!.personId, house.case(id))
    await desk.sees('button', '核查 1')
    await tabTo(desk, /^核查 1$/)
    await key('Enter')
    await desk.sees('button', '通过，结案')
    await desk.shot('9-keys-desk')
    await tabTo(desk, /通过，结案/)
    await key('Enter')
    await desk.sees(desk.page.getByText(/将通过/))
    await expect.poll(() => house.case(id).stage).toBe('closed')
  })
}

/** From where the focus is onwards, as somebody without a mouse gets there. */
async function tabTo({ page }: Screen, name: RegExp): Promise<void> {
  for (let n = 0; n < 60; n++) {
    await page.keyboard.press('Tab')
    const words = await page.evaluate(() => document.activeElement?.textContent?.replace(/\s+/g, ' ').trim() ?? '')
    if (name.test(words)) return
  }
  throw new Error(`${name} is not to be reached with the Tab key`)
}
