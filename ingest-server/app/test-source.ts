// A test of a source for the command line: the shipped sample of its dialect, posted to the running server.
import type { SourceTested } from '#contract/source-test'
import { sampleOf } from '../doors/source-samples.ts'
import { sendTest } from '../doors/source-send-test.ts'
import { findPaths } from './paths.ts'

export interface TestAsked {
  url: string
  token: string
  dialect: string
  fetch: typeof fetch
  now: () => number
  pause: (milliseconds: number) => Promise<void>
}

/** The server looks at the records once a second: a token made just now is known by then. */
const [tries, everyMs] = [12, 300]

/** Rejects with a sentence where nobody answers, or not as to a test. */
export async function testSource(asked: TestAsked): Promise<SourceTested | 'no-sample' | 'unknown'> {
  const { samples } = findPaths(import.meta.dirname)
  const sample = await sampleOf(asked.dialect, samples, asked.now())
  if (!sample) return 'no-sample'
  for (let tried = 1; ; tried++) {
    const tested = await sendTest({ ...asked, sample })
    if (tested !== 'unknown' || tried === tries) return tested
    await asked.pause(everyMs)
  }
}
