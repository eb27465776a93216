// The file of secrets beside the journal, which all that is sealed hangs on: the newest first, and never in a backup of the data alone.
import { createHash } from 'node:crypto'
import { link, mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Instant } from '#contract/ids'
import { flushFolder } from './flush-folder.ts'
import type { Random } from './token.ts'

const bytes = 32

export interface Secret {
  bytes: Uint8Array
  /** Null for the one a folder began with before secrets could be changed. */
  madeAt: Instant | null
}

/** Somebody else is changing the secrets of this folder now, or was and died over it. */
export class SecretsLocked extends Error {
  override name = 'SecretsLocked'
}

export const secretFileOf = (folder: string): string => join(folder, 'secret.key')
export const drawSecret = (random: Random, madeAt: Instant): Secret => ({ bytes: random(bytes), madeAt })

/** The folder's secrets, the newest first; one is drawn and written (readable by its owner only) where there is none yet. */
export async function readSecrets(folder: string, random: Random, now: Instant): Promise<Secret[]> {
  const file = secretFileOf(folder)
  const kept = await readFile(file, 'utf8').catch(orNothing)
  if (kept !== null) return secretsIn(kept, file)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const half = await writeHalf(folder, [drawSecret(random, now)])
  // Of two that begin at once one is first, and the other takes that one's: a rename would take it from under the first.
  await link(half, file).catch(orTaken)
  await rm(half)
  await flushFolder(folder)
  return secretsIn(await readFile(file, 'utf8'), file)
}

/** Whole or not at all, and by one hand at a time. Rejects with `SecretsLocked`. Returns what holds afterwards. */
export async function changeSecrets(folder: string, change: (now: Secret[]) => Secret[]): Promise<Secret[]> {
  const file = secretFileOf(folder)
  const lock = `${file}.lock`
  const mine = await open(lock, 'wx', 0o600).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'EEXIST') throw new SecretsLocked(lock, { cause: fault })
    throw fault
  })
  try {
    const changed = change(secretsIn(await readFile(file, 'utf8'), file))
    await rename(await writeHalf(folder, changed), file)
    await dropHalves(folder)
    await flushFolder(folder)
    return changed
  } finally {
    await mine.close()
    await rm(lock, { force: true })
  }
}

/** Half a secret, after a power cut, would seal what nobody can open: flushed under another name first. */
async function writeHalf(folder: string, secrets: readonly Secret[]): Promise<string> {
  // A name of its own: two may begin at once, in one process too.
  const own = createHash('sha256').update(secrets[0]!.bytes).digest('hex').slice(0, 8)
  const path = `${secretFileOf(folder)}.${own}.new`
  const half = await open(path, 'w', 0o600)
  await half.writeFile(secrets.map(lineOf).join(''))
  await half.sync()
  await half.close()
  return path
}

/** What a start that died left beside it: a secret that is forgotten must not lie on under another name. */
async function dropHalves(folder: string): Promise<void> {
  const halves = (await readdir(folder)).filter((name) => /^secret\.key\.([\da-f]+\.)?new$/.test(name))
  for (const name of halves) await rm(join(folder, name), { force: true })
}

/** Only the first of a line is read by a version that knew one secret: it goes on with the newest. */
const lineOf = ({ bytes: secret, madeAt }: Secret): string =>
  `${Buffer.from(secret).toString('hex')}${madeAt === null ? '' : ` ${new Date(madeAt).toISOString()}`}\n`

function secretsIn(text: string, file: string): Secret[] {
  const secrets = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [secretIn(line)]))
  if (secrets.length > 0 && secrets.every((one) => one !== null)) return secrets
  throw new Error(`${file} must hold ${bytes} bytes in hex a line; restore it, or no name kept so far can be read`)
}

function secretIn(line: string): Secret | null {
  const [hex = '', made] = line.trim().split(' ')
  const secret = Buffer.from(hex, 'hex')
  const madeAt = made === undefined ? null : Date.parse(made)
  return secret.length === bytes && !Number.isNaN(madeAt) ? { bytes: secret, madeAt } : null
}

function orNothing(fault: NodeJS.ErrnoException): null {
  if (fault.code === 'ENOENT') return null
  throw fault
}
function orTaken(fault: NodeJS.ErrnoException): void {
  if (fault.code !== 'EEXIST') throw fault
}
