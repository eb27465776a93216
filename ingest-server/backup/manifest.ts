// What a backup says of itself: written last, so that one without it is none.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

export const manifestFile = 'manifest.json'
/** Raised when an older program could no longer put back what a newer one wrote. */
export const newestForm = 1

const Hash = z.string().regex(/^[\da-f]{64}$/)

export const Manifest = z.object({
  form: z.int(),
  /** `street`: what one street keeps; `keys`: its keys, apart; `system`: the list of streets and the rules above them. */
  kind: z.enum(['street', 'keys', 'system']),
  at: z.number(),
  engine: z.enum(['folder', 'postgres']),
  /** Its code among many. */
  street: z.string().nullable(),
  journal: z.object({ id: z.string(), revision: z.int(), hash: Hash, at: z.number().nullable() }).nullable(),
  /** The last migration of the records that had run. */
  records: z.string().nullable(),
  files: z.array(z.object({ path: z.string(), size: z.int(), sha256: Hash })),
  /** Not here on purpose. */
  leftOut: z.array(z.string()),
  /** Pictures the records name and that went while it was made, or are not on the disk as they were. */
  gone: z.array(z.string()),
})
export type Manifest = z.infer<typeof Manifest>

/** Null where there is none, which is no backup; `newer` where this program cannot know what is in it. */
export async function readManifest(set: string): Promise<Manifest | 'newer' | null> {
  const text = await readFile(join(set, manifestFile), 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT' || fault.code === 'ENOTDIR') return null
    throw fault
  })
  if (text === null) return null
  const value: unknown = jsonOr(text)
  const form = z.object({ form: z.int() }).safeParse(value).data?.form
  if (form !== undefined && form > newestForm) return 'newer'
  return Manifest.safeParse(value).data ?? null
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export const writeManifest = (set: string, manifest: Manifest): Promise<void> =>
  writeFile(join(set, manifestFile), `${JSON.stringify(manifest, null, 1)}\n`, { flush: true, flag: 'wx', mode: 0o600 })

/** No path of a manifest leads out of its folder. */
export const isInside = (path: string): boolean =>
  !path.startsWith('/') && !/^[a-z]:/i.test(path) && !path.split(/[\\/]/).includes('..')
