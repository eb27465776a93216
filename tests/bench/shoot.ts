// Single POSTs, 64 in flight, each with a body of its own: the load of P1 and of the peers beside it.
import autocannon from 'autocannon'

export interface Target {
  url: string
  headers?: Record<string, string>
  body: () => string
}

/** Answers a second over so many seconds; throws where one of them was not 2xx. */
export async function shoot({ url, headers, body }: Target, seconds: number): Promise<number> {
  const result = await autocannon({
    url,
    connections: 64,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        setupRequest: (request) => ({ ...request, body: body() }),
      },
    ],
  })
  if (result.non2xx > 0) throw new Error(`${result.non2xx} answers were not 2xx`)
  return result['2xx'] / result.duration
}
