// The words of the desk and of the gallery agree in both languages.
import { describe, expect, it } from 'vitest'
import { deskWords } from '../../dashboard/words/desk.ts'
import { galleryWords } from '../../dashboard/words/gallery.ts'

describe('the words of the desk', () => {
  for (const [name, words] of Object.entries({ desk: deskWords, gallery: galleryWords }))
    it(`[SN101] ${name}: both languages have the same sentences with the same places to fill`, () => {
      const holes = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort()
      const [zh, en] = [Object.entries(words.zh), words.en as Record<string, string>]

      expect(Object.keys(en).sort()).toEqual(zh.map(([key]) => key).sort())
      for (const [key, sentence] of zh) expect([key, holes(en[key] ?? '')]).toEqual([key, holes(sentence)])
    })
})
