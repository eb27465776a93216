// What a wall may show of a process: how the votes stand, never whose they are; no form, where a dwelling or a company is named.
import type { Case } from '#contract/case'
import type { Member } from '#contract/process'

type Votes = NonNullable<Case['votes']>[string]

/** Members go by their place on the roll: the sums stay what they are. The very same record where there is nothing to hide. */
export function withoutHouseholds(subject: Case): Case {
  const { forms, rolls, votes, ...rest } = subject
  if (!forms && !rolls && !votes) return subject
  const places = placesOn(rolls ?? {})
  const numbered = (members: readonly Member[]) => members.map(({ id, weight }) => ({ id: places.get(id)!, weight }))
  return {
    ...rest,
    ...(rolls && { rolls: Object.fromEntries(Object.entries(rolls).map(([roll, all]) => [roll, numbered(all)])) }),
    ...(votes && { votes: Object.fromEntries(Object.entries(votes).map(([id, all]) => [id, unnamed(all, places)])) }),
  }
}

/** Whoever stands on two rolls goes by one number. */
const placesOn = (rolls: Readonly<Record<string, readonly Member[]>>): Map<string, string> =>
  new Map(
    [...new Set(Object.values(rolls).flatMap((members) => members.map(({ id }) => id)))].map((id, i) => [
      id,
      `${i + 1}`,
    ]),
  )

const unnamed = (votes: Votes, places: ReadonlyMap<string, string>): Votes =>
  Object.fromEntries(
    Object.entries(votes).flatMap(([id, { evidence: _slip, ...vote }]) => {
      const place = places.get(id)
      return place === undefined ? [] : [[place, vote]]
    }),
  )
