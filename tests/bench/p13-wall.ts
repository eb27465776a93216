// P13: the wall at 4K with ten thousand cases: how much of a core its page takes, and what a day of ticks, pressed together, leaves behind.
import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type CDPSession, type Page } from 'playwright-core'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { browserFlags, findBrowser } from '../e2e/browser.ts'
import type { Figure, Program } from '../suites/figure.ts'
import { startServer } from '../suites/server-process.ts'
import { prepareSite, type Site } from '../suites/site.ts'
import { planStorm, type Planned } from '../trial/storm-plan.ts'

const cases = 10_000
/** A tick of the wall is a second; this many of them make a day. */
const day = 86_400
/** How many of its seconds pass in one of ours while a day is pressed together. */
const pressed = 50
/** A page that cannot keep up is not waited for longer, ms: what it grew in the ticks it made counts. */
const longest = 60 * 60_000
const atOnce = 200

export const wall: Program = {
  id: 'P13',
  about: 'the wall at 4K with 10,000 cases (--runs: minutes of the quiet part, 10 by default)',
  async run({ seed, runs: minutes = 10, say, stopped }) {
    const path = findBrowser({ mayInstall: false, say })
    if (!path) {
      say('没有浏览器，这次不量。 / No browser: not measured this time.')
      return []
    }
    const planned = await planStorm(cases, cases, chanceFrom(seed)).catch(() =>
      planStorm(4_000, 4_000, chanceFrom(seed)),
    )
    const site = await prepareSite('p13')
    const server = await startServer({ folder: site.folder, env: { SANPING_OVERLOAD: '100000' } })
    const browser = await chromium.launch({
      executablePath: path,
      args: [...browserFlags, '--enable-precise-memory-info', '--js-flags=--expose-gc'],
    })
    try {
      await fill(server.url, site, planned)
      say(`${planned.length} cases are open`)
      const context = await browser.newContext({ viewport: { width: 3840, height: 2160 } })
      const [cookie, token] = site.wall.split('=') as [string, string]
      await context.addCookies([{ name: cookie, value: token, url: server.url }])
      const page = await context.newPage()
      await page.addInitScript(watchTasks)
      await page.goto(`${server.url}/wall`)
      await page.waitForFunction(() => document.querySelector('canvas') !== null, undefined, { timeout: 60_000 })
      await wait(15_000)
      const session = await context.newCDPSession(page)
      await session.send('Performance.enable')
      const quiet = await aWhile(page, session, minutes, () => stopped())
      say(`${(quiet.share * 100).toFixed(1)} % of a core, ${quiet.long} long tasks in ${minutes} min`)
      const left = await aDay(page, session, () => stopped(), say)
      return [...quietFigures(quiet, minutes), ...dayFigures(left)]
    } finally {
      await browser.close()
      await server.kill('SIGTERM')
      await site.remove()
    }
  },
}

async function fill(url: string, site: Site, planned: readonly Planned[]): Promise<void> {
  for (let i = 0; i < planned.length; i += atOnce) {
    const reports = planned.slice(i, i + atOnce).map(({ report }) => ({ ...report, occurredAt: Date.now() }))
    const answer = await fetch(`${url}/api/in/sanping`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${site.sourceKey}` },
      body: JSON.stringify(reports),
    })
    await answer.arrayBuffer()
    if (!answer.ok) throw new Error(`the intake answered ${answer.status}`)
  }
}

interface Quiet {
  share: number
  long: number
  longest: number
}

/** What the page is made to hold for us. */
interface Pressed {
  longTasks: number[]
  faster: number
  /** Runs of its first interval of a second. */
  ticks: number
}

/** Runs in the page: the main thread's long tasks, and intervals that can be made to run faster than the clock. */
function watchTasks(): void {
  const page = window as unknown as Pressed
  page.longTasks = []
  page.faster = 1
  page.ticks = 0
  new PerformanceObserver((list) => page.longTasks.push(...list.getEntries().map((task) => task.duration))).observe({
    type: 'longtask',
    buffered: true,
  })
  const every = window.setInterval.bind(window)
  const own = new Map<number, () => void>()
  let next = 1
  let ticking = 0
  window.setInterval = ((run: () => void, ms = 0) => {
    const id = next++
    if (ms === 1000 && ticking === 0) ticking = id
    let timer = 0
    const again = () => {
      timer = window.setTimeout(() => {
        again()
        if (id === ticking) page.ticks++
        run()
      }, ms / page.faster)
    }
    if (ms > 10_000) timer = every(run, ms)
    else again()
    own.set(id, () => {
      clearTimeout(timer)
      clearInterval(timer)
    })
    return id
  }) as unknown as typeof window.setInterval
  const clear = window.clearInterval.bind(window)
  window.clearInterval = ((id?: number) => {
    const stop = id === undefined ? undefined : own.get(id)
    if (!stop) return clear(id)
    stop()
    own.delete(id!)
  }) as typeof window.clearInterval
}

async function aWhile(page: Page, session: CDPSession, minutes: number, isOver: () => boolean): Promise<Quiet> {
  await page.evaluate(() => ((window as unknown as Pressed).longTasks.length = 0))
  const [before, began] = [await metric(session, 'TaskDuration'), performance.now()]
  while (performance.now() - began < minutes * 60_000 && !isOver()) await wait(1000)
  const seconds = (performance.now() - began) / 1000
  const share = ((await metric(session, 'TaskDuration')) - before) / seconds
  const long = await page.evaluate(() => (window as unknown as Pressed).longTasks)
  return { share, long: long.length, longest: Math.max(0, ...long) }
}

interface Left {
  ticks: number
  heap: number
  workers: number
  nodes: number
  listeners: number
}

const metric = async (session: CDPSession, name: string): Promise<number> => {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find((one) => one.name === name)?.value ?? Number.NaN
}

async function held(page: Page, session: CDPSession): Promise<Omit<Left, 'ticks'>> {
  for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage')
  const workers = await Promise.all(
    page.workers().map((worker) =>
      worker.evaluate(() => {
        ;(globalThis as unknown as { gc?: () => void }).gc?.()
        return (performance as unknown as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0
      }),
    ),
  )
  return {
    heap: await metric(session, 'JSHeapUsedSize'),
    workers: workers.reduce((sum, bytes) => sum + bytes, 0),
    nodes: await metric(session, 'Nodes'),
    listeners: await metric(session, 'JSEventListeners'),
  }
}

/** A tenth first, so that what is filled once and kept is not taken for what grows. */
async function aDay(
  page: Page,
  session: CDPSession,
  isOver: () => boolean,
  say: (words: string) => void,
): Promise<Left> {
  const faster = (factor: number) => page.evaluate((by) => void ((window as unknown as Pressed).faster = by), factor)
  await faster(pressed)
  const ticked = () => page.evaluate(() => (window as unknown as Pressed).ticks)
  const run = async (ticks: number) => {
    const [from, began] = [await ticked(), performance.now()]
    while ((await ticked()) - from < ticks && performance.now() - began < longest && !isOver()) await wait(1000)
  }
  await run(day / 10)
  const [before, from] = [await held(page, session), await ticked()]
  await run(day)
  const ticks = (await ticked()) - from
  await faster(1)
  await wait(2000)
  const after = await held(page, session)
  say(`${ticks} ticks: heap ${before.heap} → ${after.heap}, workers ${before.workers} → ${after.workers}`)
  return {
    ticks,
    heap: after.heap - before.heap,
    workers: after.workers - before.workers,
    nodes: after.nodes - before.nodes,
    listeners: after.listeners - before.listeners,
  }
}

const quietFigures = ({ share, long, longest }: Quiet, minutes: number): Figure[] => [
  {
    id: 'P13.thread',
    value: `${(share * 100).toFixed(1)} %`,
    target: '<= 15 %',
    ok: share <= 0.15,
    words: 'of a core, the main thread of the page at 3840×2160 without a graphics card',
  },
  {
    id: 'P13.long',
    value: String(long),
    target: '0',
    ok: long === 0,
    words: `long tasks in ${minutes} min, the longest ${Math.round(longest)} ms`,
  },
]

function dayFigures({ ticks, heap, workers, nodes, listeners }: Left): Figure[] {
  const each = (bytes: number) => bytes / Math.max(1, ticks)
  const grown = (id: string, bytes: number): Figure => ({
    id: `P13.${id}`,
    value: `${each(bytes).toFixed(1)} B`,
    target: '<= 5 B',
    ok: each(bytes) <= 5,
    words: `a tick, over ${ticks} ticks`,
  })
  const same = (id: string, more: number): Figure => ({
    id: `P13.${id}`,
    value: `${more > 0 ? '+' : ''}${more}`,
    target: '±0',
    ok: more <= 0,
    words: `over ${ticks} ticks`,
  })
  return [grown('heap', heap), grown('workers', workers), same('nodes', nodes), same('listeners', listeners)]
}
