// What a bound wall is told of itself: how it hangs, and who commands through it.
import type { Viewer } from '#contract/person'
import type { Welcome } from '#contract/wire'
import type { Kiosks } from '../records/port-people.ts'
import type { Screen, Screens } from './line-socket.ts'
import { kioskOf } from './session-viewer.ts'
import type { Operators } from './wall-operators.ts'

interface Needs {
  io: Screens
  kiosks: Pick<Kiosks, 'site' | 'follow'>
  operators: Pick<Operators, 'of' | 'follow'>
}

export function openWallNews({ io, kiosks, operators }: Needs) {
  const screensOf = (wall: string): Screen[] =>
    [...io.sockets.sockets.values()].filter(({ data }) => kioskOf(data.viewer) === wall && data.audience)

  const stops = [
    kiosks.follow((wall) => {
      const site = kiosks.site(wall)
      if (site) for (const screen of screensOf(wall)) screen.emit('site', site)
    }),
    operators.follow((wall, operator) => {
      for (const screen of screensOf(wall)) screen.emit('operator', operator)
    }),
  ]

  return {
    /** Nothing where no wall looks. */
    welcome(viewer: Viewer): Pick<Welcome, 'site' | 'operator'> {
      const wall = kioskOf(viewer)
      const site = wall === null ? null : kiosks.site(wall)
      return wall === null || !site ? {} : { site, operator: operators.of(wall) }
    },
    close() {
      for (const stop of stops) stop()
    },
  }
}
