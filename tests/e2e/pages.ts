// The four screens in a real browser at their real sizes, everything they complain of written down, and a picture of whatever is asked.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core'
import { demoPassword } from '../../ingest-server/demo/people.ts'
import { browserFlags } from './browser.ts'
import type { TestHouse } from './house.ts'

export type ScreenName = 'wall' | 'desk' | 'field' | 'resident' | 'gallery'

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true }
const sizes = {
  wall: { viewport: { width: 1920, height: 1080 } },
  desk: { viewport: { width: 1280, height: 800 } },
  field: phone,
  resident: phone,
  gallery: { viewport: { width: 1280, height: 800 } },
} as const

export interface Screen {
  page: Page
  context: BrowserContext
  /** Errors on its console, exceptions, and whatever its content security policy forbade. */
  complaints: string[]
  /** Until it is seen; fails with the words where it is not. */
  sees(words: Locator): Promise<void>
  sees(role: Role, name: Words): Promise<void>
  /** Until it is gone. */
  misses(role: Role, name: Words): Promise<void>
  press(role: Role, name: Words): Promise<void>
  shot(name: string): Promise<void>
}
type Role = Parameters<Page['getByRole']>[0]
/** A string is the whole name. */
type Words = string | RegExp

export const shots = join(import.meta.dirname, 'shots')
/** For a machine that does much else; more of it by the environment, in seconds. */
export const patience = Number(process.env.SANPING_PATIENCE ?? 60) * 1_000

export const openBrowser = (path: string): Promise<Browser> => {
  mkdirSync(shots, { recursive: true })
  return chromium.launch({ executablePath: path, args: [...browserFlags, '--lang=zh-CN'] })
}

export interface Opening {
  /** Signed in already. */
  as?: string
  /** Where the device says it is. */
  at?: readonly [lon: number, lat: number]
  path?: string
  /** Another house than the one of all the stories. */
  of?: Pick<TestHouse, 'url' | 'cookieOf'>
  /** A desk on a tablet stood upright, with nothing but fingers. */
  tablet?: boolean
}

const tablet = { viewport: { width: 1024, height: 1366 }, hasTouch: true }

export async function openScreen(
  browser: Browser,
  house: Pick<TestHouse, 'url' | 'cookieOf'>,
  name: ScreenName,
  { as, at, path = `/${name}`, tablet: isTablet }: Opening = {},
): Promise<Screen> {
  const context = await browser.newContext({
    ...sizes[name],
    ...(isTablet && tablet),
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    ...(at && {
      geolocation: { longitude: at[0], latitude: at[1], accuracy: 8 },
      permissions: ['geolocation'],
    }),
  })
  context.setDefaultTimeout(patience)
  if (as) await context.addCookies([{ name: 'sanping', value: await house.cookieOf(as), url: house.url }])
  const page = await context.newPage()
  const complaints = listen(page)
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`forbidden by ${event.violatedDirective}: ${event.blockedURI}`),
    ),
  )
  await page.goto(new URL(path, house.url).href)
  const find = (role: Role, name: Words) => page.getByRole(role, { name, exact: true }).first()
  return {
    ...{ page, context, complaints },
    sees: (what: Locator | Role, name?: Words) =>
      (typeof what === 'string' ? find(what, name ?? '') : what.first()).waitFor({ state: 'visible' }),
    misses: (role, name) => find(role, name).waitFor({ state: 'detached' }),
    press: (role, name) => find(role, name).click(),
    // Animations are let run: what is asked for is what a person would see.
    shot: async (name) => void (await page.screenshot({ path: join(shots, `${name}.png`) })),
  }
}

/** At the door of a screen, or at the one by which a wall is commanded. */
export async function signsIn(page: Page, account: string): Promise<void> {
  await page.getByLabel('账号').fill(account)
  await page.getByLabel('密码').fill(demoPassword)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** What the browser writes down by itself and is no fault: nobody is signed in yet, a picture is not there yet, the line is cut. */
const isNobody = (words: string, url: string): boolean => /status of 401/.test(words) && url.endsWith('/api/session')
/** A code, or a password of one’s own, is asked for more: what was pressed is done once it is given. */
const isAskedMore = (words: string, url: string): boolean =>
  /status of 403/.test(words) &&
  /\/api\/(session|accounts|own-account\/recovery|sources\/[\w-]+|personal\/wishes\/[\w-]+)$/.test(url)
const isNotSentYet = (words: string, url: string): boolean =>
  /status of 404/.test(words) && /\/api\/evidence\/\w{64}$/.test(url)
const isCutLine = (words: string): boolean =>
  /net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|NETWORK_CHANGED)/.test(words) ||
  words.startsWith('WebSocket is already in CLOSING or CLOSED state')

function listen(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (said) => {
    const [words, { url }] = [said.text(), said.location()]
    if (
      said.type() !== 'error' ||
      isNobody(words, url) ||
      isAskedMore(words, url) ||
      isNotSentYet(words, url) ||
      isCutLine(words)
    )
      return
    complaints.push(`${words} (${url})`)
  })
  page.on('pageerror', (fault) => complaints.push(fault.stack ?? fault.message))
  return complaints
}
