// Who drives what the screens look at together, whose turn the wall is, and what ends when nobody says another word.
import { describe, expect, it } from 'vitest'
import { clocks as timeWishes } from '../../ingest-server/case-engine/clocks.ts'
import { decide } from '../../ingest-server/case-engine/decide.ts'
import type { Decision } from '../../ingest-server/case-engine/decision.ts'
import { packBoard, unpackBoard } from '../../ingest-server/case-engine/pack.ts'
import { dayOnBoard } from '../../ingest-server/case-engine/alarms.ts'
import type { Actor } from '#contract/case'
import type { Wish } from '#contract/command'
import type { PersonId } from '#contract/ids'
import type { CastWhat, Looked } from '#contract/linkage'
import { aCommand, aStreet, minutes, morning } from '../suites/builders.ts'

type Street = ReturnType<typeof aStreet>
const no = (decision: Decision) => ('refusal' in decision ? decision.refusal : null)
const kiosk: Actor = { kind: 'person', id: 'kiosk:hall' as PersonId, role: 'wall' }
const wall = (street: Street, wish: Record<string, unknown>) => no(street.submit(aCommand(kiosk, wish as Wish)))
const looks = (street: Street, id: string, look: Record<string, unknown> = {}) =>
  no(street.says(id, { type: 'look', look: look as Looked }))
const casts = (street: Street, id: string, name: string, what: Record<string, unknown>, length = 5) =>
  no(street.says(id, { type: 'cast', id: name, what: what as CastWhat, minutes: length }))
const chart = { kind: 'chart', chart: 'trend' }
const queue = (street: Street) => street.board.linkage.casts.map(({ id }) => id)
const light = (street: Street) => street.board.linkage.spotlight
const elapse = (street: Street) => timeWishes(street.board, street.now).due.map((command) => no(street.submit(command)))
const nextAt = (street: Street) => timeWishes(street.board, street.now).nextAt
const picture = 'a'.repeat(64)

/** A fire in the north, which 沈 answers for and 马 does not, with one picture of the camera's. */
function fire(): Street {
  const street = aStreet()
  street.reports({ evidence: [picture] })
  return street
}
const north = (street: Street) => ({ kind: 'case', caseId: street.only().id })

describe('带看', () => {
  it('[LK1] the watch, a chief and the wall may lead; an officer, property and the administrator may not', () => {
    const street = fire()
    for (const id of ['li', 'zhou', 'admin']) expect(looks(street, id), id).toBe('role-not-allowed')
    expect(looks(street, 'chen')).toBeNull()
    expect(light(street)).toEqual({ by: 'chen', since: morning, movedAt: morning, until: morning + minutes(10) })
    expect(wall(street, { type: 'look', look: { placeId: 'north' } })).toBeNull()
    expect(light(street)).toMatchObject({ by: 'kiosk:hall', placeId: 'north' })
  })

  it('[LK1] a wall is in no account: it leads, looks away and ends a cast, and wishes nothing else', () => {
    const street = fire()
    expect(wall(street, { type: 'look', look: {} })).toBeNull()
    expect(wall(street, { type: 'look-away' })).toBeNull()
    expect(wall(street, { type: 'cast-end', id: 'none' })).toBe('cast-unknown')
    const others = [
      { type: 'cast', id: 'c', what: chart, minutes: 5 },
      { type: 'cast-longer', id: 'c', minutes: 5 },
      { type: 'accept', caseId: street.only().id },
      { type: 'open-window', window: {} },
    ]
    for (const wish of others) expect(wall(street, wish), wish.type).toBe('person-unknown')
    const stranger: Actor = { kind: 'person', id: 'nobody' as PersonId, role: 'duty-officer' }
    expect(no(street.submit(aCommand(stranger, { type: 'look', look: {} })))).toBe('person-unknown')
  })

  it('[LK2] only what is there and theirs is shown: a case on the board, a place of the map, no time still to come', () => {
    const street = fire()
    const caseId = street.only().id
    expect(looks(street, 'chen', { caseId: '20261120-999' })).toBe('case-not-found')
    expect(looks(street, 'chen', { placeId: 'nowhere' })).toBe('place-unknown')
    expect(looks(street, 'chen', { moment: morning + 1 })).toBe('not-yet')
    expect(looks(street, 'ma', { caseId })).toBe('not-your-area')
    expect(looks(street, 'ma', { placeId: 'north' })).toBe('not-your-area')
    expect(looks(street, 'shen', { placeId: 'street' })).toBe('not-your-area')
    expect(looks(street, 'shen', { caseId, placeId: 'north-west', moment: morning })).toBeNull()
    expect(light(street)).toMatchObject({ caseId, placeId: 'north-west', moment: morning })
  })

  it('[LK3] the newest leads; a chief takes it from a chief, and from the watch or the wall only when their lease is over', () => {
    const street = fire()
    looks(street, 'shen')
    expect(looks(street, 'ma')).toBeNull()
    expect(looks(street, 'chen')).toBeNull()
    expect(light(street)?.by).toBe('chen')
    expect(looks(street, 'shen')).toBe('somebody-drives')
    wall(street, { type: 'look', look: {} })
    expect(looks(street, 'shen')).toBe('somebody-drives')
    street.pass(9.99)
    expect(looks(street, 'shen')).toBe('somebody-drives')
    street.pass(0.01)
    // Time itself has not said so yet.
    expect(looks(street, 'shen')).toBeNull()
    expect(light(street)).toMatchObject({ by: 'shen', since: street.now })
  })

  it('[LK4] ten minutes from the last move; who goes on leading has led since they began', () => {
    const street = fire()
    looks(street, 'chen')
    street.pass(4)
    expect(looks(street, 'chen', { placeId: 'north' })).toBeNull()
    const { now } = street
    expect(light(street)).toEqual({
      ...{ by: 'chen', since: morning, movedAt: now, until: now + minutes(10), placeId: 'north' },
    })
    expect(looks(street, 'chen', {})).toBeNull()
    expect(light(street)).not.toHaveProperty('placeId')
  })

  it('[LK5] the same again writes no line, unless it keeps a lease that is past its half', () => {
    const street = fire()
    looks(street, 'chen', { placeId: 'north' })
    street.pass(4.99)
    expect(looks(street, 'chen', { placeId: 'north' })).toBe('already-so')
    street.pass(0.01)
    expect(looks(street, 'chen', { placeId: 'north' })).toBeNull()
    expect(light(street)?.until).toBe(street.now + minutes(10))
    // Another who looks at the same has taken it over.
    expect(wall(street, { type: 'look', look: { placeId: 'north' } })).toBeNull()
  })

  it('[LK6] ended by whoever leads, the watch or a wall; without a word it ends by itself', () => {
    const street = fire()
    const away = (id: string) => no(street.says(id, { type: 'look-away' }))
    expect(away('chen')).toBe('already-so')
    looks(street, 'shen')
    expect([away('ma'), away('li'), away('shen')]).toEqual(['role-not-allowed', 'role-not-allowed', null])
    looks(street, 'shen')
    expect(away('chen')).toBeNull()
    looks(street, 'shen')
    expect(wall(street, { type: 'look-away' })).toBeNull()
    looks(street, 'shen')
    street.pass(10)
    elapse(street)
    expect(light(street)).toBeNull()
  })
})

describe('投屏', () => {
  it('[LK7] the watch casts anything, a chief what is on their ground, nobody else anything', () => {
    const street = fire()
    for (const id of ['li', 'zhou', 'admin']) expect(casts(street, id, id, chart), id).toBe('role-not-allowed')
    expect(casts(street, 'ma', 'a', north(street))).toBe('not-your-area')
    expect(casts(street, 'ma', 'a', { kind: 'map', placeId: 'north' })).toBe('not-your-area')
    expect(casts(street, 'ma', 'a', { ...chart, placeId: 'north' })).toBe('not-your-area')
    expect(casts(street, 'chen', 'a', { kind: 'map', placeId: 'moon' })).toBe('place-unknown')
    expect(casts(street, 'chen', 'a', { kind: 'moment', at: morning + 1 })).toBe('not-yet')
    expect(casts(street, 'chen', 'a', { kind: 'moment', at: morning })).toBeNull()
    expect(casts(street, 'shen', 'b', north(street))).toBeNull()
    expect(casts(street, 'ma', 'c', { kind: 'map', placeId: 'south' })).toBeNull()
    expect(queue(street)).toEqual(['a', 'b', 'c'])
  })

  it('[LK8] a picture is one of that very case, the camera’s or the street’s', () => {
    const street = fire()
    const photo = (evidence: string) => ({ ...north(street), kind: 'photo', evidence })
    expect(casts(street, 'chen', 'a', photo('b'.repeat(64)))).toBe('evidence-unknown')
    expect(casts(street, 'ma', 'a', photo(picture))).toBe('not-your-area')
    expect(casts(street, 'shen', 'a', photo(picture))).toBeNull()
    street.says('chen', { type: 'attach', evidence: 'b'.repeat(64), slot: 'other', takenAt: morning })
    expect(casts(street, 'shen', 'b', photo('b'.repeat(64)))).toBeNull()
  })

  it('[LK9] the first has the wall at once, the next when the one before is over, and its minutes count from there', () => {
    const street = fire()
    casts(street, 'chen', 'a', chart, 5)
    casts(street, 'shen', 'b', north(street), 10)
    expect(street.board.linkage.casts).toEqual([
      {
        ...{ id: 'a', by: 'chen', what: chart, minutes: 5, askedAt: morning },
        ...{ shownAt: morning, until: morning + minutes(5) },
      },
      { id: 'b', by: 'shen', what: north(street), minutes: 10, askedAt: morning },
    ])
    expect(nextAt(street)).toBeLessThanOrEqual(morning + minutes(5))
    street.pass(5)
    elapse(street)
    const { now } = street
    expect(street.board.linkage.casts).toMatchObject([{ id: 'b', shownAt: now, until: now + minutes(10) }])
    street.pass(10)
    elapse(street)
    expect(queue(street)).toEqual([])
  })

  it('[LK10] five at most, two of one person', () => {
    const street = fire()
    expect(casts(street, 'chen', 'a', chart)).toBeNull()
    expect(casts(street, 'chen', 'a', chart)).toBe('already-so')
    expect(casts(street, 'chen', 'b', chart)).toBeNull()
    expect(casts(street, 'chen', 'c', chart)).toBe('casts-full')
    casts(street, 'shen', 'd', chart)
    casts(street, 'shen', 'e', chart)
    expect(casts(street, 'ma', 'f', chart)).toBeNull()
    expect(casts(street, 'ma', 'g', chart)).toBe('casts-full')
    street.pass(5)
    // What is over makes room, whether or not time has said so.
    expect(casts(street, 'ma', 'g', chart)).toBeNull()
    expect(queue(street)).toEqual(['b', 'd', 'e', 'f', 'g'])
  })

  it('[LK11] lengthened by who cast it or the watch, so long from now, never shortened', () => {
    const street = fire()
    const longer = (id: string, name: string, length: number) =>
      no(street.says(id, { type: 'cast-longer', id: name, minutes: length }))
    casts(street, 'shen', 'a', chart, 10)
    casts(street, 'ma', 'b', chart, 10)
    expect(longer('chen', 'z', 5)).toBe('cast-unknown')
    expect(longer('ma', 'a', 20)).toBe('role-not-allowed')
    street.pass(4)
    expect(longer('shen', 'a', 6)).toBe('already-so')
    expect(longer('shen', 'a', 7)).toBeNull()
    expect(longer('chen', 'a', 30)).toBeNull()
    expect(street.board.linkage.casts[0]?.until).toBe(street.now + minutes(30))
    // One that waits has so long from when it gets the wall.
    expect(longer('ma', 'b', 10)).toBe('already-so')
    expect(longer('ma', 'b', 15)).toBeNull()
    expect(street.board.linkage.casts[1]).toMatchObject({ minutes: 15 })
    expect(street.board.linkage.casts[1]).not.toHaveProperty('until')
    street.pass(30)
    expect(longer('shen', 'a', 30)).toBe('cast-unknown')
  })

  it('[LK12] ended by who cast it, the watch or a wall, and the next has the wall at once', () => {
    const street = fire()
    const end = (id: string, name: string) => no(street.says(id, { type: 'cast-end', id: name }))
    casts(street, 'shen', 'a', chart)
    casts(street, 'shen', 'b', chart)
    casts(street, 'chen', 'c', chart)
    expect(end('ma', 'a')).toBe('role-not-allowed')
    street.pass(1)
    expect(end('shen', 'b')).toBeNull()
    expect(street.board.linkage.casts).toMatchObject([{ id: 'a', shownAt: morning }, { id: 'c' }])
    expect(end('chen', 'a')).toBeNull()
    expect(street.board.linkage.casts).toMatchObject([{ id: 'c', shownAt: street.now }])
    expect(wall(street, { type: 'cast-end', id: 'c' })).toBeNull()
    expect(queue(street)).toEqual([])
  })

  it('[LK13] a case that has left the board is not cast, and a cast of it ends at the next look at the leases', () => {
    const street = fire()
    const caseId = street.only().id
    street.says('chen', { type: 'void', reason: '误报', disposition: 'false-alarm' })
    street.now += dayOnBoard - minutes(1)
    casts(street, 'chen', 'a', { kind: 'chart', chart: 'funnel' }, 3)
    casts(street, 'chen', 'b', { kind: 'case', caseId }, 30)
    casts(street, 'shen', 'c', chart, 30)
    street.pass(1)
    elapse(street)
    expect(street.board.cases.size).toBe(0)
    expect(queue(street)).toEqual(['a', 'b', 'c'])
    street.pass(2)
    elapse(street)
    expect(queue(street)).toEqual(['c'])
    expect(casts(street, 'chen', 'd', { kind: 'case', caseId })).toBe('case-not-found')
  })
})

describe('leases and time', () => {
  it('[LK14] time comes at the end of each lease, by an id of its own, and not before', () => {
    const street = fire()
    looks(street, 'chen')
    casts(street, 'chen', 'a', chart, 5)
    casts(street, 'chen', 'b', chart, 5)
    const ids = new Set<string>()
    const lines: string[] = []
    const early = decide(street.board, aCommand({ kind: 'clock' }, { type: 'end-leases' }), street.now, street.known)
    expect(no(early)).toBe('not-yet')
    for (let minute = 0; minute < 15; minute++) {
      street.pass(1)
      for (const command of timeWishes(street.board, street.now).due) {
        if (command.wish.type !== 'end-leases') continue
        expect(ids.has(command.id)).toBe(false)
        ids.add(command.id)
        expect(no(street.submit(command))).toBeNull()
        lines.push(`${minute + 1} ${queue(street).join()} ${light(street)?.by ?? '-'}`)
      }
    }
    expect(lines).toEqual(['5 b chen', '10  -'])
    expect(nextAt(aStreet())).toBeNull()
  })

  it('[LK14] the next time is a lease’s where nothing else is sooner', () => {
    const street = aStreet()
    looks(street, 'chen')
    expect(nextAt(street)).toBe(morning + minutes(10))
    casts(street, 'chen', 'a', chart, 3)
    expect(nextAt(street)).toBe(morning + minutes(3))
    street.pass(3)
    expect(nextAt(street)).toBe(morning + minutes(10))
  })

  it('[LK14] nobody but time ends leases so', () => {
    const street = aStreet()
    looks(street, 'chen')
    street.pass(11)
    expect(no(street.says('chen', { type: 'end-leases' } as never))).toBe('role-not-allowed')
  })

  it('[LK15] after a standstill what was over ends once, and the next begins when it is really shown', () => {
    const street = fire()
    casts(street, 'chen', 'a', chart, 5)
    casts(street, 'shen', 'b', chart, 5)
    looks(street, 'chen')
    const again = unpackBoard(packBoard(street.board))
    expect(again.linkage).toEqual(street.board.linkage)
    const late = morning + minutes(600)
    const [command] = timeWishes(again, late).due.filter(({ wish }) => wish.type === 'end-leases')
    const said = decide(again, command!, late, street.known)
    expect(said).toMatchObject({
      events: [{ type: 'linked', spotlight: null, casts: [{ id: 'b', shownAt: late, until: late + minutes(5) }] }],
    })
  })
})
