// Passwords as argon2id hashes, two at a time in the whole process: the threads they take are those the journals wait for the disk on.
import { hash, verify } from '@node-rs/argon2'
import { openTurn, type InTurn } from './in-turn.ts'
import type { Random } from './token.ts'

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane. The package's own default algorithm is argon2id. */
const effort = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Of the four threads Node has for such work: a whole shift signing in leaves the others to the alarms. */
const lanes = [openTurn(), openTurn()]
let nth = 0
const inLane: InTurn = (work) => lanes[nth++ % lanes.length]!(work)

export function hashPassword(password: string, random: Random): Promise<string> {
  const salt = random(16)
  return inLane(() => hash(password, { ...effort, salt }))
}

export const isPassword = (hashed: string, password: string): Promise<boolean> => inLane(() => verify(hashed, password))

let decoy: Promise<string> | undefined

/** What a name nobody has is checked against, so that it costs what a known one does. One a process; it need not be secret. */
export const decoyHash = (): Promise<string> => (decoy ??= hashPassword('nobody signs in with this', Buffer.alloc))
