// What opens over a page of the desk, and the door of every screen. Here a dialog lies where it stands.
import { h } from 'vue'
import { identityRefusals } from '#contract/refusal-identity'
import DeskKeys from '../../parts/DeskKeys.vue'
import DeskPages from '../../parts/DeskPages.vue'
import DeskPalette from '../../parts/DeskPalette.vue'
import SideSheet from '../../parts/SideSheet.vue'
import SignIn from '../../parts/SignIn.vue'
import { sayGallery } from '../../words/gallery.ts'
import { sayLine } from '../../words/line.ts'
import { saySignIn } from '../../words/sign-in.ts'
import { inWords } from '../../words/words.ts'
import { part, type Part } from './shelf.ts'
import { scales } from './sheet.ts'

export function sheetParts(): Part[] {
  const line = (key: string, change: object = {}) => ({
    key,
    title: sayGallery('because'),
    about: sayGallery('plan'),
    ...change,
  })
  const closed = line('c', { closed: sayGallery('refusal') })
  const group = { group: 'cases', words: sayGallery('cases'), more: '' }
  const mark = { level: 2 as const, unsure: false }
  const long = { title: sayGallery('longTitle'), about: sayGallery('longPlace') }
  const many = Array.from({ length: 14 }, (_, i) => line(`m${i}`, { mark, ...long }))
  const page = { key: 'roster', words: sayGallery('plan'), about: sayGallery('because'), hint: '1' }
  const comforts = [
    { key: 'large', words: sayGallery('large'), isOn: true },
    { key: 'hand', words: sayGallery('because'), isOn: false },
  ]
  const title = sayGallery('deskName')
  const hint = sayGallery('because')
  const waits = saySignIn('waitsUntil', { words: inWords(identityRefusals['sign-in-waits']), time: '09:26' })
  return [
    part(
      'DeskPalette',
      DeskPalette,
      ['desk'],
      {
        normal: [
          {
            modelValue: 'lq',
            groups: [{ ...group, entries: [line('a', { mark }), line('b'), closed] }],
            foot: [],
            hint,
          },
        ],
        busy: [
          {
            modelValue: sayGallery('longName'),
            groups: [{ ...group, entries: many, more: '+12' }],
            foot: [sayGallery('longWhy')],
            hint,
          },
        ],
        empty: [{ modelValue: 'zzz', groups: [], foot: [sayGallery('nothingFound')], hint }],
        waiting: [{ modelValue: '', groups: [], foot: [], hint }],
      },
      { box: [45, 40] },
    ),
    part('DeskKeys', DeskKeys, ['desk'], { normal: [{}] }, { isWide: true }),
    part(
      'DeskPages',
      DeskPages,
      ['desk'],
      {
        normal: [{ pages: [page, { ...page, key: 'kpi', hint: '2' }], page: 'kpi', comforts }],
        busy: [
          {
            ...{ page: null, comforts, isAbove: true },
            pages: [{ ...page, words: sayGallery('longName'), about: sayGallery('longWhy') }],
          },
        ],
        empty: [{ pages: [], page: null, isApart: true, comforts }],
      },
      { isWide: true },
    ),
    part(
      'SideSheet',
      SideSheet,
      ['desk'],
      { normal: [{ title }], busy: [{ title: sayGallery('longTitle'), isWide: true }] },
      { box: [40, 24], inside: (state) => h('p', sayGallery(state === 'busy' ? 'longWhy' : 'because')) },
    ),
    part('SignIn', SignIn, scales, {
      normal: [
        { title },
        { title, sso: '/api/session/oidc' },
        { title, step: 'code' },
        { title, step: 'fresh', refusal: inWords(identityRefusals['password-must-change']) },
        { title, step: 'sso-code' },
      ],
      busy: [{ title, step: 'fresh-code', refusal: waits }],
      lost: [{ title, refusal: sayLine('unreachable') }],
      refused: [
        { title, refusal: sayGallery('wrongPassword') },
        { title, step: 'code', refusal: inWords(identityRefusals['code-wrong']) },
      ],
      waiting: [{ title, busy: true }],
    }),
  ]
}
