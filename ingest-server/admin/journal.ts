// The journal: is its chain whole, and what has happened lately.
import { PersonId } from '#contract/ids'
import { readEntry } from '../journal/chain.ts'
import type { Head } from '../journal/journal.ts'
import { prove, type Proof } from '../checkpoints/prove.ts'
import { bookOf, trustedKey } from './checkpoints.ts'
import { no, tell, textOf, wrong, type AdminCommand, type Answer, type Call } from './call.ts'
import { lineInWords } from './journal-line.ts'
import { withJournal } from './with-journal.ts'

const followedEvery = 500
const progressEvery = 100_000

const verify = async (call: Call): Promise<Answer> => {
  const known = knownHead(textOf(call, 'known'))
  if (known === undefined)
    return wrong('--known 后请写「行号：哈希」。', '--known is followed by REVISION:HASH, the hash of 64 digits.')
  const key = await trustedKey(call)
  return withJournal(call, async (journal) => {
    const { revision: last } = await journal.head()
    const started = call.now()
    let told = 0
    const proof = await prove({
      ...{ journal, key, known: known ? [known] : [], book: bookOf(call, journal.id) },
      deep: call.options.deep === true,
      stopped: call.stopped,
      onWalked({ revision }) {
        if (revision - told < progressEvery) return
        told = revision
        call.complain(`${revision} / ${last}`)
      },
    })
    if (!proof.sound) return proof.in === 'journal' ? badLine(proof) : badCheckpoint(proof)
    const { revision, hash } = proof.head
    if (proof.stopped)
      return no(
        `停在第 ${revision} 行，到此完好；其余没有核对。`,
        `Stopped at line ${revision}: it holds so far, the rest was not looked at.`,
      )
    tell(call, `日志完好，共 ${revision} 行，末行 ${hash}`, `The journal holds: ${revision} lines, the last ${hash}`)
    tellOfCheckpoints(call, proof.checkpoints, revision - (proof.last?.revision ?? 0))
    const seconds = Math.max(0.001, (call.now() - started) / 1000)
    call.complain(`${seconds.toFixed(1)} s, ${Math.round(revision / seconds)} /s`)
    return null
  })
}

const badLine = ({ revision, since = revision, why }: Extract<Proof, { in: 'journal' }>): Answer =>
  since < revision
    ? no(
        `第 ${since} 行到第 ${revision} 行之间起不对：${why}。第 ${since} 行之前的都完好。`,
        `Wrong from between line ${since} and line ${revision}: ${why}. All before line ${since} holds.`,
      )
    : no(`第 ${revision} 行不对：${why}。它之前的都完好。`, `Line ${revision} is wrong: ${why}. All before it holds.`)

const badCheckpoint = ({ file, line, why }: Extract<Proof, { in: 'checkpoints' }>): Answer =>
  no(`检查点不对，${file} 第 ${line} 行：${why}。`, `The checkpoints are wrong, ${file} line ${line}: ${why}.`)

function tellOfCheckpoints(call: Call, count: number, unsigned: number): void {
  if (count === 0)
    return tell(call, '还没有检查点：服务启动后才会签。', 'There are no checkpoints yet: a running server signs them.')
  tell(
    call,
    `与 ${count} 个签名检查点一致，其后还有 ${unsigned} 行未签`,
    `${count} signed checkpoints say the same; ${unsigned} lines after the last of them are not signed yet`,
  )
}

/** Undefined where it cannot be read; null where none was given. */
function knownHead(text: string | undefined): Head | null | undefined {
  if (text === undefined) return null
  const [, revision, hash] = /^(\d{1,15}):([\da-f]{64})$/.exec(text) ?? []
  return revision && hash ? { revision: Number(revision), hash } : undefined
}

const tail = async (call: Call): Promise<Answer> => {
  const count = Number(textOf(call, 'lines') ?? 20)
  if (!Number.isInteger(count) || count < 0) return wrong('-n 后请写行数。', '-n is followed by a number of lines.')
  return withJournal(call, async (journal) => {
    let shown = Math.max(0, (await journal.head()).revision - count)
    do {
      for await (const line of journal.read(shown)) {
        call.say(lineInWords(readEntry(line), (id) => nameOf(call, id), call.language))
        shown = line.revision
      }
      if (call.options.follow === true) await call.pause(followedEvery)
    } while (call.options.follow === true && !call.stopped())
    return null
  })
}

const nameOf = (call: Call, id: string): string => {
  const known = PersonId.safeParse(id).data
  return (known && call.records.accounts.people().get(known)?.name) ?? id
}

export const journalCommands: Record<string, AdminCommand> = {
  'journal verify': {
    usage: 'journal verify [--deep] [--known REVISION:HASH] [--key PUBLIC-KEY-FILE]',
    says: {
      zh: '逐行核对哈希链和签名检查点，指出第一处不对；--deep 逐行逐项细读，--known 对照别处记下的一行，--key 用别处保存的公钥',
      en: 'walks the hash chain and the signed checkpoints and names the first wrong line; --deep reads every line field by field, --known holds it against a line noted elsewhere, --key trusts a public key kept elsewhere',
    },
    standsOn: 'journal.db',
    takes: 0,
    options: { deep: { type: 'boolean' }, known: { type: 'string' }, key: { type: 'string' } },
    run: verify,
  },
  'journal tail': {
    usage: 'journal tail [-n N] [--follow]',
    says: { zh: '最近的日志', en: 'what happened lately' },
    standsOn: 'journal.db',
    takes: 0,
    options: { lines: { type: 'string', short: 'n' }, follow: { type: 'boolean', short: 'f' } },
    run: tail,
  },
}
