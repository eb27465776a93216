// What was opened where, counted by spot and matter: over cases in hand, and as one query over the archive's own table.
import { sql, type Selectable } from 'kysely'
import type { Case } from '#contract/case'
import { openingOf, type Opening, type Openings } from '#contract/heat'
import type { Instant, PlaceId, ScenarioId } from '#contract/ids'
import type { ArchiveDb, Tables } from './tables.ts'

/** A false alarm is counted as that alone. `now`: up to when the limits of what is still open are looked at. */
export function countOpenings(cases: Iterable<Case>, from: Instant, now: Instant): Openings[] {
  const counted = new Map<string, Openings>()
  for (const subject of cases) {
    const opening = openingOf(subject, now)
    if (!opening || opening.openedAt < from) continue
    const { path, scenarioId, matter } = subject
    const key = JSON.stringify([path, scenarioId, matter])
    const before = counted.get(key) ?? { path, scenarioId, matter, opened: 0, serious: 0, over: 0, falseAlarms: 0 }
    counted.set(key, withOne(before, opening))
  }
  return [...counted.values()]
}

const withOne = (before: Openings, { serious, over, falseAlarm }: Opening): Openings =>
  falseAlarm
    ? { ...before, falseAlarms: before.falseAlarms + 1 }
    : {
        ...before,
        opened: before.opened + 1,
        serious: before.serious + Number(serious),
        over: before.over + Number(over),
      }

/** Null for what is not counted. What is archived has ended: its limits run no more. */
export function rowOfOpening(subject: Case): Selectable<Tables['openings']> | null {
  const opening = openingOf(subject, subject.endedAt ?? subject.openedAt)
  if (!opening) return null
  return {
    id: subject.id,
    opened_at: opening.openedAt,
    path: subject.path.join('/'),
    scenario_id: subject.scenarioId,
    matter: subject.matter,
    serious: Number(opening.serious),
    over: Number(opening.over),
    false_alarm: Number(opening.falseAlarm),
  }
}

/** One walk along the index by time; no record is read, let alone parsed. */
export async function openingsSince(db: ArchiveDb, from: Instant): Promise<Openings[]> {
  const real = (flag: 'serious' | 'over') => sql<number>`sum((1 - false_alarm) * ${sql.ref(flag)})`
  const rows = await db
    .selectFrom('openings')
    .select(['path', 'scenario_id', 'matter'])
    .select([
      sql<number>`sum(1 - false_alarm)`.as('opened'),
      real('serious').as('serious'),
      real('over').as('over'),
      sql<number>`sum(false_alarm)`.as('false_alarms'),
    ])
    .where('opened_at', '>=', from)
    .groupBy(['path', 'scenario_id', 'matter'])
    .execute()
  return rows.map((row) => ({
    path: row.path.split('/') as PlaceId[],
    scenarioId: row.scenario_id as ScenarioId,
    matter: row.matter,
    opened: Number(row.opened),
    serious: Number(row.serious),
    over: Number(row.over),
    falseAlarms: Number(row.false_alarms),
  }))
}
