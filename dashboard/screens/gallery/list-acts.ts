// What a hand reaches for at the desk: its bar, its buttons, what waits, what can be taken back, a no, nothing to do.
import DeskAct from '../../parts/DeskAct.vue'
import DeskBar from '../../parts/DeskBar.vue'
import DeskEmpty from '../../parts/DeskEmpty.vue'
import DeskGroup from '../../parts/DeskGroup.vue'
import DeskReasons from '../../parts/DeskReasons.vue'
import DeskRefusal from '../../parts/DeskRefusal.vue'
import DeskUndo from '../../parts/DeskUndo.vue'
import DeskWaiting from '../../parts/DeskWaiting.vue'
import { sayDesk } from '../../words/desk.ts'
import { sayGallery } from '../../words/gallery.ts'
import { inWords } from '../../words/words.ts'
import { now } from './samples.ts'
import { part, type Part } from './shelf.ts'
import { caseShown } from './shown.ts'

const foot = { box: [30, 4.5] } as const

export function actParts(): Part[] {
  const shown = caseShown()
  const reasons = shown.voidReasons.map(inWords)
  const ways = [{ key: 'verify', words: sayDesk('goTo', { tab: sayDesk('tab.verify'), n: 5 }) }]
  const undoing = sayDesk('undoing.void', { what: shown.head.title })
  const line = { state: 'live' as const, lastAt: now, lagMs: 41 }
  const tabs = (['inbox', 'handling', 'verify'] as const).map((key, i) => ({
    key,
    words: sayDesk(`tab.${key}`),
    count: i * 7,
  }))
  const bar = { desk: sayGallery('deskName'), who: '周敏', tabs, tab: 'inbox' as const, line }
  const hint = '3'
  return [
    part(
      'DeskBar',
      DeskBar,
      ['desk'],
      {
        normal: [bar],
        busy: [{ ...bar, who: sayGallery('longName'), tabs: tabs.map((tab) => ({ ...tab, count: 1_204 })) }],
        empty: [{ ...bar, tab: null, tabs: tabs.map((tab) => ({ ...tab, count: 0 })) }],
        stale: [{ ...bar, line: { ...line, state: 'stale' } }],
        lost: [{ ...bar, line: { ...line, state: 'lost' } }],
        refused: [{ ...bar, line: { ...line, state: 'signed-out' } }],
        waiting: [{ ...bar, line: { state: 'connecting', lastAt: null, lagMs: null } }],
      },
      { isWide: true },
    ),
    part('DeskAct', DeskAct, ['desk'], {
      normal: [
        { hint, words: sayDesk('refuse') },
        { hint: '1', words: sayDesk('dispatchTo', { who: '李强' }), primary: true },
      ],
      busy: [{ hint, words: sayGallery('longTitle') }],
      refused: [
        { hint, words: sayDesk('refuse'), disabled: true },
        { hint: '1', words: sayDesk('chooseFirst'), primary: true, disabled: true },
      ],
    }),
    part('DeskWaiting', DeskWaiting, ['desk'], {
      normal: [{ count: 1, worst: null, earliest: now }],
      busy: [{ count: 137, worst: 1, earliest: now }],
      waiting: [{ count: 3, worst: 3, earliest: now }],
    }),
    part('DeskGroup', DeskGroup, ['desk'], {
      normal: [{ words: sayGallery('groupWords'), about: '09:12–09:31', level: 3, open: false }],
      busy: [{ words: sayGallery('longTitle'), about: sayGallery('longPlace'), level: 2, open: true }],
    }),
    part(
      'DeskUndo',
      DeskUndo,
      ['desk'],
      {
        normal: [{ words: undoing, seconds: 7 }],
        busy: [{ words: sayDesk('undoing.void', { what: sayGallery('longTitle') }), seconds: 10 }],
        empty: [{ words: null, seconds: 0 }],
      },
      foot,
    ),
    part('DeskRefusal', DeskRefusal, ['desk'], {
      normal: [{ words: sayGallery('refusal') }],
      busy: [{ words: sayGallery('longWhy') }],
    }),
    part('DeskReasons', DeskReasons, ['desk'], {
      normal: [{ title: sayDesk('ask.void'), reasons }],
      busy: [
        {
          title: sayDesk('ask.void'),
          reasons: [...reasons, sayGallery('longWhy')],
          kinds: [
            { key: 'a', words: sayGallery('because') },
            { key: 'b', words: sayGallery('longName') },
          ],
          kind: 'a',
        },
      ],
      empty: [{ title: sayDesk('ask.void'), reasons: [], ownOnly: true }],
    }),
    part('DeskEmpty', DeskEmpty, ['desk'], {
      normal: shown.tabs.map((tab) => ({ words: sayDesk(`empty.${tab}`), more: sayDesk(`empty.${tab}.more`), ways })),
      empty: [{ words: sayDesk('empty.inbox'), more: '', ways: [] }],
    }),
  ]
}
