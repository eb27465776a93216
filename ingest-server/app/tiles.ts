// A site's own map layer as one line of its settings: where, in which datum, whose.
import { z } from 'zod'
import type { MapTiles } from '#contract/map-tiles'

const datums = ['wgs84', 'cgcs2000'] as const satisfies readonly MapTiles['crs'][]
const isDatum = (word: string): word is MapTiles['crs'] => (datums as readonly string[]).includes(word)

/** A path of our own origin, or an address by http or https; with all three of its places to fill. */
const isTemplate = (url: string): boolean =>
  ['{z}', '{x}', '{y}'].every((place) => url.includes(place)) &&
  (/^\/(?!\/)/.test(url) || (/^https?:/.test(url) && URL.canParse(url)))

const isVector = (url: string): boolean => /\.(pbf|mvt)(\?|$)/.test(url)

/** `ADDRESS[#layer,layer] DATUM CREDIT`: a vector layer must name what is drawn of it, a picture has nothing to name. */
export const Tiles = z
  .string()
  .trim()
  .transform((line, context): MapTiles => {
    const [address = '', datum = '', ...credit] = line.split(/\s+/)
    const [url = '', named = ''] = address.split('#')
    const crs = datum.toLowerCase()
    const vectorLayers = named.split(',').filter((name) => name !== '')
    const attribution = credit.join(' ')
    if (!isTemplate(url) || !isDatum(crs) || attribution === '' || isVector(url) !== vectorLayers.length > 0) {
      context.addIssue('not a map layer')
      return z.NEVER
    }
    return { url, crs, attribution, vectorLayers }
  })
