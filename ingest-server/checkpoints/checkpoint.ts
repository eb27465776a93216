// A checkpoint: where the journal stood at a moment, signed, and chained to the checkpoint before it (C2SP tlog-checkpoint's lines).
import { hash } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Instant } from '#contract/ids'
import type { Head } from '../journal/journal.ts'
import { signNote, takeApart } from './note.ts'

export interface Checkpoint extends Head {
  /** `sanping/` and the journal's id: who signs, and for which journal. */
  origin: string
  at: Instant
  /** 1, 2, 3 …: one that is missing shows. */
  number: number
  /** What `noteHash` says of the note before. */
  before: string
}

/** What the first one is chained to. */
export const noNote = Buffer.alloc(32).toString('base64')

export const noteHash = (note: string): string => hash('sha256', note, 'base64')

export const originOf = (journalId: string): string => `sanping/${journalId.replaceAll(/[\s+]/g, '-')}`

const textOf = ({ origin, revision, hash: head, at, number, before }: Checkpoint): string =>
  [
    ...[origin, revision, Buffer.from(head, 'hex').toString('base64')],
    ...[`at ${new Date(at).toISOString()}`, `number ${number}`, `before ${before}`, ''],
  ].join('\n')

export const signCheckpoint = (checkpoint: Checkpoint, key: KeyObject): string =>
  signNote(textOf(checkpoint), checkpoint.origin, key)

const lines =
  /^(?<origin>\S+)\n(?<revision>\d{1,15})\n(?<head>[\w+/]{43}=)\nat (?<at>\S+)\nnumber (?<number>\d{1,15})\nbefore (?<before>[\w+/]{43}=)\n$/

/** What a note says, not asking whether its signature holds. Null where it is no checkpoint exactly as we write them. */
export function readCheckpoint(note: string): Checkpoint | null {
  const text = takeApart(note)?.text
  const { origin, revision, head, at, number, before } = lines.exec(text ?? '')?.groups ?? {}
  if (!origin || !head || !at || !before) return null
  const read: Checkpoint = {
    ...{ origin, before, revision: Number(revision), number: Number(number), at: Date.parse(at) },
    hash: Buffer.from(head, 'base64').toString('hex'),
  }
  return Number.isNaN(read.at) || textOf(read) !== text ? null : read
}
