// P14: what the phone loads first, gzipped, and how soon it shows something on a slow line, beside an empty Vue page.
import { createServer, type Server } from 'node:http'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium, type Browser } from 'playwright-core'
import { build } from 'vite'
import vue from '@vitejs/plugin-vue'
import { browserFlags, findBrowser } from '../e2e/browser.ts'
import { median, type Figure, type Program } from '../suites/figure.ts'
import { projectRoot, startServer } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'

/** Every script the page names in its head, and all those import at once. */
export async function firstScripts(folder: string, page: string): Promise<string[]> {
  const html = await readFile(join(folder, page), 'utf8')
  const waiting = [...html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map((match) => match[1]!)
  const found = new Set<string>()
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (found.has(file)) continue
    found.add(file)
    const text = await readFile(join(folder, file), 'utf8')
    for (const match of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
      waiting.push(join(file, '..', match[1]!))
  }
  return [...found]
}

/** An empty Vue page, built the same way. */
async function emptyPage(folder: string): Promise<Server> {
  await writeFile(join(folder, 'index.html'), '<div id="app"></div><script type="module" src="/main.ts"></script>')
  await writeFile(
    join(folder, 'main.ts'),
    `import { createApp, h } from 'vue'\ncreateApp({ render: () => h('p', '三屏') }).mount('#app')\n`,
  )
  await build({
    root: folder,
    logLevel: 'error',
    plugins: [vue()],
    resolve: { alias: { vue: resolve(projectRoot, 'node_modules/vue/dist/vue.runtime.esm-bundler.js') } },
    build: { outDir: 'out' },
  })
  const server = createServer((req, res) => {
    const file = req.url === '/' ? 'index.html' : req.url!.slice(1)
    readFile(join(folder, 'out', file)).then(
      (bytes) => {
        res.setHeader('content-type', file.endsWith('.js') ? 'text/javascript' : 'text/html')
        res.setHeader('content-encoding', 'gzip')
        res.end(gzipSync(bytes))
      },
      () => res.writeHead(404).end(),
    )
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return server
}

/** Largest contentful paint, ms, at a quarter of the CPU, 1.6 Mbit/s and 150 ms. */
async function largestPaint(browser: Browser, url: string, cookie?: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 })
  if (cookie) {
    const [name, value] = cookie.split('=') as [string, string]
    await context.addCookies([{ name, value, url }])
  }
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  const bytesPerSecond = (1.6 * 1024 * 1024) / 8
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.goto(url, { waitUntil: 'load' })
  await page.waitForTimeout(3000)
  const paint = await page.evaluate(
    () =>
      new Promise<number>((found) =>
        new PerformanceObserver((list) => found(list.getEntries().at(-1)?.startTime ?? NaN)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        }),
      ),
  )
  await context.close()
  return paint
}

export const field: Program = {
  id: 'P14',
  about: 'the phone’s first load',
  async run({ runs = 5, say, stopped }) {
    const screens = join(projectRoot, 'dist/screens')
    const scripts = await firstScripts(screens, 'field.html')
    const sizes = await Promise.all(scripts.map(async (file) => gzipSync(await readFile(join(screens, file))).length))
    const kib = sizes.reduce((sum, size) => sum + size, 0) / 1024
    const size: Figure = {
      id: 'P14.size',
      value: `${kib.toFixed(1)} KiB`,
      target: '<= 75 KiB',
      ok: kib <= 75,
      words: `${scripts.length} scripts, gzipped`,
    }
    const path = findBrowser({ mayInstall: false, say })
    if (!path) {
      say('没有浏览器：首屏时间这次不量。 / No browser: the first paint is not measured this time.')
      return [size]
    }
    const folder = await mkdtemp(join(tmpdir(), 'sanping-p14-'))
    const site = await prepareSite('p14')
    const server = await startServer({ folder: site.folder })
    const empty = await emptyPage(folder)
    const address = empty.address() as { port: number }
    const browser = await chromium.launch({ executablePath: path, args: browserFlags })
    try {
      const pairs: { ours: number; floor: number }[] = []
      while (pairs.length < runs && !stopped()) {
        pairs.push({
          ours: await largestPaint(browser, `${server.url}/field`, site.cookie),
          floor: await largestPaint(browser, `http://127.0.0.1:${address.port}/`),
        })
        say(`${Math.round(pairs.at(-1)!.ours)} ÷ ${Math.round(pairs.at(-1)!.floor)} ms`)
      }
      const paint = median(pairs.map((pair) => pair.ours))
      const ratio = median(pairs.map((pair) => pair.ours / pair.floor))
      return [
        size,
        {
          id: 'P14.paint',
          value: `${(paint / 1000).toFixed(2)} s`,
          target: '<= 1.8 s',
          ok: paint <= 1800,
          words: 'largest contentful paint, CPU ÷ 4, 1.6 Mbit/s, 150 ms',
        },
        { id: 'P14.ratio', value: ratio.toFixed(2), target: '<= 1.30', ok: ratio <= 1.3, words: '÷ an empty Vue page' },
      ]
    } finally {
      await browser.close()
      empty.close()
      await server.kill('SIGTERM')
      await site.remove()
      await rm(folder, { recursive: true })
    }
  },
}
