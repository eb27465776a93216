// Whose ground is this? The question every report is asked, as an interface: `places` answers it.
import type { CameraId, FacilityId, Instant, PlaceId } from './ids.ts'
import type { Camera, Facility, GridStation, Place } from './places.ts'
import type { LonLat, PlacedPoint, Point } from './point.ts'
import type { Refusal } from './refusal.ts'

/** What a report says of where. At least one of the three must be there. */
export interface Whereabouts {
  at?: Point | undefined
  cameraId?: CameraId | undefined
  facilityId?: FacilityId | undefined
  placeId?: PlaceId | undefined
}

/** Where it is, once found. `path` runs from the sub-district down to the leaf. */
export interface Located {
  wgs84: LonLat
  /** Kept only where a device sent one; a place found by its camera has none of its own. */
  point?: PlacedPoint
  path: PlaceId[]
  cameraId?: CameraId
  facilityId?: FacilityId
  foundBy: 'point' | 'camera' | 'facility' | 'place'
}

export interface Ground {
  subdistrict: Place
  places: ReadonlyMap<PlaceId, Place>
  cameras: ReadonlyMap<CameraId, Camera>
  facilities: ReadonlyMap<FacilityId, Facility>
  stations: readonly GridStation[]
  /** From the sub-district down to the place itself; empty for a place that is not on the map. */
  pathOf(place: PlaceId): PlaceId[]
  /**
   * The narrowest place a WGS-84 point lies in. A point on a shared edge belongs to the place whose id sorts first. Of places that have
   * a first or a last day those of that moment's local day; without a moment those that have no last day.
   */
  leafAt(at: LonLat, on?: Instant): PlaceId | null
  /** A point in its own datum, beside it in WGS-84. */
  place(point: Point): PlacedPoint
  /**
   * The device's own point goes first, then the facility, then what the camera watches, then the camera itself, then the place named,
   * which is itself the narrowest of the path.
   * `on` as above: a camera or facility whose place is no longer there lies in the one that came after it.
   * Refusals: `place-missing`, `camera-unknown`, `facility-unknown`, `place-unknown`, `outside-subdistrict`.
   */
  locate(where: Whereabouts, on?: Instant): Located | { refusal: Refusal }
}
