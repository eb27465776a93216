// P8: five thousand screens come back at once after a restart, each with what it held, beside as many bare websockets that only connect.
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { Hello, Welcome } from '#contract/wire'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { median, type Program } from '../suites/figure.ts'
import { startServer } from '../suites/server-process.ts'
import { prepareSite, type Site } from '../suites/site.ts'
import { reportOf } from '../trial/load.ts'
import { startFloor } from './floor.ts'

const screensInAll = 5000
/** Connections begun and not yet there, the same for both: a machine has so many to spare. */
const atOnce = 500
const reports = 300
const target = 3

export const resume: Program = {
  id: 'P8',
  about: 'five thousand screens resume after a restart',
  async run({ seed, runs = 5, say, stopped }) {
    const site = await prepareSite('p8')
    const [ours, bare]: [number[], number[]] = [[], []]
    let bytes = 0
    try {
      let held = await fill(site, seed)
      for (let run = 0; run < runs && !stopped(); run++) {
        const floor = await startFloor('ws')
        bare.push(await storm(() => connected(floor.url)))
        await floor.stop()
        const server = await startServer({ folder: site.folder })
        ours.push(
          await storm(async () => {
            const { line, welcome, size } = await resumed(server.url, site.cookie, held)
            if (welcome.board) throw new Error('a screen that came back was given the whole board')
            bytes = size
            return line
          }),
        )
        held = await seen(server.url, site.cookie)
        await server.kill('SIGKILL')
        say(`${run + 1}/${runs}: ${Math.round(ours.at(-1)!)} ms, bare ${Math.round(bare.at(-1)!)} ms`)
      }
      const ratio = median(ours) / median(bare)
      return [
        {
          ...{ id: 'P8', value: ratio.toFixed(2), target: `<= ${target}`, ok: ratio <= target },
          words: `${screensInAll} screens, ${reports} reports on the board: ${Math.round(median(ours))} ms until the last has its ${bytes} bytes ÷ ${Math.round(median(bare))} ms, seed ${seed}`,
        },
      ]
    } finally {
      await site.remove()
    }
  },
}

/** A board worth coming back to. */
async function fill(site: Site, seed: number): Promise<Hello> {
  const chance = chanceFrom(seed)
  const server = await startServer({ folder: site.folder })
  for (let index = 0; index < reports; index++) {
    const body = JSON.stringify(reportOf(chance, `p8-${index}`, Date.now()))
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${site.sourceKey}` }
    await (await fetch(`${server.url}/api/in/sanping`, { method: 'POST', headers, body })).arrayBuffer()
  }
  const held = await seen(server.url, site.cookie)
  await server.kill('SIGTERM')
  return held
}

/** What a screen holds that has seen all until now. */
async function seen(url: string, cookie: string): Promise<Hello> {
  const { line, welcome } = await resumed(url, cookie, {})
  const { journal, revision } = welcome.board!
  line.terminate()
  const names = await resumed(url, cookie, { journal, revision, rules: [] })
  names.line.terminate()
  return { journal, revision, rules: names.welcome.rules ?? [] }
}

/** Opens them all, closes them all; milliseconds until the last was there. */
async function storm(open: () => Promise<WebSocket>): Promise<number> {
  const started = performance.now()
  const lines: WebSocket[] = []
  const worker = async () => {
    while (lines.length + pending < screensInAll) {
      pending++
      const line = await open()
      pending--
      lines.push(line)
    }
  }
  let pending = 0
  await Promise.all(Array.from({ length: atOnce }, worker))
  const took = performance.now() - started
  for (const line of lines) line.terminate()
  await wait(500)
  return took
}

const connected = (url: string): Promise<WebSocket> =>
  new Promise((open, failed) => {
    const line = new WebSocket(url.replace('http', 'ws'), { perMessageDeflate: false })
    line.once('open', () => open(line))
    line.once('error', failed)
  })

/** socket.io's own words on a bare websocket, so that both sides of the ratio have the same client: `0` open, `40` join, `42n` ask, `43n` answer. */
const resumed = (
  url: string,
  cookie: string,
  held: Hello,
): Promise<{ line: WebSocket; welcome: Welcome; size: number }> =>
  new Promise((done, failed) => {
    const line = new WebSocket(`${url.replace('http', 'ws')}/line/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
      headers: { cookie, origin: url },
    })
    line.once('error', failed)
    line.on('message', (part: Buffer) => {
      const said = part.toString()
      if (said.startsWith('0')) line.send('40')
      else if (said.startsWith('40')) line.send(`420${JSON.stringify(['hello', held])}`)
      // `46n-`: the same with bytes beside it, which are the packed rules.
      else if (/^4(3|6\d-)0\[/.test(said))
        done({ line, welcome: JSON.parse(said.slice(said.indexOf('[')))[0] as Welcome, size: part.length })
      else if (said.startsWith('44')) failed(new Error(`the door stays shut: ${said}`))
    })
  })
