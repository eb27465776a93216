// The key checkpoints are signed with: made once beside the folder's secret, its public half for whoever checks.
import type { KeyObject } from 'node:crypto'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { flushFolder } from '../records/flush-folder.ts'
import type { Random } from '../records/token.ts'
import { privateKeyOf } from './note.ts'

const fileIn = (folder: string): string => join(folder, 'checkpoint.key')

/** Null where none was made yet. Throws where the file is no key. */
export async function readSigningKey(folder: string): Promise<KeyObject | null> {
  const text = await readFile(fileIn(folder), 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return null
    throw fault
  })
  return text === null ? null : createPrivateKey(text)
}

/** The folder's key; drawn and written, whole or not at all, where there is none yet. */
export async function signingKey(folder: string, random: Random): Promise<KeyObject> {
  const kept = await readSigningKey(folder)
  if (kept) return kept
  const key = privateKeyOf(random(32))
  const file = fileIn(folder)
  const half = await open(`${file}.new`, 'w', 0o600)
  await half.writeFile(key.export({ format: 'pem', type: 'pkcs8' }))
  await half.sync()
  await half.close()
  await rename(`${file}.new`, file)
  await flushFolder(folder)
  return key
}

export const publicHalf = (key: KeyObject): KeyObject =>
  createPublicKey(key.export({ format: 'pem', type: 'pkcs8' }) as string)

export const publicPem = (key: KeyObject): string => publicHalf(key).export({ format: 'pem', type: 'spki' }) as string
