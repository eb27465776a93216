// A small 12345 platform on a real port: it gives orders, hears how they go, answers what it is asked, and has its moods.
import { createHmac } from 'node:crypto'
import type { HotlineMessage } from '../../ingest-server/doors/hotline-says.ts'
import type { IntakeAnswer } from '#contract/outcome'
import { openListener } from './neighbours.ts'
import type { Heard, Says } from './neighbours.ts'

export interface Platform {
  /** Where it listens. */
  url: string
  /** What it was told and took, in the order it took it. */
  told: HotlineMessage[]
  /** `SH-1 signed`. */
  heard(): string[]
  /** Pushed as a platform does: whatever comes back, it is pushed again once. */
  gives(...orders: object[]): Promise<IntakeAnswer[]>
  says(word: object): Promise<IntakeAnswer>
  /** For so many messages it has something else to do. */
  isBusy(times: number): void
  /** Those whose signature does not hold. */
  forged: string[]
  dies(): Promise<void>
  returns(): Promise<void>
  close(): Promise<void>
}

interface PlatformNeeds {
  house: () => string
  key: () => string
  /** `whsec_…` that the street signs with. */
  secret: string
}

export async function openPlatform({ house, key, secret }: PlatformNeeds): Promise<Platform> {
  const listener = await openListener()
  const told: HotlineMessage[] = []
  const forged: string[] = []
  let busy = 0
  let words = 0

  function answer({ headers, body }: Heard): Says {
    const [id, at] = [headers['webhook-id'], headers['webhook-timestamp']]
    const mark = createHmac('sha256', Buffer.from(secret.slice(6), 'base64')).update(`${id}.${at}.${body}`)
    if (headers['webhook-signature'] !== `v1,${mark.digest('base64')}`) forged.push(body)
    if (busy > 0) {
      busy--
      return { status: 503, body: '系统繁忙' }
    }
    const message = JSON.parse(body) as HotlineMessage
    // As any receiver should: the same message a second time is thanked for and not counted.
    if (!told.some(({ messageId }) => messageId === message.messageId)) told.push(message)
    return { status: 200, body: '{"code":0}' }
  }
  listener.says = answer

  async function push(body: object): Promise<IntakeAnswer[]> {
    const post = async () => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${key()}` }
      const url = `${house()}/api/exchange/12345/orders`
      const given = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
      return ((await given.json()) as { results: IntakeAnswer[] }).results
    }
    const first = await post()
    const second = await post()
    const different = second.some((one, nth) => one.ok !== first[nth]?.ok)
    if (different) throw new Error(`answered otherwise the second time: ${JSON.stringify([first, second])}`)
    return first
  }

  return {
    get url() {
      return listener.url
    },
    ...{ told, forged },
    heard: () => told.map(({ orderNo, what }) => `${orderNo} ${what}`),
    gives: (...orders) => push({ orders }),
    says: async (word) => (await push({ messageId: `word-${++words}`, ...word }))[0]!,
    isBusy: (times) => void (busy = times),
    dies: () => listener.dies(),
    returns: () => listener.returns(),
    close: () => listener.close(),
  }
}
