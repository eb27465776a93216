// Every way an alarm can come in, each with the synthetic alarm in its own words.
import type { Instant, SourceId } from '#contract/ids'
import type { Source } from '../records/port.ts'

/** The matter of the scenario whose kind is self-check. */
export const probeMatter = 'path-probe'

/** Never in the records: its key is drawn at each start and lives in memory alone. */
export const probeSource: Source = {
  id: 'self-check' as SourceId,
  name: '自检',
  matters: { 'self-check': probeMatter },
  cameras: {},
}

export interface Probing {
  /** One synthetic alarm: no other has this id. */
  id: string
  at: Instant
  key: string
  /** Where we listen: `http://127.0.0.1:8787`. */
  url: string
  fetch: typeof fetch
  signal: AbortSignal
}

export interface ProbePath {
  name: string
  /** The journal line that holds it; `busy`: to be sent again in a moment. Rejects where it was not taken. */
  send(probing: Probing): Promise<number | 'busy'>
}

interface Message {
  type: string
  body: string
}

function httpPath(dialect: string, messageOf: (probing: Probing) => Message): ProbePath {
  return {
    name: `http/${dialect}`,
    async send(probing) {
      const { type, body } = messageOf(probing)
      const answer = await probing.fetch(`${probing.url}/api/in/${dialect}`, {
        method: 'POST',
        headers: { 'content-type': type, authorization: `Bearer ${probing.key}` },
        body,
        signal: probing.signal,
      })
      const said = (await answer.json()) as { results?: { ok?: boolean; revision?: number; refusal?: string }[] }
      const [result] = said.results ?? []
      if (result?.ok === true && typeof result.revision === 'number') return result.revision
      if (answer.status === 429 || answer.status === 503) return 'busy'
      throw new Error(`${dialect} did not take the synthetic alarm: ${answer.status} ${result?.refusal ?? ''}`)
    },
  }
}

const json = (value: unknown): Message => ({ type: 'application/json', body: JSON.stringify(value) })

const sanping = httpPath('sanping', ({ id, at }) =>
  json({ kind: 'device-report', eventId: id, matter: probeMatter, occurredAt: at }),
)

const frigate = httpPath('frigate', ({ id, at }) => {
  const review = {
    ...{ id, camera: 'self-check', start_time: at / 1000, end_time: null, severity: 'alert' },
    data: { objects: ['self-check'], detections: [id] },
  }
  return json({ type: 'new', before: review, after: review })
})

const hikvision = httpPath('hikvision', ({ id, at }) => ({
  type: 'application/xml',
  body: `<?xml version="1.0" encoding="UTF-8"?>
<EventNotificationAlert version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema">
  <ipAddress>127.0.0.1</ipAddress><channelID>1</channelID><channelName>self-check</channelName>
  <dateTime>${new Date(at).toISOString()}</dateTime><activePostCount>1</activePostCount><uuid>${id}</uuid>
  <eventType>self-check</eventType><eventState>active</eventState><eventDescription>self-check</eventDescription>
</EventNotificationAlert>`,
}))

export const httpPaths: readonly ProbePath[] = [sanping, frigate, hikvision]
