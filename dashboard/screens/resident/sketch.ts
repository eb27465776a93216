// What a resident has told so far, and what is still missing. Pure.
import type { CommandId, FacilityId, PlaceId } from '#contract/ids'
import type { Point } from '#contract/point'
import type { Picture } from '../../link/outbox-port.ts'
import type { ResidentReport } from '../../link/resident.ts'

export interface ResidentSketch {
  id: CommandId
  matter: string | null
  placeId: PlaceId | null
  at: Point | null
  facilityId: FacilityId | null
  text: string
  name: string
  phone: string
  address: string
}

/** `?plate=` and `?place=` stand in the code on the building's door. */
export function emptySketch(id: CommandId, query: URLSearchParams): ResidentSketch {
  const nothing = { matter: null, at: null, text: '', name: '', phone: '', address: '' }
  const [plate, place] = [query.get('plate'), query.get('place')]
  return {
    id,
    ...nothing,
    facilityId: (plate || null) as FacilityId | null,
    placeId: (place || null) as PlaceId | null,
  }
}

export function missingIn({ matter, placeId, at, facilityId }: ResidentSketch): 'missingWhat' | 'missingWhere' | null {
  if (matter === null) return 'missingWhat'
  return placeId === null && at === null && facilityId === null ? 'missingWhere' : null
}

export function reportOf(sketch: ResidentSketch, matter: string, pictures: readonly Picture[]): ResidentReport {
  const { id, placeId, at, facilityId, text, name, phone, address } = sketch
  return {
    id,
    matter,
    evidence: pictures.map((picture) => picture.id),
    ...(placeId && { placeId }),
    ...(at && { at }),
    ...(facilityId && { facilityId }),
    ...said({ text, name, phone, address }),
  }
}

/** Empty fields are left out: nothing is kept that nobody wrote. */
function said<K extends string>(fields: Record<K, string>): Partial<Record<K, string>> {
  const written = Object.entries<string>(fields).filter(([, words]) => words.trim() !== '')
  return Object.fromEntries(written) as Partial<Record<K, string>>
}
