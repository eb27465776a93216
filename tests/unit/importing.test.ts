// An import against a house that is busy, gone, or not ours: it waits, goes on where it was, or stops and says where.
import { expect, it } from 'vitest'
import { importRows, type ImportedRow } from '../../ingest-server/app/importing.ts'
import { piecesOf, type Pieces } from '../../ingest-server/app/import-pieces.ts'

const file = (rows: number) =>
  Buffer.from(`id,what\r\n${Array.from({ length: rows }, (_, at) => `${at},"a\r\nb"`).join('\r\n\r\n')}\r\n`)
const pieces = (rows: number): Pieces => piecesOf(file(rows), 'a.csv') as Pieces

interface Posted {
  lines: number
  first: string
}

/** Answers each batch as it is told to; what it took once it has. */
function aHouse(answer: (posted: Posted, nth: number) => { status: number; results: unknown[] } | Error) {
  const posted: Posted[] = []
  const fetched = (async (url: string, init?: { headers: Record<string, string>; body: string }) => {
    if (url.endsWith('/readyz')) return Response.json({ revision: 10 })
    const { headers, body } = init!
    const batch = {
      lines: (body.match(/^\d+,/gm) ?? []).length,
      first: headers['content-type']!.split('first-line=')[1]!,
    }
    posted.push(batch)
    const said = answer(batch, posted.length)
    if (said instanceof Error) throw said
    return Response.json(
      { results: said.results, ignored: 0 },
      { status: said.status, headers: { 'retry-after': '2' } },
    )
  }) as unknown as typeof fetch
  return { posted, fetched }
}
const taken = ({ lines, first }: Posted) => ({
  status: 200,
  results: Array.from({ length: lines }, (_, at) => ({
    ok: true,
    commandId: `${first}-${at}`,
    revision: 11,
    how: 'opened',
    why: '',
  })),
})
const no = (refusal: string) => ({ ok: false, refusal, words: refusal })

async function run(rows: number, { fetched }: ReturnType<typeof aHouse>, stopAfter = Infinity) {
  const told: ImportedRow[] = []
  const pauses: number[] = []
  const imported = await importRows({
    ...{
      pieces: pieces(rows),
      to: 'http://house',
      key: 'k',
      dialect: 'table.x',
      dryRun: false,
      language: 'zh' as const,
    },
    fetch: fetched,
    pause: async (milliseconds) => void pauses.push(milliseconds),
    stopped: () => told.length >= stopAfter,
    told: (row) => void told.push(row),
    progress: () => {},
  })
  return { told, pauses, imported }
}

it('[IN127] five hundred at a time, each piece with its first line in the file, empty lines and cells of two lines counted', async () => {
  const house = aHouse(taken)
  const { told, imported } = await run(1200, house)
  expect(house.posted.map(({ lines }) => lines)).toEqual([500, 500, 200])
  expect(house.posted.map(({ first }) => Number(first))).toEqual([2, 2 + 500 * 3, 2 + 1000 * 3])
  expect(told.map(({ line }) => line)).toEqual(Array.from({ length: 1200 }, (_, at) => 2 + at * 3))
  expect(imported).toEqual({
    fates: { new: 1200, joined: 0, repeated: 0, refused: 0, ignored: 0 },
    stoppedAt: null,
    why: null,
  })
})

it('[IN127] a busy house is given its time: what it could not take is sent again, what it took is not', async () => {
  const busy = aHouse((batch, nth) => {
    if (nth === 1) return { status: 429, results: [no('overloaded')] }
    if (nth !== 2) return taken(batch)
    return { status: 207, results: taken(batch).results.map((one, at) => (at < 100 ? one : no('over-quota'))) }
  })
  const { told, pauses, imported } = await run(500, busy)
  expect(busy.posted.map(({ lines }) => lines)).toEqual([500, 500, 400])
  expect(pauses).toEqual([1000, 2000])
  expect([told.length, imported.fates.new]).toEqual([500, 500])
})

it('[IN127] stopped, it says before which line; a wrong key or a table that is none stops it at once; a house that is gone is waited for, not for ever', async () => {
  expect((await run(1200, aHouse(taken), 500)).imported).toMatchObject({
    fates: { new: 500 },
    stoppedAt: 1502,
    why: null,
  })
  const unknown = await run(
    600,
    aHouse(() => ({ status: 401, results: [no('source-unknown')] })),
  )
  expect(unknown.imported).toMatchObject({ stoppedAt: 2, why: 'source-unknown' })
  const back = aHouse((batch, nth) => (nth < 4 ? new Error('ECONNREFUSED') : taken(batch)))
  expect((await run(10, back)).imported).toMatchObject({ stoppedAt: null, fates: { new: 10 } })
  const gone = await run(
    10,
    aHouse(() => new Error('ECONNREFUSED')),
  )
  expect(gone.imported).toMatchObject({ stoppedAt: 2, why: 'ECONNREFUSED' })
})
