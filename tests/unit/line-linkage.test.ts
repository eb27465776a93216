// The linked screens as each audience sees them: who leads is everybody's, what they show is shown only where it may be seen, and it stays so whatever becomes of the case.
import { afterEach, describe, expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { CaseId, CastId, EvidenceId, PersonId, PlaceId } from '#contract/ids'
import type { Cast, CastWhat, Linkage, Spotlight } from '#contract/linkage'
import { applyPatch, boardFrom, type ScreenBoard } from '#contract/patch'
import { emptyBoard } from '../../ingest-server/case-engine/board.ts'
import { chanceFrom } from '../../ingest-server/demo/chance.ts'
import type { Change, ShownBoard } from '../../ingest-server/desk/port.ts'
import { hangs } from '../../ingest-server/doors/evidence-cases.ts'
import { linkageFor } from '../../ingest-server/doors/line-linkage.ts'
import { audienceOf, type Audience } from '../../ingest-server/doors/line-scope.ts'
import { openRing, patchOf, wholeBoard } from '../../ingest-server/doors/line-view.ts'
import { aCase, aSource, people } from '../suites/builders.ts'
import { idOf, smallPhoto } from '../suites/pictures.ts'
import { smallGround } from '../suites/small-ground.ts'
import { dutyRoom } from '../world/duty-room.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const audience = (id: string): Audience => audienceOf(people.find((one) => one.id === id)!)
const leaves = ['north-west-1-a', 'north-west-2-b', 'south-west-1-a', 'south-east-1-b'] as PlaceId[]
const inPlace = (place: PlaceId) => ({
  path: smallGround.pathOf(place),
  wgs84: smallGround.places.get(place)!.label,
})
const aCaseIn = (place: PlaceId, number: string, change: Partial<Case> = {}): Case =>
  aCase({ id: number as CaseId, ...inPlace(place), ...change })
const picture = 'a'.repeat(64) as EvidenceId
const north = aCaseIn(leaves[0]!, '20261121-101')
const south = aCaseIn(leaves[2]!, '20261121-202')
const driven = { by: 'chen' as PersonId, since: 1, movedAt: 2, until: 3 }
const aCast = (id: string, what: CastWhat): Cast => ({
  id: id as CastId,
  by: 'chen' as PersonId,
  what,
  minutes: 5,
  askedAt: 1,
})
const boardWith = (...cases: Case[]) => ({ cases: new Map(cases.map((one) => [one.id, one])) })
const seen = (id: string, linkage: Partial<Linkage>, ...cases: Case[]) =>
  linkageFor(audience(id), { spotlight: null, casts: [], ...linkage }, boardWith(...cases), smallGround)

describe('what an audience sees', () => {
  it('[LK30] who leads and until when is everybody’s; the case, the place and the moment only whose they may see', () => {
    const spotlight: Spotlight = { ...driven, caseId: south.id, moment: 9 }
    for (const id of ['chen', 'wall', 'ma', 'wu'])
      expect(seen(id, { spotlight }, north, south).spotlight).toEqual(spotlight)
    for (const id of ['shen', 'li', 'zhou', 'admin'])
      expect(seen(id, { spotlight }, north, south).spotlight).toEqual({ ...driven, hidden: true })
    const onPlace: Spotlight = { ...driven, placeId: 'south-west-1' as PlaceId }
    expect(seen('wu', { spotlight: onPlace }).spotlight).toEqual(onPlace)
    expect(seen('li', { spotlight: onPlace }).spotlight).toEqual({ ...driven, hidden: true })
    // The whole of it, now or at a past time, is nobody's secret.
    expect(seen('li', { spotlight: { ...driven, moment: 9 } }).spotlight).toEqual({ ...driven, moment: 9 })
  })

  it('[LK30] a case that has left the board is led to only for those who see all', () => {
    const spotlight: Spotlight = { ...driven, caseId: north.id }
    expect(seen('li', { spotlight }).spotlight).toEqual({ ...driven, hidden: true })
    expect(seen('wall', { spotlight }).spotlight).toEqual(spotlight)
  })

  it('[LK31] a cast is told only where what it names may be seen; the wall has them all, by their ids', () => {
    const casts = [
      aCast('c1', { kind: 'case', caseId: south.id }),
      aCast('c2', { kind: 'photo', caseId: south.id, evidence: picture }),
      aCast('c3', { kind: 'map', placeId: 'south' as PlaceId }),
      aCast('c4', { kind: 'chart', chart: 'trend', placeId: 'north-west-1' as PlaceId }),
      aCast('c5', { kind: 'chart', chart: 'funnel' }),
      aCast('c6', { kind: 'moment', at: 5 }),
    ]
    const names = (id: string) => seen(id, { casts }, north, south).casts.map((one) => one.id)
    expect(names('wall')).toEqual(['c1', 'c2', 'c3', 'c4', 'c5', 'c6'])
    expect(names('wu')).toEqual(['c1', 'c2', 'c5', 'c6'])
    expect(names('ma')).toEqual(['c1', 'c2', 'c3', 'c5', 'c6'])
    expect(names('li')).toEqual(['c4', 'c5', 'c6'])
    expect(JSON.stringify(seen('li', { casts }, north, south))).not.toMatch(/20261121-202|south|aaaa/)
  })
})

/** A desk that tells everything that may happen to what is looked at, and screens of everybody that live on patches. */
function aStreet(seed: number) {
  const chance = chanceFrom(seed)
  const board = emptyBoard()
  const ring = openRing(0)
  const screens = ['chen', 'wall', 'shen', 'ma', 'li', 'wu', 'zhou'].map((id) => {
    const own = audience(id)
    return { id, own, told: 0, away: false, board: boardFrom(whole(own)) }
  })
  function whole(own: Audience) {
    return wholeBoard({
      journal: 'j',
      board: board as ShownBoard,
      audience: own,
      ground: smallGround,
      at: board.revision,
    })
  }
  const spots = (): Linkage['spotlight'] => {
    const caseId = chance.oneOf([null, ...board.cases.keys()])
    const placeId = chance.oneOf([null, null, ...leaves])
    return chance.next() < 0.2 ? null : { ...driven, ...(caseId && { caseId }), ...(placeId && { placeId }) }
  }
  const castsOf = (): Cast[] =>
    [...board.cases.keys()]
      .filter(() => chance.next() < 0.3)
      .map((caseId, index) =>
        aCast(
          `c${index}`,
          chance.next() < 0.5 ? { kind: 'case', caseId } : { kind: 'photo', caseId, evidence: picture },
        ),
      )

  function happens(): Change {
    const since = board.revision++
    const change: Change = { since, revision: board.revision, at: board.revision, put: [], remove: [], tallies: [] }
    const known = board.cases.size > 0 ? chance.oneOf([...board.cases.values()]) : null
    const what = chance.next()
    if (!known || what < 0.25) {
      const now = aCaseIn(chance.oneOf(leaves), `20261121-${board.revision}`, { revision: board.revision })
      change.put.push({ before: null, now })
    } else if (what < 0.55) {
      change.put.push({ before: known, now: { ...known, ...inPlace(chance.oneOf(leaves)), revision: board.revision } })
    } else if (what < 0.65) change.remove.push(known)
    for (const { now } of change.put) board.cases.set(now.id, now)
    for (const gone of change.remove) board.cases.delete(gone.id)
    // Now and then one batch moves the case and the light as well.
    if (what >= 0.65 || chance.next() < 0.2) {
      board.linkage = { spotlight: spots(), casts: castsOf() }
      change.linkage = board.linkage
    }
    return change
  }
  function tell(change: Change) {
    ring.add(change)
    for (const screen of screens) {
      if (screen.away) continue
      const patch = patchOf(change, { audience: screen.own, ground: smallGround, since: screen.told, board })
      if (!patch) continue
      screen.told = patch.revision
      take(screen, applyPatch(screen.board, patch))
    }
  }
  const take = (screen: (typeof screens)[number], next: ScreenBoard | 'gap') => {
    if (next === 'gap') throw new Error('a gap')
    screen.board = next
  }
  function comesBack(screen: (typeof screens)[number]) {
    const seenBy = { board: board as ShownBoard, audience: screen.own, ground: smallGround, at: board.revision }
    take(screen, applyPatch(screen.board, ring.since(screen.board.revision, seenBy)!))
    screen.told = board.revision
    screen.away = false
  }
  return { chance, screens, happens, tell, whole, comesBack }
}

it.each([1, 2, 3, 4, 5])(
  '[LK32] after every change each screen has of the linkage what a whole board would bring, told or come back to (seed %i)',
  (seed) => {
    const { chance, screens, happens, tell, whole, comesBack } = aStreet(seed)
    for (let step = 0; step < 400; step++) {
      const some = chance.oneOf(screens)
      if (!some.away && chance.next() < 0.1) some.away = true
      else if (some.away) comesBack(some)
      tell(happens())
      for (const { id, own, board, away } of screens) {
        const { linkage, cases } = whole(own)
        if (away) continue
        expect([seed, step, id, board.linkage]).toEqual([seed, step, id, linkage])
        const ids = new Set(cases.map((one) => one.id))
        const named = [linkage.spotlight?.caseId, ...linkage.casts.map(({ what }) => 'caseId' in what && what.caseId)]
        if (own.placeIds.length > 0) expect(named.filter((one) => one && !ids.has(one as CaseId))).toEqual([])
      }
    }
  },
)

it('[LK32] a case that is led through leaves an officer’s ground and comes back: their screen goes dark and lights again', () => {
  const moved = { ...north, ...inPlace(leaves[2]!), revision: 2 }
  const linkage: Linkage = {
    spotlight: { ...driven, caseId: north.id },
    casts: [aCast('c1', { kind: 'case', caseId: north.id })],
  }
  const told = (id: string, before: Case, now: Case) =>
    patchOf(
      { since: 1, revision: 2, at: 2, put: [{ before, now }], remove: [], tallies: [] },
      { audience: audience(id), ground: smallGround, since: 1, board: { linkage, ...boardWith(now) } },
    )
  expect(told('li', north, moved)).toMatchObject({
    remove: [north.id],
    linkage: { spotlight: { hidden: true }, casts: [] },
  })
  expect(told('wu', north, moved)).toMatchObject({
    put: [{ id: north.id }],
    linkage: { spotlight: { caseId: north.id } },
  })
  // Nothing new for whoever saw it before and after, and nothing at all for who sees neither.
  expect(told('wall', north, moved)).not.toHaveProperty('linkage')
  expect(told('chen', north, moved)).not.toHaveProperty('linkage')
  expect(told('wu', north, { ...north, revision: 2 })).toBeNull()
})

describe('a picture on the wall', () => {
  const held = (change: Partial<Case> = {}) =>
    aCase({ ...change, sources: [aSource({ evidence: [picture] })], forms: undefined } as Partial<Case>)
  const none = { casts: [] }

  it('[LK33] small it hangs for every case; whole only while it is cast, or its case is an open level I or II', () => {
    expect(hangs(held({ level: 4 }), picture, 'thumb', none)).toBe(true)
    expect(hangs(held({ level: 4 }), picture, 'full', none)).toBe(false)
    expect(hangs(held({ level: 1 }), picture, 'full', none)).toBe(true)
    expect(hangs(held({ level: 2, endedAt: 5 }), picture, 'full', none)).toBe(false)
    const subject = held({ level: 4 })
    const cast = (what: CastWhat) => ({ casts: [aCast('c1', what)] })
    expect(hangs(subject, picture, 'full', cast({ kind: 'photo', caseId: subject.id, evidence: picture }))).toBe(true)
    expect(hangs(subject, picture, 'full', cast({ kind: 'case', caseId: subject.id }))).toBe(false)
    const other = 'b'.repeat(64) as EvidenceId
    expect(hangs(subject, picture, 'full', cast({ kind: 'photo', caseId: subject.id, evidence: other }))).toBe(false)
  })

  it('[LK33] what a form or a voting slip shows is masked from it, and so is its picture', () => {
    const slip = aCase({
      level: 1,
      sources: [aSource()],
      votes: { lift: { 'flat-1': { choice: 'yes', at: 1, by: 'li' as PersonId, evidence: picture } } },
    } as unknown as Partial<Case>)
    expect(hangs(slip, picture, 'thumb', none)).toBe(false)
    expect(hangs(slip, picture, 'full', none)).toBe(false)
  })

  it('[LK33] over the real door a wall gets the whole picture only while it is cast', async () => {
    const room = await dutyRoom()
    closing.push(room.close)
    const { records, clock } = room
    const photo = await smallPhoto()
    const evidence = (await records.evidence.keep(photo, clock.now()))!
    expect(evidence).toBe(idOf(photo))
    const { results } = await room.posts({
      kind: 'camera-alert',
      ...{ eventId: 'e-1', matter: 'dropped-garbage', cameraId: 'cam-x', evidence: [evidence] },
      occurredAt: '2026-11-21T09:31:00+08:00',
      at: { lon: north.wgs84[0], lat: north.wgs84[1], crs: 'wgs84' },
    })
    const caseId = (results[0] as { caseId: CaseId }).caseId
    const cookie = await room.signIn('wall')
    const asks = async (size: string) =>
      (await fetch(`${room.url}/api/evidence/${evidence}${size}`, { headers: { cookie } })).status

    expect([await asks('?size=thumb'), await asks('')]).toEqual([200, 403])
    const duty = await room.opens('chen')
    const cast = { type: 'cast', id: 'c1' as CastId, what: { kind: 'photo', caseId, evidence }, minutes: 5 } as const
    expect(await duty.wishes(cast)).toMatchObject({ ok: true })
    expect(await asks('')).toBe(200)
    expect(await duty.wishes({ type: 'cast-end', id: 'c1' as CastId })).toMatchObject({ ok: true })
    expect(await asks('')).toBe(403)
  })
})
