// The signed checkpoints: what is to be kept elsewhere, and a new book after a journal was put back on purpose.
import type { KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openBook, type Book } from '../checkpoints/book.ts'
import { originOf, readCheckpoint } from '../checkpoints/checkpoint.ts'
import { publicHalf, publicPem, readSigningKey } from '../checkpoints/key.ts'
import { readPublicKey, verifierKey } from '../checkpoints/note.ts'
import { no, note, tell, textOf, wrong, type AdminCommand, type Answer, type Call } from './call.ts'
import { withJournal } from './with-journal.ts'

export const bookOf = (call: Call, journalId: string): Book =>
  openBook(call.checkpoints ?? join(call.folder, 'checkpoints'), journalId)

/** The one that was named, or the folder's own; null where it has none. Throws where the file holds no key. */
export async function trustedKey(call: Call): Promise<KeyObject | null> {
  const file = textOf(call, 'key')
  if (file !== undefined) return readPublicKey(await readFile(file, 'utf8'))
  const key = await readSigningKey(call.folder)
  return key && publicHalf(key)
}

const noKey = no(
  '还没有签名密钥：服务启动一次就有。',
  'There is no signing key yet: the first start of a server makes it.',
)

const key = async (call: Call): Promise<Answer> => {
  const kept = await readSigningKey(call.folder)
  if (!kept) return noKey
  return withJournal(call, async ({ id }) => {
    call.say(verifierKey(originOf(id), kept))
    call.say(publicPem(kept).trimEnd())
    return null
  })
}

/** The note as it stands in the book: any verifier of signed notes takes it. */
const last = (call: Call): Promise<Answer> =>
  withJournal(call, async ({ id }) => {
    const text = (await bookOf(call, id).last())?.note
    const checkpoint = text && readCheckpoint(text)
    if (!checkpoint) return no('没有检查点。', 'There is no checkpoint.')
    call.say(text.trimEnd())
    call.complain(`--known ${checkpoint.revision}:${checkpoint.hash}`)
    return null
  })

const anew = async (call: Call): Promise<Answer> => {
  const reason = textOf(call, 'reason')
  if (!reason) return wrong('请用 --reason 写明原因。', 'Say why with --reason.')
  return withJournal(call, async ({ id }) => {
    const aside = await bookOf(call, id).putAside(call.now())
    if (!aside) return no('没有检查点。', 'There is no checkpoint.')
    await note(call, 'checkpoints-anew', reason)
    tell(
      call,
      `旧检查点移到 ${aside}，一个不删；重启服务后从头签起。`,
      `The old checkpoints lie in ${aside}, all of them; a server that is started again begins a new book.`,
    )
    return null
  })
}

export const checkpointCommands: Record<string, AdminCommand> = {
  'checkpoint key': {
    usage: 'checkpoint key',
    says: {
      zh: '核对检查点用的公钥，请抄到别处保存',
      en: 'the public key that checks the checkpoints: keep a copy elsewhere',
    },
    standsOn: 'journal.db',
    takes: 0,
    run: key,
  },
  'checkpoint export': {
    usage: 'checkpoint export',
    says: {
      zh: '最近一个签名检查点，可存到别处，日后用 --known 核对',
      en: 'the newest signed checkpoint, to be kept elsewhere and held against the journal with --known',
    },
    standsOn: 'journal.db',
    takes: 0,
    run: last,
  },
  'checkpoint anew': {
    usage: 'checkpoint anew --reason WHY',
    says: {
      zh: '日志从备份恢复之后：旧检查点移到一边，另起新本',
      en: 'after a journal was put back from a backup: the old checkpoints are put aside and a new book begins',
    },
    standsOn: 'journal.db',
    takes: 0,
    options: { reason: { type: 'string' } },
    run: anew,
  },
}
