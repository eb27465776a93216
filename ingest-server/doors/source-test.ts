// The button that tests a source: its sample posted to our own door, with a token the door takes once.
import type { Instant, SourceId } from '#contract/ids'
import type { SourceTested } from '#contract/source-test'
import type { Sources } from '../records/port.ts'
import { sampleOf } from './source-samples.ts'
import { sendTest } from './source-send-test.ts'
import type { SourceTallies } from './source-tallies.ts'
import type { No } from './vendors/reading.ts'

export interface SourceTestNeeds {
  sources: Pick<Sources, 'mintTest'>
  tallies: Pick<SourceTallies, 'of'>
  /** Where the vendors' samples lie. */
  samples: string | null
  /** Where we listen, null while we do not. */
  url: () => string | null
  fetch: typeof fetch
  now: () => Instant
}

/** `dialect`: absent, the one it speaks; our own where it has not spoken yet. */
export type TestSource = (id: SourceId, dialect: string | undefined) => Promise<SourceTested | No>

export const openSourceTest =
  ({ sources, tallies, samples, url, fetch, now }: SourceTestNeeds): TestSource =>
  async (id, asked) => {
    const [listening, dialect] = [url(), asked ?? tallies.of(id).dialects[0] ?? 'sanping']
    const sample = await sampleOf(dialect, samples, now())
    if (!sample) return noSample(dialect)
    const token = listening && (await sources.mintTest(id, now()))
    if (!listening || !token) return { refusal: 'sender-unknown' }
    const tested = await sendTest({ url: listening, token, dialect, sample, fetch })
    return tested === 'unknown' ? { refusal: 'sender-unknown' } : tested
  }

const noSample = (dialect: string): No => ({
  refusal: 'dialect-unknown',
  words: {
    zh: `没有「${dialect}」格式的样例可发，请换一种格式。`,
    en: `There is no sample of the dialect ${dialect} to be sent: name another.`,
  },
})
