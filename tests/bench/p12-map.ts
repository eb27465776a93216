// P12: a hundred changes among ten thousand and a hundred thousand cases, until the map rests, beside all of them set anew.
import { createServer, type Server } from 'node:http'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type JSHandle, type Page } from 'playwright-core'
import { build } from 'vite'
import { browserFlags, findBrowser } from '../e2e/browser.ts'
import { median, type Figure, type Program } from '../suites/figure.ts'

/** As the page gives it. */
interface Maps {
  full(): Promise<number>
  hundred(): Promise<number>
  drawn(): number
  end(): void
}

const trials = [
  { id: 'P12.10k', count: 10_000, allStand: false, target: 0.35 },
  { id: 'P12.100k', count: 100_000, allStand: false, target: 0.2 },
  { id: 'P12.standing', count: 10_000, allStand: true, target: 0.35 },
]

async function builtPage(folder: string): Promise<Server> {
  await build({
    root: join(import.meta.dirname, 'p12-page'),
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true },
  })
  const types: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' }
  const server = createServer((req, res) => {
    const file = req.url === '/' ? 'index.html' : req.url!.slice(1)
    readFile(join(folder, file)).then(
      (bytes) => res.setHeader('content-type', types[file.split('.').at(-1)!] ?? 'text/plain').end(bytes),
      () => res.writeHead(404).end(),
    )
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return server
}

const prepared = (page: Page, count: number, allStand: boolean): Promise<JSHandle<Maps>> =>
  page.evaluateHandle(
    ([many, all]) =>
      (globalThis as unknown as { prepare: (count: number, all: boolean) => Promise<Maps> }).prepare(many, all),
    [count, allStand] as const,
  )

export const map: Program = {
  id: 'P12',
  about: 'a hundred changes on the map',
  async run({ runs = 7, say, stopped }) {
    const path = findBrowser({ mayInstall: false, say })
    if (!path) {
      say('没有浏览器：地图这次不量。 / No browser: the map is not measured this time.')
      return []
    }
    const folder = await mkdtemp(join(tmpdir(), 'sanping-p12-'))
    const server = await builtPage(folder)
    const browser = await chromium.launch({ executablePath: path, args: browserFlags })
    const figures: Figure[] = []
    try {
      for (const { id, count, allStand, target } of trials) {
        if (stopped()) break
        const page = await browser.newPage({ viewport: { width: 660, height: 840 } })
        await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
        const maps = await prepared(page, count, allStand)
        const pairs: { full: number; hundred: number }[] = []
        // The first of each warms the code and fills the atlas, as on any wall that has been up a minute.
        for (let run = 0; run <= runs && !stopped(); run++) {
          const pair = {
            full: await maps.evaluate((one) => one.full()),
            hundred: await maps.evaluate((one) => one.hundred()),
          }
          say(`${id} ${Math.round(pair.hundred)} ÷ ${Math.round(pair.full)} ms`)
          if (run > 0) pairs.push(pair)
        }
        const drawn = await maps.evaluate((one) => one.drawn())
        await maps.evaluate((one) => one.end())
        await page.close()
        if (pairs.length === 0) break
        const ratio = median(pairs.map(({ full, hundred }) => hundred / full))
        const of = (name: 'full' | 'hundred') => Math.round(median(pairs.map((pair) => pair[name])))
        figures.push({
          id,
          value: ratio.toFixed(3),
          target: `<= ${target.toFixed(2)}`,
          ok: ratio <= target,
          words: `${of('hundred')} ms ÷ ${of('full')} ms of all ${count} set anew${count > 40_000 ? ' as circles' : ''}, 640 × 400 by a software GL; ours draws ${allStand ? 'every one' : `${drawn} features, III and IV counted where they crowd`}`,
        })
      }
      return figures
    } finally {
      await browser.close()
      server.close()
      await rm(folder, { recursive: true })
    }
  },
}
