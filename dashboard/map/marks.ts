// What is put on the map, as records: a case, a person, a camera. Screens make them of what the board holds.
import type { Case } from '#contract/case'
import { isUnsigned } from '#contract/figures'
import type { Camera } from '#contract/places'
import type { Person, Presence } from '#contract/person'
import type { Instant } from '#contract/ids'
import type { LonLat } from '#contract/point'
import { ranOver, runs } from '#contract/ledger'
import { isOpen, type Level } from '#contract/stage'

export interface CaseMark {
  id: string
  at: LonLat
  level: Level
  /** A limit is broken: a red bar under the mark. */
  isOver: boolean
  /** I or II that nobody has signed for: the outline that blinks. */
  isWaiting: boolean
  /** 待核: a dashed ring, not an alarm. */
  isUnsure: boolean
  /** Only I and II carry words. */
  word: string
  /** Not what the view is about: without colour, smaller, without words. */
  isGrey?: boolean
  /** It has the wall: its mark stands aside on a stem. */
  isStemmed?: boolean
}

/** So many of III and IV that lie on one spot: as bad as the worst of them. */
export interface CrowdMark extends Omit<CaseMark, 'isWaiting' | 'word' | 'isGrey' | 'isStemmed'> {
  count: number
  isGrey: boolean
}

export interface PersonMark {
  id: string
  at: LonLat
  surname: string
  trail: LonLat[]
  /** Where they are on their way to. */
  goingTo: LonLat | null
}

export interface CameraMark {
  id: string
  at: LonLat
  isSilent: boolean
}

/** A clock that still runs is past its limit; a stopped one waits for nobody. */
export const isOverLimit = (subject: Case, now: Instant): boolean =>
  isOpen(subject.stage) && subject.clocks.some((clock) => runs(clock) && ranOver(clock, now))

export const caseMark = (subject: Case, now: Instant, word: string): CaseMark => ({
  id: subject.id,
  at: subject.wgs84,
  level: subject.level,
  isOver: isOverLimit(subject, now),
  isWaiting: isUnsigned(subject),
  isUnsure: subject.unsure,
  word: subject.level <= 2 && !subject.unsure ? word : '',
})

/** `going` is the open case the person has taken and not yet reached. */
export const personMark = (person: Person, presence: Presence, going: Case | undefined): PersonMark => ({
  id: person.id,
  at: presence.wgs84,
  surname: person.name.slice(0, 1),
  trail: presence.trail,
  goingTo: going?.wgs84 ?? null,
})

export const cameraMarks = (cameras: readonly Camera[], silent: ReadonlySet<string>): CameraMark[] =>
  cameras.map((camera) => ({ id: camera.id, at: camera.at, isSilent: silent.has(camera.id) }))
