// The wall's plan: at any ratio, seam and distance nothing overlaps, nothing stands outside, no letter is too small for the last row of chairs.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import { legibilityOf } from '#contract/legible'
import { drawnAt, legibility } from '../../dashboard/parts/legible.ts'
import { funnelMeasure } from '../../dashboard/screens/wall/funnel-measure.ts'
import { lagRows } from '../../dashboard/screens/wall/lags.ts'
import { broughtForward } from '../../dashboard/screens/wall/plan-front.ts'
import { sheetRoom } from '../../dashboard/screens/wall/plan-rooms.ts'
import { dealCards } from '../../dashboard/screens/wall/plan-stream.ts'
import { mayGo, tileHead, type List } from '../../dashboard/screens/wall/plan-zones.ts'
import { seamIn, type Box } from '../../dashboard/screens/wall/seams.ts'
import { streamIn } from '../../dashboard/screens/wall/stream.ts'
import { sideRoom } from '../../dashboard/screens/wall/side-room.ts'
import { planWall, type Hanging, type WallPlan } from '../../dashboard/screens/wall/wall-plan.ts'

const hung = (change: Partial<Hanging> = {}): Hanging => ({ columns: 1, rows: 1, seam: 0, ...change })
const plan = (width: number, height: number, change: Partial<Hanging> = {}): WallPlan =>
  planWall({ width, height }, hung(change))
const edges = ({ left, top, width, height }: Box) => [left, top, left + width, top + height].map(Math.round)

/** For how many cards there is room at least. */
const cardsIn = ({ stream }: WallPlan['zones'], seams: WallPlan['seams']) => dealCards(stream, seams, 1).cards.length

const walls = fc.record({
  size: fc.constantFrom(
    ...([
      [3840, 2160],
      [1920, 1080],
      [7680, 2160],
      [5760, 1080],
      [11520, 2160],
      [5760, 2160],
      [2560, 1080],
      [1440, 900],
      [1280, 720],
      [1366, 768],
      [1080, 1920],
      [2160, 3840],
      [1024, 1366],
      [1600, 1200],
    ] as const),
  ),
  columns: fc.integer({ min: 1, max: 6 }),
  rows: fc.integer({ min: 1, max: 4 }),
  seam: fc.constantFrom(0, 0, 2, 8, 20, 44),
  pitchMm: fc.option(fc.double({ min: 0.6, max: 4, noNaN: true }), { nil: undefined }),
  distanceMm: fc.integer({ min: 1_500, max: 20_000 }),
})
const planOf = ({
  size,
  columns,
  rows,
  seam,
  pitchMm,
  distanceMm,
}: typeof walls extends fc.Arbitrary<infer T> ? T : never) => {
  const site = hung({ columns, rows, seam, ...(pitchMm && { pitchMm, distanceMm }) })
  return { site, made: planWall({ width: size[0], height: size[1] }, site) }
}

type Named = [string, Box]
const busy = ({ zones }: WallPlan): Named[] => [
  ...Object.entries(zones.header.cells),
  ...(['map', 'limits', 'funnel', 'trend', 'roster'] as const).flatMap((name): Named[] =>
    zones[name] ? [[name, zones[name]]] : [],
  ),
  ...zones.stream.columns.map((column, i): Named => [`stream ${i}`, column]),
]
const taken = ({ taken: { stream, ...rest } }: WallPlan): Named[] => [
  ...Object.entries(rest).filter((one): one is Named => one[1] !== undefined),
  ...(stream?.columns ?? []).map((column, i): Named => [`stream ${i}`, column]),
]
const overlap = (a: Box, b: Box): boolean =>
  a.left < b.left + b.width - 0.5 &&
  b.left < a.left + a.width - 0.5 &&
  a.top < b.top + b.height - 0.5 &&
  b.top < a.top + a.height - 0.5
const overlaps = (zones: Named[]): string[] =>
  zones.flatMap(([name, box], i) =>
    zones.slice(i + 1).flatMap(([other, its]) => (overlap(box, its) ? [`${name} ${other}`] : [])),
  )
const outside = (zones: Named[], { width, height }: WallPlan['canvas']): string[] =>
  zones
    .filter(
      ([, { left, top, width: wide, height: high }]) =>
        left < 63 || top < 47 || left + wide > width - 63 || top + high > height - 47,
    )
    .map(([name]) => name)

describe('where things stand', () => {
  it('[SN200] at 16:9 it is the picture, to the pixel', () => {
    const { unit, zones, taken: take, gone } = plan(3840, 2160)
    expect(unit).toBe(1)
    expect(gone).toEqual([])
    expect(edges(zones.stream)).toEqual([64, 240, 968, 2112])
    expect(edges(zones.map!)).toEqual([1000, 240, 2840, 1680])
    expect(edges(zones.trend!)).toEqual([1000, 1680, 2840, 2112])
    expect(edges(zones.limits!)).toEqual([2872, 240, 3776, 941])
    expect(edges(zones.funnel!)).toEqual([2872, 941, 3776, 1680])
    expect(edges(zones.roster!)).toEqual([2872, 1680, 3776, 2112])
    expect([zones.limits!.gaps.length, cardsIn(zones, plan(3840, 2160).seams)]).toEqual([8, 8])
    expect(edges(take.side!)).toEqual([64, 48, 656, 2112])
    expect(edges(take.head)).toEqual([688, 48, 3776, 704])
    expect(edges(take.map!)).toEqual([2092, 704, 3776, 1478])
    expect([take.known!, take.who, take.next].map((box) => edges(box)[0])).toEqual([688, 1624, 2872])
    expect(funnelMeasure(zones.funnel, 3)).toMatchObject({ all: 280, block: 124, step: 70, spark: 56, thick: 6 })
  })

  it('[SN201] on any wall nothing overlaps and nothing stands outside, busy or taken', () => {
    fc.assert(
      fc.property(walls, (wall) => {
        const { made } = planOf(wall)
        for (const zones of [busy(made), taken(made)]) {
          expect(overlaps(zones)).toEqual([])
          expect(outside(zones, made.canvas)).toEqual([])
        }
      }),
      { numRuns: 600 },
    )
  })

  it('[SN202] letters are never below what the last row of chairs needs: panels go instead; a wall too small for it says so', () => {
    fc.assert(
      fc.property(walls, (wall) => {
        const { site, made } = planOf(wall)
        const least = legibilityOf(site)
        if (!least || made.isShort) return
        for (const letter of ['small', 'body', 'headline'] as const)
          expect(made.unit * drawnAt[letter]).toBeGreaterThanOrEqual(least[letter] - 1e-6)
      }),
      { numRuns: 400 },
    )
    expect(plan(1920, 1080, { pitchMm: 1.2, distanceMm: 40_000 }).isShort).toBe(true)
  })

  it('[SN203] what goes, goes in its order: the roster first, the figures and the stream never', () => {
    const far = (distanceMm: number) => plan(1920, 1080, { pitchMm: 1.2, distanceMm })
    expect(far(2_500).gone).toEqual([])
    const gone = [4_500, 5_200, 6_000, 8_000, 11_000].map((distance) => far(distance).gone.map(({ what }) => what))
    expect(gone[0]).toContain('roster')
    for (const list of gone) expect(list).toEqual(mayGo.filter((what) => list.includes(what)))
    fc.assert(
      fc.property(walls, (wall) => {
        const { zones, seams, taken: take } = planOf(wall).made
        expect(Object.keys(zones.header.cells)).toEqual(
          expect.arrayContaining(['where', 'level1', 'level2', 'over', 'undispatched', 'now']),
        )
        expect(cardsIn(zones, seams)).toBeGreaterThan(0)
        expect(Math.min(take.who.gaps.length, take.next.gaps.length)).toBeGreaterThan(0)
      }),
      { numRuns: 400 },
    )
    // 5760×1080 from afar: side by side, the trend and the roster first.
    expect(plan(5760, 1080, { pitchMm: 1.8, distanceMm: 10_000 }).gone.map(({ what }) => what)).toEqual([
      'roster',
      'trend',
    ])
  })

  it('[SN204] no seam runs through words: zones end at it, rows and cards stand beside it; what cannot be helped is named', () => {
    fc.assert(
      fc.property(walls, (wall) => {
        const { zones, seams } = planOf(wall).made
        const free = (name: string) => !zones.crossed.includes(name)
        const cut = (box: Box) =>
          seamIn(box.left, box.left + box.width, seams.x, seams.clear) ??
          seamIn(box.top, box.top + box.height, seams.y, seams.clear)
        for (const name of ['funnel', 'trend', 'map'] as const)
          if (zones[name] && free(name)) expect(cut(zones[name])).toBeUndefined()
        if (free('header')) for (const cell of Object.values(zones.header.cells)) expect(cut(cell)).toBeUndefined()
        if (free('stream'))
          for (const card of dealCards(zones.stream, seams, 2).cards.filter(
            (one) => one.height + 2 * seams.clear < 300,
          ))
            expect([card, cut(card)]).toEqual([card, undefined])
      }),
      { numRuns: 400 },
    )
    const spliced = plan(5760, 2160, { columns: 3, rows: 2, seam: 16 })
    expect(spliced.zones.crossed).toEqual(['map'])
    expect(edges(spliced.zones.stream)[2]).toBe(1904)
    expect(edges(spliced.zones.map!).filter((_, i) => i % 2 === 0)).toEqual([1936, 3824])
    expect(plan(5760, 1080, { columns: 3, seam: 12 }).zones.crossed).toEqual([])
  })

  it('[SN204] a row of a list is moved beside the seam that would cut it', () => {
    const { zones, seams } = plan(3840, 2160, { columns: 1, rows: 3, seam: 30 })
    const tops = (zone: List, row: number) => {
      let at = zone.top + tileHead
      return zone.gaps.map((gap) => {
        at += gap
        const top = at
        at += row
        return top
      })
    }
    for (const top of tops(zones.limits!, 76)) expect(seamIn(top, top + 76, seams.y, seams.clear)).toBeUndefined()
  })

  it('[SN205] a wider wall shows more: two columns of cards and double stills, the blocks compared larger, roster and trend in columns of their own', () => {
    const [usual, wide, whole] = [plan(3840, 2160), plan(7680, 2160), plan(11520, 2160)]
    const cards = [usual, wide, whole].map(({ zones, seams }) => cardsIn(zones, seams))
    expect(cards[1]).toBeGreaterThan(cards[0]!)
    expect(cards[2]).toBeGreaterThan(cards[1]!)
    expect(wide.zones.stream.columns.map(({ form }) => form)).toEqual(['big', 'still'])
    expect(wide.zones.map!.width).toBeGreaterThan(usual.zones.map!.width)
    expect(wide.zones.map!.height).toBe(1872)
    expect(wide.zones.trend!.left).toBe(wide.zones.funnel!.left)
    expect(wide.zones.roster!.left).toBe(wide.zones.limits!.left)
    expect(funnelMeasure(wide.zones.funnel, 3)).toMatchObject({ isCompared: true, thick: 14 })
  })

  it('[SN206] a level I is as whole at 48:9 as at 16:9: all of it, and the rest of the wall alive beside it', () => {
    for (const [width, height] of [
      [3840, 2160],
      [5760, 2160],
      [7680, 2160],
      [5760, 1080],
      [11520, 2160],
    ] as const) {
      const { taken: take } = plan(width, height)
      expect(Object.keys(take)).toEqual(
        expect.arrayContaining(['side', 'head', 'still', 'map', 'known', 'who', 'next']),
      )
      expect(take.still!.width / (take.still!.height - 84)).toBeGreaterThan(1.5)
      expect(take.head.axis).toBe('full')
    }
    const { taken: three, seams } = plan(5760, 1080, { columns: 3, seam: 12 })
    expect(three.stream).toBeDefined()
    // Headline and axis on the middle screen, the map on the third.
    expect(seamIn(three.head.left, three.head.left + three.head.width, seams.x, seams.clear)).toBeUndefined()
    expect(Math.round(three.map!.left)).toBe(7696)
  })

  it('[SN207] what is called forward takes the map’s zone, and a list of cases lies over a whole column', () => {
    const made = plan(3840, 2160)
    expect(broughtForward(made, null).plan).toBeUndefined()
    const shown = broughtForward(made, 'limits')
    expect(edges(shown.limits!)).toEqual(edges(made.zones.map!))
    expect(shown.limits!.gaps.length).toBeGreaterThan(8)
    expect(edges(shown.plan!)).toEqual(edges(made.zones.limits!))
    expect(edges(sheetRoom(made))).toEqual([2872, 240, 3776, 2112])
    expect(sideRoom({ width: 592, height: 2064 }, false, false)).toEqual({ stream: 4, limits: 4, plan: 450 })
  })

  it('[SN208] the ruler says of each kind of letter what is needed, what is drawn and how far away it is read', () => {
    const body = legibility(1, { pitchMm: 1.25, distanceMm: 7_000 }).find(({ letter }) => letter === 'body')!
    // 7 m · 22′ ÷ (3438 · 1.25 mm)
    expect(body.least).toBeCloseTo(35.83, 2)
    expect([body.drawn, body.isEnough]).toEqual([36, true])
    expect(body.upToMm).toBeCloseTo(7_032, 0)
    expect(legibility(1, {}).every(({ least, isEnough }) => least === null && isEnough)).toBe(true)
  })
})

describe('the stream in its zone', () => {
  const aCase = (id: string, change: object = {}): Case =>
    ({
      ...{ id, level: 3, stage: 'filed', unsure: false, openedAt: 0, sources: [], told: [], clocks: [], steps: [] },
      ...change,
    }) as unknown as Case

  it('[SN211] where there is room for two cards or one the gravest have it all, and what is not shown is counted', () => {
    const { zones, seams } = plan(1920, 1080, { pitchMm: 2.5, distanceMm: 15_000 })
    const fire = aCase('fire', { level: 1 })
    const cases = [aCase('new', { openedAt: 9 }), fire, aCase('wire', { level: 2 }), aCase('older', { openedAt: 5 })]
    const { stream, dealt } = streamIn(cases, zones.stream, seams)
    const shown = [...stream.pinned, ...stream.newest]
    expect(shown[0]).toBe(fire)
    expect(shown.length).toBeLessThanOrEqual(dealt.cards.length)
    expect(shown.length + stream.rest).toBe(4)
  })
})

describe('what the first row says of itself', () => {
  const lag = (milliseconds: number) => ({ milliseconds, worst: milliseconds, screens: 1, at: 0 })

  it('[SN209] the lag stands step by step; what was not measured is a dash, and before anything was the line speaks', () => {
    expect(lagRows({ intake: null, wall: null, phone: null }, 38)).toBeNull()
    const words = lagRows({ intake: 12, wall: lag(38.4), phone: lag(12_400) }, 5)?.map((row) => row.words)
    expect(words).toEqual(['12 ms', '38 ms', '12 秒'])
    expect(lagRows({ intake: 12, wall: null, phone: null }, 5)?.map((row) => row.words)).toEqual(['12 ms', '5 ms', '—'])
  })
})
