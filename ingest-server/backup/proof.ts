// Does the journal of a backup hold: its chain is whole, and says what its checkpoints say.
import { createPublicKey } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeyObject } from 'node:crypto'
import { openBook } from '../checkpoints/book.ts'
import { prove } from '../checkpoints/prove.ts'
import { NotUsable } from '../engines/fault.ts'
import { openSqliteJournal } from '../journal/sqlite.ts'
import type { Manifest } from './manifest.ts'
import { alone } from './still.ts'
import { Stopped, type Work } from './work.ts'

/** The public half of the key its checkpoints are signed with: whoever has the backup can check with it, and sign nothing. */
export const publicKeyFile = 'checkpoint-public.pem'

/** `key`: the one that was kept elsewhere; else the backup's own. Rejects with one sentence where the chain or a checkpoint is wrong. */
export async function proveSet(set: string, work: Work, key?: KeyObject): Promise<NonNullable<Manifest['journal']>> {
  const file = join(set, 'journal.db')
  const journal = openSqliteJournal({ file, newId: () => '' })
  try {
    const { revision: of } = await journal.head()
    const proof = await prove({
      ...{ journal, deep: false, stopped: work.stopped },
      book: openBook(join(set, 'checkpoints'), journal.id),
      key: key ?? (await ownKey(set)),
      onWalked: ({ revision }) => work.onStep('proof', revision, of),
    })
    if (!proof.sound)
      throw proof.in === 'journal'
        ? new NotUsable({
            zh: `日志第 ${proof.revision} 行不对：${proof.why}。`,
            en: `Line ${proof.revision} of the journal is wrong: ${proof.why}.`,
          })
        : new NotUsable({
            zh: `检查点不对，${proof.file} 第 ${proof.line} 行：${proof.why}。`,
            en: `The checkpoints are wrong, ${proof.file} line ${proof.line}: ${proof.why}.`,
          })
    if (proof.stopped) throw new Stopped('stopped')
    work.onStep('proof', of, of)
    return { id: journal.id, ...proof.head, at: await timeOf(journal, of) }
  } finally {
    await journal.close()
    alone(file)
  }
}

async function ownKey(set: string): Promise<KeyObject | null> {
  const file = join(set, publicKeyFile)
  return existsSync(file) ? createPublicKey(await readFile(file, 'utf8')) : null
}

async function timeOf(journal: { read: ReturnType<typeof openSqliteJournal>['read'] }, revision: number) {
  for await (const { text } of journal.read(revision - 1, revision)) return (JSON.parse(text) as { at: number }).at
  return null
}
