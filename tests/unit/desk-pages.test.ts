// @vitest-environment happy-dom
// The desk's other pages, their thinking: addresses and who may open them, the roster as a week, gaps, hand-overs.
import { describe, expect, it } from 'vitest'
import type { Shift } from '#contract/duty'
import type { Instant, PersonId, PlaceId, ShiftId } from '#contract/ids'
import type { Person } from '#contract/person'
import type { Place } from '#contract/places'
import { shareBehind } from '../../dashboard/screens/desk/pages/behind.ts'
import { casesOf, notesOf } from '../../dashboard/screens/desk/pages/hand-overs.ts'
import { addressOf, deskPages, homeOf, mayOpen, pageAt } from '../../dashboard/screens/desk/pages/pages.ts'
import { gapsOf } from '../../dashboard/screens/desk/pages/roster-gaps.ts'
import { asLastWeek, nowOn, turnSaid, weekOf } from '../../dashboard/screens/desk/pages/roster-week.ts'
import { deskKey } from '../../dashboard/screens/desk/keys.ts'
import { dayStart, fieldOf, momentOf, monthStart, weekStart } from '../../dashboard/words/moments.ts'
import { sample } from '../../dashboard/screens/gallery/samples.ts'

const at = (text: string): Instant => Date.parse(`${text}:00+08:00`)
const hour = 3_600_000
const day = 24 * hour

const place = (id: string, level: Place['level'], parentId: string | null): [PlaceId, Place] => [
  id as PlaceId,
  {
    id: id as PlaceId,
    level,
    name: id,
    nameEn: id,
    parentId: parentId as PlaceId,
    label: [121, 31],
    illustrative: true,
  },
]
const places = new Map([
  place('street', 'subdistrict', null),
  place('b1', 'street-block', 'street'),
  place('b2', 'street-block', 'street'),
  place('a1', 'residential-area', 'b1'),
])
const person = (id: string, post: Person['post'], where: string, change: Partial<Person> = {}): [PersonId, Person] => [
  id as PersonId,
  {
    id: id as PersonId,
    name: id,
    role: 'officer',
    post,
    body: '',
    placeIds: [where as PlaceId],
    skills: [],
    onDuty: false,
    ...change,
  },
]
const shift = (personId: string, from: string, hours: number, where = 'a1', post: Shift['post'] = 'grid'): Shift => ({
  id: `${personId} ${from}` as ShiftId,
  personId: personId as PersonId,
  post,
  placeId: where as PlaceId,
  from: at(from),
  to: at(from) + hours * hour,
})
const friday = at('2026-11-20T09:31')
const week = weekStart(friday)

describe('the pages', () => {
  it('[SN140] each has an address of its own, and a strange one is the lists', () => {
    expect(deskPages.map((page) => pageAt(addressOf(page)))).toEqual(deskPages)
    expect([pageAt(''), pageAt('#/'), pageAt('#/wages'), pageAt(addressOf(null))]).toEqual([null, null, null, null])
  })

  it('[SN140] quarantine is for who may mend it; nothing is offered to nobody', () => {
    expect(mayOpen('quarantine', 'chief')).toBe(false)
    expect(mayOpen('quarantine', 'duty-officer')).toBe(true)
    expect(deskPages.filter((page) => mayOpen(page, undefined))).toEqual([])
  })

  it('[AU65] who keeps the system begins at 运行, and is offered what they keep and nothing of a case', () => {
    expect(homeOf.administrator).toBe('operation')
    expect(deskPages.filter((page) => mayOpen(page, 'administrator'))).toEqual([
      ...['devices', 'viewing', 'quarantine', 'responsibility', 'scenarios', 'neighbours', 'notices', 'operation'],
      ...['accounts', 'own'],
    ])
    expect(deskPages.filter((page) => mayOpen(page, 'audit-administrator'))).toEqual(['audit', 'own'])
    for (const page of ['devices', 'quarantine', 'operation'] as const)
      expect(mayOpen(page, 'security-administrator')).toBe(false)
  })

  it('[SN141] on another page no key touches a case nobody sees; G still chooses a page', () => {
    const pressed = (key: string) => ({
      ...{ key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false },
      target: null,
    })
    expect(['1', '3', 'a', 'u', 'j', 'Enter'].map((key) => deskKey(pressed(key), null))).toEqual(Array(6).fill(null))
    expect(['g', '?', 'Escape'].map((key) => deskKey(pressed(key), null))).toEqual(['pages', 'help', 'leave'])
    expect(deskKey(pressed('g'), 'inbox')).toBe('pages')
  })
})

describe('days and weeks', () => {
  it('[SN142] are the sub-district’s own, whatever zone the device keeps', () => {
    expect(fieldOf(dayStart(at('2026-11-20T00:30')))).toBe('2026-11-20T00:00')
    expect(fieldOf(weekStart(at('2026-11-22T23:59')))).toBe('2026-11-16T00:00')
    expect(fieldOf(monthStart(friday, -11))).toBe('2025-12-01T00:00')
    expect(momentOf(fieldOf(friday))).toBe(friday)
    expect(momentOf('')).toBeNull()
  })
})

describe('the roster', () => {
  const people = new Map([
    person('li', 'grid', 'a1'),
    person('chen', 'grid', 'b2'),
    person('zhou', 'station', 'b1', { role: 'chief', onDuty: true }),
    person('root', 'command', 'street', { role: 'administrator' }),
  ])
  const night = shift('li', '2026-11-19T20:00', 12)
  const known = { shifts: [night, shift('chen', '2026-11-20T20:00', 12, 'b2')], people, places }

  it('[SN143] a night turn lies in both its days and is on now only while it lasts', () => {
    const rows = weekOf(known, week, at('2026-11-20T03:00'), null).flatMap((group) => group.rows)
    const li = rows.find((row) => row.personId === 'li')

    expect(li?.days.map((turns) => turns.map(({ from, to }) => [from, to]))).toEqual([
      ...[[], [], []],
      [[20 / 24, 1]],
      [[0, 8 / 24]],
      ...[[], []],
    ])
    expect([li?.isNow, turnSaid(night)]).toEqual([true, '20–08'])
    expect(weekOf(known, week, friday, null)[0]?.rows[0]?.isNow).toBe(false)
  })

  it('[SN143] stands by street-block and post; who has no turn has a row too, the administrator none', () => {
    const groups = weekOf(known, week, friday, null)

    expect(groups.map((group) => [group.block, group.post])).toEqual([
      ['b1', 'station'],
      ['b1', 'grid'],
      ['b2', 'grid'],
    ])
    expect(groups[0]?.rows[0]?.note).toBeTruthy()
    expect(weekOf(known, week, friday, 'b2' as PlaceId).length).toBe(1)
  })

  it('[SN144] says who is on now, until when, and who comes next', () => {
    const [station, grid] = nowOn(known, at('2026-11-20T03:00'), null)

    expect(station).toMatchObject({ post: 'station', on: [{ personId: 'zhou', until: null }], next: [] })
    expect(grid).toMatchObject({
      post: 'grid',
      on: [{ personId: 'li', until: at('2026-11-20T08:00') }],
      next: [{ personId: 'chen', from: at('2026-11-20T20:00') }],
    })
  })

  it('[SN144] somebody with turns is off between them, whatever the account says', () => {
    const onPaper = new Map([person('li', 'grid', 'a1', { onDuty: true })])

    expect(nowOn({ ...known, people: onPaper }, friday, 'b1' as PlaceId)).toEqual([])
  })

  it('[SN145] a gap is the stretch in which too few of a post stand in a place, and touching ones are one', () => {
    const from = at('2026-11-20T00:00')
    const gaps = gapsOf(known, [{ level: 'street-block', post: 'grid', least: 1 }], from, from + day)

    expect(gaps.map(({ placeId, from, to }) => [placeId, fieldOf(from).slice(11), fieldOf(to).slice(11)])).toEqual([
      ['b1', '08:00', '00:00'],
      ['b2', '00:00', '20:00'],
    ])
  })

  it('[SN145] is asked for only in its hours, and one who is always there fills it', () => {
    const from = at('2026-11-20T00:00')
    const byDay = {
      level: 'street-block' as const,
      post: 'grid' as const,
      least: 1,
      hours: [[480, 1200] as [number, number]],
    }

    expect(gapsOf(known, [byDay], from, from + day).map(({ placeId }) => placeId)).toEqual(['b1', 'b2'])
    expect(gapsOf(known, [{ level: 'street-block', post: 'station', least: 1 }], from, from + day)).toMatchObject([
      { placeId: 'b2' },
    ])
  })

  it('[SN146] last week is put seven days on, but nobody stands twice', () => {
    const before = [shift('li', '2026-11-13T08:00', 12), shift('li', '2026-11-14T08:00', 12)]
    const taken = shift('li', '2026-11-20T10:00', 4)
    let made = 0
    const copied = asLastWeek([...before, taken], week, new Set(['li' as PersonId]), () => `new-${++made}` as ShiftId)

    expect(copied.map(({ from }) => fieldOf(from))).toEqual(['2026-11-21T08:00'])
  })
})

describe('a hand-over', () => {
  it('[SN147] takes along what is open in its place, the worst first, and nothing that is only suspected', () => {
    const cases = [
      sample({ level: 3 }),
      sample({ level: 1 }),
      sample({ stage: 'closed' }),
      sample({ unsure: true }),
      sample({ path: ['elsewhere' as PlaceId] }),
    ]

    expect(casesOf(cases, 'b' as PlaceId).map((one) => one.level)).toEqual([1, 3])
  })

  it('[SN147] what nobody took over stands first', () => {
    const note = (id: string, where: string, taken: boolean) => ({
      ...{ id: id as never, placeId: where as PlaceId, by: 'li' as PersonId, at: friday, note: '', cases: [] },
      ...(taken ? { taken: { by: 'chen' as PersonId, at: friday } } : {}),
    })
    const notes = [note('1', 'a1', true), note('2', 'a1', false), note('3', 'b2', false)]

    expect(notesOf(notes, places, 'b1' as PlaceId)).toMatchObject({ open: [{ id: '2' }], taken: [{ id: '1' }] })
  })
})

describe('what stands behind a figure', () => {
  it('[SN148] is both its lists, and those that make the difference', () => {
    const ids = ['1', '2', '3'] as never[]

    expect(shareBehind('按时立案', ids.slice(0, 1), ids)).toMatchObject({
      title: '按时立案 1/3',
      sets: [{ ids: ['1'] }, { ids: ['2', '3'] }, { ids: ['1', '2', '3'] }],
    })
  })
})
