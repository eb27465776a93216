// What the phone says and asks next: the officer's own words, no page and no line needed.
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { Clock } from '#contract/clock'
import type { PersonWish } from '#contract/command'
import type { CaseId, PersonId } from '#contract/ids'
import type { Scenario } from '#contract/scenario'
import { lookAt } from '../../dashboard/composables/clock-look.ts'
import { digestOf } from '../../dashboard/link/sha256.ts'
import { shrink } from '../../dashboard/link/shrink.ts'
import { roadNames, toLonLat, toMetres } from '../../dashboard/parts/plan-paths.ts'
import { myTasks } from '../../dashboard/screens/field/my-tasks.ts'
import { nextThing } from '../../dashboard/screens/field/next-thing.ts'
import { stepsOf } from '../../dashboard/screens/field/task-steps.ts'
import { spanShort, stopwatch, timeOf } from '../../dashboard/words/times.ts'

const li = 'li' as PersonId
const id = '20261121-007' as CaseId
const scenario = { photos: { finish: ['before-near', 'after-near'] } } as unknown as Scenario
const aTask = (more: Partial<Case> = {}): Case =>
  ({
    ...{ id, level: 3, stage: 'dispatched', unsure: false, told: [], steps: [], photos: [], clocks: [], openedAt: 0 },
    holder: { personId: li, since: 0 },
    ...more,
  }) as unknown as Case
const shot = (slot: string) =>
  ({ verb: 'attach', about: slot, at: 5, by: { kind: 'clock' } }) as unknown as Case['steps'][number]
const attach = (slot: string) => ({ type: 'attach', caseId: id, slot }) as unknown as PersonWish
const next = (task: Case, ...asked: PersonWish[]) => nextThing(task, li, scenario, asked)

describe('the one button of a task', () => {
  it('[SN30] names the very next thing: take, arrive, each photo in its order, finish', () => {
    const holder = { personId: li, since: 0, takenAt: 1 }
    expect(next(aTask())).toEqual({ kind: 'take' })
    expect(next(aTask({ stage: 'handling', holder }))).toEqual({ kind: 'arrive' })
    const there = { stage: 'handling' as const, holder: { ...holder, arrivedAt: 2 } }
    expect(next(aTask(there))).toEqual({ kind: 'photo', slot: 'before-near' })
    expect(next(aTask({ ...there, steps: [shot('before-near')] }))).toEqual({ kind: 'photo', slot: 'after-near' })
    expect(next(aTask({ ...there, steps: [shot('before-near'), shot('after-near')] }))).toEqual({ kind: 'finish' })
  })

  it('[SN31] goes on without signal by what waits on the phone, to the end and no further', () => {
    const asked: PersonWish[] = [{ type: 'take', caseId: id }, { type: 'arrive', caseId: id }, attach('before-near')]
    expect(next(aTask(), ...asked)).toEqual({ kind: 'photo', slot: 'after-near' })
    expect(next(aTask(), ...asked, attach('after-near'), { type: 'finish', caseId: id })).toEqual({ kind: 'wait' })
  })

  it('[SN32] what only waits on the phone is shown as waiting and never as done', () => {
    const steps = stepsOf(aTask(), li, scenario, [{ type: 'take', caseId: id }])
    expect(steps.map((step) => step.state)).toEqual(['asked', 'open', 'open', 'open'])
  })
})

describe('my tasks', () => {
  it('[SN33] a level I that I was told of stands above my own, and only while it is open and sure', () => {
    const told = [{ personId: li, toldAt: 1 }]
    const fire = aTask({ id: 'fire' as CaseId, level: 1, stage: 'reported', told, holder: undefined as never })
    const unsure = { ...fire, id: 'unsure' as CaseId, unsure: true }
    const over = { ...fire, id: 'over' as CaseId, stage: 'closed' as const }
    const tasks = myTasks([aTask(), fire, unsure, over], li, 10)
    expect(tasks.told.map((one) => one.id)).toEqual(['fire'])
    expect(tasks.now.map((one) => one.id)).toEqual([id])
  })

  it('[SN34] a level IV with time in hand waits under 今天晚些 once taken, and no longer once it is late', () => {
    const clock = {
      name: 'handle',
      startedAt: 0,
      lateAt: 80,
      dueAt: 100,
      ledger: [{ from: 0, kind: 'running' }],
    } as unknown as Clock
    const task = aTask({ level: 4, stage: 'handling', clocks: [clock] })
    expect(myTasks([task], li, 10).later).toHaveLength(1)
    expect(myTasks([{ ...task, stage: 'dispatched' }], li, 10).now).toHaveLength(1)
    expect(myTasks([task], li, 90).now).toHaveLength(1)
  })
})

describe('a clock on a screen', () => {
  const clock = {
    name: 'handle',
    startedAt: 0,
    lateAt: 80,
    dueAt: 100,
    ledger: [{ from: 0, kind: 'running' }],
  } as unknown as Clock
  it('[SN35] is ok, late from its 80 %, over past its limit, and its bar empties with it', () => {
    expect(lookAt(clock, 0)).toMatchObject({ lamp: 'ok', fraction: 1 })
    expect(lookAt(clock, 80)).toMatchObject({ lamp: 'late', fraction: 0.2 })
    expect(lookAt(clock, 100)).toMatchObject({ lamp: 'over', fraction: 0, remaining: 0 })
    expect(lookAt({ ...clock, metAt: 50 }, 100).lamp).toBe('met')
  })

  it('[SN36] times are the sub-district’s own, wherever the device thinks it is', () => {
    expect(timeOf(Date.UTC(2026, 10, 21, 1, 41, 7), true)).toBe('09:41:07')
    expect(stopwatch(-65_000)).toBe('\u22121:05')
    expect(spanShort(28_000)).toBe('0:28')
  })
})

describe('a photo', () => {
  it('[EV30] goes by the same hash on plain HTTP, where the browser cannot reckon it', () => {
    for (const length of [0, 1, 55, 56, 63, 64, 119, 1_000]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 37) & 0xff)
      expect(Buffer.from(digestOf(bytes)).toString('hex')).toBe(createHash('sha256').update(bytes).digest('hex'))
    }
  })

  it('[EV31] is shrunk until it is at most 300 KB, and no further', async () => {
    const drawn: number[] = []
    const small = await shrink(async (side, quality) => {
      drawn.push(side)
      return new Blob([new Uint8Array(Math.round(side * side * quality * 0.25))])
    })
    expect(small.size).toBeLessThanOrEqual(300 * 1024)
    expect(drawn).toEqual([1600, 1600, 1280])
  })
})

describe('the plan', () => {
  it('[SN37] a point goes to metres and back to the same place', () => {
    const [lon, lat] = toLonLat(toMetres([121.4778, 31.2073], [121.47, 31.2]), [121.47, 31.2])
    expect([lon.toFixed(6), lat.toFixed(6)]).toEqual(['121.477800', '31.207300'])
  })

  it('[SN38] a road is named once, where its whole name is in the window', () => {
    const line = (lat: number) => ({
      geometry: {
        type: 'LineString',
        coordinates: [
          [121.46, lat],
          [121.48, lat],
        ],
      },
      properties: { name: '瞿溪路', nameEn: 'Quxi Road', width: 20 },
    })
    const window = { centre: [121.47, 31.2] as [number, number], width: 240, height: 90 }
    expect(roadNames([line(31.2001), line(31.2002)], window, false, 8)).toHaveLength(1)
    expect(roadNames([line(31.21)], window, false, 8)).toEqual([])
  })
})
