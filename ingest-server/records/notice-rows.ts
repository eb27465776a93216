// A notice as its row says it.
import type { Selectable } from 'kysely'
import { Notice, NoticeWayId } from '#contract/notice'
import type { Tables } from './tables.ts'

export const wayOf = (id: string | null) => (id === null ? null : NoticeWayId.parse(id))

export const noticeOf = (row: Omit<Selectable<Tables['notices']>, 'line'>): Notice =>
  Notice.parse({
    ...{ id: row.id, personId: row.person_id, caseId: row.case_id, what: row.what, level: row.level },
    ...{ words: row.words, at: row.made_at, revision: row.revision },
  })
