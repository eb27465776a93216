// Posts at a rate that nobody's answer slows down, each timed and its answer kept: what overload and quotas are measured with.
import autocannon from 'autocannon'
import type { IntakeAnswer } from '#contract/outcome'

export interface Posted {
  /** Milliseconds of each that was taken. */
  taken: number[]
  /** The commands that were acknowledged. */
  commandIds: string[]
  /** Told to come again later. */
  later: number
  /** Neither: answered otherwise, or not at all. */
  otherwise: number
  seconds: number
}

export interface Posting {
  url: string
  key: string
  /** Each a body of its own. */
  body: () => string
  seconds: number
  connections: number
  /** A second; absent: as fast as they are answered. */
  rate?: number
}

export const postFor = ({ url, key, body, seconds, connections, rate }: Posting): Promise<Posted> =>
  new Promise((ran, failed) => {
    const posted: Posted = { taken: [], commandIds: [], later: 0, otherwise: 0, seconds }
    const options = {
      url: `${url}/api/in/sanping`,
      ...{ connections, duration: seconds, timeout: 30 },
      ...(rate !== undefined && { overallRate: rate }),
      requests: [
        {
          method: 'POST' as const,
          headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
          setupRequest: (request: autocannon.Request) => ({ ...request, body: body() }),
          onResponse: (status: number, text: string) => {
            if (status !== 200) return
            const { results } = JSON.parse(text) as { results: IntakeAnswer[] }
            for (const result of results) if (result.ok) posted.commandIds.push(result.commandId)
          },
        },
      ],
    }
    const run = autocannon(options, (fault: unknown, { errors, duration }: autocannon.Result) => {
      if (fault) failed(fault as Error)
      else ran({ ...posted, otherwise: posted.otherwise + errors, seconds: duration })
    })
    run.on('response', (_client, status, _bytes, milliseconds) => {
      if (status === 200) posted.taken.push(milliseconds)
      else if (status === 429) posted.later++
      else posted.otherwise++
    })
  })
