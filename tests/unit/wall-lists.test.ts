// @vitest-environment happy-dom
// Every figure of the wall opens the list of its cases, by hand or by key; closed, the finger is back where it was.
import { computed, nextTick, ref } from 'vue'
import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import type { Case } from '#contract/case'
import CaseSheet from '../../dashboard/screens/wall/CaseSheet.vue'
import FunnelTile from '../../dashboard/screens/wall/FunnelTile.vue'
import OperatorDoor from '../../dashboard/screens/wall/OperatorDoor.vue'
import RosterTile from '../../dashboard/screens/wall/RosterTile.vue'
import { figuresOf } from '../../dashboard/screens/wall/figures.ts'
import { useList } from '../../dashboard/screens/wall/use-list.ts'
import WallHeader from '../../dashboard/screens/wall/WallHeader.vue'
import { planWall } from '../../dashboard/screens/wall/wall-plan.ts'
import type { Wall } from '../../dashboard/screens/wall/use-wall.ts'

const noon = Date.UTC(2026, 10, 21, 4)
let count = 0
const aCase = (change: object = {}): Case =>
  ({
    id: `20261121-${String(++count).padStart(3, '0')}`,
    ...{ scenarioId: 'bike-shed-fire', matter: 'smoke', level: 3, stage: 'filed', unsure: false },
    ...{ wgs84: [121.474, 31.2], path: ['310101020', 'b1'], openedAt: noon, lastReportAt: noon },
    ...{ sources: [], told: [], photos: [], clocks: [], steps: [], ticked: [], handlers: [], returns: 0, revision: 1 },
    ...change,
  }) as unknown as Case
const block = { id: 'b1', name: '创意家园', nameEn: 'Creative', level: 'street-block' }
const wallOf = (cases: Case[]): Wall =>
  ({
    ...{
      now: noon,
      isPast: false,
      cases,
      open: cases,
      figures: figuresOf(cases, noon),
      sentence: [],
      staff: [],
      due: [],
    },
    ...{
      next: null,
      silent: new Set(['cam-1']),
      tallies: new Map(),
      paths: [],
      takeovers: [],
      at: noon,
      isLate: false,
    },
    ...{ lagMs: 3, book: { town: { blocks: [block], places: new Map(), cameras: new Map() }, people: new Map() } },
  }) as unknown as Wall

describe('a figure opens its cases', () => {
  it('[SN210] from opened to closed: what came, what stands still, in the whole and in each block', async () => {
    const [filed, sent] = [aCase(), aCase({ stage: 'handling', path: ['310101020', 'b2'] })]
    const tile = mount(FunnelTile, { props: { wall: wallOf([filed, sent]) } })
    const opened = () => (tile.emitted('list') as [string, Case[]][]).at(-1)!
    const figures = tile.findAll('.came-n')
    await figures[0]!.trigger('click')
    expect(opened()).toEqual(['全街道 今天到立案', [filed, sent]])
    await figures[1]!.trigger('click')
    expect(opened()[1]).toEqual([filed])
    await tile
      .findAll('.pair button')
      .find((one) => one.text() === '待派 1')!
      .trigger('click')
    expect(opened()[1]).toEqual([filed])
  })

  it('[SN210] what a post has in hand', async () => {
    const mine = aCase()
    const tile = mount(RosterTile, { props: { wall: wallOf([mine, aCase({ path: ['310101020', 'b2'] })]) } })
    await tile.get('button.open').trigger('click')
    expect(tile.emitted('list')).toEqual([['创意家园站', [mine]]])
  })

  it('[SN210] the key that closes a list closes nothing behind it: who looks back stays in the past', async () => {
    const behind = vi.fn()
    addEventListener('keydown', behind)
    const props = { name: '超时限', cases: [], lines: [], wall: wallOf([]) }
    const sheet = mount(CaseSheet, { props, attachTo: document.body })
    expect(document.activeElement?.textContent).toBe('关闭')
    await sheet.get('[role=dialog]').trigger('keydown', { key: 'Escape' })
    removeEventListener('keydown', behind)

    expect(sheet.emitted('close')).toHaveLength(1)
    expect(behind).not.toHaveBeenCalled()
    sheet.unmount()
  })

  it('[SN210] nor does the key that closes the door of whoever commands', async () => {
    const behind = vi.fn()
    addEventListener('keydown', behind)
    const door = mount(OperatorDoor, { props: { busy: false, refusal: null }, attachTo: document.body })
    await door.get('.leave').trigger('keydown', { key: 'Escape' })
    removeEventListener('keydown', behind)
    expect(behind).not.toHaveBeenCalled()
    door.unmount()
  })

  it('[SN210] the list shows its cases as they are now, goes when another level I takes the wall, and gives the finger back', async () => {
    const [one, other] = [aCase(), aCase()]
    const wall = ref(wallOf([one, other]))
    const taken = ref<Case['id'] | null>(null)
    const shown = useList(
      computed(() => wall.value as Wall),
      () => taken.value,
    )
    const figure = document.createElement('button')
    document.body.append(figure)
    figure.focus()
    shown.list('未派', [one])
    const moved = { ...one, stage: 'dispatched' } as Case
    wall.value = wallOf([moved, other])
    expect(shown.cases.value).toEqual([moved])
    figure.blur()
    shown.close()
    expect([shown.opened.value, document.activeElement]).toEqual([null, figure])
    shown.listSilent()
    expect(shown.lines.value.map(({ id }) => id)).toEqual(['cam-1'])
    taken.value = one.id
    await nextTick()
    expect(shown.opened.value).toBeNull()
  })
})

describe('before the first word of the desk', () => {
  it('[SN212] the wall does not say that there is nothing to do, nor that nobody is on watch', () => {
    const silentWall = { ...wallOf([]), at: null }
    const { zones } = planWall({ width: 3840, height: 2160 }, { columns: 1, rows: 1, seam: 0 })
    const lags = { intake: null, wall: null, phone: null }
    const header = mount(WallHeader, { props: { wall: silentWall, plan: zones.header, lags } })
    expect(header.text().replace(/\d\d:\d\d:\d\d/, '')).not.toMatch(/没有要您动手|无人值守/)
    expect(header.findAll('.figure .big').map((figure) => figure.text().slice(0, 1))).toEqual([
      '—',
      '—',
      '—',
      '—',
      '—',
      '3',
    ])
    const known = mount(WallHeader, {
      props: { wall: { ...wallOf([]), sentence: ['现在没有要您动手的事'] }, plan: zones.header, lags },
    })
    expect(known.text()).toMatch(/现在没有要您动手的事/)
  })
})
