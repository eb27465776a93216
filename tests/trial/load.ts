// Senders that never give up: each report is sent again under the same id until it is answered, and every answer is flushed to a ledger of our own.
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { IntakeAnswer } from '#contract/outcome'
import type { Chance } from '../../ingest-server/demo/chance.ts'

export interface Acknowledged {
  eventId: string
  commandId: string
  revision: number
  caseId: string
}

export interface Load {
  acknowledged: Acknowledged[]
  /** Answers that differed when the same report was sent again. */
  contradictions: string[]
  refused: string[]
  stop(): Promise<void>
}

/** Inside the street wherever one is thrown. */
const area = { west: 121.4665, east: 121.4795, south: 31.1945, north: 31.2035 }
const matters = ['dropped-garbage', 'smoke', 'throwing', 'charging-wire'] as const

export const reportOf = (chance: Chance, eventId: string, at: number) => ({
  kind: 'grid-report',
  eventId,
  matter: chance.oneOf(matters),
  occurredAt: at,
  at: {
    lon: area.west + chance.next() * (area.east - area.west),
    lat: area.south + chance.next() * (area.north - area.south),
    crs: 'wgs84',
  },
})

/** Keeps `workers` reports in flight against `url()` until stopped. The ledger is flushed before an answer counts. */
export function openLoad(options: {
  url: () => string
  key: string
  ledger: string
  workers: number
  chance: Chance
  now: () => number
  /** Its event ids begin with this: another load on the same house takes another. */
  named?: string
}): Load {
  const file = openSync(options.ledger, 'a')
  const load: Load = { acknowledged: [], contradictions: [], refused: [], stop }
  let running = true
  let sent = 0

  const send = async (body: string): Promise<IntakeAnswer | null> => {
    try {
      const answer = await fetch(`${options.url()}/api/in/sanping`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${options.key}` },
        body,
        signal: AbortSignal.timeout(5_000),
      })
      if (answer.status === 429 || answer.status >= 500) return null
      const { results } = (await answer.json()) as { results: IntakeAnswer[] }
      return results[0] ?? null
    } catch {
      return null
    }
  }

  const until = async (body: string): Promise<IntakeAnswer | null> => {
    while (running) {
      const answer = await send(body)
      if (answer) return answer
      await wait(10 + options.chance.next() * 20)
    }
    return null
  }

  const work = async (): Promise<void> => {
    while (running) {
      const eventId = `${options.named ?? 'trial'}-${++sent}`
      const body = JSON.stringify(reportOf(options.chance, eventId, options.now()))
      const answer = await until(body)
      if (!answer) return
      if (!answer.ok) {
        load.refused.push(`${eventId}: ${answer.refusal}`)
        continue
      }
      const kept: Acknowledged = {
        eventId,
        commandId: answer.commandId,
        revision: answer.revision,
        caseId: answer.caseId ?? '',
      }
      writeSync(file, `${JSON.stringify(kept)}\n`)
      fsyncSync(file)
      load.acknowledged.push(kept)
      if (options.chance.next() < 0.1) await again(body, kept)
    }
  }

  const again = async (body: string, first: Acknowledged): Promise<void> => {
    const answer = await until(body)
    if (answer && (!answer.ok || answer.caseId !== first.caseId || answer.revision !== first.revision)) {
      load.contradictions.push(
        `${first.eventId}: first ${first.caseId}@${first.revision}, then ${JSON.stringify(answer)}`,
      )
    }
  }

  const workers = Array.from({ length: options.workers }, work)
  async function stop(): Promise<void> {
    running = false
    await Promise.all(workers)
    closeSync(file)
  }
  return load
}
