// One house and one browser for all the stories, and the screens a story has opened, so that nothing outlives it.
import { openTestHouse, type TestHouse } from './house.ts'
import { openBrowser, openScreen, type Opening, type Screen, type ScreenName } from './pages.ts'

export interface Stage {
  house: TestHouse
  open(name: ScreenName, opening?: Opening): Promise<Screen>
  /** Closes the screens of this story; what they complained of is kept. One that failed leaves a picture of each. */
  clear(failed: boolean): Promise<void>
  /** Of every screen of every story, with the screen's name before it. */
  complaints: string[]
  close(): Promise<void>
}

export async function openStage(browserPath: string, prepare?: Parameters<typeof openTestHouse>[0]): Promise<Stage> {
  const house = await openTestHouse(prepare)
  const browser = await openBrowser(browserPath)
  const complaints: string[] = []
  let screens: { name: ScreenName; screen: Screen }[] = []

  async function clear(failed: boolean): Promise<void> {
    for (const { name, screen } of screens) {
      if (failed && !screen.page.isClosed()) await screen.shot(`failed-${name}`)
      complaints.push(...screen.complaints.map((words) => `${name}: ${words}`))
      await screen.context.close()
    }
    screens = []
  }
  return {
    house,
    async open(name, opening) {
      const screen = await openScreen(browser, opening?.of ?? house, name, opening)
      screens.push({ name, screen })
      return screen
    },
    ...{ clear, complaints },
    async close() {
      await clear(false)
      await browser.close()
      await house.close()
    },
  }
}
