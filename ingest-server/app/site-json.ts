// One JSON file a site may put into its data folder, checked whole; what is wrong with it is one sentence that names it.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Words } from '#contract/language'
import { ConfigFault } from './config.ts'

interface SiteFile<T> {
  /** Like `mqtt.json`. */
  name: string
  schema: z.ZodType<T>
  /** What holds without the file. */
  absent: T
  /** What it should be, after 「应」 and after "it". */
  wanted: Words
}

/** Throws a `ConfigFault` that names the file and the first thing wrong with it. */
export async function readSiteJson<T>(folder: string, { name, schema, absent, wanted }: SiteFile<T>): Promise<T> {
  const file = join(folder, name)
  const wrong = (where: Words, cause?: unknown) =>
    new ConfigFault(
      `${file} 不能用（${where.zh}）：应${wanted.zh}。\n${file} cannot be used (${where.en}): it ${wanted.en}.`,
      { cause },
    )
  const text = await readFile(file, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return null
    throw fault
  })
  if (text === null) return absent
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw wrong({ zh: '不是完整的 JSON', en: 'it is not whole JSON' }, cause)
  }
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const path = z.core.toDotPath(read.error.issues[0]?.path ?? []) || (Array.isArray(absent) ? '[]' : '{}')
  throw wrong({ zh: path, en: path })
}
