// The same trouble in the same stairwell a third time: it becomes a topic of its own, once, and the same whichever way the board was read.
import { describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { CaseId } from '#contract/ids'
import type { Decision } from '../../ingest-server/case-engine/decision.ts'
import { decide } from '../../ingest-server/case-engine/decide.ts'
import { packBoard, unpackBoard } from '../../ingest-server/case-engine/pack.ts'
import { aProcess } from '../suites/a-process.ts'
import { aCommand, aKnown, aReport, aStreet, minutes, scenarios, sourceActor } from '../suites/builders.ts'
import { spot } from '../suites/small-ground.ts'

const day = minutes(24 * 60)
const point = (east: number, north = 0) => {
  const [lon, lat] = spot(east, north)
  return { lon, lat, crs: 'wgs84' as const }
}
/** The shipped scenarios without what they count themselves. */
const quiet = scenarios.map((one) => ({ ...one, feeds: [] }))
const aStairwell = (change: Record<string, unknown> = {}) => {
  const street = aStreet({ known: aKnown({ scenarios: [...quiet, aProcess(change)] }) })
  let count = 0
  return {
    ...street,
    get now() {
      return street.now
    },
    /** Clutter found in 甲楼组, 80 m from the last, so that each is a case of its own. */
    clutter: (change: Record<string, unknown> = {}) => {
      const spots = [point(0), point(80), point(0, 80), point(80, 80), point(-80), point(-80, 80)]
      const report = { kind: 'grid-report', cameraId: undefined, eventId: `clutter-${++count}`, at: spots[count % 6] }
      return street.reports({ ...report, matter: 'corridor-clutter', occurredAt: street.now, ...change }, 'round')
    },
    days: (amount: number) => street.pass((amount * day) / 60_000),
    topics: (): Case[] => street.cases().filter((one) => one.matter === 'trial-topic'),
    ends: (caseId: CaseId, verb: 'void' | 'close' = 'void') => {
      if (verb === 'void') return street.says('shen', { type: 'void', caseId, reason: '重复' })
      const current = street.board.cases.get(caseId)!
      street.board.cases.set(caseId, { ...current, stage: 'verified', handlers: [] })
      return street.says('shen', { type: 'close', caseId, disposition: 'solved' })
    },
  }
}

const openedBy = (decision: Decision) =>
  'events' in decision ? decision.events.flatMap((event) => (event.type === 'opened' ? [event.subject] : [])) : []

describe('what is counted', () => {
  it('[SE9] the third in thirty days opens a topic at the building group, which names all three and says why', () => {
    const street = aStairwell()
    street.clutter()
    street.days(10)
    street.clutter()
    street.days(10)
    expect(street.topics()).toEqual([])
    const decision = street.clutter()
    expect(decision).toMatchObject({ caseId: '20261210-001' })
    const [topic] = street.topics()
    expect(topic).toMatchObject({
      id: '20261210-002',
      scenarioId: 'trial-process',
      path: ['street', 'north', 'north-west', 'north-west-1', 'north-west-1-a'],
      lineage: { how: 'fed', from: ['20261120-001', '20261130-001', '20261210-001'] },
      sources: [{ by: { kind: 'clock' }, why: { rule: 'repeated', times: 3, days: 30 } }],
      phase: { id: 'plan' },
    })
  })

  it('[SE9] thirty days later the first no longer counts; nor does another stairwell, nor what joined an open case', () => {
    const street = aStairwell()
    street.clutter()
    street.clutter({ at: point(600) })
    street.days(31)
    street.clutter()
    const opened = street.clutter({ at: undefined, facilityId: 'shed-1', eventId: 'one' })
    expect(openedBy(opened)).toHaveLength(1)
    expect(street.clutter({ at: undefined, facilityId: 'shed-1', eventId: 'two' })).toMatchObject({ how: 'joined' })
    expect(street.topics()).toEqual([])
  })

  it('[SE9] a voided one was nothing: it does not count, on the board or gone from it', () => {
    const street = aStairwell()
    street.clutter()
    street.clutter()
    street.ends('20261120-001' as CaseId)
    street.clutter()
    expect(street.topics()).toEqual([])
    street.ends('20261120-002' as CaseId, 'close')
    street.days(2)
    for (const id of ['20261120-001', '20261120-002'] as CaseId[])
      street.submit(aCommand({ kind: 'clock' }, { type: 'archive', caseId: id }))
    street.clutter()
    expect(street.topics()[0]?.lineage?.from).toEqual(['20261120-002', '20261120-003', '20261122-001'])
  })

  it('[SE10] once a place: no second topic while the first is open, and what it was made of does not make the next', () => {
    const street = aStairwell()
    for (let times = 0; times < 5; times++) street.clutter()
    const [topic] = street.topics()
    expect(street.topics()).toHaveLength(1)
    street.ends(topic!.id)
    street.clutter()
    // The fourth, the fifth and this one: three that no topic spoke of.
    expect(street.topics()).toHaveLength(2)
    expect(street.topics()[1]!.lineage!.from).toHaveLength(3)
    expect(street.topics()[1]!.lineage!.from).not.toContain(topic!.lineage!.from[0])
  })

  it('[SE10] a board read anew, or out of its snapshot, counts the same', () => {
    const street = aStairwell()
    street.clutter()
    street.clutter()
    const again = unpackBoard(packBoard(street.board))
    expect([...again.recurring]).toEqual([...street.board.recurring])
    const third = { kind: 'grid-report', cameraId: undefined, at: point(80, 80), eventId: 'third' }
    const command = aCommand(sourceActor('round'), {
      type: 'report',
      report: aReport({ ...third, matter: 'corridor-clutter' }),
    })
    expect(decide(again, command, street.now, street.known)).toEqual(
      decide(street.board, command, street.now, street.known),
    )
    expect(openedBy(decide(again, command, street.now, street.known))).toMatchObject([{}, { matter: 'trial-topic' }])
  })

  it('[SE10] what was counted under the rules of that day stays counted when the rules are gone', () => {
    const street = aStairwell()
    street.clutter()
    street.clutter()
    street.known.scenarios = aKnown({ scenarios: quiet }).scenarios
    expect(openedBy(street.clutter())).toHaveLength(1)
    expect(street.topics()).toEqual([])
    street.known.scenarios = aKnown({ scenarios: [...quiet, aProcess()] }).scenarios
    expect(openedBy(street.clutter())).toMatchObject([{}, { lineage: { from: { length: 3 } } }])
  })

  it('[SE10] places where nothing happens any more are forgotten', () => {
    const street = aStairwell()
    street.clutter()
    street.days(40)
    street.clutter({ at: point(600) })
    expect([...street.board.recurring.keys()]).toEqual(['trial-topic north-west-1-b'])
  })
})
