// `npm run pictures [name …]`: draws the README's pictures anew, each of a real street at its hour, in a browser, into docs/.
// `--every` draws every screen, `--to FOLDER` sharp and elsewhere, `--english` and `--large` as those see it who want it so.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { chromium, type Browser, type Page } from 'playwright-core'
import sharp from 'sharp'
import { browserFlags, findBrowser } from '../e2e/browser.ts'
import { projectRoot } from '../suites/server-process.ts'
import { openCity } from './city.ts'
import { rooms } from './rooms.ts'
import { scenes as shown, type Scene } from './scenes.ts'
import { openStreet, type Street } from './street.ts'

const docs = join(projectRoot, 'docs')
/** A README is read on a desk: no picture is wider there, and each is smaller than a few hundred kilobytes. */
const widest = 1920

const scenes = [...shown, ...rooms]
const { values: asked, positionals: named } = parseArgs({
  allowPositionals: true,
  options: {
    every: { type: 'boolean', default: false },
    english: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
    to: { type: 'string' },
  },
})
const unknown = named.filter((name) => !scenes.some((scene) => scene.name === name))
if (unknown.length > 0) {
  console.error(`没有 ${unknown.join(' ')}；有 / there are: ${scenes.map((scene) => scene.name).join(' ')}`)
  process.exit(2)
}
const wanted = scenes.filter((scene) =>
  named.length > 0 ? named.includes(scene.name) : asked.every || scene.kept !== false,
)
// The README's own are in Chinese and of the usual size: others must not take their place.
const own = wanted.some((scene) => scene.kept === false) || asked.english || asked.large
if (own && asked.to === undefined) {
  console.error('这些图不进 docs/，请写 --to 目录。 / These do not go into docs/: say --to FOLDER.')
  process.exit(2)
}
if (asked.to !== undefined) await mkdir(asked.to, { recursive: true })
const path = findBrowser({ mayInstall: false, say: () => {} })
if (!path) {
  console.error('没有浏览器，画不了。 / No browser, nothing can be drawn.')
  process.exit(2)
}

const browser = await chromium.launch({
  executablePath: path,
  args: [...browserFlags, '--autoplay-policy=no-user-gesture-required'],
})
let drawn = 0
// Scenes of one hour share one street; each street is closed before the next opens.
for (const hour of new Set(wanted.map(({ street }) => street))) {
  const [at, ...more] = hour.split(' ') as [string, ...string[]]
  console.log(`${hour} …`)
  const street = await (at === 'city' ? openCity(Number(more[0])) : openStreet(at, more))
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
  if (scene.as) await context.addCookies([{ name: 'sanping', value: await street.cookieOf(scene.as), url: street.url }])
  // Kept where each screen keeps it on its device.
  if (asked.english || scene.english) await context.addInitScript(() => localStorage.setItem('sanping.language', 'en'))
  if (asked.large)
    await context.addInitScript(() => {
      localStorage.setItem('sanping.desk.type', 'on')
      localStorage.setItem('sanping.large', '1')
    })
  const page: Page = await context.newPage()
  await page.goto(`${street.url}${scene.path}`)
  await wait(scene.settle ?? 9_000)
  // A picture that cannot be made ready is drawn as it stands and named: the others are drawn all the same.
  await scene
    .then?.({ page, street })
    .catch((fault: Error) => console.error(`  ${scene.name}: ${fault.message.split('\n')[0]}`))
  await wait(2_500)
  const png = await page.screenshot({ type: 'png' })
  const nth = `${++drawn}/${wanted.length}`
  if (asked.to !== undefined) {
    const name = [scene.name, asked.english && 'en', asked.large && 'large'].filter(Boolean).join('-')
    await sharp(png).toFile(join(asked.to, `${name}.png`))
    console.log(`  ${nth} ${name} ${width}×${height}`)
    return context.close()
  }
  const file = join(docs, `${scene.name}.webp`)
  const { size } = await sharp(png)
    .resize({ width: Math.min(widest, width * (scene.phone ? 2 : 1)), withoutEnlargement: true })
    .webp({ quality: 82, effort: 5 })
    .toFile(file)
  console.log(`  ${nth} ${scene.name} ${width}×${height}, ${Math.round(size / 1024)} KB`)
  await context.close()
}
