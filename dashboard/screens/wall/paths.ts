// Whether alarms can come in at all, in the few words there is room for beside the lag.
import type { AlarmPath } from '#contract/wire'
import { timeOf } from '../../words/times.ts'
import { sayWall } from '../../words/wall.ts'

/** 线路延迟 while nothing is known of the paths; 通路 11:35 when all work; 通路不通 where one does not. */
export function pathWords(paths: readonly AlarmPath[]): { words: string; isDown: boolean } {
  if (paths.some((path) => path.down)) return { words: sayWall('paths.down'), isDown: true }
  const times = paths.flatMap((path) => path.at ?? [])
  const oldest = times.length > 0 && times.length === paths.length ? Math.min(...times) : null
  return {
    words: oldest === null ? sayWall('figure.lag') : sayWall('paths.well', { time: timeOf(oldest) }),
    isDown: false,
  }
}
