// What a duty officer of a district or a city sends down to one case of a street, by its number.
import type { UrgeShown } from '#contract/roll'
import type { Grave } from '#contract/summary'
import { ask, posted, type Asked, type Fetch } from './ask.ts'

export const urgeBelow = (
  fetch: Fetch,
  { street, number }: Pick<Grave, 'street' | 'number'>,
  reason: string,
): Promise<Asked<UrgeShown>> => ask(fetch, '/api/roll/urge', posted('POST', { street, number, reason }))
