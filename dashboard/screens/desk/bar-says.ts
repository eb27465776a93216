// What the bar says: whose desk this is, its lists, who looks.
import type { Person, Viewer } from '#contract/person'
import type { PersonId } from '#contract/ids'
import { sayCase } from '../../words/case.ts'
import { sayDesk } from '../../words/desk.ts'
import { sayLine } from '../../words/line.ts'
import { deskTabs } from './lists.ts'
import { homeOf } from './pages/pages.ts'
import type { DeskTab } from './lists.ts'

interface Looking {
  viewer: Viewer | null
  people: ReadonlyMap<PersonId, Person>
}

/** A chief's desk is their station's, the duty officer's is the whole sub-district's. */
export function barOf({ viewer, people }: Looking, counts: Record<DeskTab, number>) {
  const body = viewer && people.get(viewer.personId)?.body
  return {
    desk: body || sayLine('place'),
    who: viewer ? `${sayCase(`role.${viewer.role}`)} ${viewer.name}` : '',
    tabs: (viewer && homeOf[viewer.role] ? [] : deskTabs).map((key) => ({
      key,
      words: sayDesk(`tab.${key}`),
      count: counts[key],
    })),
  }
}
