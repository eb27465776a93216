// The map's files: all of them readable, each saying where it came from, any of them replaceable by a site.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { layerNames } from '../../ingest-server/places/layers.ts'
import { MapFault, readLayer, readLayers } from '../../ingest-server/places/read-layers.ts'

const home = join(import.meta.dirname, '../../map-data')
const folders: string[] = []
const emptyFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'map-'))
  folders.push(folder)
  return folder
}
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

const sentenceOf = (read: () => unknown): string => {
  try {
    read()
  } catch (fault) {
    if (fault instanceof MapFault) return fault.message
    throw fault
  }
  return ''
}

describe('reading the map', () => {
  it.each(layerNames)('[PL10] %s parses, says where it came from, and is WGS-84', (name) => {
    const layer = readLayer(name, join(home, `${name}.geojson`))

    expect(layer.features.length).toBeGreaterThan(0)
    expect(layer.origin).toMatchObject({ crs: 'wgs84', licence: expect.stringContaining('ODbL') })
  })

  it('[PL11] three blocks, nineteen areas with the official codes, 440 building groups', () => {
    const layers = readLayers(home)

    expect(layers['street-blocks'].features.map((f) => f.properties.name)).toEqual(['创意家园', '颐乐生活', '人文滨江'])
    expect(layers['residential-areas'].features).toHaveLength(19)
    expect(layers['residential-areas'].features.every((f) => /^310101020\d{3}$/.test(f.properties.code ?? ''))).toBe(
      true,
    )
    expect(layers['building-groups'].features).toHaveLength(440)
    const names = layers['building-groups'].features.map((f) => f.properties.name)
    expect(new Set(names).size).toBe(440)
  })

  it('[PL12] a site replaces a layer by a file of the same name in a folder of its own', () => {
    const site = emptyFolder()
    const own = JSON.parse(readFileSync(join(home, 'cameras.geojson'), 'utf8'))
    own.features = own.features.slice(0, 2)
    writeFileSync(join(site, 'cameras.geojson'), JSON.stringify(own))

    const layers = readLayers(home, site)

    expect(layers.cameras.features).toHaveLength(2)
    expect(layers.facilities.features).toHaveLength(readLayers(home).facilities.features.length)
    expect(readLayers(home, join(site, 'not-there')).cameras.features.length).toBeGreaterThan(200)
  })

  it('[PL13] a wrong file is one sentence that names the file, the feature and what to do', () => {
    const site = emptyFolder()
    cpSync(home, site, { recursive: true })
    const file = join(site, 'cameras.geojson')
    const good = JSON.parse(readFileSync(file, 'utf8'))

    good.features[6].properties.kind = 'telescope'
    writeFileSync(file, JSON.stringify(good))
    const wrongKind = sentenceOf(() => readLayers(site))
    expect(wrongKind).toContain(file)
    expect(wrongKind).toContain(`feature 7 (${good.features[6].properties.id})`)
    expect(wrongKind).toContain('properties.kind')
    expect(wrongKind).toContain('put it right there')
    expect(wrongKind).not.toContain('\n')

    writeFileSync(file, '{"type":')
    expect(sentenceOf(() => readLayers(site))).toMatch(/cameras\.geojson is not JSON .*export it again/)
    rmSync(file)
    expect(sentenceOf(() => readLayers(site))).toMatch(/cameras\.geojson is not there: .*map:draw/)
  })

  it('[PL13] a layer that does not say its datum is not read', () => {
    const site = emptyFolder()
    const own = JSON.parse(readFileSync(join(home, 'green.geojson'), 'utf8'))
    own.origin.crs = 'gcj02'
    writeFileSync(join(site, 'green.geojson'), JSON.stringify(own))

    expect(sentenceOf(() => readLayers(home, site))).toMatch(
      /green\.geojson does not say where it comes from .*convert the layer to WGS-84/,
    )
  })
})
