// @vitest-environment happy-dom
// The gallery stands without a line, in both languages, and no sentence is left with a hole in it.
import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import GalleryParts from '../../dashboard/screens/gallery/GalleryParts.vue'
import { addressOf, sheetOf } from '../../dashboard/screens/gallery/sheet.ts'
import { deskWords } from '../../dashboard/words/desk.ts'
import { galleryWords } from '../../dashboard/words/gallery.ts'
import { language } from '../../dashboard/words/words.ts'

afterEach(() => (language.value = 'zh'))

describe('the gallery', () => {
  for (const tongue of ['zh', 'en'] as const)
    it(`[SN100] shows every part without a line, in ${tongue}`, () => {
      language.value = tongue
      const text = mount(GalleryParts).text()

      expect(text).not.toMatch(/\{\w+\}|undefined|NaN/)
      expect(text).toContain(tongue === 'zh' ? '没有待受理的案子' : 'Nothing to accept')
    })

  it('a sheet is named by its address, and a strange address shows the plain one', () => {
    expect(sheetOf(addressOf({ language: 'en', skin: 'duty', type: 'wall' }))).toEqual({
      language: 'en',
      skin: 'duty',
      type: 'wall',
    })
    const plain = { language: 'zh', skin: 'day', type: 'desk' }
    expect([sheetOf(''), sheetOf('?language=fr&skin=day&type=desk')]).toEqual([plain, plain])
  })
})

describe('the words of the desk', () => {
  for (const [name, words] of Object.entries({ desk: deskWords, gallery: galleryWords }))
    it(`[SN101] ${name}: both languages have the same sentences with the same places to fill`, () => {
      const holes = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort()
      const [zh, en] = [Object.entries(words.zh), words.en as Record<string, string>]

      expect(Object.keys(en).sort()).toEqual(zh.map(([key]) => key).sort())
      for (const [key, sentence] of zh) expect([key, holes(en[key] ?? '')]).toEqual([key, holes(sentence)])
    })
})
