// The five figures of the header in the order they must be dealt with, each with the cases behind it, and the sentence made of them.
import type { Case } from '#contract/case'
import { asked, overLimit, undispatched, unsigned, unsure, type Figure } from '#contract/figures'
import type { Instant } from '#contract/ids'
import { sayWall } from '../../words/wall.ts'

export interface Figures {
  level1: Case[]
  level2: Case[]
  over: Case[]
  undispatched: Case[]
  /** 待核 and 待批: not in a figure, but in the sentence. */
  unsure: Case[]
  asked: Case[]
}

/** As the contract declares them: here the ids only become the cases again. */
export function figuresOf(cases: readonly Case[], now: Instant): Figures {
  const byId = new Map(cases.map((subject) => [subject.id, subject]))
  const open = (figure: Figure): Case[] => figure.flatMap((id) => byId.get(id) ?? [])
  return {
    level1: open(unsigned(cases, 1)),
    level2: open(unsigned(cases, 2)),
    over: open(overLimit(cases, now)),
    undispatched: open(undispatched(cases)),
    unsure: open(unsure(cases)),
    asked: open(asked(cases)),
  }
}

/** At most three things: a person remembers no more on the way to the telephone. */
export function whatNow(figures: Figures, silent: number, pathsDown = 0): string[] {
  const due = [
    // Through a path that is down no alarm comes: nothing is more urgent than not to know.
    pathsDown && sayWall('do.path', { n: pathsDown }),
    figures.level1.length && sayWall('do.sign1', { n: figures.level1.length }),
    figures.level2.length && sayWall('do.sign2', { n: figures.level2.length }),
    figures.undispatched.length && sayWall('do.dispatch', { n: figures.undispatched.length }),
    figures.over.length && sayWall('do.urge', { n: figures.over.length }),
    figures.asked.length && sayWall('do.grant', { n: figures.asked.length }),
    figures.unsure.length && sayWall('do.look', { n: figures.unsure.length }),
    silent && sayWall('do.silent', { n: silent }),
  ].filter((what) => typeof what === 'string')
  const [first, second, third] = due
  if (!first) return [sayWall('do.nothing')]
  if (!second) return [capital(first)]
  return [sayWall('do.first', { what: first }), sayWall('do.second', { what: second }), third]
    .filter((what) => what !== undefined)
    .map((what, i, all) => (i < all.length - 1 ? what + sayWall('comma') : what))
}

const capital = (sentence: string): string => sentence.slice(0, 1).toUpperCase() + sentence.slice(1)
