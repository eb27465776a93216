// A place that was left: its rows went to the other engine, and nobody writes on in it by mistake.
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { connectAlone, isKept, quoted, type PostgresPlace } from './postgres.ts'

const Moved = z.object({ to: z.enum(['postgres', 'folder']), at: z.number(), revision: z.number() })
/** `revision`: the journal's last line as it left. */
export type Moved = z.infer<typeof Moved>

export const movedFile = 'moved.json'

export interface Place {
  folder: string
  postgres?: PostgresPlace | undefined
}

/** Null of a place that holds. `what`: which of its two. */
export async function readMoved({ folder, postgres }: Place, what: 'folder' | 'postgres'): Promise<Moved | null> {
  if (what === 'folder') {
    const text = await readFile(join(folder, movedFile), 'utf8').catch(orNull)
    return text === null ? null : Moved.parse(JSON.parse(text))
  }
  if (!postgres || !(await isKept(postgres, 'moved'))) return null
  const { rows } = await once(postgres, `select said from ${quoted(postgres.schema)}.moved`)
  return rows[0] ? Moved.parse(JSON.parse(rows[0].said)) : null
}

/** `moved` null: it holds again. */
export async function markMoved(place: Place, what: 'folder' | 'postgres', moved: Moved | null): Promise<void> {
  const file = join(place.folder, movedFile)
  if (what === 'folder')
    return moved === null ? rm(file, { force: true }) : writeFile(file, `${JSON.stringify(moved)}\n`, { flush: true })
  const table = `${quoted(place.postgres!.schema)}.moved`
  await once(place.postgres!, `create table if not exists ${table} (said text not null); delete from ${table}`)
  if (moved) await once(place.postgres!, `insert into ${table} (said) values ('${JSON.stringify(moved)}')`)
}

async function once({ url }: PostgresPlace, text: string): Promise<{ rows: { said: string }[] }> {
  const client = await connectAlone(url)
  try {
    return await client.query<{ said: string }>(text)
  } finally {
    await client.end()
  }
}

function orNull(fault: NodeJS.ErrnoException): null {
  if (fault.code === 'ENOENT') return null
  throw fault
}
