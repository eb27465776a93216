// Staff walk: each goes to the case in hand at walking pace, else strolls about, and tells the line where they are, as a phone does.
import { io, type Socket } from 'socket.io-client'
import type { Case } from '#contract/case'
import type { PersonId, PlaceId } from '#contract/ids'
import type { Person } from '#contract/person'
import type { Place } from '#contract/places'
import type { LonLat } from '#contract/point'
import type { ScreenToServer, ServerToScreen } from '#contract/wire'
import type { Chance } from './chance.ts'

interface Walker {
  person: Person
  at: LonLat
  goal: LonLat
  line: Socket<ServerToScreen, ScreenToServer>
}

export interface Walkers {
  /** `seconds` of the street's time have gone by. */
  step(cases: Iterable<Case>, seconds: number): void
  close(): void
}

const metresPerSecond = 1.3
const metresPerDegree = { lon: 95_200, lat: 111_200 }

const towards = (at: LonLat, goal: LonLat, metres: number): LonLat => {
  const [x, y] = [(goal[0] - at[0]) * metresPerDegree.lon, (goal[1] - at[1]) * metresPerDegree.lat]
  const share = Math.min(1, metres / Math.max(0.1, Math.hypot(x, y)))
  return [at[0] + (goal[0] - at[0]) * share, at[1] + (goal[1] - at[1]) * share]
}

const isThere = (at: LonLat, goal: LonLat): boolean =>
  Math.hypot((goal[0] - at[0]) * metresPerDegree.lon, (goal[1] - at[1]) * metresPerDegree.lat) < 8

export function openWalkers(needs: {
  url: string
  origin: string
  people: readonly { person: Person; token: string }[]
  places: ReadonlyMap<PlaceId, Place>
  chance: Chance
}): Walkers {
  const { chance } = needs
  const spots = (person: Person): LonLat[] => {
    const own = person.placeIds.map((id) => needs.places.get(id)).filter((place) => place !== undefined)
    const below = [...needs.places.values()].filter(
      (place) =>
        place.level === 'micro-grid' &&
        own.some((one) => one.id === place.parentId || one.level !== 'residential-area'),
    )
    return (below.length > 0 ? below : own).map((place) => place.label)
  }
  const walkers = needs.people.map(({ person, token }): Walker => {
    const line: Walker['line'] = io(needs.url, {
      path: '/line',
      transports: ['websocket'],
      forceNew: true,
      extraHeaders: { cookie: `sanping=${token}`, origin: needs.origin },
    })
    return { person, at: chance.oneOf(spots(person)), goal: chance.oneOf(spots(person)), line }
  })

  const goalOf = (walker: Walker, inHand: ReadonlyMap<PersonId, LonLat>): LonLat => {
    const called = inHand.get(walker.person.id)
    if (called) return called
    return isThere(walker.at, walker.goal) ? chance.oneOf(spots(walker.person)) : walker.goal
  }

  return {
    step(cases, seconds) {
      const inHand = new Map<PersonId, LonLat>()
      for (const current of cases) {
        if (current.stage === 'handling' && current.holder) inHand.set(current.holder.personId, current.wgs84)
      }
      for (const walker of walkers) {
        walker.goal = goalOf(walker, inHand)
        walker.at = towards(walker.at, walker.goal, metresPerSecond * seconds)
        const [lon, lat] = walker.at
        const accuracy = chance.whole(5, 18)
        walker.line.volatile.emit('where', { lon, lat, crs: 'wgs84', accuracy, from: 'host' })
      }
    },
    close: () => walkers.forEach((walker) => walker.line.disconnect()),
  }
}
