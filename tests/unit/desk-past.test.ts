// Looking back: the tape of the past, stepped and played, never past the present and never with a hole in it.
import { effectScope } from 'vue'
import { describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { Instant } from '#contract/ids'
import type { BoardView, Patch } from '#contract/patch'
import { askChanges, readChanges } from '../../dashboard/link/past.ts'
import { lastChange, nextChange, tapeOf, windTo } from '../../dashboard/composables/past-tape.ts'
import { usePast } from '../../dashboard/composables/use-past.ts'
import { now as start, sample } from '../../dashboard/screens/gallery/samples.ts'

const minute = 60_000
const hour = 60 * minute
const duty = { shifts: [], handOvers: [], windows: [] }
const view = (at: Instant, revision: number, cases: Case[] = []): BoardView => ({
  ...{ journal: 'j', revision, at, cases, tallies: [], duty },
  linkage: { spotlight: null, casts: [] },
})
const patch = (revision: number, at: Instant, put: Case[]): Patch => ({
  ...{ since: revision - 1, revision, at, put, remove: [] },
})
const [fire, bag] = [sample({ level: 1 }), sample({ level: 3 })]
/** Two things happened: a fire ten minutes on, a bag of rubbish forty minutes on. */
const story = [patch(2, start + 10 * minute, [fire]), patch(3, start + 40 * minute, [bag])]

describe('the tape', () => {
  const tape = tapeOf(view(start, 1), story, start, start + hour)

  it('[SN164] wound to a moment it holds what had happened by then, and no more', () => {
    expect([...windTo(tape, start + 10 * minute - 1).board.cases.keys()]).toEqual([])
    expect([...windTo(tape, start + 10 * minute).board.cases.keys()]).toEqual([fire.id])
    expect(windTo(tape, start + 9 * hour)).toMatchObject({ at: start + hour, ahead: [] })
  })

  it('[SN164] knows when it next changes and when it last did', () => {
    expect(nextChange(tape)).toBe(start + 10 * minute)
    expect(nextChange(windTo(tape, start + hour))).toBeNull()
    expect(lastChange(story, start + 40 * minute)).toBe(start + 10 * minute)
    expect(lastChange(story, start)).toBeNull()
  })

  it('[SN164] a hole in the past is no past', () => {
    const torn = tapeOf(view(start, 1), [patch(3, start + minute, [bag])], start, start + hour)
    expect(() => windTo(torn, start + hour)).toThrow(/gap/)
    expect(() => readChanges(`${JSON.stringify(view(start, 1))}\n{"revision":`)).toThrow()
    expect(() => readChanges('')).toThrow()
  })
})

describe('looking back', () => {
  function desk(present = start + 3 * hour) {
    const asked: [number, number][] = []
    let time = 0
    let beat = () => {}
    const fetch = (async (url: string) => {
      const query = new URL(url, 'http://desk').searchParams
      const [from, to] = [Number(query.get('from')), Number(query.get('to'))]
      asked.push([from, to])
      const before = story.filter((one) => one.at <= from)
      const first = view(
        from,
        1 + before.length,
        before.flatMap((one) => one.put),
      )
      const rest = story.filter((one) => one.at > from && one.at <= to)
      return new Response([first, ...rest].map((line) => JSON.stringify(line)).join('\n'))
    }) as typeof globalThis.fetch
    const scope = effectScope()
    const past = scope.run(() =>
      usePast({
        ask: (from, to) => askChanges(fetch, from, to),
        present: () => present,
        now: () => time,
        every: (_ms, run) => {
          beat = run
          return () => {}
        },
      }),
    )!
    const wait = async (ms: number) => {
      time += ms
      beat()
      for (let n = 0; n < 10; n++) await Promise.resolve()
      await new Promise((done) => setImmediate(done))
    }
    return { past, asked, wait, stop: () => scope.stop() }
  }

  it('[SN165] a moment is the board as it was then', async () => {
    const { past } = desk()
    await past.goTo(start + 20 * minute)

    expect([past.at.value, past.cases.value.map(({ id }) => id)]).toEqual([start + 20 * minute, [fire.id]])
  })

  it('[SN165] a moment ahead is now', async () => {
    const { past } = desk()
    await past.goTo(start + 99 * hour)

    expect(past.at.value).toBe(start + 3 * hour)
  })

  it('[SN166] forth and back go from change to change', async () => {
    const { past } = desk()
    await past.goTo(start)
    await past.forth()
    expect(past.at.value).toBe(start + 10 * minute)
    await past.forth()
    expect([past.at.value, past.cases.value.length]).toEqual([start + 40 * minute, 2])
    await past.back()
    expect([past.at.value, past.cases.value.length]).toEqual([start + 10 * minute, 1])
    await past.forth()
    expect(past.at.value).toBe(start + 40 * minute)
  })

  it('[SN166] where nothing more happened, forth ends at the present', async () => {
    const { past } = desk()
    await past.goTo(start + 50 * minute)
    await past.forth()

    expect(past.at.value).toBe(start + 3 * hour)
  })

  it('[SN167] played at ×60 a second is a minute; it fetches what comes before it runs out, and stands still at the present', async () => {
    const { past, asked, wait } = desk()
    await past.goTo(start)
    past.pace.value = 60
    past.play()
    await wait(10_000)
    expect([past.at.value, past.cases.value.length]).toEqual([start + 10 * minute, 1])
    past.pace.value = 600
    await wait(4_000)
    expect(past.at.value).toBe(start + 50 * minute)
    expect(asked.length).toBe(2)
    await wait(60_000)
    await wait(60_000)
    await wait(60_000)
    expect([past.at.value, past.isPlaying.value]).toEqual([start + 3 * hour, false])
  })

  it('[SN167] an answer to an older question is none', async () => {
    const { past } = desk()
    const first = past.goTo(start)
    const second = past.goTo(start + 50 * minute)
    await Promise.all([first, second])

    expect(past.at.value).toBe(start + 50 * minute)
  })

  it('[SN167] what was still being fetched for another moment does not stop what plays now', async () => {
    const answers: (() => void)[] = []
    let time = 0
    let beat = () => {}
    const scope = effectScope()
    const past = scope.run(() =>
      usePast({
        ask: (from) =>
          new Promise((done) => answers.push(() => done({ ok: true, answer: { start: view(from, 1), patches: [] } }))),
        present: () => start + 30 * hour,
        now: () => time,
        every: (_ms, run) => {
          beat = run
          return () => {}
        },
      }),
    )!
    const settle = () => new Promise((done) => setImmediate(done))
    void past.goTo(start)
    answers[0]!()
    await settle()
    past.pace.value = 600
    past.play()
    time += 3_000
    beat()
    expect(answers.length).toBe(2)
    void past.goTo(start + 20 * hour)
    answers[2]!()
    await settle()
    past.play()
    answers[1]!()
    await settle()
    expect([past.at.value, past.isPlaying.value]).toEqual([start + 20 * hour, true])
    scope.stop()
  })
})
