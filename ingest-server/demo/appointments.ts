// What is done at its own hour in the demo's two days: the roster is made, the night hands over, a window is opened, three long matters go their way.
import { localDate } from '#contract/calendar'
import { isOpen } from '#contract/stage'
import type { Instant, PersonId } from '#contract/ids'
import type { House } from '../app/house.ts'
import type { Appointment } from './forward.ts'
import { hearing, lift, renovation } from './long-matters.ts'
import type { Player } from './player.ts'
import { noteOf, swapAsked, turns, windowsOf } from './turns.ts'

const hour = 3_600_000
const day = 24 * hour
/** China keeps one time. */
const zone = { offsetMinutes: 480 }

interface Needs {
  house: House
  player: Player
  now: () => Instant
  from: Instant
  /** When it is looked at. */
  at: Instant
}

export function appointments({ house, player, now, from, at }: Needs): Appointment[] {
  const places = [...house.ground.places.values()]
  const placeOf = (name: string) => places.find((place) => place.name === name)!.id
  const bridge = placeOf('桥一居民区')
  const houses = places.filter(
    (place) => place.level === 'building-group' && house.ground.pathOf(place.id).includes(bridge),
  )
  const hands = { wish: player.wish, now }
  const [chen, night] = ['chen' as PersonId, 'linxy' as PersonId]
  const one = (when: Instant, keep: () => Promise<unknown>): Appointment => ({
    at: when,
    keep: async () => void (await keep()),
  })
  const stillOpen = () =>
    [...house.desk.board().cases.values()]
      .filter((subject) => isOpen(subject.stage))
      .slice(0, 5)
      .map(({ id }) => id)
  return [
    one(from, () => player.wish(chen, turns(house.records.accounts.people().values(), from, 8, at))),
    one(from + day + 7.9 * hour, () => player.wish(night, noteOf(house.ground.subdistrict.id, stillOpen()))),
    one(at - hour, () => player.wish('linf' as PersonId, swapAsked(2))),
    one(from + 9.5 * hour, () => lift(hands, houses[3]!.id)),
    one(from + 10 * hour, () => renovation(hands, houses[7]!.id, localDate(zone, at))),
    one(from + 15 * hour, () => hearing(hands, bridge, localDate(zone, at))),
    ...windowsOf(at, placeOf('桥二居民区'), 'cam-009-02').map((wish) => one(at - hour, () => player.wish(chen, wish))),
  ]
}
