// @vitest-environment happy-dom
// A page says of itself which language it is in, from its first moment: screen readers and quotation marks go by that.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

beforeEach(() => vi.resetModules())
afterEach(() => localStorage.clear())

it('[SN391] a page that is opened again in English says so of itself before anybody chooses', async () => {
  localStorage.setItem('sanping.language', 'en')
  await import('../../dashboard/words/words.ts')
  expect(document.documentElement.lang).toBe('en')
})

it('[SN391] and so it does in Chinese, and when the language is changed', async () => {
  const { speak } = await import('../../dashboard/words/words.ts')
  expect(document.documentElement.lang).toBe('zh-CN')
  speak('en')
  expect(document.documentElement.lang).toBe('en')
})
