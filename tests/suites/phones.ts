// Phones of staff in one process: the real outbox on a disk of its own, the real uploader and the real line, and all that can happen to them.
import { createHash } from 'node:crypto'
import { IDBFactory } from 'fake-indexeddb'
import { io } from 'socket.io-client'
import type { PersonWish } from '#contract/command'
import type { CommandId, EvidenceId, PersonId } from '#contract/ids'
import { openLine } from '../../dashboard/link/line.ts'
import type { LineLook, LineSocket } from '../../dashboard/link/line-port.ts'
import { openIndexedBody } from '../../dashboard/link/outbox-indexed.ts'
import { openOutbox } from '../../dashboard/link/outbox.ts'
import type { Outbox } from '../../dashboard/link/outbox.ts'
import type { OutboxBody, OutboxLook, Picture } from '../../dashboard/link/outbox-port.ts'
import { emptyLook } from '../../dashboard/link/outbox-port.ts'
import { openUploader } from '../../dashboard/link/upload.ts'
import type { Chance } from '../../ingest-server/demo/chance.ts'

/** What befalls a phone, each so often in a hundred times that it could. */
export interface Mishaps {
  /** The answer to a command is lost, though the desk has taken it. */
  answerLost: number
  /** A piece of a photo is cut off under way. */
  pieceCut: number
  /** A piece arrived, and its answer did not. */
  receiptLost: number
  /** No room: the device refuses to write. */
  noRoom: number
}

export interface PhoneNeeds {
  person: PersonId
  url: () => string
  cookie: string
  chance: Chance
  mishaps: Mishaps
  /** This phone's clock less the true one, in milliseconds. */
  clockOff: number
  /** Waits are this many times shorter than on a real phone. */
  haste: number
}

export interface Phone {
  /** Opens a page (a second one beside the first: two tabs). */
  opens(): Promise<void>
  /** Every page is gone between two breaths; the disk stays. */
  killed(): void
  signal(on: boolean): void
  /** Tapped on any open page, again until the device keeps it, as a person does; false where no page is open. */
  posts(wish: (now: number) => PersonWish, pictures: Picture[]): Promise<boolean>
  look(): OutboxLook
  /** What has befallen it so far. */
  befell: Record<keyof Mishaps | 'killed' | 'tabs' | 'offline', number>
  close(): void
}

interface Tab {
  outbox: Outbox
  look: OutboxLook
  now(): number
  close(): void
}

export function openPhone(needs: PhoneNeeds): Phone {
  const { chance, mishaps, haste } = needs
  const disk = new IDBFactory()
  const tabs: Tab[] = []
  const befell = { answerLost: 0, pieceCut: 0, receiptLost: 0, noRoom: 0, killed: 0, tabs: 0, offline: 0 }
  let hasSignal = true
  let lock: Promise<void> = Promise.resolve()

  const befalls = (mishap: keyof Mishaps) => {
    if (chance.next() * 100 >= mishaps[mishap]) return false
    befell[mishap]++
    return true
  }
  /** As navigator.locks: one page after the other, and a dead page holds nothing. */
  const alone = (isDead: () => boolean) => (run: () => Promise<void>) => {
    const turn = lock.then(() => (isDead() ? undefined : run()))
    const gone = new Promise<void>((done) => {
      const timer = setInterval(() => isDead() && (clearInterval(timer), done()), 5)
      void turn.finally(() => (clearInterval(timer), done())).catch(() => {})
    })
    lock = Promise.race([turn.catch(() => {}), gone])
    return turn
  }

  async function opens(): Promise<void> {
    if (tabs.length > 0) befell.tabs++
    let isDead = false
    const body = await openIndexedBody(disk)
    if (tabs.length > 1) return
    const deviceNow = () => Date.now() + needs.clockOff
    const socket = io(needs.url(), {
      path: '/line',
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 200,
      extraHeaders: { cookie: needs.cookie, origin: needs.url() },
    })
    let look: LineLook | null = null
    let heard = false
    const line = openLine({
      connect: () => socket as unknown as LineSocket,
      now: deviceNow,
      random: chance.next,
      every: (ms, run) => stopOf(setInterval(run, ms)),
      after: (ms, run) => stopOf(setTimeout(run, ms)),
      signedIn: () => Promise.resolve(null),
    })
    const serverTime = (at: number) => Math.round(at * (look?.pace ?? 1) + (look?.offsetMs ?? 0))
    const outbox = openOutbox({
      body: mortal(body, () => isDead),
      uploader: openUploader(fetchOf(() => isDead)),
      async command(command) {
        if (!hasSignal || isDead) return 'unanswered'
        const answer = await line.command(command)
        if (isDead) return never()
        return answer !== 'unanswered' && befalls('answerLost') ? 'unanswered' : answer
      },
      now: () => serverTime(deviceNow()),
      clock: () => ({ offsetMs: serverTime(deviceNow()) - deviceNow(), heard }),
      newId: () => idFrom(chance),
      alone: alone(() => isDead),
      after: (ms, run) => stopOf(setTimeout(run, ms / haste)),
      random: chance.next,
      cry: () => tabs.forEach((one) => one.outbox !== outbox && one.outbox.nudge()),
    })
    const tab: Tab = {
      outbox,
      look: emptyLook,
      now: () => serverTime(deviceNow()),
      close() {
        isDead = true
        outbox.close()
        line.close()
      },
    }
    outbox.follow((next) => (tab.look = next))
    line.follow((told) => {
      if (told.what === 'welcome') heard = true
      if (told.what !== 'look') return
      const was = look?.state
      look = told.look
      if (was !== 'live' && look.state === 'live') outbox.nudge()
    })
    outbox.belongTo(needs.person)
    tabs.push(tab)
  }

  /** The write that was under way when the page died is not answered any more; whether it was kept is the disk's affair. */
  const mortal = (body: OutboxBody, isDead: () => boolean): OutboxBody => ({
    lasting: true,
    read: () => (isDead() ? never() : body.read()),
    blob: (id) => (isDead() ? never() : body.blob(id)),
    async write(change) {
      if (isDead()) return never()
      if (befalls('noRoom')) throw new DOMException('no room', 'QuotaExceededError')
      await body.write(change)
      if (isDead()) return never()
    },
  })

  const fetchOf = (isDead: () => boolean) =>
    (async (path: string, init: RequestInit = {}) => {
      if (!hasSignal || isDead()) throw new TypeError('Failed to fetch')
      const cut = new AbortController()
      const cuts = init.method === 'PUT' && befalls('pieceCut')
      if (cuts) setTimeout(() => cut.abort(), chance.next() * 6)
      const headers = { ...(init.headers as Record<string, string>), cookie: needs.cookie, origin: needs.url() }
      const answer = await fetch(new URL(path, needs.url()), { ...init, headers, signal: cut.signal })
      if (isDead()) return never<Response>()
      if (init.method === 'PUT' && befalls('receiptLost')) {
        await answer.arrayBuffer()
        throw new TypeError('Failed to fetch')
      }
      return answer
    }) as typeof fetch

  return {
    opens,
    killed() {
      befell.killed++
      for (const tab of tabs.splice(0)) tab.close()
    },
    signal(on) {
      if (hasSignal && !on) befell.offline++
      hasSignal = on
      if (on) tabs.forEach((tab) => tab.outbox.nudge())
    },
    async posts(wish, pictures) {
      for (let tries = 0; tries < 50; tries++) {
        const tab = tabs[Math.floor(chance.next() * tabs.length)]
        if (!tab) return false
        try {
          await Promise.race([tab.outbox.post(wish(tab.now()), { pictures }), deadWith(tab, tabs)])
          return true
        } catch (fault) {
          if (fault === killed) return false
          // The page says that the device is full; room is made, and it is tapped again.
        }
      }
      throw new Error('the device kept nothing in fifty tries')
    },
    look: () => tabs[0]?.look ?? emptyLook,
    befell,
    close() {
      for (const tab of tabs.splice(0)) tab.close()
    },
  }
}

const killed = new Error('the page was killed')
const never = <T = void>(): Promise<T> => new Promise<T>(() => {})
/** A post on a page that dies is answered by nobody. */
function deadWith(tab: Tab, tabs: readonly Tab[]): Promise<never> {
  return new Promise((_done, fail) => {
    const timer = setInterval(() => {
      if (tabs.includes(tab)) return
      clearInterval(timer)
      fail(killed)
    }, 5)
    timer.unref()
    setTimeout(() => clearInterval(timer), 10_000).unref()
  })
}

const stopOf = (timer: NodeJS.Timeout) => {
  timer.unref()
  return () => clearTimeout(timer)
}
const idFrom = (chance: Chance) =>
  Array.from({ length: 4 }, () => chance.whole(0, 0xffffffff).toString(16).padStart(8, '0')).join('') as CommandId

/** A real JPEG that is like no other: its number stands in a comment of its own. */
export function numbered(jpeg: Uint8Array, number: string): Picture {
  const words = Buffer.from(`no. ${number}`)
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, words.length + 2]), words])
  const bytes = Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)])
  return { id: createHash('sha256').update(bytes).digest('hex') as EvidenceId, blob: new Blob([bytes]) }
}
