// What the sheet shows of the desk's other pages, made by their own thinking.
import type { Shift } from '#contract/duty'
import type { Case } from '#contract/case'
import type { PersonId, PlaceId, ShiftId } from '#contract/ids'
import type { Spot } from '../../parts/spots.ts'
import { sayCase } from '../../words/case.ts'
import { sayKpi } from '../../words/desk-kpi.ts'
import { dayMs, dayNamed, weekStart } from '../../words/moments.ts'
import { lineOf } from '../desk/pages/case-lines.ts'
import { spotsOf } from '../desk/pages/spots-of.ts'
import { weekOf } from '../desk/pages/roster-week.ts'
import { facts, now, sample } from './samples.ts'

const hour = 3_600_000
const week = weekStart(now)

const turn = (personId: string, day: number, from: number, change: Partial<Shift> = {}): Shift => ({
  id: `${personId} ${day} ${from}` as ShiftId,
  personId: personId as PersonId,
  post: 'grid',
  placeId: 'b' as PlaceId,
  from: week + day * dayMs + from * hour,
  to: week + day * dayMs + (from + 12) * hour,
  ...change,
})

export function pagesShown() {
  const swap = { with: 'zhao' as PersonId, by: 'li' as PersonId, at: now }
  const shifts = [
    ...[0, 1, 2, 3, 4].map((day) => turn('li', day, 8)),
    turn('li', 6, 8, { swap }),
    ...[1, 2, 3, 4].map((day) => turn('chen', day, 20)),
  ]
  const groups = weekOf({ shifts, people: facts.people, places: facts.places }, week, now, null)
  const ended: Partial<Case> = { stage: 'closed', disposition: 'solved', level: 4, matter: 'light-out' }
  return {
    views: (['figures', 'times'] as const).map((key) => ({ key, words: sayKpi(`view.${key}`) })),
    shares: [
      { share: '95.8%', count: '46/48', label: sayKpi('kpi.filed-in-time'), empty: false },
      { share: '—', count: '', label: sayKpi('kpi.satisfied'), empty: true },
    ],
    lines: [sample({ level: 1, matter: 'open-fire' }), sample({ unsure: true }), sample(ended)].map((one) =>
      lineOf(facts, one),
    ),
    spots: spotsOf(facts, null) satisfies Spot[],
    days: Array.from({ length: 7 }, (_, i) => {
      const key = week + i * dayMs
      const isToday = key <= now && now < key + dayMs
      return { key, words: dayNamed(key), isToday, nowAt: isToday ? (now - key) / dayMs : null }
    }),
    groups: groups.map((group) => ({
      key: group.post,
      words: sayCase(`post.${group.post}`),
      rows: group.rows,
      gaps: Array.from({ length: 7 }, (_, day) => (day === 5 ? [{ from: 0, to: 1, words: '08–20' }] : [])),
    })),
    chosen: `li 2 8`,
    hours: Array.from({ length: 24 }, (_, i) => ({
      at: now - (23 - i) * hour,
      all: (i * 7) % 19,
      part: (i * 3) % 7,
      marked: i === 17,
    })),
  }
}
