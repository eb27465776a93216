// A page of facts as bytes: the words first, then every column as it lies in memory, so that reading it is one copy.
import { endianness } from 'node:os'
import type { FactColumns } from '#contract/fact-columns'

/** Cases a page. A page is written anew for each case that comes to it, and read whole. */
export const casesAPage = 512

/** Stands between two paths: in no name. */
const between = '\n\n'

type Column = Float64Array | Int32Array | Uint8Array

/** The columns of one page in their one order; longest numbers first, so that each begins where its kind may. */
function columnsIn({
  scenario,
  path,
  verdicts,
  passages,
}: Pick<FactColumns, 'scenario' | 'path' | 'verdicts' | 'passages'>): Column[] {
  return [
    ...verdicts.map(({ at }) => at),
    ...passages.flatMap(({ at, took }) => [at, took]),
    ...[scenario, path, ...verdicts.map(({ who }) => who), ...passages.map(({ who }) => who)],
    ...verdicts.map(({ counts }) => counts),
  ]
}

export function bytesOf(columns: FactColumns): Buffer {
  const { ids, scenarios, paths, people, verdicts, passages } = columns
  const words = Buffer.from(
    JSON.stringify({
      ids: ids.join('\n'),
      scenarios,
      paths: paths.join(between),
      people,
      shape: [verdicts.length, passages.length],
    }),
  )
  const start = Buffer.alloc(8)
  start.writeUInt32LE(words.length)
  // Files stay on the machine that made them; one of the other kind begins a new one.
  start.write(endianness(), 4)
  const filling = Buffer.alloc((8 - (words.length % 8)) % 8)
  const bytes = columnsIn(columns).map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  )
  return Buffer.concat([start, words, filling, ...bytes])
}

interface Header extends Pick<FactColumns, 'scenarios' | 'people'> {
  /** Long lists of words come as one: taking them apart costs a tenth of reading them one by one. */
  ids: string
  paths: string
  shape: [verdicts: number, passages: number]
}

/** Throws where the bytes are of a machine that counts the other way round. */
export function columnsFrom(kept: Uint8Array): FactColumns {
  // Numbers must begin at places that fit their kind: the copy does, what a driver hands out may not.
  const bytes = new Uint8Array(kept)
  const start = Buffer.from(bytes.buffer)
  if (start.toString('latin1', 4, 6) !== endianness()) throw new Error('a page of facts of another kind of machine')
  const length = start.readUInt32LE()
  const { shape, ...words } = JSON.parse(start.toString('utf8', 8, 8 + length)) as Header
  const ids = words.ids === '' ? [] : (words.ids.split('\n') as FactColumns['ids'])
  const count = ids.length
  let at = 8 + Math.ceil(length / 8) * 8
  const next = <T>(kind: new (buffer: ArrayBuffer, from: number, count: number) => T, size: number): T => {
    const column = new kind(bytes.buffer, at, count)
    at += count * size
    return column
  }
  const times = () => next(Float64Array, 8)
  const places = () => next(Int32Array, 4)
  const [figures, phases] = shape.map((many) => Array.from({ length: many }))
  const decided = figures!.map(times)
  const passed = phases!.map(() => ({ at: times(), took: times() }))
  const [scenario, path] = [places(), places()]
  const [whoDecided, whoPassed] = [figures!.map(places), phases!.map(places)]
  const counts = figures!.map(() => next(Uint8Array, 1))
  return {
    ...words,
    ...{ ids, paths: words.paths === '' ? [] : words.paths.split(between) },
    ...{ scenario, path },
    verdicts: decided.map((times, i) => ({ at: times, counts: counts[i]!, who: whoDecided[i]! })),
    passages: passed.map((column, i) => ({ ...column, who: whoPassed[i]! })),
  }
}
