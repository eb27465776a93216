// @vitest-environment happy-dom
// The gallery against the house: every part is shown, in states with a name, without a server, in both languages, and no sentence has a hole in it.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import GallerySheet from '../../dashboard/screens/gallery/GallerySheet.vue'
import { galleryParts } from '../../dashboard/screens/gallery/list.ts'
import { addressOf, scales, sheetOf } from '../../dashboard/screens/gallery/sheet.ts'
import { stateNames } from '../../dashboard/screens/gallery/shelf.ts'
import { language } from '../../dashboard/words/words.ts'

const dashboard = resolve(import.meta.dirname, '../../dashboard')
enableAutoUnmount(afterEach)
afterEach(() => (language.value = 'zh'))

/** Pieces of screens are named with their room before them. */
const fileOf = (name: string) => join(dashboard, name.includes('/') ? `screens/${name}.vue` : `parts/${name}.vue`)
/** Not of the parts' folder, and shown all the same. */
const charts = ['HoursChart']

describe('the list of the gallery', () => {
  it('[SN330] has every part of the house, each once', () => {
    const names = galleryParts().map(({ name }) => name)
    const parts = readdirSync(join(dashboard, 'parts')).filter((file) => file.endsWith('.vue'))

    expect(parts.map((file) => file.replace('.vue', '')).filter((name) => !names.includes(name))).toEqual([])
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
    const strange = names.filter((name) => !charts.includes(name))
    expect(strange.filter((name) => readFileSync(fileOf(name), 'utf8').length === 0)).toEqual([])
  })

  it('[SN331] shows each in at least one state, on at least one scale, by names that exist', () => {
    for (const { name, shown, scales: lives } of galleryParts()) {
      expect([name, shown.length > 0, lives.length > 0]).toEqual([name, true, true])
      expect(shown.filter(({ state }) => !stateNames.includes(state))).toEqual([])
      expect(lives.filter((scale) => !scales.includes(scale))).toEqual([])
    }
    const states = new Set(galleryParts().flatMap(({ shown }) => shown.map(({ state }) => state)))
    expect([...states].sort()).toEqual([...stateNames].sort())
  })
})

describe('a sheet of the gallery', () => {
  for (const tongue of ['zh', 'en'] as const)
    for (const scale of scales)
      it(`[SN100][SN332] shows all that lives on the ${scale} without a server, in ${tongue}`, async () => {
        const asked = vi.fn()
        vi.stubGlobal('fetch', asked)
        HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
          this.open = true
        }
        language.value = tongue
        const page = mount(GallerySheet, {
          props: { sheet: sheetOf(`#scale=${scale}&lang=${tongue}`) },
          attachTo: document.body,
        })
        await flushPromises()
        const text = page.text()

        expect(text.match(/.{12}(\{\w+\}|undefined|NaN|\[object)/g) ?? []).toEqual([])
        const blank = page
          .findAll('[data-state]')
          .filter((shown) => shown.element.children.length === 0)
          .map((shown) => [
            shown.element.closest('[data-part]')?.getAttribute('data-part'),
            shown.attributes('data-state'),
          ])
        expect(blank).toEqual([])
        expect(asked).not.toHaveBeenCalled()
        vi.unstubAllGlobals()
      })

  it('[SN333] is named by its address, one part alone too; a strange address shows the plain one', () => {
    const sheet = { part: 'CaseRow', language: 'en', skin: 'visitor', scale: 'desk', isLarge: true } as const
    expect(sheetOf(addressOf(sheet))).toEqual(sheet)
    expect(sheetOf('#part=CaseRow&skin=duty&lang=en&scale=wall')).toMatchObject({ part: 'CaseRow', skin: 'duty' })
    const plain = { part: null, language: 'zh', skin: 'day', scale: 'desk', isLarge: false }
    expect([sheetOf(''), sheetOf('#lang=fr&skin=pink&scale=none')]).toEqual([plain, plain])
    expect(sheetOf('#scale=wall').skin).toBe('duty')
  })

  it('[SN333] one part alone is all there is, and one that is not there is said', () => {
    const alone = mount(GallerySheet, { props: { sheet: sheetOf('#part=ShareCell') } })
    expect(alone.findAll('[data-part]').map((one) => one.attributes('data-part'))).toEqual(['ShareCell'])
    const none = mount(GallerySheet, { props: { sheet: sheetOf('#part=Nobody') } })
    expect(none.text()).toContain('没有叫「Nobody」的部件')
  })
})

describe('the ruler of the gallery', () => {
  it('[SN334] measures the halls that are usual: at each the wall’s letters are large enough, or it is said which are not', () => {
    const ruler = galleryParts().find(({ name }) => name === 'LegibilityRuler')!
    const sites = ruler.shown.map(({ props }) => props.site as { pitchMm?: number; distanceMm?: number })
    expect(sites.map(({ pitchMm, distanceMm }) => [pitchMm, distanceMm])).toEqual([
      [1.25, 5_000],
      [1.9, 8_000],
      [2.5, 12_000],
      [0.315, 3_000],
      [undefined, undefined],
    ])
    const page = mount(GallerySheet, { props: { sheet: sheetOf('#part=LegibilityRuler&scale=wall') } })
    expect(page.findAll('figure')).toHaveLength(5)
    expect(page.text()).toContain('最远 12.0 m，点距 2.5 mm')
  })
})
