// The stories in a real browser: the fire from the alarm to 结案, the line that breaks, the keyboard, both languages, everybody's eyes.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { findBrowser } from './browser.ts'
import { fireSuite } from './fire-suite.ts'
import { handsSuite } from './hands-suite.ts'
import { screensAreBuilt } from './house.ts'
import { identitySuite } from './identity-suite.ts'
import { keysSuite } from './keys-suite.ts'
import { lineSuite } from './line-suite.ts'
import { linkedSuite } from './linked-suite.ts'
import { looksSuite } from './looks-suite.ts'
import { offlineSuite } from './offline-suite.ts'
import { patience } from './pages.ts'
import { residentSuite } from './resident-suite.ts'
import { openStage, type Stage } from './stage.ts'
import { streetsSuite } from './streets-suite.ts'
import { takeoverSuite } from './takeover-suite.ts'
import { waysSuite } from './ways-suite.ts'
import { wishesSuite } from './wishes-suite.ts'

const browser = findBrowser({ mayInstall: false, say: () => {} })
const missing = [
  ...(browser ? [] : ['没有浏览器，npm test 会自己找一个或装一个 / no browser: npm test finds one or gets one']),
  ...(screensAreBuilt()
    ? []
    : ['屏幕还没有构建，请先运行 npm run build / the screens are not built: run npm run build first']),
]
const isReady = missing.length === 0

// What is asked again and again is asked as patiently as a screen is looked at: by itself that would be one second.
vi.setConfig({ hookTimeout: 5 * patience, expect: { poll: { timeout: patience, interval: 100 } } })

if (!isReady)
  console.warn(`\n浏览器故事这次跳过 / the browser stories are skipped this time:\n  ${missing.join('\n  ')}\n`)
if (!isReady && process.env.CI) {
  it('in CI nothing is skipped', () => {
    expect(missing).toEqual([])
  })
}

describe.skipIf(!isReady)('in a real browser', { timeout: 5 * patience }, () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage(browser!)
  })
  afterEach(({ task }) => stage.clear(task.result?.state === 'fail'))
  afterAll(() => stage?.close())

  fireSuite(() => stage)
  lineSuite(() => stage)
  keysSuite(() => stage)
  residentSuite(() => stage)
  looksSuite(() => stage)
  takeoverSuite(() => stage)
  linkedSuite(() => stage)
  handsSuite(() => stage)
  waysSuite(() => stage)
  identitySuite(() => stage)
  wishesSuite(() => stage)
  streetsSuite(() => stage)
  // The last: three days pass in it.
  offlineSuite(() => stage)

  it('[BR7] no screen of any story wrote an error to its console or met its content security policy', () => {
    expect(stage.complaints).toEqual([])
    expect(stage.house.complaints).toEqual([])
  })
})
