// R14: each thing the screens depend on is stopped in turn; how long until every screen says since when what it shows is so.
import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { browserFlags, findBrowser } from '../e2e/browser.ts'
import { openBrittleProxy } from '../suites/brittle-proxy.ts'
import type { Figure, Program } from '../suites/figure.ts'
import { freePort, startServer } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'

const target = 5_000
/** Long enough that something stopped which is never said shows as that, and not as a trial without an end. */
const patience = 20_000

const screens = {
  wall: { width: 1920, height: 1080 },
  desk: { width: 1280, height: 800 },
  field: { width: 390, height: 844 },
} as const
type ScreenName = keyof typeof screens

interface Stopped {
  id: string
  words: string
  stop(): unknown
  start(): unknown
}

export const stale: Program = {
  id: 'R14',
  about: 'each dependency stopped in turn',
  async run({ runs = 3, say, stopped }) {
    const path = findBrowser({ mayInstall: false, say })
    if (!path) {
      say('没有浏览器，这次不试。 / No browser: not tried this time.')
      return []
    }
    const site = await prepareSite('r14')
    const port = await freePort()
    const proxy = await openBrittleProxy(port)
    const begin = () => startServer({ folder: site.folder, port, env: { SANPING_ORIGINS: proxy.url } })
    let server = await begin()
    const browser = await chromium.launch({ executablePath: path, args: browserFlags })
    const open = async (name: ScreenName): Promise<[ScreenName, Page, BrowserContext]> => {
      const context = await browser.newContext({ viewport: screens[name], locale: 'zh-CN' })
      const [cookie, value] = (name === 'wall' ? site.wall : site.cookie).split('=') as [string, string]
      await context.addCookies([{ name: cookie, value, url: proxy.url }])
      const page = await context.newPage()
      await page.goto(`${proxy.url}/${name}`)
      return [name, page, context]
    }
    try {
      await aCase(server.url, site.sourceKey)
      const opened = await Promise.all((Object.keys(screens) as ScreenName[]).map(open))
      for (const [, page] of opened) await until(page, false)
      // Each has its board, and the wall its map.
      await wait(8_000)
      let lock: Database.Database | null = null
      const things: Stopped[] = [
        { id: 'wire', words: 'the wire holds its breath', stop: proxy.stall, start: proxy.heal },
        { id: 'cut', words: 'the wire is cut', stop: proxy.cut, start: proxy.heal },
        {
          id: 'frozen',
          words: 'the server stands still',
          stop: () => process.kill(server.pid, 'SIGSTOP'),
          start: () => process.kill(server.pid, 'SIGCONT'),
        },
        {
          id: 'gone',
          words: 'the server is gone',
          stop: () => server.kill('SIGKILL'),
          start: async () => void (server = await begin()),
        },
        {
          id: 'journal',
          words: 'the journal can be written no more',
          stop: () => {
            lock = new Database(join(site.folder, 'journal.db'))
            lock.exec('BEGIN IMMEDIATE')
            // Whoever wants to keep something finds out; nobody waits for the answer here.
            void aCase(server.url, site.sourceKey).catch(() => {})
          },
          start: () => {
            lock?.exec('ROLLBACK')
            lock?.close()
          },
        },
      ]
      const figures: Figure[] = []
      for (const thing of things) {
        const worst: Partial<Record<ScreenName, number>> = {}
        for (let run = 0; run < runs && !stopped(); run++) {
          await thing.stop()
          const at = performance.now()
          const took = await Promise.all(
            opened.map(async ([name, page]) => [name, await until(page, true, at)] as const),
          )
          for (const [name, ms] of took) worst[name] = Math.max(worst[name] ?? 0, ms)
          await thing.start()
          for (const [, page] of opened) await until(page, false)
          await wait(300 + 500 * run)
        }
        const all = Object.entries(worst)
        const ms = Math.max(...all.map(([, took]) => took))
        figures.push({
          id: `R14.${thing.id}`,
          value: ms >= patience ? 'never' : `${(ms / 1000).toFixed(1)} s`,
          target: '<= 5 s',
          ok: ms <= target,
          words: `${thing.words}: ${all.map(([name, took]) => `${name} ${(took / 1000).toFixed(1)}`).join(', ')}`,
        })
        say(figures.at(-1)!.words)
      }
      return figures
    } finally {
      await browser.close()
      await server.kill('SIGKILL')
      await proxy.close()
      await site.remove()
    }
  },
}

/** Until the screen says that it stands still and since when, or says so no longer; the milliseconds since `from`. */
async function until(page: Page, isStale: boolean, from = performance.now()): Promise<number> {
  for (;;) {
    const words = await page.evaluate(() => document.body.innerText)
    const says = /停在 \d{2}:\d{2}/.test(words)
    if (says === isStale && (isStale || /\d{2}:\d{2}|待发/.test(words))) return performance.now() - from
    if (performance.now() - from > patience) return patience
    await wait(50)
  }
}

async function aCase(url: string, key: string): Promise<void> {
  const eventId = createHash('sha256').update(String(performance.now())).digest('hex').slice(0, 12)
  const at = { lon: 121.468, lat: 31.2, crs: 'wgs84' }
  const answer = await fetch(`${url}/api/in/sanping`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ kind: 'grid-report', eventId, matter: 'garbage-heap', occurredAt: Date.now(), at }),
    signal: AbortSignal.timeout(30_000),
  })
  if (!answer.ok) throw new Error(`the intake answered ${answer.status}: ${await answer.text()}`)
  await answer.arrayBuffer()
}
