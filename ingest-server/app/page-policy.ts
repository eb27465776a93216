// What each page may load, by name: nothing that is not written here, and no script but our own files.
import type { MapTiles } from '#contract/map-tiles'

export interface PolicyNeeds {
  origins: readonly string[]
  /** True where people come by https. */
  secure: boolean
  tiles?: MapTiles | undefined
}

/** Where browsers tell what they forbade, and the name the header gives that place. */
export const reportsPath = '/api/violations'
const endpoint = 'violations'
export const reportingEndpoints = `${endpoint}="${reportsPath}"`

/** By directive, as helmet takes them. */
export type Policy = Record<string, string[]>

const self = ["'self'"]
const none = ["'none'"]

/** Old Safari does not count a websocket to the same place as 'self'. */
const lines = (origins: readonly string[]): string[] => origins.map((origin) => origin.replace(/^http/, 'ws'))

/** The site's own map layer may lie elsewhere: its origin and no other. */
const tileOrigin = (tiles: MapTiles | undefined): string[] =>
  tiles && URL.canParse(tiles.url) ? [new URL(tiles.url).origin] : []

/** On plain http a browser that knows `report-to` would drop the other and then find no such place. */
const reports = (secure: boolean): Policy => ({
  'report-uri': [reportsPath],
  ...(secure && { 'report-to': [endpoint] }),
})

/** Of whatever is no page: opened by itself it loads nothing and frames nothing. */
const nothing = (needs: PolicyNeeds): Policy => ({
  'default-src': none,
  'base-uri': none,
  'form-action': none,
  'frame-ancestors': none,
  ...reports(needs.secure),
})

/** Without Trusted Types a browser ignores the last two. `default` is ours (dashboard/link/trusted.ts), `vue` is Vue's own. */
const page = (needs: PolicyNeeds): Policy => ({
  ...nothing(needs),
  'script-src': self,
  'script-src-attr': none,
  'style-src': self,
  'style-src-attr': none,
  'img-src': self,
  'font-src': self,
  'connect-src': self,
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['default', 'vue'],
  ...(needs.secure && { 'upgrade-insecure-requests': [] }),
})

/** A map's worker is a file of ours; it hands pictures over as blobs, and the map draws them as such. */
const withMap = (needs: PolicyNeeds): Policy => ({
  'worker-src': self,
  'img-src': [...self, 'blob:', ...tileOrigin(needs.tiles)],
  'connect-src': [...self, ...lines(needs.origins), ...tileOrigin(needs.tiles)],
})

/** What a page needs beyond its own files. */
const screens: Readonly<Record<string, (needs: PolicyNeeds) => Policy>> = {
  '/wall': (needs) => ({ ...withMap(needs), 'media-src': self }),
  '/desk': (needs) => ({ ...withMap(needs), 'media-src': self }),
  '/field': (needs) => ({ ...withMap(needs), 'media-src': self, 'manifest-src': self }),
  // Photos that are not sent yet are shown out of the device.
  '/resident': () => ({ 'img-src': [...self, 'blob:'] }),
  '/roll': withMap,
  '/gallery': (needs) => ({ ...withMap(needs), 'media-src': self }),
}

/** A worker goes by the policy of its own file: it fetches, and makes nothing else run. */
const worker = (needs: PolicyNeeds): Policy => ({
  ...nothing(needs),
  'script-src': self,
  'connect-src': [...self, ...tileOrigin(needs.tiles)],
  'img-src': [...self, 'blob:', ...tileOrigin(needs.tiles)],
  'require-trusted-types-for': ["'script'"],
  'trusted-types': none,
})

/** The policy of an answer by the path it is asked at. */
export function openPolicies(needs: PolicyNeeds): (path: string) => Policy {
  const pages = new Map(Object.entries(screens).map(([path, more]) => [path, { ...page(needs), ...more(needs) }]))
  const ofWorkers = worker(needs)
  const ofNothing = nothing(needs)
  const ofDocuments: Policy = { ...ofNothing, 'style-src': self }
  return (path) => {
    const ofPage = pages.get(path)
    if (ofPage) return ofPage
    if (path === '/api/docs') return ofDocuments
    return path.startsWith('/assets/') || path === '/field-worker.js' ? ofWorkers : ofNothing
  }
}
