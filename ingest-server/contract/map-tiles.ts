// A map layer of the site's own that lies under the plan: where its tiles are, whose they are, in which datum. No zod: screens read this too.
export interface MapTiles {
  /** With `{z}`, `{x}` and `{y}`; same origin, or one the pages are allowed to ask. */
  url: string
  /** CGCS2000 lies within a metre of WGS-84 and is drawn as it is; what is shifted (GCJ-02, BD-09) is never drawn. */
  crs: 'wgs84' | 'cgcs2000'
  attribution: string
  /** Of vector tiles: the layers to be drawn, as lines. Empty: these are pictures. */
  vectorLayers: string[]
}
