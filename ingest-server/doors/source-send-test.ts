// A test of a source, posted to the real door with a token that is good for this once.
import type { SourceTested } from '#contract/source-test'
import type { Sample } from './source-samples.ts'

export interface TestPost {
  /** Where the house listens: `http://127.0.0.1:8787`. */
  url: string
  token: string
  dialect: string
  sample: Sample
  fetch: typeof fetch
}

/** `unknown`: the door does not know the token, or not yet. Rejects where nobody answers there. */
export async function sendTest({ url, token, dialect, sample, fetch }: TestPost): Promise<SourceTested | 'unknown'> {
  const answer = await fetch(`${url}/api/in/${encodeURIComponent(dialect)}`, {
    method: 'POST',
    headers: { 'content-type': sample.contentType, authorization: `Bearer ${token}` },
    body: new Uint8Array(sample.body),
  })
  const said = (await answer.json()) as { tested?: SourceTested }
  if (said.tested) return said.tested
  if (answer.status === 401) return 'unknown'
  throw new Error(`${url} answered ${answer.status}, and not as to a test`)
}
