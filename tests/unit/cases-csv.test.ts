// The cases of a span as a table: what a spreadsheet opens without running anything, and what each may see.
import { expect, it } from 'vitest'
import type { Case } from '#contract/case'
import type { CaseId, PersonId, PlaceId } from '#contract/ids'
import { csvLine, csvMark } from '../../ingest-server/doors/csv-line.ts'
import { aCase, aSource, at } from '../suites/builders.ts'
import { openRooms } from '../stories/story.ts'

const room = openRooms()

it('[EX56] what a spreadsheet would run stands behind an apostrophe; our own numbers stay numbers', () => {
  for (const text of [
    '=1+1',
    '+8613812345678',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '＝1',
    ' =HYPERLINK("http://a")',
    '\uFEFF=1',
  ])
    expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/)
  expect(csvLine([-3, 121.47, null, '桥一'])).toBe('-3,121.47,,桥一\r\n')
  expect(csvLine(['a"b', 'c,d', 'e\nf'])).toBe('"a""b","c,d","e\nf"\r\n')
})

const north = aCase({
  ...{ id: '20261121-001' as CaseId, openedAt: at('2026-11-21 08:00'), level: 1, stage: 'handling' },
  holder: { personId: 'li' as PersonId, since: at('2026-11-21 08:05') },
  sources: [aSource({ kind: 'service-ticket', text: '=cmd|王桂珍家', key: 'page/1' })],
})
const south = aCase({
  ...{ id: '20261121-002' as CaseId, openedAt: at('2026-11-21 08:10'), sources: [aSource({ key: 'hik/2' })] },
  path: ['street', 'south', 'south-west', 'south-west-1'] as PlaceId[],
})
const early = aCase({
  ...{ id: '20261120-009' as CaseId, openedAt: at('2026-11-20 23:59'), sources: [aSource({ key: 'hik/3' })] },
})
const day = `from=${at('2026-11-21 00:00')}&to=${at('2026-11-22 00:00')}`

async function table(who: string, holding: Case[] = [north, south, early], language = 'zh') {
  const house = await room({ holding, at: '09:31' })
  const headers = { cookie: await house.signIn(who), 'accept-language': language }
  const answer = await fetch(`${house.url}/api/cases.csv?${day}`, { headers })
  const bytes = Buffer.from(await answer.arrayBuffer())
  return { status: answer.status, type: answer.headers.get('content-type'), bytes, text: bytes.toString('utf8') }
}

it('[EX55] the table begins with the mark, ends each line as a spreadsheet wants it, and holds what was opened in the span alone', async () => {
  const { bytes, text, type } = await table('chen')
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  expect(type).toMatch(/^text\/csv; charset=utf-8/)
  const lines = text.slice(csvMark.length).split('\r\n')
  expect(lines[0]).toMatch(/^案件编号,场景,事项,/)
  expect(lines.slice(1, -1).map((line) => line.split(',')[0])).toEqual(['20261121-001', '20261121-002'])
  expect(lines.at(-1)).toBe('')
  expect(lines[1]).toContain('2026-11-21 08:00:00')
})

it('[EX57] a chief has their own ground, an officer no table, and nobody a word a resident wrote or a name of staff', async () => {
  const { text } = await table('shen')
  expect(text).toContain('20261121-001')
  expect(text).not.toContain('20261121-002')
  for (const secret of ['王桂珍', '李志强', 'cmd|']) expect(text).not.toContain(secret)
  expect(text).toContain('桥一居民区')
  expect((await table('li')).status).toBe(403)
})

it('[EX55] what has left the board stands in it too, in English where that is asked for', async () => {
  const house = await room({ at: '09:31' })
  const closed = { ...north, stage: 'closed' as const, endedAt: at('2026-11-21 09:00'), disposition: 'solved' as const }
  await house.archive.put([{ subject: closed, facts: null }], { journal: house.desk.journalId, revision: 0 })
  const headers = { cookie: await house.signIn('chen'), 'accept-language': 'en' }
  const text = await (await fetch(`${house.url}/api/cases.csv?${day}`, { headers })).text()
  expect(text).toMatch(/case,scenario,matter/)
  expect(text).toMatch(/20261121-001,.*closed,solved/)
})
