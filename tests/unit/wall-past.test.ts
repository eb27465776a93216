// The wall looking back: gone to by hand or by who leads, given up for a level I, gone home by itself, and never shown as now.
import { createPinia, setActivePinia } from 'pinia'
import { computed, effectScope, nextTick, shallowRef } from 'vue'
import { describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { Shift } from '#contract/duty'
import type { Instant } from '#contract/ids'
import { boardFrom, type BoardView, type Patch } from '#contract/patch'
import type { Person } from '#contract/person'
import { pastSeen } from '../../dashboard/screens/wall/seen.ts'
import { grabbedAt } from '../../dashboard/screens/wall/trend-moment.ts'
import { useStage } from '../../dashboard/screens/wall/use-stage.ts'
import type { Wall } from '../../dashboard/screens/wall/use-wall.ts'
import { untouchedMs, useWallPast } from '../../dashboard/screens/wall/use-wall-past.ts'
import type { WallStage } from '../../dashboard/screens/wall/wall-stage.ts'
import { useBoard } from '../../dashboard/stores/board.ts'
import { useSelection } from '../../dashboard/stores/selection.ts'
import { sample } from '../../dashboard/screens/gallery/samples.ts'

const minute = 60_000
const hour = 60 * minute
/** Noon of the sub-district. */
const noon = Date.UTC(2026, 10, 20, 4)
const duty = { shifts: [], handOvers: [], windows: [] }
const fire = sample({ level: 1 })
const view = (at: Instant, cases: Case[] = []): BoardView => ({
  ...{ journal: 'j', revision: 1, at, cases, tallies: [], duty },
  linkage: { spotlight: null, casts: [] },
})
const whole: WallStage = { kind: 'view', view: { kind: 'whole' }, from: 'none' }

type Answer = (from: Instant, to: Instant) => Response
const aDay: Answer = (from) => {
  const patch: Patch = { since: 1, revision: 2, at: from + 10 * minute, put: [fire], remove: [] }
  return new Response([view(from), patch].map((line) => JSON.stringify(line)).join('\n'))
}

function wall(answer: Answer = aDay) {
  setActivePinia(createPinia())
  const board = useBoard()
  const selection = useSelection()
  const stage = shallowRef<WallStage>(whole)
  let time = 0
  let touched = 0
  const beats: (() => void)[] = []
  board.tick(noon)
  const scope = effectScope()
  const past = scope.run(() =>
    useWallPast(
      {
        now: () => time,
        every: (_ms, run) => {
          beats.push(run)
          return () => {}
        },
        fetch: (async (url: string) => {
          const query = new URL(url, 'http://wall').searchParams
          return answer(Number(query.get('from')), Number(query.get('to')))
        }) as typeof fetch,
      },
      { stage: computed(() => stage.value), touchedAt: () => touched },
    ),
  )!
  const settled = async () => {
    for (let i = 0; i < 8; i++) await new Promise((done) => setImmediate(done))
    await nextTick()
  }
  const pass = async (ms: number) => {
    time += ms
    board.tick(noon + time)
    beats.forEach((beat) => beat())
    await settled()
  }
  return { board, selection, stage, past, settled, pass, touch: () => (touched = time) }
}

describe('looking back on the wall', () => {
  it('[SN220] goes to a moment, and shows nothing of it before it is there', async () => {
    const { past, settled } = wall()
    past.go(noon - hour)
    expect(past.seen.value).toBeNull()
    await settled()
    expect(past.seen.value).toMatchObject({ now: noon - hour, isPast: true, cases: [], silent: null, paths: [] })
  })

  it('[SN221] steps from change to change and plays at its pace', async () => {
    const { past, settled, pass } = wall()
    past.go(noon - hour)
    await settled()
    past.forth()
    await settled()
    expect(past.seen.value).toMatchObject({ now: noon - 50 * minute, cases: [fire] })
    past.pace.value = 600
    past.toggle()
    await pass(250)
    expect(past.at.value).toBe(noon - 50 * minute + 150_000)
    past.toggle()
    await pass(1_000)
    expect(past.at.value).toBe(noon - 50 * minute + 150_000)
  })

  it('[SN220] a moment that has not been yet is now, and now is not framed', async () => {
    const { past, selection, settled } = wall()
    past.go(noon - hour)
    await settled()
    past.by(2 * hour)
    await settled()
    expect([past.seen.value, selection.moment]).toEqual([null, null])
  })

  it('[SN222] a level I takes the wall at once, and afterwards the past does not come back by itself', async () => {
    const { past, stage, settled } = wall()
    past.go(noon - hour)
    await settled()
    stage.value = { kind: 'takeover', subject: fire }
    await settled()
    expect(past.seen.value).toBeNull()
    past.go(noon - hour)
    await settled()
    expect(past.wish.value).toBeNull()
    stage.value = whole
    await settled()
    expect([past.seen.value, past.wish.value]).toEqual([null, null])
  })

  it('[SN222] an answer that comes after the level I does not bring the past back either', async () => {
    const { past, stage, settled } = wall()
    past.go(noon - hour)
    stage.value = { kind: 'takeover', subject: fire }
    await settled()
    stage.value = whole
    await settled()
    expect(past.seen.value).toBeNull()
  })

  it('[SN222] five minutes without a hand and it is now; a hand gives it five more', async () => {
    const { past, settled, pass, touch } = wall()
    past.go(noon - hour)
    await settled()
    await pass(untouchedMs - 1_000)
    touch()
    await pass(2_000)
    expect(past.seen.value).not.toBeNull()
    await pass(untouchedMs)
    expect(past.seen.value).toBeNull()
  })

  it('[SN223] who leads the screens takes the wall along and says so, and no five minutes end it', async () => {
    const { past, board, selection, settled, pass } = wall()
    const at = noon - hour
    board.board = boardFrom({
      ...view(noon),
      linkage: {
        spotlight: { by: 'chen' as never, since: noon, movedAt: noon, until: noon + hour, moment: at },
        casts: [],
      },
    })
    selection.selectMoment(at)
    await settled()
    expect(past.at.value).toBe(at)
    expect(past.leadName.value).toBe('chen')
    await pass(untouchedMs + minute)
    expect(past.seen.value).not.toBeNull()
  })

  it('[SN223] what the leader looks back at holds this wall only as long as the wall wants it: a hand lets it go', () => {
    setActivePinia(createPinia())
    const spotlight = { by: 'chen' as never, since: noon, movedAt: noon, until: noon + hour, moment: noon - hour }
    const live = computed(() => ({ takeovers: [] }) as unknown as Wall)
    const { stage, wanted } = useStage(live, () => ({ spotlight, casts: [] }))
    wanted.past.value = noon - hour
    expect(stage.value).toEqual({ kind: 'past', at: noon - hour })
    wanted.past.value = null
    expect(stage.value).toEqual(whole)
  })

  it('[SN223] a cast of a moment shows it, and gives the wall back with its lease; any other cast stands before the past', async () => {
    const { past, stage, selection, settled } = wall()
    const cast = { id: 'c1', by: 'chen', minutes: 5, askedAt: noon, shownAt: noon, until: noon + 5 * minute }
    stage.value = { kind: 'cast', cast: { ...cast, what: { kind: 'moment', at: noon - hour } } as never, waiting: 0 }
    await settled()
    expect([past.at.value, past.isCast.value]).toEqual([noon - hour, true])
    stage.value = whole
    await settled()
    expect(past.seen.value).toBeNull()
    selection.selectMoment(noon - 2 * hour)
    stage.value = { kind: 'cast', cast: { ...cast, what: { kind: 'chart', chart: 'trend' } } as never, waiting: 0 }
    await settled()
    expect(past.seen.value).toBeNull()
  })

  it('[SN220] a server that is not there, a hole and an empty beginning are said in words', async () => {
    const away = wall(() => {
      throw new Error('no line')
    })
    away.past.go(noon - hour)
    await away.settled()
    expect(away.past.seen.value).toBeNull()
    expect(away.past.trouble.value).toContain('接不通')

    const torn = wall((from) => {
      const hole: Patch = { since: 7, revision: 8, at: from + minute, put: [], remove: [] }
      return new Response([view(from), hole].map((line) => JSON.stringify(line)).join('\n'))
    })
    torn.past.go(noon - hour)
    await torn.settled()
    torn.past.forth()
    await torn.settled()
    expect(torn.past.trouble.value).toContain('缺了一截')
    expect(torn.past.at.value).toBe(noon - hour)

    const before = wall((from) => new Response(JSON.stringify({ ...view(from), revision: 0 })))
    before.past.go(noon - 400 * 24 * hour)
    await before.settled()
    expect(before.past.trouble.value).toBe('empty')
  })
})

describe('the trend as the handle of time', () => {
  const live = { now: noon, isPast: false }

  it('[SN221] left of now lies today, right of it yesterday, whose line stands there', () => {
    expect(grabbedAt(0.25, live, noon)).toEqual({ at: noon - 6 * hour, day: 'today' })
    expect(grabbedAt(0.75, live, noon)).toEqual({ at: noon - 18 * hour, day: 'yesterday' })
    expect(grabbedAt(-3, live, noon).at).toBe(noon - 12 * hour)
  })

  it('[SN221] on a past day the whole of that day lies under the finger', () => {
    const then = { now: noon - 48 * hour, isPast: true }
    expect(grabbedAt(0.75, then, noon)).toEqual({ at: noon - 42 * hour, day: 'then' })
  })
})

describe('who was there', () => {
  it('[SN220] on duty then is who had a turn then, until that turn ended, whoever is on duty now', () => {
    const [chen, lin] = ['chen', 'lin'].map(
      (id) => ({ id, name: id, onDuty: id === 'lin', dutyUntil: noon }) as never as Person,
    )
    const shifts = [{ personId: 'chen', from: noon - 9 * hour, to: noon - hour }] as never as Shift[]
    const then = boardFrom({ ...view(noon - 2 * hour), duty: { ...duty, shifts } })
    const seen = pastSeen(then, noon - 2 * hour, new Map([chen!, lin!].map((person) => [person.id, person])))
    expect([...seen.people.values()].map(({ onDuty, dutyUntil }) => [onDuty, dutyUntil])).toEqual([
      [true, noon - hour],
      [false, undefined],
    ])
    expect(seen.presences.size).toBe(0)
  })
})
