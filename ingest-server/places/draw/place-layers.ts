// The five levels of places and the houses on them, as features with their ids, codes and names.
import type { z } from 'zod'
import type { Place } from '#contract/places'
import type { Facts } from './facts.ts'
import type { House } from './houses.ts'
import { grouped } from './grouped.ts'
import { labelOf } from './label.ts'
import { toRing, type Loop } from './mesh.ts'
import { addressBook } from './names.ts'
import type { Tree } from './places.ts'
import { anticlockwise } from '../plane.ts'
import type { Sheet } from './sheet.ts'
import { areaEn, blockEn } from './words.ts'
import { polygon, type Feature } from './write.ts'

type PlaceDraft = z.input<typeof Place>

export const subdistrictId = '310101020'

export interface PlaceLayers {
  boundary: Feature[]
  'street-blocks': Feature[]
  'residential-areas': Feature[]
  'micro-grids': Feature[]
  'building-groups': Feature[]
  buildings: Feature[]
  /** The id of each leaf, by its number on the sheet. */
  leafIds: Map<number, string>
}

export function placeLayers(facts: Facts, tree: Tree, houses: House[], ground: Sheet): PlaceLayers {
  const layers: PlaceLayers = {
    boundary: [],
    'street-blocks': [],
    'residential-areas': [],
    'micro-grids': [],
    'building-groups': [],
    buildings: [],
    leafIds: new Map(),
  }
  const addresses = addressBook(facts)
  const standing = grouped(houses, (house) => house.leaf)
  const place = (loop: Loop, properties: Omit<PlaceDraft, 'label'> & { label?: PlaceDraft['label'] }): Feature => ({
    properties: { ...properties, label: properties.label ?? labelOf(loop, ground) },
    geometry: polygon(toRing(loop)),
  })

  layers.boundary.push(
    place(tree.loop, {
      id: subdistrictId,
      level: 'subdistrict',
      name: '五里桥街道',
      nameEn: 'Wuliqiao Sub-district',
      code: subdistrictId,
      parentId: '310101',
      illustrative: false,
    }),
  )
  for (const block of tree.blocks) {
    const label = facts.streetBlocks.find((b) => b.name === block.name)?.label
    layers['street-blocks'].push(
      place(block.loop, {
        id: block.id,
        level: 'street-block',
        name: block.name,
        nameEn: blockEn[block.name] ?? block.name,
        parentId: subdistrictId,
        illustrative: false,
        ...(label ? { label } : {}),
      }),
    )
    for (const area of block.areas) {
      const en = areaEn[area.short] ?? area.short
      layers['residential-areas'].push(
        place(area.loop, {
          id: area.code,
          level: 'residential-area',
          name: `${area.short}居民区`,
          nameEn: `${en} Residential Area`,
          code: area.code,
          parentId: block.id,
          illustrative: true,
        }),
      )
      for (const [g, grid] of area.grids.entries()) {
        layers['micro-grids'].push(
          place(grid.loop, {
            id: grid.code,
            level: 'micro-grid',
            name: `${area.short}第${g + 1}微网格`,
            nameEn: `${en} Micro-grid ${g + 1}`,
            code: grid.code,
            parentId: area.code,
            illustrative: true,
          }),
        )
        const names = addresses(
          grid,
          grid.leaves.map((leaf) => standing.get(leaf.number)?.length ?? 0),
        )
        for (const [l, leaf] of grid.leaves.entries()) {
          const id = `${grid.code}-${String(l + 1).padStart(2, '0')}`
          layers.leafIds.set(leaf.number, id)
          layers['building-groups'].push(
            place(leaf.loop, {
              id,
              level: 'building-group',
              name: names[l]?.zh ?? id,
              nameEn: names[l]?.en ?? id,
              parentId: grid.code,
              illustrative: true,
            }),
          )
          for (const [h, house] of (standing.get(leaf.number) ?? []).entries())
            layers.buildings.push(building(house, id, h + 1))
        }
      }
    }
  }
  return layers
}

function building(house: House, leafId: string, number: number): Feature {
  const yard = house.inner ? [anticlockwise(house.inner).toReversed()] : []
  return {
    properties: { id: `${leafId}-${number}`, floors: house.floors, buildingGroup: leafId },
    geometry: polygon(anticlockwise(house.outer), ...yard),
  }
}
