// Streets added up, what is taken and what is not, what goes over the line, and what it costs.
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { CaseId, CommandId } from '#contract/ids'
import {
  add,
  applyRoll,
  levelsOf,
  lengthOfStep,
  middleOf,
  rolled,
  stepOfLength,
  sumOf,
  type RollPatch,
  type RollView,
} from '#contract/roll'
import { StreetId } from '#contract/streets'
import { SummarySaid, type Summary, type UrgeBelow } from '#contract/summary'
import { pictureOf } from '../../dashboard/screens/roll/roll-map.ts'
import { isByDistrict, reckonRoll } from '../../dashboard/screens/roll/roll-view.ts'
import { sorted } from '../../dashboard/screens/roll/sorted.ts'
import { openRollBoard } from '../../ingest-server/doors/roll-board.ts'
import type { SummaryRoad } from '../../ingest-server/doors/roll-port.ts'
import { openSending } from '../../ingest-server/doors/roll-sending.ts'
import type { KeptSummary, Summaries } from '../../ingest-server/records/port-summaries.ts'
import { aBusyStreet, aSummary } from '../suites/summaries.ts'

const district = StreetId.parse('310101')
const street = StreetId.parse('310101020')
const start = Date.parse('2026-11-21T03:42:00Z')
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Time that stands until it is moved, and whatever is to be done every so often then done. */
function openTime() {
  let now = start
  const runs: { every: number; next: number; run: () => void }[] = []
  return {
    now: () => now,
    every(every: number, run: () => void) {
      const one = { every, next: now + every, run }
      runs.push(one)
      return () => void runs.splice(runs.indexOf(one), 1)
    },
    async passes(ms: number) {
      for (const end = now + ms; now < end;) {
        now = Math.min(end, now + 500)
        for (const one of runs) {
          if (one.next > now) continue
          one.next += one.every
          one.run()
        }
        for (let i = 0; i < 8; i++) await Promise.resolve()
      }
    },
  }
}

function keptInMemory(rows: KeptSummary[] = []): Summaries & { rows: Map<string, KeptSummary> } {
  const all = new Map(rows.map((row) => [row.summary.street as string, row]))
  return {
    rows: all,
    all: async () => [...all.values()],
    keep: async (given) => given.forEach((row) => all.set(row.summary.street, row)),
    urges: async () => [],
    keepUrge: async () => {},
  }
}

async function openBoard({ time = openTime(), kept = keptInMemory(), self = district } = {}) {
  const faults: unknown[] = []
  let serial = 0
  const board = await openRollBoard({
    self: { id: self, kind: 'district', words: { zh: '黄浦区', en: 'Huangpu' } },
    ...{ below: () => [], kept, now: time.now, newId: () => `u-${++serial}`, every: time.every },
    onFault: (fault) => faults.push(fault),
  })
  closing.push(board.close)
  let view: RollView = board.view()
  const patches: RollPatch[] = []
  board.follow((patch) => {
    patches.push(patch)
    view = applyRoll(view, patch)
  })
  const hears = (change: Partial<Summary> = {}, more: Partial<SummarySaid> = {}) =>
    board.hear(street, {
      ...{ summary: aSummary({ street, revision: 1, at: time.now(), ...change }), answers: [], origin: null, ...more },
    })
  return { board, time, patches, hears, faults, kept, view: () => view, shown: () => view.streets[0] }
}

describe('streets added up', () => {
  it('[ST44] the sum is the same in whatever order and by whatever way, and a city of districts is a city of streets', () => {
    const some = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 9 })
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        const [one, two, three] = [a, b, c].map((all) => sumOf(all.map((n) => aBusyStreet(n).summary!)))
        expect(add(add(one!, two!), three!)).toEqual(add(one!, add(two!, three!)))
        expect(add(one!, two!)).toEqual(add(two!, one!))
      }),
      { numRuns: 40 },
    )
    const streets = Array.from({ length: 215 }, (_, n) => aBusyStreet(n))
    const districts = [0, 1, 2, 3, 4].map((d) => rolled(streets.filter((_, n) => n % 5 === d)))
    const { parts: _parts, ...whole } = rolled(streets)
    const { parts: _others, ...city } = sumOf(districts)
    expect(city).toEqual(whole)
    expect(whole.grave.length + whole.graveMore).toBe(streets.flatMap(({ summary }) => summary!.grave).length)
  })

  it('[ST44] what was opened yesterday in a street that stopped adds nothing to today', () => {
    const hours = Array.from({ length: 24 }, () => 1)
    const on = (day: string) => aSummary({ street, today: { day, opened: 24, closed: 3, hours } })
    expect(sumOf([on('2026-11-20'), on('2026-11-21')]).today).toEqual(on('2026-11-21').today)
  })

  it('[ST40] a middle of many streets is off by a twentieth at most', () => {
    for (const ms of [3_000, 61_000, 777_000, 86_400_000])
      expect(Math.abs(lengthOfStep(stepOfLength(ms)) - ms) / ms).toBeLessThan(0.06)
    expect(
      middleOf(
        {
          take: [
            [10, 1],
            [20, 3],
            [30, 1],
          ],
        },
        'take',
      ),
    ).toBe(lengthOfStep(20))
    expect(middleOf({}, 'take')).toBeNull()
  })
})

describe('what a district holds', () => {
  it('[ST43] takes what is newer alone; the very same word, and an older one, change nothing', async () => {
    const { hears, time, shown } = await openBoard()
    expect(hears({ revision: 5 })).toMatchObject({ ok: true, revision: 5, wantsOutline: true })
    expect(hears({ revision: 5 })).toMatchObject({ ok: false, revision: 5 })
    expect(hears({ revision: 4, at: start + 9000 })).toMatchObject({ ok: false, revision: 5 })
    await time.passes(1000)
    expect(hears({ revision: 5 }, { outline: [[[121.4, 31.2]]] })).toMatchObject({ ok: true, wantsOutline: false })
    await time.passes(1000)
    expect(shown()).toMatchObject({ heardAt: start + 1000, outline: [[[121.4, 31.2]]] })
  })

  it('[ST42] two heartbeats that do not come are seen within five seconds, with the time it stopped', async () => {
    const { hears, time, shown } = await openBoard()
    hears()
    await time.passes(20_000)
    expect(shown()).toMatchObject({ isStopped: false })
    await time.passes(5_000)
    expect(shown()).toMatchObject({ isStopped: true, heardAt: start })
    hears({ revision: 2 })
    await time.passes(1000)
    expect(shown()).toMatchObject({ isStopped: false, heardAt: start + 25_000 })
  })

  it('[ST48] a start shows what was last heard, as stopped, and takes nothing older', async () => {
    const first = await openBoard()
    first.hears({ revision: 9, words: { zh: '五里桥街道', en: 'Wuliqiao' } })
    await first.board.close()
    const again = await openBoard({ kept: first.kept })
    expect(again.board.view().streets[0]).toMatchObject({ isStopped: true, heardAt: start, summary: { revision: 9 } })
    expect(again.hears({ revision: 8 })).toMatchObject({ ok: false, revision: 9 })
    expect(again.faults).toEqual([])
  })

  it('[ST45] the line carries the fields that changed, once a second, and nothing where nothing did', async () => {
    const { hears, time, patches } = await openBoard()
    hears()
    await time.passes(1000)
    const [first] = patches.splice(0)
    expect(first!.put[0]!.summary).toHaveProperty('today')
    for (let n = 2; n < 9; n++)
      hears({ revision: n, figures: { overdue: n, yellow: 0, unsigned: 0, silent: 0, staff: 0 } })
    await time.passes(1000)
    expect(patches).toHaveLength(1)
    expect(Object.keys(patches[0]!.put[0]!.summary!).sort()).toEqual(['at', 'figures', 'revision'])
    hears({ revision: 8 })
    await time.passes(3000)
    expect(patches).toHaveLength(1)
  })

  it('[ST46] an order waits for the street, goes once it speaks, and ends with its answer', async () => {
    const { board, hears, time, view } = await openBoard()
    const number = CaseId.parse('20261121-101')
    const asked = { street, number, reason: '现在怎么样了', from: '黄浦区' }
    expect(board.urge(asked)).toBeNull()
    const grave = { street, number, matter: { zh: '起火', en: 'Fire' }, level: 1 as const, stage: 'handling' as const }
    hears({ grave: [{ ...grave, since: start, signed: true, place: null }] })
    const sent = board.urge(asked)!
    const heard = hears({ revision: 2 })
    expect(heard.urges).toEqual([expect.objectContaining({ id: sent.id, number })])
    hears({ revision: 3 }, { answers: [{ id: sent.id, ok: true }] })
    expect(hears({ revision: 4 }).urges).toEqual([])
    await time.passes(1000)
    expect(view().urges).toEqual([expect.objectContaining({ state: 'given' })])
  })

  it('[ST45] one process takes 215 busy streets a second with little of a core, and says how much it sends', async () => {
    const { board, time, patches } = await openBoard()
    const says = (n: number, seed: number): string => {
      const { summary } = aBusyStreet(n, { seed, now: time.now() })
      const street = StreetId.parse(`310${String(100000 + n)}`)
      return JSON.stringify({ summary: { ...summary!, street }, answers: [], origin: null })
    }
    const rounds = Array.from({ length: 6 }, (_, seed) => Array.from({ length: 215 }, (_, n) => says(n, seed + 1)))
    let [bytes, spent] = [0, 0]
    for (const round of rounds) {
      const before = process.cpuUsage()
      // As it comes from another system: its signature reckoned, its shape checked.
      for (const text of round) {
        createHmac('sha256', 'key').update(text).digest()
        const said = SummarySaid.parse(JSON.parse(text))
        board.hear(said.summary.street, said)
      }
      await time.passes(1000)
      const { user, system } = process.cpuUsage(before)
      if (round !== rounds[0]) {
        spent += (user + system) / 1000
        bytes += JSON.stringify(patches.at(-1)).length
      }
    }
    const seconds = rounds.length - 1
    console.log(
      `215 streets, all of them another each second: ${(bytes / seconds / 1024).toFixed(0)} KiB/s a screen, ${(spent / seconds).toFixed(1)} ms of a core a second`,
    )
    expect(spent / seconds).toBeLessThan(250)
  })
})

describe('what a street says upwards', () => {
  async function openStreet(
    answer: (said: SummarySaid) => Partial<Awaited<ReturnType<SummaryRoad['say']>>> = () => ({}),
  ) {
    const time = openTime()
    const said: SummarySaid[] = []
    const done: UrgeBelow[] = []
    let overdue = 0
    const road: SummaryRoad = {
      async say(one) {
        said.push(one)
        return { ok: true, revision: one.summary.revision, urges: [], wantsOutline: false, ...answer(one) }
      },
    }
    const sending = openSending({
      self: { id: street, words: { zh: '五里桥街道', en: 'Wuliqiao' } },
      ...{ roads: () => [road], origin: null, outline: () => [[[121.4, 31.2]]], acts: () => true },
      ...{ now: time.now, every: time.every },
      said() {
        const { revision: _r, at: _a, since: _s, street: _t, words: _w, ...rest } = aSummary({ street })
        return { ...rest, figures: { ...rest.figures, overdue } }
      },
      async urge(asked) {
        done.push(asked)
        return { ok: true }
      },
      onFault(fault) {
        throw fault
      },
    })
    closing.push(sending.close)
    return {
      ...{ time, said, done },
      becomes(n: number) {
        overdue = n
        sending.changed()
      },
    }
  }

  it('[ST42] speaks when it changed, at most once a second, and every ten seconds all the same', async () => {
    const { time, said, becomes } = await openStreet()
    await time.passes(1000)
    expect(said).toHaveLength(1)
    expect(said[0]!.outline).toBeDefined()
    for (let n = 1; n < 6; n++) becomes(n)
    await time.passes(1000)
    expect(said).toHaveLength(2)
    expect(said[1]!.summary.figures.overdue).toBe(5)
    await time.passes(9_000)
    expect(said).toHaveLength(2)
    await time.passes(2_000)
    expect(said).toHaveLength(3)
    expect(said[2]!.summary).toMatchObject({ revision: said[1]!.summary.revision, since: said[1]!.summary.since })
    expect(said[2]!.summary.at).toBeGreaterThan(said[1]!.summary.at)
  })

  it('[ST43] where more is held than it ever said, its clock went back, and it goes on from there', async () => {
    const held = start + 3_600_000
    const { time, said } = await openStreet(({ summary }) =>
      summary.revision > held ? {} : { ok: false, revision: held },
    )
    await time.passes(4000)
    expect(said.at(-1)!.summary.revision).toBeGreaterThan(held)
  })

  it('[ST46] does what is asked from above once, and says so with its next word', async () => {
    const number = CaseId.parse('20261121-101')
    const urges = [{ id: 'u-1', street, number, reason: '怎么样了', from: '黄浦区', at: start }]
    const { time, said, done } = await openStreet(({ answers }) => (answers.length > 0 ? {} : { urges }))
    await time.passes(3000)
    expect(done).toHaveLength(1)
    expect(said.find(({ answers }) => answers.length > 0)!.answers).toEqual([{ id: 'u-1', ok: true }])
    expect(CommandId.safeParse(`urged:${done[0]!.id}`).success).toBe(true)
  })
})

describe('the wall above the streets', () => {
  const view = (streets: RollView['streets']): RollView => ({
    ...{ self: { id: district, kind: 'district', words: { zh: '黄浦区', en: 'Huangpu' } }, streets, urges: [] },
  })

  it('[ST47] ranks by what is overdue, lists who stopped, and stands many by district', () => {
    const streets = Array.from({ length: 10 }, (_, n) => aBusyStreet(n))
    streets[3] = { ...streets[3]!, isStopped: true }
    const book = reckonRoll(view(streets))
    expect(book.stopped.map(({ id }) => id)).toEqual([streets[3]!.id])
    const overdue = book.ranking.map((one) => one.overdue)
    expect(overdue).toEqual(overdue.toSorted((a, b) => b - a))
    expect(book.levels).toEqual(levelsOf(sumOf(streets.map(({ summary }) => summary!))))
    expect(isByDistrict(book)).toBe(false)
    const city = reckonRoll(
      view(Array.from({ length: 215 }, (_, n) => aBusyStreet(n % 10, { district: String(310101 + (n % 16)) }))),
    )
    expect(isByDistrict(city)).toBe(true)
    expect(city.groups).toHaveLength(16)
    expect(sorted(book.streets, 'overdue', true).map((one) => one.overdue)).toEqual(
      book.streets.map((one) => one.overdue).toSorted((a, b) => b - a),
    )
  })

  it('[ST47] a district that stopped says of none of its streets that it is live', () => {
    const streets = [aBusyStreet(1), aBusyStreet(2)]
    const summary = { ...aSummary({ street: district }), ...rolled(streets) }
    const above = { ...aBusyStreet(0), id: district as string, kind: 'district' as const, summary, isStopped: true }
    expect(reckonRoll(view([above])).streets.map(({ stoppedAt }) => stoppedAt)).toEqual([above.heardAt, above.heardAt])
  })

  it('[SN390] a district that stopped is named once, not with each of its streets; counted are the streets', () => {
    const streets = [aBusyStreet(1), aBusyStreet(2)]
    const summary = { ...aSummary({ street: district }), ...rolled(streets) }
    const above = { ...aBusyStreet(0), id: district as string, kind: 'district' as const, summary }
    const stopped = reckonRoll(view([{ ...above, isStopped: true }]))
    expect(stopped.stopped.map(({ id }) => id)).toEqual([district])
    expect(stopped.stoppedStreets).toBe(2)
    const parts = summary.parts.map((part, nth) => ({ ...part, stoppedAt: nth === 0 ? above.heardAt : null }))
    const one = reckonRoll(view([{ ...above, summary: { ...summary, parts } }]))
    expect([one.stopped.map(({ id }) => id), one.stoppedStreets]).toEqual([[parts[0]!.street], 1])
  })

  it('[ST47] draws each outline within its room, and nothing where there is none', () => {
    const tiles = reckonRoll(view(Array.from({ length: 10 }, (_, n) => aBusyStreet(n)))).tiles
    const picture = pictureOf(tiles, 2400, 1000)!
    const numbers = picture.drawn.flatMap(({ path }) => [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)])
    expect(Math.min(...numbers.map(([, x]) => Number(x)))).toBeGreaterThanOrEqual(0)
    expect(Math.max(...numbers.map(([, x]) => Number(x)))).toBeLessThanOrEqual(2400)
    expect(Math.max(...numbers.map(([, , y]) => Number(y)))).toBeLessThanOrEqual(1000)
    expect(
      pictureOf(
        tiles.map((tile) => ({ ...tile, outline: null })),
        2400,
        1000,
      ),
    ).toBeNull()
  })
})
