// What each screen holds, held against a rule of our own of who may see what, and against words that must never get there.
import type { Case } from '#contract/case'
import type { ScreenBoard } from '#contract/patch'
import { smallGround } from '../suites/small-ground.ts'

/** What was written by residents; a wall hangs where anybody stands. */
export const canary = 'Canary'

/** Where each may look: those who are not named see all. */
export type Sight = ReadonlyMap<string, readonly string[]>

export const seesIt = (sight: Sight, person: string, subject: Pick<Case, 'path'>): boolean => {
  const places = sight.get(person)
  return !places || subject.path.some((place) => places.some((own) => smallGround.pathOf(place).includes(own as never)))
}

export function openScopeOracle(sightOf: () => Sight) {
  const looked = new WeakSet<Case>()
  const wrong: string[] = []
  return {
    shown(person: string, board: ScreenBoard): void {
      for (const subject of board.cases.values()) {
        if (looked.has(subject)) continue
        looked.add(subject)
        if (!seesIt(sightOf(), person, subject))
          wrong.push(`scope: ${person} is shown ${subject.id} of ${subject.path.at(-1)}`)
        if (person === 'wall' && JSON.stringify(subject).includes(canary))
          wrong.push(`scope: the wall is shown what a resident wrote of ${subject.id}`)
      }
    },
    judge: () => wrong.splice(0),
  }
}
