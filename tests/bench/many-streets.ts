// A data folder of many streets, each with a ground, accounts and a source of its own: the small map moved, under other ids.
import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRecords } from '../../ingest-server/records/open-records.ts'
import { readKeyRing } from '../../ingest-server/records/key-ring.ts'
import { projectRoot } from '../suites/server-process.ts'
import { fillSite, prepareSite } from '../suites/site.ts'

const mapData = join(projectRoot, 'map-data')
const drawn = '310101020'
/** Some 5 km each way: no two of them overlap. */
const [eastward, northward] = [0.05, 0.045]
const streetsARow = 16
const districtOf = 14

export interface ManyStreets {
  /** The data folder of the system: `streets.json`, and each street's own below it. */
  folder: string
  streets: StreetOfMany[]
  remove(): Promise<void>
}

export interface StreetOfMany {
  id: string
  host: string
  folder: string
  /** How far its ground is moved, in degrees east and north. */
  moved: [number, number]
  /** Where its rows lie when they lie in a database. */
  schema: string
  /** Of its own source, and of its own duty officer. */
  key: string
  cookie: string
}

/** `count` streets under districts of at most fourteen; the port is the front's, the URL that of an empty database for their rows. */
export async function prepareStreets(name: string, count: number, port: number, url?: string): Promise<ManyStreets> {
  const site = await prepareSite(name)
  const folder = mkdtempSync(join(tmpdir(), `sanping-${name}-many-`))
  const layers = readdirSync(mapData)
    .filter((file) => /json$/.test(file))
    .map((file) => ({ file, text: readFileSync(join(mapData, file), 'utf8') }))
  const streets = Array.from({ length: count }, (_, nth): StreetOfMany => {
    const district = `3101${String(1 + Math.floor(nth / districtOf)).padStart(2, '0')}`
    const id = `${district}${String(1 + (nth % districtOf)).padStart(3, '0')}`
    const moved: [number, number] = [(nth % streetsARow) * eastward, Math.floor(nth / streetsARow) * northward]
    const street = {
      ...{ id, host: `s${nth}.example`, folder: join(folder, 'streets', id), moved },
      ...{ schema: `sanping_${id}`, key: site.sourceKey, cookie: site.cookie },
    }
    mkdirSync(join(folder, 'maps', id), { recursive: true })
    for (const { file, text } of layers) writeFileSync(join(folder, 'maps', id, file), movedText(text, street))
    cpSync(site.folder, street.folder, { recursive: true })
    if (url !== undefined) rmSync(join(street.folder, 'records.db'))
    return street
  })
  if (url !== undefined) await fillSchemas(url, streets)
  const districts = [...new Set(streets.map(({ id }) => id.slice(0, 6)))]
  const above = ['3101', ...districts].map((id) => ({ id, zh: `示意 ${id}`, en: `Made up ${id}` }))
  const own = streets.map(({ id, host }) => ({
    ...{ id, zh: `示意街道 ${id}`, en: `Made up ${id}`, hosts: [host], map: `maps/${id}` },
  }))
  writeFileSync(join(folder, 'streets.json'), JSON.stringify({ scheme: 'http', port, streets: [...above, ...own] }))
  return {
    ...{ folder, streets },
    async remove() {
      rmSync(folder, { recursive: true, force: true })
      await site.remove()
    },
  }
}

/** Ids and coordinates alone change: `[121.47…, 31.19…]` wherever it stands. */
const movedText = (text: string, { id, moved: [east, north] }: StreetOfMany): string =>
  text
    .replaceAll(drawn, id)
    .replaceAll(drawn.slice(0, 6), id.slice(0, 6))
    .replace(/(12[12]\.\d+)(,\s*)(3[01]\.\d+)/g, (_, lon: string, between: string, lat: string) =>
      [(Number(lon) + east).toFixed(6), (Number(lat) + north).toFixed(6)].join(between),
    )

const atOnce = 8

async function fillSchemas(url: string, streets: readonly StreetOfMany[]): Promise<void> {
  const waiting = [...streets]
  const work = async () => {
    for (let street = waiting.shift(); street; street = waiting.shift())
      Object.assign(street, await fillSchema(url, street))
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

/** What a copied file brings along is written row by row here. */
async function fillSchema(url: string, { folder, schema }: StreetOfMany): Promise<{ key: string; cookie: string }> {
  const random = (bytes: number) => new Uint8Array(randomBytes(bytes))
  const secret = await readKeyRing(folder, random, Date.now)
  const records = await openRecords({ folder, postgres: { url, schema }, secret, random, now: Date.now })
  const filled = await fillSite(records)
  await records.close()
  return { key: filled.sourceKey, cookie: filled.cookie }
}
