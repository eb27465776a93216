// What the demo's staff see when they decide: the board, the hour, themselves; and how long each takes for what.
import type { Actor, Case } from '#contract/case'
import type { PersonWish } from '#contract/command'
import type { CaseId, Instant, PersonId } from '#contract/ids'
import type { Person } from '#contract/person'
import type { Scenario } from '#contract/scenario'
import { verbs, type PhotoSlot } from '#contract/stage'
import { forVisitors } from './people.ts'

export interface Move {
  by: Extract<Actor, { kind: 'person' }>
  wish: PersonWish
  /** The picture to take first, where the wish is to attach one. */
  photo?: PhotoSlot
}

export interface Scene {
  cases: Iterable<Case>
  people: ReadonlyMap<PersonId, Person>
  /** By the roster, where they stand on it. */
  onDuty(person: Person): boolean
  scenarios: ReadonlyMap<string, Scenario>
  now: Instant
  /** While visitors watch, their own block and their own tasks are left to them for a while. */
  visitors: boolean
}

export const second = 1000
export const minute = 60 * second
export const isVisitor = (id: PersonId): boolean => forVisitors.some((one) => one === id)

/** A fraction that is always the same for the same case and question: nobody's mood changes between two looks. */
export function mood(caseId: CaseId, question: string): number {
  let hash = 2166136261
  for (const letter of `${caseId}/${question}`) hash = Math.imul(hash ^ letter.codePointAt(0)!, 16777619)
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507)
  return ((hash ^ (hash >>> 13)) >>> 0) / 4_294_967_296
}

const between = (current: Case, question: string, from: number, to: number): number =>
  from + mood(current.id, question) * (to - from)

export type Next = (current: Case, scene: Scene, load: ReadonlyMap<PersonId, number>) => Move | null

/** What counts as something done: the rest is written beside it. */
const moving = new Set<string>([...verbs, 'open', 'resume', 'approve', 'reject'])

const lastMoved = (current: Case): Instant =>
  current.steps.findLast((step) => moving.has(step.verb))?.at ?? current.openedAt

export const waited = (current: Case, scene: Scene, question: string, from: number, to: number): boolean =>
  scene.now - lastMoved(current) >= between(current, question, from, to)

export const as = (person: Person): Move['by'] => ({ kind: 'person', id: person.id, role: person.role })
export const answersFor = (person: Person, current: Case): boolean =>
  person.placeIds.some((id) => current.path.includes(id))

/** The station's own chief; where none is on duty, by night, whoever has the watch. */
export const chiefOf = (current: Case, scene: Scene): Person | undefined => {
  const able = [...scene.people.values()].filter(
    (person) =>
      (person.role === 'chief' || person.role === 'duty-officer') &&
      scene.onDuty(person) &&
      !(scene.visitors && isVisitor(person.id)) &&
      answersFor(person, current) &&
      !current.handlers.includes(person.id),
  )
  return able.find((person) => person.role === 'chief') ?? able[0]
}

export const holderOf = (current: Case, scene: Scene): Person | undefined => {
  const holder = current.holder && scene.people.get(current.holder.personId)
  return holder && !(scene.visitors && isVisitor(holder.id)) ? holder : undefined
}

/** In the visitor's own block the staff hold back, so that there is something to do; less so where it is serious. */
export const patience = (current: Case, scene: Scene): number => {
  const visitor = [...scene.people.values()].find((one) => one.id === 'zhou')
  if (!scene.visitors || !visitor || !answersFor(visitor, current)) return 0
  return (current.level <= 2 ? 3 : 12) * minute
}
