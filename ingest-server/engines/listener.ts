// What others wrote, heard at once over one connection a process; while that is down, everybody is told so.
import type pg from 'pg'
import type { ClientConfig } from 'pg'

/** A table another writer changed; null: something may have been missed, so look at everything. */
export type Heard = { table: string; writer: string } | null

export interface Listener {
  /** Told of each change in this schema, from when it resolves. The returned stop ends it. */
  follow(schema: string, tell: (heard: Heard) => void): () => void
  /** False: look yourself, nothing is told at present. */
  isHearing(): boolean
}

/** What the triggers notify on: `schema table writer`. */
export const channel = 'sanping'

const triedAgainAfter = 1000

/** Connects with the first who follows, and again whenever the connection is lost. */
export function openListener(driver: typeof pg, config: ClientConfig): Listener & { close(): Promise<void> } {
  const followers = new Map<string, Set<(heard: Heard) => void>>()
  let client: pg.Client | null = null
  let retry: NodeJS.Timeout | null = null
  let isHearing = false
  let isClosed = false

  async function connect(): Promise<void> {
    const mine = new driver.Client(config)
    client = mine
    const lost = () => {
      if (client !== mine) return
      client = null
      isHearing = false
      mine.end().catch(() => undefined)
      if (!isClosed) retry = setTimeout(() => void connect(), triedAgainAfter).unref()
    }
    mine.on('error', lost)
    mine.on('end', lost)
    mine.on('notification', ({ payload = '' }) => {
      const [schema = '', table = '', writer = ''] = payload.split(' ')
      for (const tell of followers.get(schema) ?? []) tell({ table, writer })
    })
    try {
      await mine.connect()
      await mine.query(`listen ${channel}`)
    } catch {
      return lost()
    }
    if (client !== mine) return
    isHearing = true
    for (const tell of [...followers.values()].flatMap((some) => [...some])) tell(null)
  }

  return {
    follow(schema, tell) {
      const some = followers.get(schema) ?? new Set()
      followers.set(schema, some.add(tell))
      if (!client && !retry) void connect()
      return () => void some.delete(tell)
    },
    isHearing: () => isHearing,
    async close() {
      isClosed = true
      if (retry) clearTimeout(retry)
      const last = client
      client = null
      await last?.end().catch(() => undefined)
    },
  }
}
