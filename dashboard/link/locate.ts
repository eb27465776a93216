// Where this phone is: the browser's own answer within eight seconds, or none. It speaks WGS-84 by its standard (W3C Geolocation).
import type { Point } from '#contract/point'

const patienceMs = 8_000

export function locate(geolocation: Geolocation | undefined): Promise<Point | null> {
  if (!geolocation) return Promise.resolve(null)
  return new Promise((resolve) => {
    geolocation.getCurrentPosition(
      (position) => resolve(pointOf(position)),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: patienceMs, maximumAge: 15_000 },
    )
  })
}

/** Told whenever the phone has moved. Returns the stop. */
export function followPlace(geolocation: Geolocation | undefined, tell: (point: Point) => void): () => void {
  if (!geolocation) return () => {}
  const watch = geolocation.watchPosition(
    (position) => tell(pointOf(position)),
    () => {},
    {
      enableHighAccuracy: true,
      maximumAge: 15_000,
    },
  )
  return () => geolocation.clearWatch(watch)
}

const pointOf = ({ coords }: GeolocationPosition): Point => ({
  lon: coords.longitude,
  lat: coords.latitude,
  crs: 'wgs84',
  accuracy: Math.round(coords.accuracy),
  from: 'browser',
})
