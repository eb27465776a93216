// Which event a picture belongs to: Frigate publishes it under a camera and a label alone, before, while or after that goes on.
import type { CameraAlert } from '#contract/report'
import type { Album } from './frigate.ts'
import type { Arrived } from './reading.ts'

export interface FrigateAlbum {
  /** Told of every report; gives back the picture that was there before it. */
  grew(arrived: Arrived): Album
  /** The report the picture makes grow, or null where nothing of that kind goes on there: then it waits. */
  pictured(camera: string, label: string, arrived: Arrived): CameraAlert | null
}

/** The best picture of all is published once more when it is over. */
const afterwardsMs = 60_000
/** A picture is published as soon as something is seen, the event once it is sure of it. */
const beforehandMs = 30_000
/** Of one event: the first and those that became better; a case is no film. */
const mostPictures = 10
const mostGoing = 5000
const mostWaitingBytes = 32 * 1024 * 1024

interface Going {
  report: CameraAlert
  pictures: number
  /** By our clock. */
  endedAt: number | null
}

/** In memory: after a restart a picture waits for the next word of its event. */
export function openFrigateAlbum(): FrigateAlbum {
  const going = new Map<string, Going>()
  const waiting = new Map<string, { picture: Buffer; at: number }>()
  let waitingBytes = 0

  function forget(key: string): Buffer | undefined {
    const found = waiting.get(key)
    if (!found) return undefined
    waiting.delete(key)
    waitingBytes -= found.picture.length
    return found.picture
  }

  function keep(key: string, picture: Buffer, at: number): void {
    forget(key)
    waiting.set(key, { picture, at })
    waitingBytes += picture.length
    // The oldest goes: a Map keeps the order in which its keys came.
    for (const [oldest, { at: since }] of waiting)
      if (waitingBytes > mostWaitingBytes || at - since > beforehandMs) forget(oldest)
  }

  function goesOn(key: string, report: CameraAlert, now: number): Going {
    const known = going.get(key)
    const same = known?.report.eventId === report.eventId ? known : undefined
    // Late words of an event that is over do not begin it again, nor do they hide one that goes on.
    const next: Going = {
      report: same && same.report.phase === 'end' ? same.report : report,
      pictures: same?.pictures ?? 0,
      endedAt: same?.endedAt ?? (report.phase === 'end' ? now : null),
    }
    if (known && !same && known.endedAt === null && report.phase === 'end') return next
    going.delete(key)
    if (going.size >= mostGoing) going.delete(going.keys().next().value ?? key)
    going.set(key, next)
    return next
  }

  return {
    grew:
      ({ sender, now }) =>
      ({ camera, labels, report }) => {
        const found: Buffer[] = []
        for (const label of labels) {
          const key = keyOf(sender.id, camera, label)
          const entry = goesOn(key, report, now)
          const waited = waiting.get(key)
          const picture = waited && now - waited.at <= beforehandMs ? forget(key) : undefined
          if (!picture) continue
          entry.pictures++
          found.push(picture)
        }
        return found
      },
    pictured(camera, label, { sender, now, body, retained }) {
      const key = keyOf(sender.id, camera, label)
      const entry = going.get(key)
      const isOver = !entry || (entry.endedAt !== null && now - entry.endedAt > afterwardsMs)
      // What a broker kept is of an event that was.
      if (isOver && !retained) keep(key, body, now)
      if (isOver || retained || entry.pictures >= mostPictures) return null
      entry.pictures++
      const phase = entry.endedAt === null ? 'update' : 'end'
      return { ...entry.report, phase }
    },
  }
}

/** `person-verified` is published under `person`. */
const keyOf = (source: string, camera: string, label: string): string =>
  JSON.stringify([source, camera, label.replace(/-verified$/, '')])
