// The journal: is its chain whole, and what has happened lately.
import { PersonId } from '#contract/ids'
import { readEntry } from '../journal/chain.ts'
import { verify as verifyChain } from '../journal/verify.ts'
import { no, tell, textOf, wrong, type AdminCommand, type Answer, type Call } from './call.ts'
import { lineInWords } from './journal-line.ts'
import { withJournal } from './with-journal.ts'

const followedEvery = 500
const progressEvery = 100_000

const verify = (call: Call): Promise<Answer> =>
  withJournal(call, async (journal) => {
    const { revision: last } = await journal.head()
    const verdict = await verifyChain({
      latestSnapshot: () => journal.latestSnapshot(),
      async *read(after) {
        for await (const line of journal.read(after)) {
          if (line.revision % progressEvery === 0) call.complain(`${line.revision} / ${last}`)
          yield line
        }
      },
    })
    if (!verdict.sound)
      return no(
        `第 ${verdict.revision} 行不对：${verdict.why}。它之前的都完好。`,
        `Line ${verdict.revision} is wrong: ${verdict.why}. All before it holds.`,
      )
    const { revision, hash } = verdict.head
    tell(call, `日志完好，共 ${revision} 行，末行 ${hash}`, `The journal holds: ${revision} lines, the last ${hash}`)
    return null
  })

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
    usage: 'journal verify',
    says: { zh: '逐行核对哈希链，指出第一处不对', en: 'walks the hash chain and names the first wrong line' },
    standsOn: 'journal.db',
    takes: 0,
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
