// What hands can do to a journal and its checkpoints, drawn by chance; and what must be said of it.
import type { Chance } from '../../ingest-server/demo/chance.ts'
import { privateKeyOf } from '../../ingest-server/checkpoints/note.ts'
import type { Proof } from '../../ingest-server/checkpoints/prove.ts'
import { lineHash } from '../../ingest-server/journal/chain.ts'
import { attack, forgeAll, whole, type Hands, type Kept } from './attacked.ts'

/** `line`: the first that is wrong. */
interface Attack {
  name: string
  deed: (hands: Hands) => void
  expects: { in: 'journal'; line: number } | { in: 'checkpoints'; line?: number }
  how?: { known?: true; keyLost?: true }
}
type Kind = (chance: Chance) => Omit<Attack, 'name'>

const upTo = (chance: Chance, most: number): number => 1 + Math.floor(chance.next() * most)
const inJournal = (line: number) => ({ in: 'journal', line }) as const
const other = privateKeyOf(Buffer.alloc(32, 9))

/** One bit of one letter of a text: never one that makes a line feed or leaves the letter as it is. */
function flip(text: string, chance: Chance): string {
  const bytes = Buffer.from(text)
  const at = Math.floor(chance.next() * bytes.length)
  bytes[at] = bytes[at]! ^ (1 << Math.floor(chance.next() * 7))
  return bytes[at] === 10 ? flip(text, chance) : bytes.toString('latin1')
}
const textAt = ({ db }: Hands, line: number) =>
  db.prepare('select text from lines where revision = ?').pluck().get(line) as string
const hashAt = ({ db }: Hands, line: number) =>
  db.prepare('select hash from lines where revision = ?').pluck().get(line) as string
const set = ({ db }: Hands, line: number, column: 'text' | 'hash', value: string) =>
  db.prepare(`update lines set ${column} = ? where revision = ?`).run(value, line)
const forged = (text: string) => text.replaceAll('"wish-', '"wash-')
const insert = ({ db }: Hands, line: number, text: string, hash: string) =>
  db.prepare('insert into lines values (?, ?, ?, ?)').run(line, 'a wish nobody had', text, hash)

const kinds: Record<string, Kind> = {
  'a bit of a text'(chance) {
    const line = upTo(chance, whole.lines)
    return { expects: inJournal(line), deed: (on) => set(on, line, 'text', flip(textAt(on, line), chance)) }
  },
  'a bit of a hash'(chance) {
    const line = upTo(chance, whole.lines)
    return { expects: inJournal(line), deed: (on) => set(on, line, 'hash', flip(hashAt(on, line), chance)) }
  },
  'a line removed'(chance) {
    const line = upTo(chance, whole.lines - 1)
    return { expects: inJournal(line + 1), deed: ({ db }) => db.prepare('delete from lines where revision = ?').run(line) } // prettier-ignore
  },
  'a line removed and the rest moved up'(chance) {
    const line = upTo(chance, whole.lines - 1)
    return { expects: inJournal(line), deed: (on) => on.shift(line, -1) }
  },
  'a line inserted with its right hash'(chance) {
    const line = upTo(chance, whole.lines - 1) + 1
    const noted = line % whole.signedEvery === 0 || line % whole.snapshotEvery === 0
    return {
      expects: inJournal(noted ? line : line + 1),
      deed(on) {
        const text = forged(textAt(on, line))
        on.shift(line, 1)
        insert(on, line, text, lineHash(hashAt(on, line - 1), text))
      },
    }
  },
  'a line before the first'(chance) {
    const line = -Math.floor(chance.next() * 9)
    return { expects: inJournal(line), deed: (on) => insert(on, line, textAt(on, 1), hashAt(on, 1)) }
  },
  'two lines swapped'(chance) {
    const line = upTo(chance, whole.lines - 1)
    return {
      expects: inJournal(line),
      deed({ db }) {
        db.prepare('update lines set revision = -1 where revision = ?').run(line)
        db.prepare('update lines set revision = ? where revision = ?').run(line, line + 1)
        db.prepare('update lines set revision = ? where revision = -1').run(line + 1)
      },
    }
  },
  'a line numbered to the end'(chance) {
    const line = upTo(chance, whole.lines - 1)
    return { expects: inJournal(line + 1), deed: ({ db }) => db.prepare('update lines set revision = ? where revision = ?').run(whole.lines + 1, line) } // prettier-ignore
  },
  'the tail cut'(chance) {
    const from = upTo(chance, whole.lines)
    return { expects: inJournal(from), deed: ({ db }) => db.prepare('delete from lines where revision >= ?').run(from) }
  },
  'the tail cut, and every trace of it'(chance) {
    const from = upTo(chance, whole.lines)
    return { expects: inJournal(from), deed: (on) => on.cut(from) }
  },
  'the tail cut, and other lines written after it'(chance) {
    const from = upTo(chance, whole.lines - 1) + 1
    return {
      expects: inJournal(from),
      deed(on) {
        const texts = Array.from({ length: whole.lines + 9 - from }, (_, i) =>
          forged(textAt(on, Math.min(whole.lines, from + i))),
        )
        on.cut(from)
        texts.forEach((text, i) =>
          on.db.prepare('insert into lines values (?, ?, ?, ?)').run(from + i, `another wish ${i}`, text, ''),
        )
        on.rehash(from)
      },
    }
  },
  'a line edited and all hashes after it made anew'(chance) {
    const line = upTo(chance, whole.lines)
    return {
      expects: inJournal(line),
      deed(on) {
        set(on, line, 'text', forged(textAt(on, line)))
        on.rehash(line)
      },
    }
  },
  'a line removed and all after it made anew'(chance) {
    const line = upTo(chance, whole.lines - 1)
    return {
      expects: inJournal(line),
      deed(on) {
        on.shift(line, -1)
        on.rehash(line)
      },
    }
  },
  'a line inserted and all after it made anew'(chance) {
    const line = upTo(chance, whole.lines)
    return {
      expects: inJournal(line),
      deed(on) {
        const text = forged(textAt(on, line))
        on.shift(line, 1)
        insert(on, line, text, '')
        on.rehash(line)
      },
    }
  },
  'the whole journal written anew': () => ({
    expects: inJournal(1),
    deed(on) {
      on.db.exec(`update lines set text = replace(text, '"wish-', '"wash-')`)
      on.rehash(1)
    },
  }),
  'a checkpoint removed'(chance) {
    const line = upTo(chance, whole.lines / whole.signedEvery - 1)
    return { expects: { in: 'checkpoints', line }, deed: (on) => on.writeNotes(on.notes().toSpliced(line - 1, 1)) }
  },
  'a bit of a checkpoint'(chance) {
    const line = upTo(chance, whole.lines / whole.signedEvery)
    return {
      expects: { in: 'checkpoints', line },
      deed(on) {
        const lines = on.notes()
        on.writeNotes(lines.with(line - 1, flip(lines[line - 1]!, chance)))
      },
    }
  },
  'two checkpoints swapped'(chance) {
    const line = upTo(chance, whole.lines / whole.signedEvery - 1)
    return {
      expects: { in: 'checkpoints', line },
      deed(on) {
        const lines = on.notes()
        on.writeNotes(lines.with(line - 1, lines[line]!).with(line, lines[line - 1]!))
      },
    }
  },
  'the checkpoints of more than a minute cut off'(chance) {
    const left = upTo(chance, whole.lines / whole.signedEvery - 7)
    return { expects: { in: 'checkpoints', line: left }, deed: (on) => on.writeNotes(on.notes().slice(0, left)) }
  },
  'all checkpoints taken away': () => ({ expects: { in: 'checkpoints' }, deed: (on) => on.writeNotes([]) }),
  'the key taken away': () => ({ expects: { in: 'checkpoints' }, deed: () => {}, how: { keyLost: true } }),
  'the journal made anew, and the checkpoints with another key'(chance) {
    const line = upTo(chance, whole.lines)
    return {
      expects: { in: 'checkpoints' },
      deed(on) {
        set(on, line, 'text', forged(textAt(on, line)))
        on.rehash(line)
        on.writeNotes(forgeAll(on.notes(), other))
      },
    }
  },
  'an older copy of the journal and of the checkpoints'(chance) {
    const signed = upTo(chance, whole.lines / whole.signedEvery - 1)
    const from = signed * whole.signedEvery + 1
    return {
      expects: inJournal(from),
      how: { known: true },
      deed(on) {
        on.cut(from)
        on.writeNotes(on.notes().slice(0, signed))
      },
    }
  },
}
export const kindsOfAttack = Object.keys(kinds)

/** Null where it was found and rightly named; else what was said. */
export async function attackOnce(
  kept: Kept,
  number: number,
  chance: Chance,
): Promise<{ name: string; missed: string | null }> {
  const name = kindsOfAttack[number % kindsOfAttack.length]!
  const { deed, expects, how } = kinds[name]!(chance)
  const { known, ...rest } = how ?? {}
  const said = await attack(kept, deed, { ...rest, ...(known && { known: kept.head }), deep: number % 10 === 9 })
  return { name, missed: asExpected(said, expects) ? null : `${JSON.stringify(expects)}, but ${JSON.stringify(said)}` }
}

function asExpected(said: Proof, expects: Attack['expects']): boolean {
  if (said.sound || said.in !== expects.in) return false
  if (said.in === 'checkpoints') return expects.line === undefined || said.line === expects.line
  const { revision, since = revision } = said
  return since <= expects.line! && expects.line! <= revision
}
