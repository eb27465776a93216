// A report made on the phone: a sketch until it says what and where, then a wish like any other.
import type { FacilityId } from '#contract/ids'
import type { Point } from '#contract/point'
import type { Matter, Scenario } from '#contract/scenario'
import { newId } from '../../link/new-id.ts'
import type { Draft, Picture } from '../../link/outbox-port.ts'
import { useBoard } from '../../stores/board.ts'
import { useOutbox } from '../../stores/outbox.ts'
import { post } from './post.ts'

export type Sketch = Pick<Draft, 'matter' | 'at' | 'facilityId' | 'text'>

/** What the phone's menu offers: the matters of the scenarios staff report, in the scenarios' own order. */
export function menuOf(scenarios: Iterable<Scenario>): Matter[] {
  return [...scenarios]
    .filter((scenario) => scenario.menu !== undefined)
    .sort((a, b) => a.menu! - b.menu!)
    .flatMap((scenario) => scenario.matters)
}

export const isWhole = ({ matter, at, facilityId }: Sketch): boolean =>
  matter !== null && (at !== null || facilityId !== null)

/** True once it is kept on this phone; a sketch that does not say what or where is not posted. */
export function postReport(
  { matter, at, facilityId, text }: Sketch,
  pictures: Picture[],
  draft?: Draft,
): Promise<boolean> {
  if (matter === null) return Promise.resolve(false)
  const evidence = [...new Set([...(draft?.pictures ?? []), ...pictures.map((one) => one.id)])]
  return post(
    {
      type: 'report',
      report: {
        kind: 'grid-report',
        eventId: newId(),
        phase: 'new',
        matter,
        // Begun by a clock that ran ahead, before the server's was heard: not after it was sent.
        occurredAt: Math.min(draft?.begunAt ?? Infinity, useBoard().serverTime(Date.now())),
        ...(at && { at }),
        ...(facilityId && { facilityId: facilityId as FacilityId }),
        ...(text && { text }),
        evidence,
      },
    },
    { pictures, ...(draft && { draft: draft.id }) },
  )
}

/** Keeps a sketch on the phone; its id. */
export async function beginDraft(sketch: Sketch, pictures: Picture[], draft?: Draft): Promise<string> {
  const id = draft?.id ?? newId()
  const begunAt = draft?.begunAt ?? useBoard().serverTime(Date.now())
  const all = [...new Set([...(draft?.pictures ?? []), ...pictures.map((one) => one.id)])]
  await useOutbox().box?.keepDraft({ id, begunAt, ...sketch, pictures: all }, pictures)
  return id
}

export const pinPoint = ([lon, lat]: readonly [number, number]): Point => ({ lon, lat, crs: 'wgs84', from: 'pin' })
