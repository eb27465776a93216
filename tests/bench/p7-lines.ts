// P7: what one delivery costs the server's CPU beside raw ws, and what one screen costs its memory beside bare socket.io.
import { setTimeout as wait } from 'node:timers/promises'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import { median, type Program } from '../suites/figure.ts'
import { startServer } from '../suites/server-process.ts'
import { prepareSite } from '../suites/site.ts'
import { reportOf } from '../trial/load.ts'
import { startFloor } from './floor.ts'
import { cpuSeconds, residentBytes } from './process-use.ts'
import { openScreens } from './screens.ts'

const screens = 200
/** A few hundred fit into what a process has put by at its start: only a thousand show what one costs. */
const crowd = 1000
const posts = 300
/** What a process needs to give back the garbage of its own start; before that its memory says nothing of screens. */
const settling = 8000

/** Posts one at a time and gives the CPU seconds a delivery took, its POST included. */
async function perDelivery(
  pid: number,
  post: (index: number) => Promise<void>,
  delivered: () => number,
): Promise<number> {
  const [cpu, before] = [cpuSeconds(pid), delivered()]
  for (let index = 0; index < posts; index++) await post(index)
  await wait(1000)
  return (cpuSeconds(pid) - cpu) / (delivered() - before)
}

async function ours(seed: number): Promise<{ cpu: number; memory: number; bytes: number }> {
  const site = await prepareSite('p7')
  const server = await startServer({ folder: site.folder })
  const chance = chanceFrom(seed)
  try {
    const all = await openScreens(server.url, site.cookie, screens)
    let bytes = 0
    all.follow((patch) => (bytes = JSON.stringify(patch).length))
    const cpu = await perDelivery(
      server.pid,
      async (index) => {
        const answer = await fetch(`${server.url}/api/in/sanping`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${site.sourceKey}` },
          body: JSON.stringify(reportOf(chance, `p7-${index}`, Date.now())),
        })
        await answer.arrayBuffer()
      },
      all.delivered,
    )
    all.close()
    return {
      cpu,
      memory: await perScreen(server.pid, async () => (await openScreens(server.url, site.cookie, crowd)).close),
      bytes,
    }
  } finally {
    await server.kill('SIGTERM')
    await site.remove()
  }
}

async function rawLines(bytes: number): Promise<number> {
  const floor = await startFloor('ws')
  let delivered = 0
  const sockets: WebSocket[] = []
  for (let index = 0; index < screens; index++) {
    const socket = new WebSocket(floor.url.replace('http', 'ws'), { perMessageDeflate: false })
    await new Promise((open) => socket.once('open', open))
    socket.on('message', () => delivered++)
    sockets.push(socket)
  }
  const body = 'x'.repeat(bytes)
  const cpu = await perDelivery(
    floor.pid,
    async () => void (await (await fetch(floor.url, { method: 'POST', body })).arrayBuffer()),
    () => delivered,
  )
  for (const socket of sockets) socket.terminate()
  await floor.stop()
  return cpu
}

/** Resident bytes that one of a crowd of screens costs. `open` gives back how they leave. */
async function perScreen(pid: number, open: () => Promise<() => void>): Promise<number> {
  await wait(settling)
  const empty = residentBytes(pid)
  const leave = await open()
  await wait(1500)
  const cost = (residentBytes(pid) - empty) / crowd
  leave()
  return cost
}

async function bareClients(): Promise<number> {
  const floor = await startFloor('socket-io')
  const memory = await perScreen(floor.pid, async () => {
    const sockets = Array.from({ length: crowd }, () => io(floor.url, { transports: ['websocket'], forceNew: true }))
    await Promise.all(sockets.map((socket) => new Promise<void>((open) => socket.once('connect', () => open()))))
    return () => sockets.forEach((socket) => socket.disconnect())
  })
  await floor.stop()
  return memory
}

export const lines: Program = {
  id: 'P7',
  about: `CPU per delivery ÷ raw ws, memory per screen ÷ bare socket.io, ${screens} screens`,
  async run({ seed, runs = 5, say, stopped }) {
    const rounds: { cpu: number; memory: number }[] = []
    for (let round = 0; round < runs && !stopped(); round++) {
      const own = await ours(seed + round)
      const [raw, bare] = [await rawLines(own.bytes), await bareClients()]
      rounds.push({ cpu: own.cpu / raw, memory: own.memory / bare })
      say(
        `${(own.cpu * 1e6).toFixed(1)} ÷ ${(raw * 1e6).toFixed(1)} µs, ${Math.round(own.memory / 1024)} ÷ ${Math.round(bare / 1024)} KiB`,
      )
    }
    const [cpu, memory] = [median(rounds.map((round) => round.cpu)), median(rounds.map((round) => round.memory))]
    return [
      {
        id: 'P7.cpu',
        value: cpu.toFixed(2),
        target: '<= 1.15',
        ok: cpu <= 1.15,
        words: `CPU per delivery, its whole intake included, ÷ raw ws`,
      },
      {
        id: 'P7.memory',
        value: memory.toFixed(2),
        target: '<= 1.30',
        ok: memory <= 1.3,
        words: 'memory per screen ÷ bare socket.io',
      },
    ]
  },
}
