// `npm run pictures [name …]`: draws the README's pictures anew, each of a real street at its hour, in a browser, into docs/.
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type Browser, type Page } from 'playwright-core'
import sharp from 'sharp'
import { browserFlags, findBrowser } from '../e2e/browser.ts'
import { projectRoot } from '../suites/server-process.ts'
import { scenes, type Scene } from './scenes.ts'
import { openStreet, type Street } from './street.ts'

const docs = join(projectRoot, 'docs')
/** A README is read on a desk: no picture is wider there, and each is smaller than a few hundred kilobytes. */
const widest = 1920

const named = process.argv.slice(2)
const unknown = named.filter((name) => !scenes.some((scene) => scene.name === name))
if (unknown.length > 0) {
  console.error(`没有 ${unknown.join(' ')}；有 / there are: ${scenes.map((scene) => scene.name).join(' ')}`)
  process.exit(2)
}
const wanted = scenes.filter((scene) => named.length === 0 || named.includes(scene.name))
const path = findBrowser({ mayInstall: false, say: () => {} })
if (!path) {
  console.error('没有浏览器，画不了。 / No browser, nothing can be drawn.')
  process.exit(2)
}

const browser = await chromium.launch({
  executablePath: path,
  args: [...browserFlags, '--autoplay-policy=no-user-gesture-required'],
})
// Scenes of one hour share one street; each street is closed before the next opens.
for (const hour of new Set(wanted.map(({ street }) => street))) {
  const [at, ...more] = hour.split(' ') as [string, ...string[]]
  console.log(`${hour} …`)
  const street = await openStreet(at, more)
  try {
    for (const scene of wanted.filter((one) => one.street === hour)) await draw(browser, street, scene)
  } finally {
    await street.close()
  }
}
await browser.close()

async function draw(from: Browser, street: Street, scene: Scene): Promise<void> {
  const [width, height] = scene.size
  const context = await from.newContext({
    viewport: { width, height },
    deviceScaleFactor: scene.phone ? 2 : 1,
    ...(scene.phone && { isMobile: true, hasTouch: true }),
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    ...(scene.phone && {
      geolocation: { longitude: 121.4748, latitude: 31.2046, accuracy: 9 },
      permissions: ['geolocation'],
    }),
  })
  await context.addCookies([{ name: 'sanping', value: await street.cookieOf(scene.as), url: street.url }])
  const page: Page = await context.newPage()
  await page.goto(`${street.url}${scene.path}`)
  await wait(scene.settle ?? 9_000)
  await scene.then?.({ page, street })
  await wait(2_500)
  const png = await page.screenshot({ type: 'png' })
  const file = join(docs, `${scene.name}.webp`)
  const { size } = await sharp(png)
    .resize({ width: Math.min(widest, width * (scene.phone ? 2 : 1)), withoutEnlargement: true })
    .webp({ quality: 82, effort: 5 })
    .toFile(file)
  console.log(`  ${scene.name} ${width}×${height}, ${Math.round(size / 1024)} KB`)
  await context.close()
}
