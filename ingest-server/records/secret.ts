// The key file beside the journal, which the personal fields are sealed with: made once, never in a backup of the data alone.
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { flushFolder } from './flush-folder.ts'
import type { Random } from './token.ts'

const bytes = 32

/** The folder's secret; drawn and written (readable by its owner only) where there is none yet. */
export async function readSecret(folder: string, random: Random): Promise<Uint8Array> {
  const file = join(folder, 'secret.key')
  const kept = await readFile(file, 'utf8').catch(orNothing)
  if (kept === null) return writeSecret(folder, file, random(bytes))
  const secret = Buffer.from(kept.trim(), 'hex')
  if (secret.length !== bytes)
    throw new Error(`${file} must hold ${bytes} bytes in hex; restore it, or no name kept so far can be read`)
  return secret
}

/** Whole or not at all: half a key, after a power cut, would seal what nobody can open. */
async function writeSecret(folder: string, file: string, secret: Uint8Array): Promise<Uint8Array> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const half = await open(`${file}.new`, 'w', 0o600)
  await half.writeFile(`${Buffer.from(secret).toString('hex')}\n`)
  await half.sync()
  await half.close()
  await rename(`${file}.new`, file)
  await flushFolder(folder)
  return secret
}

function orNothing(fault: NodeJS.ErrnoException): null {
  if (fault.code === 'ENOENT') return null
  throw fault
}
