// Every sentence in both languages: the same keys, the same places to fill, no language left in the other's file.
import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fill } from '../../dashboard/words/words.ts'

const folder = resolve(import.meta.dirname, '../../dashboard/words')
const files = readdirSync(folder).filter((file) => !['words.ts', 'times.ts'].includes(file))
const han = /[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]/
const holes = (sentence: string) => (sentence.match(/\{\w+\}/g) ?? []).sort()

type Sentences = Record<string, string>
const isBilingual = (value: unknown): value is { zh: Sentences; en: Sentences } =>
  typeof value === 'object' && value !== null && 'zh' in value && 'en' in value

describe.each(files)('words/%s', async (file) => {
  const exported = Object.values((await import(`../../dashboard/words/${file}`)) as object).filter(isBilingual)

  it('[SN50] says everything in both languages, with the same places to fill', () => {
    expect(exported.length).toBeGreaterThan(0)
    for (const { zh, en } of exported) {
      expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
      for (const key of Object.keys(zh)) expect([key, holes(en[key]!)]).toEqual([key, holes(zh[key]!)])
    }
  })

  it('[SN51] leaves no sentence untranslated', () => {
    // The switch itself is named in the language it switches to.
    const crossing = new Set(['switchLanguage'])
    for (const { zh, en } of exported) {
      const kept = Object.keys(zh).filter((key) => !crossing.has(key))
      expect(kept.filter((key) => han.test(en[key]!))).toEqual([])
      expect(kept.filter((key) => /[，。：；？！（）]/.test(zh[key]!) && !han.test(zh[key]!))).toEqual([])
      expect(kept.some((key) => han.test(zh[key]!))).toBe(true)
    }
  })

  it('[SN52] writes Chinese with Chinese punctuation', () => {
    for (const { zh } of exported) {
      // 分:秒 is how a stopwatch is read, not a sentence.
      const said = Object.values(zh).map((sentence) => sentence.replace(/分\u003a秒/, ''))
      const wrong = said.filter((sentence) => /[\u3400-\u9fff][,;!?]|[\u3400-\u9fff]:(?!\/)/.test(sentence))
      expect(wrong).toEqual([])
    }
  })
})

describe('a sentence', () => {
  it('[SN53] is filled by name, and shows the hole where nothing was given', () => {
    expect(fill('{name} 到 {time}', { name: '李强', time: '09:41' })).toBe('李强 到 09:41')
    expect(fill('{name} 到 {time}', { name: '李强' })).toBe('李强 到 {time}')
  })
})
