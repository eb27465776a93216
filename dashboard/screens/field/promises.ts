// What this phone can promise and what it cannot, worst first. Pure.
import type { Room } from '../../link/room.ts'
import { isLow } from '../../link/room.ts'

export interface PhoneFacts {
  /** HTTPS, or this very machine. */
  isSecure: boolean
  /** The page itself is kept. */
  hasWorker: boolean
  /** The outbox outlives the page. */
  isLasting: boolean
  room: Room | null
  /** The server's clock less this phone's. */
  offsetMs: number
  hasTabs: boolean
}

export type PhonePromise = 'memory' | 'low' | 'plain-http' | 'no-worker' | 'forgets' | 'clock' | 'tabs' | 'kept'

/** A clock off by less nobody notices. */
const clockMs = 120_000

export function promisesOf(facts: PhoneFacts): PhonePromise[] {
  const { isSecure, hasWorker, isLasting, room } = facts
  const found: PhonePromise[] = []
  if (!isLasting) found.push('memory')
  if (isLow(room)) found.push('low')
  if (!isSecure) found.push('plain-http')
  else if (!hasWorker) found.push('no-worker')
  if (isLasting && room?.isLasting === false) found.push('forgets')
  if (isClockOff(facts.offsetMs)) found.push('clock')
  if (facts.hasTabs) found.push('tabs')
  return isLasting && hasWorker ? ['kept', ...found] : found
}

const isClockOff = (offsetMs: number): boolean => Math.abs(offsetMs) > clockMs
