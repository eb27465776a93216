// A day's cases for the report: from the board and the archive, as the asker may see them.
import { expect, it } from 'vitest'
import type { Daily } from '#contract/daily'
import type { Case } from '#contract/case'
import type { CaseId, PlaceId } from '#contract/ids'
import { aCase, aSource, at } from '../suites/builders.ts'
import { openRooms } from '../stories/story.ts'

const room = openRooms()
const [from, to] = [at('2026-11-21 00:00'), at('2026-11-22 00:00')]
const aFire = (n: number, change: Partial<Case> = {}) =>
  aCase({
    id: `20261121-00${n}` as CaseId,
    openedAt: at('2026-11-21 08:00'),
    sources: [aSource({ key: `hik/${n}` })],
    ...change,
  })
const holding = [
  aFire(1, { steps: [{ verb: 'dispatch', at: at('2026-11-21 08:02'), by: { kind: 'clock' } }] }),
  aFire(2, { path: ['street', 'south', 'south-west', 'south-west-1'] as PlaceId[] }),
  aFire(3, { openedAt: at('2026-11-20 08:00') }),
  aFire(4, { stage: 'void', endedAt: at('2026-11-21 08:30'), mergedInto: '20261121-001' as CaseId }),
]

it('[EX67] opened in the day or open in it, from board and archive, nobody but whom it concerns, and no merged one twice', async () => {
  const house = await room({ holding, at: '09:31' })
  const archived = aFire(5, { stage: 'closed', endedAt: at('2026-11-21 09:00'), disposition: 'solved' })
  const long = aFire(6, { openedAt: at('2026-11-19 08:00'), stage: 'closed', endedAt: at('2026-11-20 09:00') })
  const put = [archived, long].map((subject) => ({ subject, facts: null }))
  await house.archive.put(put, { journal: house.desk.journalId, revision: house.desk.board().revision })
  const asks = async (who: string, query = `from=${from}&to=${to}`) => {
    const answer = await fetch(`${house.url}/api/daily?${query}`, { headers: { cookie: await house.signIn(who) } })
    return { status: answer.status, body: (await answer.json()) as Daily }
  }
  const ids = ({ body }: { body: Daily }) => body.cases.map(({ id }) => id)
  const all = await asks('chen')
  expect(ids(all).toSorted()).toEqual(['20261121-001', '20261121-002', '20261121-003', '20261121-005'])
  expect(all.body.cases.find(({ id }) => id === '20261121-001')).toMatchObject({
    dispatchedAt: at('2026-11-21 08:02'),
    arrivedAt: null,
  })
  expect(ids(await asks('shen'))).not.toContain('20261121-002')
  expect((await asks('li')).status).toBe(403)
  expect((await asks('chen', `from=${to}&to=${from}`)).status).toBe(400)
})
