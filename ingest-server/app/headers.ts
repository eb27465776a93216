// What every page and answer tells the browser it may not do.
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import type { MapTiles } from '#contract/map-tiles'

/** Old Safari does not count a websocket to the same place as 'self'. */
const lines = (origins: readonly string[]): string[] => origins.map((origin) => origin.replace(/^http/, 'ws'))

/** The site's own map layer may lie elsewhere: its origin and no other. */
const tileOrigin = (tiles: MapTiles | undefined): string[] =>
  tiles && URL.canParse(tiles.url) ? [new URL(tiles.url).origin] : []

interface HeaderNeeds {
  origins: readonly string[]
  secure: boolean
  tiles?: MapTiles | undefined
}

/** No inline script anywhere. The map makes its worker and its pictures out of blobs; charts set styles on elements. */
export const headers = ({ origins, secure, tiles }: HeaderNeeds): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'script-src-attr': ["'none'"],
        'worker-src': ["'self'", 'blob:'],
        'style-src': ["'self'"],
        'style-src-attr': ["'unsafe-inline'"],
        'img-src': ["'self'", 'blob:', 'data:', ...tileOrigin(tiles)],
        'media-src': ["'self'", 'blob:'],
        'connect-src': ["'self'", ...lines(origins), ...tileOrigin(tiles)],
        'font-src': ["'self'"],
        'manifest-src': ["'self'"],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        ...(secure && { 'upgrade-insecure-requests': [] }),
      },
    },
    strictTransportSecurity: secure,
    // A plain-http site on an intranet has no secure context, and browsers complain of these there.
    crossOriginOpenerPolicy: secure,
    originAgentCluster: secure,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  })
