// @vitest-environment happy-dom
// One list for everything: what is found, in which order, what may be done from there, and why something may not.
import { mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Case } from '#contract/case'
import type { CameraId, CaseId, PersonId, PlaceId } from '#contract/ids'
import DeskReasons from '../../dashboard/parts/DeskReasons.vue'
import { keepKeys } from '../../dashboard/parts/keep-focus.ts'
import type { Facts } from '../../dashboard/screens/desk/facts.ts'
import { deskKey } from '../../dashboard/screens/desk/keys.ts'
import { archiveSought } from '../../dashboard/screens/desk/palette/archive-sought.ts'
import {
  loadOf,
  openCaseEntries,
  personEntries,
  placeEntries,
  thingEntries,
} from '../../dashboard/screens/desk/palette/entries.ts'
import type { PaletteEntry } from '../../dashboard/screens/desk/palette/entries.ts'
import { openFinder } from '../../dashboard/screens/desk/palette/finder.ts'
import { linesAtRest, linesFor } from '../../dashboard/screens/desk/palette/lines.ts'
import { pageEntries, settingEntries } from '../../dashboard/screens/desk/palette/places-to-go.ts'
import { keepRecent, recentKeys } from '../../dashboard/screens/desk/palette/recent.ts'
import { openSpelling } from '../../dashboard/screens/desk/palette/spelling.ts'
import { apart, spanIn, verbEntries } from '../../dashboard/screens/desk/palette/verbs.ts'
import type { Standing } from '../../dashboard/screens/desk/palette/verbs.ts'
import { deskPages } from '../../dashboard/screens/desk/pages/pages.ts'
import { isWithin } from '../../dashboard/screens/desk/use-narrow.ts'
import { facts as shown, now, people, sample, source } from '../../dashboard/screens/gallery/samples.ts'
import { language } from '../../dashboard/words/words.ts'

/** The gallery's things stand nowhere: here they stand in the house. */
const standing = <T extends object>(things: ReadonlyMap<string, T>) =>
  new Map([...things].map(([id, thing]) => [id, { ...thing, id, placeId: 'h', kind: 'bike-shed' }])) as never
const facts: Facts = { ...shown, cameras: standing(shown.cameras), facilities: standing(shown.facilities) }
const spell = openSpelling()
const watch = { id: 'duty' as PersonId, role: 'duty-officer', post: 'command' } as const
beforeEach(() => (language.value = 'zh'))

const fire = sample({ id: '20261120-118' as CaseId, level: 1 })
const pile = sample({ id: '20261120-007' as CaseId, level: 3, holder: { personId: 'li' as PersonId, since: now } })
const cases: Case[] = [pile, fire]

const everything = (): PaletteEntry[] => [
  ...cases.map(openCaseEntries(facts)),
  ...placeEntries({ facts, cases }),
  ...personEntries({ facts, cases }),
  ...thingEntries({ facts, cases }),
  ...pageEntries(deskPages, { inbox: 2, handling: 1, verify: 0 }),
]
const find = (typed: string, among = everything()) => {
  const groups = linesFor(apart(typed), among, openFinder(spell), [])
  return groups.flatMap(({ entries }) => entries.map(({ key }) => key))
}

describe('what is found', () => {
  it('[SN280] a case by its number, its matter, its place, who has it and what was said', () => {
    const said = sample({ id: '20261120-200' as CaseId, sources: [source('1', now, { text: '楼上有人扔酒瓶' })] })
    const among = [...cases, said].map(openCaseEntries(facts))

    expect(find('118', among)[0]).toBe('case 20261120-118')
    expect(find('1120-007', among)).toEqual(['case 20261120-007'])
    expect(find('李强', among)).toEqual(['case 20261120-007'])
    expect(find('酒瓶', among)).toEqual(['case 20261120-200'])
    expect(find('桥一', among)).toHaveLength(3)
  })

  it('[SN281] 桥一 is found by qy, by qiaoyi and in the middle of a longer name; never from the middle of a sound', () => {
    expect(spell('桥一1号车棚').initials).toBe('qy1hcp')
    expect(find('qy')).toContain('place a')
    expect(find('qiaoyi')).toContain('place a')
    expect(find('xyz')).toEqual([])
    expect(find('iaoyi')).toEqual([])
    expect(find('lq')).toContain('person li')
  })

  it('[SN281] a family name sounds as a family name', () => {
    expect(spell('单雄信', true).initials).toBe('sxx')
    expect(spell('单元门').full.startsWith('danyuan')).toBe(true)
  })

  it('[SN280] every word must be found: the more are typed, the fewer there are', () => {
    expect(find('桥一').length).toBeGreaterThan(find('桥一 118').length)
    expect(find('桥一 118')).toContain('case 20261120-118')
    expect(find('桥一 ghost')).toEqual([])
  })

  it('[SN280] of two that fit alike the worse case stands first, and the wider place', () => {
    const groups = linesFor('桥一', everything(), openFinder(spell), [])
    const of = (group: string) => groups.find((one) => one.group === group)?.entries.map(({ key }) => key)
    expect(of('case')).toEqual(['case 20261120-118', 'case 20261120-007'])
    expect(of('place')?.[0]).toBe('place a')
  })

  it('[SN280] a person says whether they are on duty and how much they have in hand', () => {
    const li = everything().find(({ key }) => key === 'person li')
    expect(li?.about).toContain('在岗')
    expect(li?.about).toContain('1 件在办')
    expect(loadOf(cases).get('li' as PersonId)).toBe(1)
  })

  it('[SN280] a page is found by the name people have for it: 「去 排班」 is the roster', () => {
    expect(find('去 排班')).toEqual(['page roster'])
    expect(find('去排班')).toEqual(['page roster'])
    expect(find('paiban')).toEqual(['page roster'])
  })

  it('[SN282] ten thousand cases are looked through while one types', () => {
    const many = Array.from({ length: 10_000 }, (_, n) =>
      sample({
        id: `20261120-${1_000 + n}` as CaseId,
        sources: [source('1', now, { text: `第 ${n} 次来电，楼道堆物` })],
      }),
    )
    const entries = many.map(openCaseEntries(facts))
    const finder = openFinder(spell)
    finder.find('warm', entries)
    // A text that ten thousand cases bear is looked at once a word: as much as can be said without a clock.
    let asked = 0
    const counting = openFinder((text, isName) => {
      asked++
      return spell(text, isName)
    })
    expect(counting.find('qy', entries)).toHaveLength(10_000)
    expect(asked).toBeLessThan(50)
    expect(finder.find('20261120-4321', entries, 5)[0]?.one.key).toBe('case 20261120-4321')
  })
})

describe('what was chosen lately', () => {
  it('[SN283] stands first before anything is typed, and higher once something is', () => {
    const all = everything()
    expect(linesAtRest(all, ['place a', 'case ghost', 'person li'])[0]).toMatchObject({
      group: 'recent',
      entries: [{ key: 'place a' }, { key: 'person li' }],
    })
    const among = cases.map(openCaseEntries(facts))
    expect(linesFor('桥一', among, openFinder(spell), [])[0]?.entries[0]?.key).toBe('case 20261120-118')
    const lately = linesFor('桥一', among, openFinder(spell), ['case 20261120-007'])
    expect(lately[0]?.entries[0]?.key).toBe('case 20261120-007')
  })

  it('[SN283] keys are kept, no names; what is not whole is nothing', () => {
    let kept: string | null = '{broken'
    const shelf = { read: () => kept, write: (text: string) => (kept = text) }
    expect(recentKeys(shelf)).toEqual([])
    for (const key of ['case 1', 'case 2', 'case 1']) keepRecent(shelf, key)
    expect(recentKeys(shelf)).toEqual(['case 1', 'case 2'])
    for (let n = 0; n < 30; n++) keepRecent(shelf, `case ${n}`)
    expect(recentKeys(shelf)).toHaveLength(12)
  })
})

describe('what may be done from there', () => {
  const asItStands = (change: Partial<Standing> = {}): Standing => ({
    ...{ facts, subject: sample(), looker: watch, now, load: new Map(), also: [{ key: 'urge', words: '督办' }] },
    foot: {
      aside: [{ key: 'shelve', hint: 'H', words: '暂缓' }],
      main: { key: 'primary', hint: '1', words: '受理派单，给李强', primary: true },
    },
    choice: {
      ...{ responsible: '', onDuty: 1 },
      candidates: [{ id: 'li' as PersonId, name: '李强', facts: '在岗·180 m', reasons: '最近', eta: '3 分' }],
      passedOver: [{ id: 'zhou' as PersonId, name: '周敏', why: '不在岗' }],
    },
    ...{ isSwap: false, reaches: true, isWaiting: false, isClosedToYou: false },
    ...change,
  })
  const verb = (typed: string, change?: Partial<Standing>) => {
    const [first] = linesFor(apart(typed), verbEntries(asItStands(change), typed), openFinder(spell), [])
    return first?.entries[0]
  }

  it('[SN284] 「派给 李强」 sends by one tap; somebody passed over is asked why', () => {
    expect(verb('派给 李强')).toMatchObject({ target: { to: 'send', who: 'li', insists: false } })
    expect(verb('派给李强')).toMatchObject({ target: { to: 'send', who: 'li' } })
    expect(verb('派给 zm')).toMatchObject({ about: '未荐：不在岗', target: { to: 'send', who: 'zhou', insists: true } })
    expect(verb('派给 李强', { isSwap: true })).toMatchObject({ target: { insists: true } })
  })

  it('[SN284] 「暂缓 1 小时」 and a length of one’s own open the sheet with its end said; the reason is asked', () => {
    expect(verb('暂缓 1 小时')).toMatchObject({
      target: { to: 'sheet', kind: { about: 'shelve', until: now + 3_600_000 } },
    })
    expect(verb('暂缓45分')).toMatchObject({ target: { kind: { until: now + 45 * 60_000 } } })
    expect(spanIn('暂缓 3 天')).toEqual([3, 'days'])
    expect(spanIn('put aside 20min')).toEqual([20, 'minutes'])
    expect(spanIn('案 118')).toBeNull()
    expect(verb('暂缓 30 天')).toBeUndefined()
  })

  it('[SN285] what cannot be done stands in grey with the reason', () => {
    expect(verb('受理派单', { reaches: false })).toMatchObject({ title: '受理派单，给李强' })
    const cut = {
      reaches: false,
      foot: { aside: [], main: { key: 'primary' as const, words: '派单', disabled: true } },
    }
    expect(verb('派单', cut)?.closed).toBe('线路断着，现在办不了')
    expect(verb('督办', { isWaiting: true })?.closed).toBe('上一步还没有回音')
    const chief = { id: 'c' as PersonId, role: 'chief', post: 'station' } as const
    const level1 = { subject: sample({ level: 1 }), looker: chief }
    expect(verb('暂缓 30 分', level1)?.closed).toBe('一级案件只有值守能暂缓')
    const officer = { id: 'o' as PersonId, role: 'officer', post: 'grid' } as const
    expect(verb('暂缓 30 分', { looker: officer })?.closed).toBe('值守和站长才能办')
    const taken = { subject: sample({ holder: { personId: 'li' as PersonId, since: now } }) }
    expect(verb('派给 李强', taken)?.closed).toBe('已经在这人手上')
  })

  it('[SN285] where nobody is to be sent now nobody is offered; nor is 暂缓 where the step has none', () => {
    expect(verb('派给 李强', { choice: null })).toBeUndefined()
    expect(verb('暂缓 1 小时', { foot: { aside: [], main: null } })).toBeUndefined()
  })

  it('[SN286] the desk itself is set from there too; letting in is grey where nothing waits', () => {
    const settings = settingEntries({ isLeftHanded: true, isLarge: false, waits: 0 })
    expect(settings.find(({ key }) => key === 'setting letIn')?.closed).toBe('没有新告警在等')
    expect(settings.find(({ key }) => key === 'setting hand')?.about).toBe('已开，再按关上')
  })
})

describe('the archive', () => {
  const places = placeEntries({ facts, cases })
  const sought = (typed: string) => archiveSought(typed, facts, places, openFinder(spell))

  it('[SN287] is asked by place and by matter as it knows them, and by the words for the rest', () => {
    const [matter] = [...facts.matters.values()]
    expect(sought('桥一')).toEqual({ place: 'a', limit: 20 })
    expect(sought('20261101-003')).toEqual({ text: '20261101-003', limit: 20 })
    expect(sought(`桥一 ${matter!.words.zh}`)).toEqual({ place: 'a', text: matter!.code, limit: 20 })
    expect(sought('酒瓶')).toEqual({ text: '酒瓶', limit: 20 })
    expect(sought('火')).toBeNull()
  })
})

describe('narrowed lists', () => {
  it('[SN288] show what is of the place, the person or the camera; a level I is seen through them all', () => {
    const elsewhere = { path: ['s', 'x'] as PlaceId[] }
    const place = { to: 'place', id: 'a' as PlaceId } as const
    expect(isWithin(place, sample({ level: 3 }))).toBe(true)
    expect(isWithin(place, sample({ level: 3, ...elsewhere }))).toBe(false)
    expect(isWithin(place, sample({ level: 1, ...elsewhere }))).toBe(true)
    expect(isWithin(place, sample({ level: 1, unsure: true, ...elsewhere }))).toBe(false)
    expect(isWithin({ to: 'person', id: 'li' as PersonId }, pile)).toBe(true)
    expect(isWithin({ to: 'camera', id: 'ghost' as CameraId }, pile)).toBe(false)
    expect(isWithin(null, pile)).toBe(true)
  })
})

describe('the keys', () => {
  const key = (pressed: object) =>
    deskKey(
      { key: 'k', ctrlKey: false, metaKey: false, altKey: false, isComposing: false, target: null, ...pressed },
      'inbox',
    )

  it('[SN280] Ctrl K and ⌘ K open it from anywhere, / where nothing is being typed', () => {
    expect(key({ ctrlKey: true })).toBe('find')
    expect(key({ metaKey: true, key: 'K' })).toBe('find')
    expect(key({ key: '/' })).toBe('find')
    expect(key({})).toBe('previous')
    expect(key({ ctrlKey: true, isComposing: true })).toBeNull()
    expect(key({ ctrlKey: true, key: 'j' })).toBeNull()
  })
})

it('[SN280] everybody who goes out is among the people', () => {
  expect(personEntries({ facts, cases }).map(({ title }) => title)).toEqual(people.map(({ name }) => name))
})

describe('the focus', () => {
  const tab = (shiftKey = false) =>
    document.activeElement!.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Tab', shiftKey, bubbles: true, cancelable: true }),
    )
  const opened = () => {
    const from = document.body.appendChild(document.createElement('button'))
    from.focus()
    const sheet = mount(DeskReasons, { props: { title: '为什么', reasons: ['误报'] }, attachTo: document.body })
    const stops = () => [
      ...(sheet.element as HTMLElement).querySelectorAll<HTMLElement>('button:not(:disabled), input'),
    ]
    return { from, sheet, stops }
  }

  it('[SN289] goes into a sheet, round within it, and back to where it was', () => {
    const { from, sheet, stops } = opened()
    expect(document.activeElement).toBe(sheet.element)
    tab(true)
    expect(document.activeElement).toBe(stops().at(-1))
    tab()
    expect(document.activeElement).toBe(stops()[0])
    sheet.unmount()
    expect(document.activeElement).toBe(from)
  })

  it('[SN289] is not called back from where somebody has gone meanwhile', () => {
    const { sheet } = opened()
    const elsewhere = document.body.appendChild(document.createElement('button'))
    elsewhere.focus()
    sheet.unmount()
    expect(document.activeElement).toBe(elsewhere)
  })

  it('[SN289] what is typed in a sheet stays there; a chord is the whole desk’s', () => {
    const stopped = (init: KeyboardEventInit) => {
      const event = new KeyboardEvent('keydown', init)
      const stop = vi.spyOn(event, 'stopPropagation')
      keepKeys(event)
      return stop.mock.calls.length === 1
    }
    expect([stopped({ key: 'h' }), stopped({ key: 'Escape' }), stopped({ key: 'k', ctrlKey: true })]).toEqual([
      ...[true, true, false],
    ])
  })
})
