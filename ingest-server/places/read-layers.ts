// Reads the ground from a folder. A site replaces a layer by a file of the same name in a folder of its own.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { layerNames, layerShapes, PlacesAbove, type LayerName, type Layers } from './layers.ts'

/** A file of the map that cannot be used, in one sentence that says what to do about it. */
export class MapFault extends Error {
  override name = 'MapFault'
}

/**
 * All layers, checked. Throws a `MapFault` for the first file that cannot be used: a server with half a map must not start.
 * `siteFolder` need not hold every layer, nor exist.
 */
export function readLayers(folder: string, siteFolder?: string): Layers {
  const layers = Object.fromEntries(
    layerNames.map((name) => [name, readLayer(name, fileOf(`${name}.geojson`, folder, siteFolder))]),
  )
  const above = parse(PlacesAbove, fileOf('places.json', folder, siteFolder))
  return { ...layers, above } as Layers
}

export function readLayer<N extends LayerName>(name: N, file: string): Layers[N] {
  return parse(layerShapes[name] as z.ZodType, file) as Layers[N]
}

function fileOf(name: string, folder: string, siteFolder: string | undefined): string {
  const own = siteFolder === undefined ? undefined : join(siteFolder, name)
  return own !== undefined && existsSync(own) ? own : join(folder, name)
}

function parse<T>(shape: z.ZodType<T>, file: string): T {
  const json = readJson(file)
  const result = shape.safeParse(json)
  if (result.success) return result.data
  throw new MapFault(sentence(file, json, result.error), { cause: result.error })
}

function readJson(file: string): unknown {
  if (!existsSync(file))
    throw new MapFault(`${file} is not there: put the layer back, or draw it with \`npm run map:draw\`.`)
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new MapFault(`${file} is not JSON (${(cause as Error).message}): export it again as GeoJSON in UTF-8.`, {
      cause,
    })
  }
}

/** File, feature, what is wrong, what to do. */
function sentence(file: string, json: unknown, error: z.ZodError): string {
  const [issue] = error.issues
  if (!issue) return `${file} cannot be read: compare it with the layer of the same name in map-data.`
  const path = issue.path.map(String)
  if (path[0] === 'origin')
    return `${file} does not say where it comes from (${path.join('.')}: ${issue.message}): add an \`origin\` with title, source, licence, crs "wgs84" and illustrative, and convert the layer to WGS-84 first if it is not.`
  const where =
    path[0] === 'features' && path[1] !== undefined
      ? `feature ${Number(path[1]) + 1}${nameOf(json, Number(path[1]))}`
      : 'the file'
  const what = path.slice(path[0] === 'features' ? 2 : 0).join('.')
  return `${file}, ${where}: ${what === '' ? '' : `${what}: `}${issue.message}; put it right there, or take the file away to fall back on the map that came with the product.`
}

function nameOf(json: unknown, index: number): string {
  const features = (json as { features?: { properties?: { id?: unknown; name?: unknown } | null }[] }).features
  const named = features?.[index]?.properties
  const name = named?.id ?? named?.name
  return name === undefined || name === null ? '' : ` (${String(name)})`
}
