// What stories of joining and parting are told with: a street whose scenarios say what is likely, and short words for who says what.
import type { Decision } from '../../ingest-server/case-engine/decision.ts'
import type { Case } from '#contract/case'
import type { CaseId } from '#contract/ids'
import { Scenario } from '#contract/scenario'
import { aKnown, aStreet, people, scenarios } from './builders.ts'
import { spot } from './small-ground.ts'

/** A point so many metres east and north of shed 1. */
export const wgs84 = (east: number, north = 0) => {
  const [lon, lat] = spot(east, north)
  return { lon, lat, crs: 'wgs84' as const }
}

export const how = (decision: Decision) => ('refusal' in decision ? decision.refusal : decision.how)
export const refusalOf = (decision: Decision) => ('refusal' in decision ? decision.refusal : null)

/** The shipped scenarios, each with what a test says of it instead; nothing is likely unless a test says so. */
export const scenariosWith = (change: Record<string, Partial<Scenario>> = {}): Scenario[] =>
  scenarios.map(({ likely: _likely, ladder: _ladder, autoDispatch: _auto, ...scenario }) =>
    Scenario.parse({ ...scenario, ...change[scenario.id] }),
  )

/** A device that falls silent and speaks again. */
export const silence = Scenario.parse({
  ...scenarios.find((scenario) => scenario.id === 'grid-report'),
  id: 'device-silent',
  kind: 'device',
  matters: [
    { code: 'gateway-silent', words: { zh: '网关失联', en: 'Gateway silent' }, level: 3, group: 'device-silent' },
  ],
  sameCase: { metres: 30, minutes: 600, ways: ['device'] },
  clocks: [
    {
      name: 'accept',
      words: { zh: '受理', en: 'Accept' },
      limit: { amount: 10, unit: 'minutes' },
      starts: 'open',
      stops: ['accept'],
    },
  ],
  tell: [{ post: 'command', within: 'subdistrict' }],
  endsBy: 'report',
})

export const silent = (change: Record<string, unknown> = {}) => ({
  kind: 'device-report',
  matter: 'gateway-silent',
  deviceId: 'gateway-1',
  cameraId: undefined,
  placeId: 'north-west-1',
  eventId: 'silence-1',
  ...change,
})

export const streetWith = (change: Record<string, Partial<Scenario>> = {}, more: Scenario[] = []) =>
  aStreet({
    known: aKnown({
      scenarios: [...scenariosWith(change), ...more],
      people: new Map(people.map((person) => [person.id, person])),
    }),
  })
export type Street = ReturnType<typeof streetWith>

/** The case of that number of today: `nth(street, 2)` is `20261120-002`. */
export function nth(street: Street, number: number): Case {
  const found = street.board.cases.get(`20261120-${String(number).padStart(3, '0')}` as CaseId)
  if (!found) throw new Error(`there is no case ${number}`)
  return found
}

export const toldOf = (current: Case) => current.told.map((receipt) => receipt.personId)
export const keysOf = (current: Case) => current.sources.map((source) => source.key)
export const lastStep = (current: Case) => current.steps.at(-1)!
