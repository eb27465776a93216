// Summaries as streets would say them: one to change, and any number of busy ones by a seed.
import { CaseId } from '#contract/ids'
import type { RollStreet } from '#contract/roll'
import { StreetId, streetKindOf } from '#contract/streets'
import { Summary } from '#contract/summary'

const at = Date.parse('2026-11-21T03:42:00Z')

export const aSummary = (change: Partial<Summary> & { street: StreetId }): Summary =>
  Summary.parse({
    ...{ words: { zh: '某街道', en: 'A street' }, revision: 1, at, since: at, cells: [] },
    figures: { overdue: 0, yellow: 0, unsigned: 0, silent: 0, staff: 0 },
    today: { day: '2026-11-21', opened: 0, closed: 0, hours: Array.from({ length: 24 }, () => 0) },
    ...{ took: {}, grave: [], graveMore: 0, blocks: [], parts: [] },
    ...change,
  })

const names = ['豫园', '老西门', '小东门', '半淞园路', '南京东路', '外滩', '瑞金二路', '淮海中路', '打浦桥', '五里桥']
const blockNames = ['蒙自', '瞿溪', '局门', '斜土', '桑城', '丽园']

/** A street on a busy day; the same `n` and `seed` give the same. */
export function aBusyStreet(n: number, { seed = 1, now = at, district = '310101' } = {}): RollStreet {
  const chance = seeded(n * 7919 + seed)
  const street = StreetId.parse(`${district}${String(n % 1000).padStart(3, '0')}`)
  const name = `${names[n % 10]!}${n >= 10 ? Math.floor(n / 10) : ''}街道`
  const words = { zh: name, en: `Street ${n}` }
  const few = (most: number) => Math.floor(chance() * (most + 1))
  const level1 = chance() < 0.25 ? 1 + few(1) : 0
  const counts = [level1, few(4), 4 + few(20), 6 + few(30)]
  const stages = ['accepted', 'dispatched', 'handling', 'verification'] as const
  const cells = counts.flatMap((count, i) =>
    count === 0 ? [] : [[i + 1, stages[few(3)]!, ['bike-shed-fire', 'rubbish', 'water'][few(2)]!, count] as never],
  )
  const grave = counts.slice(0, 2).flatMap((count, i) =>
    Array.from({ length: count }, (_, j) => ({
      ...{
        street,
        number: CaseId.parse(`20261121-${String(100 + n + j + i * 50).padStart(3, '0')}`),
        level: (i + 1) as 1 | 2,
      },
      matter:
        i === 0 ? { zh: '车棚起火', en: 'Fire in a bike shed' } : { zh: '电动车进楼', en: 'E-bike in a building' },
      ...{ stage: 'handling' as const, since: now - few(90) * 60_000, signed: chance() > 0.3 },
      place: { zh: `${blockNames[few(5)]!}街区`, en: 'Mengzi Block' },
    })),
  )
  const hours = Array.from({ length: 24 }, (_, hour) => (hour < 12 ? few(hour > 6 ? 9 : 2) : 0))
  const summary = aSummary({
    ...{ street, words, cells, grave, revision: seed, at: now, since: now - few(600) * 1000 },
    figures: { overdue: few(6), yellow: few(9), unsigned: few(2), silent: few(4), staff: 12 + few(20) },
    today: { day: '2026-11-21', opened: hours.reduce((a, b) => a + b, 0), closed: few(50), hours },
    took: { whole: [[60 + few(30), 9]], take: [[40 + few(20), 9]] },
    blocks: blockNames.map((block, i) => ({
      ...{ id: `${street}-${i}`, words: { zh: `${block}街区`, en: `Block ${i + 1}` }, overdue: few(2) },
      levels: [i === 0 ? level1 : 0, few(1), few(6), few(8)] as [number, number, number, number],
    })),
  })
  return {
    ...{ id: street, kind: streetKindOf(street), words, summary, heardAt: now, isStopped: false },
    ...{ origin: `https://s${n}.example`, outline: outlineAt(n % 5, Math.floor((n % 10) / 5), chance) },
  }
}

function outlineAt(column: number, row: number, chance: () => number): RollStreet['outline'] {
  const [lon, lat] = [121.46 + column * 0.018, 31.21 - row * 0.016]
  const ring = Array.from({ length: 14 }, (_, i): [number, number] => {
    const angle = (i / 14) * 2 * Math.PI
    const [x, y] = [Math.cos(angle), Math.sin(angle)].map((one) => Math.sign(one) * Math.min(1, Math.abs(one) * 1.35))
    return [lon + x! * 0.0086 + chance() * 0.0006, lat + y! * 0.0076 + chance() * 0.0005]
  })
  return [[...ring, ring[0]!]]
}

/** Mulberry32. */
function seeded(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
