// What a resident sends from the page: what it is, where, in their own words, and who they are if they like.
import { z } from 'zod'
import type { Ground } from '#contract/ground'
import { EvidenceId, FacilityId, PlaceId, type Instant } from '#contract/ids'
import { Point } from '#contract/point'
import { IncomingReport } from '#contract/report'

export const ResidentReport = z.object({
  /** Made by the page, so that a second tap or a lost answer is the same report. */
  id: z.string().trim().min(8).max(100).optional(),
  matter: z.string().trim().min(1).max(60),
  text: z.string().trim().max(2000).optional(),
  /** One of the three says where: a place from the list, a point, or the number on a plate. */
  placeId: PlaceId.optional(),
  at: Point.optional(),
  facilityId: FacilityId.optional(),
  floor: z.int().min(-5).max(150).optional(),
  evidence: z.array(EvidenceId).max(9).default([]),
  name: z.string().trim().max(40).optional(),
  phone: z.string().trim().max(30).optional(),
  /** Building and room, in words. Never in the journal. */
  address: z.string().trim().max(200).optional(),
})
export type ResidentReport = z.infer<typeof ResidentReport>

/** Null where it does not say where. A place from the list stands for the spot its label stands on. */
export function ticketOf(
  given: ResidentReport,
  eventId: string,
  now: Instant,
  places: Ground['places'],
): IncomingReport | null {
  const { id: _id, placeId, name, phone, address, ...rest } = given
  const label = placeId && places.get(placeId)?.label
  const spot = label && { lon: label[0], lat: label[1], crs: 'wgs84' as const, from: 'pin' as const }
  const at = rest.at ?? spot
  if (!at && !rest.facilityId) return null
  return IncomingReport.parse({
    ...rest,
    kind: 'service-ticket',
    channel: 'page',
    eventId,
    occurredAt: now,
    ...(at && { at }),
    reporter: { name, phone, address },
  })
}
