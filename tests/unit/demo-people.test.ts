// The demo's accounts: the three who keep the house are there to be looked through, and take no part in the street's day.
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { administrators } from '#contract/roles'
import { demoPeople, forVisitors, keepers } from '../../ingest-server/demo/people.ts'
import { openGround } from '../../ingest-server/places/ground.ts'
import { readLayers } from '../../ingest-server/places/read-layers.ts'

const ground = openGround(readLayers(resolve(import.meta.dirname, '../../map-data')))

it('[OP95] a newcomer signs in to the demo as each of the three administrators, and none of them is on duty', () => {
  const people = new Map(demoPeople(ground.places.values()).map((one) => [one.id as string, one]))
  expect(keepers.map((id) => people.get(id)?.role)).toEqual([...administrators])
  expect(keepers.map((id) => people.get(id)?.onDuty)).toEqual([false, false, false])
  for (const id of forVisitors) expect(people.get(id)).toMatchObject({ onDuty: true })
})
