// Who sends a picture, and how much they may: a person, a source by its key, or a resident nobody knows.
import type { Request, RequestHandler } from 'express'
import type { EvidenceId, Instant } from '#contract/ids'
import type { Refusal } from '#contract/refusal'
import type { Sources } from '../records/port.ts'
import { addressOf, limitTries, openCount } from './session-limits.ts'
import { tokenOf, type ViewerOf } from './session-viewer.ts'

const mebibyte = 1024 * 1024
const hour = 3_600_000
/** A resident's page shrinks the photo before it sends; a camera platform does not. */
const atMost = { known: 12 * mebibyte, resident: 2 * mebibyte }
const residentsQuota = { requests: 60, within: 10 * 60_000, bytesADay: 30 * mebibyte }

export interface Sender {
  who: string
  atMost: number
}

interface Needs {
  sources: Sources
  viewerOf: ViewerOf
  now: () => Instant
}

export function openSenders({ sources, viewerOf, now }: Needs) {
  const sentToday = openCount({ now, windowMs: 24 * hour })
  const lately = new Map<EvidenceId, { who: string; at: Instant }>()

  function of(req: Request): Sender | { status: number; refusal: Refusal } {
    const key = /^Bearer (.+)$/i.exec(req.get('authorization') ?? '')?.[1]
    if (key !== undefined) {
      const source = sources.byKey(key)
      if (!source) return { status: 401, refusal: 'source-unknown' }
      // Its pictures come inside what it signs.
      if (source.mustSign) return { status: 401, refusal: 'signature-missing' }
      return { who: `source:${source.id}`, atMost: atMost.known }
    }
    const viewer = viewerOf(req)
    if (viewer?.role === 'wall') return { status: 403, refusal: 'role-not-allowed' }
    if (viewer) return { who: `person:${viewer.personId}`, atMost: atMost.known }
    // A session that is over is somebody's of ours: as a resident their large photo would be refused for good.
    if (tokenOf(req) !== null) return { status: 401, refusal: 'not-signed-in' }
    return { who: residentAt(req), atMost: atMost.resident }
  }

  const limit: RequestHandler = limitTries({
    now,
    windowMs: residentsQuota.within,
    limit: residentsQuota.requests,
    keyOf: addressOf,
    refusal: 'try-later',
    skip: (req) => {
      const sender = of(req)
      return 'who' in sender && !isResident(sender)
    },
  })

  return {
    of,
    limit,
    /** Counts the bytes; only residents have a quota. */
    mayStillSend: (sender: Sender, bytes: number): boolean =>
      !isResident(sender) || sentToday.add(sender.who, bytes).used <= residentsQuota.bytesADay,
    /** Until a case holds the picture, who sent it must be able to look at it. In memory: a restart forgets it, the phone still has its own. */
    remember(id: EvidenceId, who: string): void {
      const at = now()
      for (const [old, sent] of lately) if (at - sent.at >= hour) lately.delete(old)
      lately.set(id, { who, at })
    },
    sentLately(id: EvidenceId, who: string): boolean {
      const sent = lately.get(id)
      return sent?.who === who && now() - sent.at < hour
    },
  }
}

const residentAt = (req: Request): string => `resident:${addressOf(req)}`
const isResident = (sender: Sender): boolean => sender.who.startsWith('resident:')
