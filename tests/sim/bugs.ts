// Bugs planted on purpose, each a few lines around a port and none in the product: what the simulation must find.
import type { Case } from '#contract/case'
import type { Entry } from '#contract/event'
import type { Patch } from '#contract/patch'
import type { Welcome } from '#contract/wire'
import type { Line } from '../../dashboard/link/line-port.ts'
import type { App } from '../../ingest-server/app/app-needs.ts'
import type { World } from '../../ingest-server/app/world.ts'
import type { Chance } from '../../ingest-server/demo/chance.ts'
import { chainLines } from '../../ingest-server/journal/chain.ts'
import type { Journal, Snapshot } from '../../ingest-server/journal/journal.ts'
import type { MemoryPaper } from '../../ingest-server/journal/memory.ts'
import type { Records } from '../../ingest-server/records/port.ts'
import type { Spoil } from './sockets.ts'

export interface Bug {
  id: string
  about: string
  /** Needs so many processes to show. */
  nodes?: 2
  journal?(inner: Journal, given: { paper: MemoryPaper; chance: Chance; starts: number }): Journal
  world?(world: World, chance: Chance): Partial<World>
  records?(records: Records, given: { chance: Chance; starts: number }): Records
  /** Between the line door and the screens. */
  spoil?(app: () => App | null, chance: Chance): Spoil
  /** On the device. */
  sends?(line: Line, chance: Chance): Line['command']
}

/** Of what a screen is told, the patch or the board of its welcome. */
const casesIn = (event: string, said: unknown[]): { put: (cases: Case[]) => unknown[]; cases: Case[] } | null => {
  const [told] = said as [Partial<Patch & Welcome> | undefined]
  if (event === 'patch' && told?.put) return { cases: told.put, put: (cases) => [{ ...told, put: cases }] }
  const { board } = told ?? {}
  if (event !== 'hello' || !board) return null
  return { cases: board.cases, put: (cases) => [{ ...told, board: { ...board, cases } }] }
}

/** Of each paper: a process keeps one as it closes, the next one the next. */
const lastSnapshots = new WeakMap<MemoryPaper, Snapshot>()

export const bugs: readonly Bug[] = [
  {
    id: 'answers-forgotten',
    about: 'after a start, no answer given before is known',
    journal(inner, { paper, starts }) {
      if (starts > 1) paper.answered.clear()
      return inner
    },
  },
  {
    id: 'told-before-kept',
    about: 'an append is acknowledged before it has landed, and now and then does not',
    journal: (inner, { chance }) => ({
      ...inner,
      async append(after, entries) {
        if (entries.length === 0 || chance.next() > 0.01) return inner.append(after, entries)
        const last = chainLines(after, entries).at(-1)!
        return { revision: last.revision, hash: last.hash }
      },
    }),
  },
  {
    id: 'one-left-out',
    about: 'a patch to officers leaves out a case',
    spoil: (_app, chance) => (room, event, said) => {
      const told = event === 'patch' && room?.startsWith('officer') ? casesIn(event, said) : null
      return told && chance.next() < 0.05 ? told.put(told.cases.slice(1)) : said
    },
  },
  {
    id: 'too-far',
    about: 'a chief is told of a case of the other block',
    spoil: (app, chance) => (room, event, said) => {
      const told = event === 'patch' && room?.startsWith('chief') ? casesIn(event, said) : null
      if (!told || chance.next() > 0.05) return said
      const others = [...(app()?.desk.board().cases.values() ?? [])].slice(-1)
      return told.put([...told.cases, ...others])
    },
  },
  {
    id: 'unmasked',
    about: 'the wall is told what a resident wrote',
    spoil: (app, chance) => (room, event, said) => {
      const told = event === 'patch' && room === 'wall' ? casesIn(event, said) : null
      if (!told || chance.next() > 0.2) return said
      return told.put(told.cases.map((one) => app()?.desk.board().cases.get(one.id) ?? one))
    },
  },
  {
    id: 'timer-lost',
    about: 'one timer in a few hundred never rings',
    world: (world, chance) => ({
      after: (milliseconds, run) => (chance.next() < 0.004 ? () => {} : world.after(milliseconds, run)),
    }),
  },
  {
    id: 'sent-as-new',
    about: 'what was not answered is sent again under another id',
    sends: (line) => {
      const unanswered = new Map<string, number>()
      return async (command) => {
        const before = unanswered.get(command.id) ?? 0
        const id = before === 0 ? command.id : (`${command.id}-${before}` as typeof command.id)
        const answer = await line.command({ ...command, id })
        if (answer === 'unanswered') unanswered.set(command.id, before + 1)
        return answer
      }
    },
  },
  {
    id: 'no-fence',
    about: 'two desks write at once: neither the head nor the pen is asked',
    nodes: 2,
    journal: (inner, { paper }) => ({
      ...inner,
      claim: async () => {},
      async append(_after, entries) {
        const { head } = paper
        const moved = entries.map((entry, i): Entry => ({
          ...entry,
          revision: head.revision + 1 + i,
          outcome: { ...entry.outcome, ...('revision' in entry.outcome && { revision: head.revision + 1 + i }) },
        }))
        return inner.append(head, moved)
      },
    }),
  },
  {
    id: 'snapshot-too-old',
    about: 'a snapshot says a later line than it holds',
    journal(inner, { paper }) {
      return {
        ...inner,
        async keepSnapshot(kept) {
          const older = lastSnapshots.get(paper)
          lastSnapshots.set(paper, kept)
          return inner.keepSnapshot(older ? { ...kept, board: older.board } : kept)
        },
      }
    },
  },
  {
    id: 'told-twice',
    about: 'after a start a neighbour is told the last lines anew, as other messages',
    records: (records, { starts }) => ({
      ...records,
      deliveries: {
        ...records.deliveries,
        async toldUpTo(id) {
          const known = await records.deliveries.toldUpTo(id)
          return known && { ...known, revision: Math.max(0, known.revision - 5) }
        },
        enqueue: (id, messages, upTo, now) =>
          records.deliveries.enqueue(
            id,
            messages.map((message) => ({ ...message, id: `${message.id}-${starts}` as typeof message.id })),
            upTo,
            now,
          ),
      },
    }),
  },
  {
    id: 'told-out-of-turn',
    about: 'a case’s messages do not wait for one another',
    records: (records) => ({
      ...records,
      deliveries: {
        ...records.deliveries,
        enqueue: (id, messages, upTo, now) =>
          records.deliveries.enqueue(
            id,
            messages.map((message) => ({ ...message, thread: message.id as unknown as typeof message.thread })),
            upTo,
            now,
          ),
      },
    }),
  },
  {
    id: 'refused-after-all',
    about: 'an append whose answer was lost is taken for one that failed, and its commands are refused',
    journal: (inner, { chance }) => {
      const forgotten = new Set<string>()
      return {
        ...inner,
        async append(after, entries) {
          const head = await inner.append(after, entries)
          if (entries.length > 0 && chance.next() < 0.01) for (const { commandId } of entries) forgotten.add(commandId)
          if (entries.some(({ commandId }) => forgotten.has(commandId))) throw new Error('no answer')
          return head
        },
        answers: async (ids) => inner.answers(ids.filter((id) => !forgotten.has(id))),
      }
    },
  },
]
