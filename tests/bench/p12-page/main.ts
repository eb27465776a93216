// The page of P12: two maps side by side with the same cases. One is told all of them anew, the other by the layer the wall has.
import 'maplibre-gl/dist/maplibre-gl.css'
import * as maplibregl from 'maplibre-gl'
import { effectScope, nextTick, shallowRef } from 'vue'
import type { Level } from '#contract/stage'
import { caseFeature } from '../../../dashboard/map/case-features.ts'
import { useCaseLayer } from '../../../dashboard/map/case-layer.ts'
import { drawMark } from '../../../dashboard/map/draw-mark.ts'
import type { CaseMark } from '../../../dashboard/map/marks.ts'
import workerUrl from '../../../dashboard/map/map-worker.ts?worker&url'
import type { MapSkin } from '../../../dashboard/map/skin.ts'
import { chanceFrom } from '../../../ingest-server/demo/chance.ts'

const colours = { ground: '#14171a', ink1: '#eceef0', ink2: '#a9b1b8', ink3: '#8b959e', over: '#f2555a' }
const levels = { level1: '#f2555a', level2: '#f08c2e', level3: '#e8c547', level4: '#5b9be0' }
const skin = { ...colours, ...levels, fonts: ['sans-serif'], rem: 12.5 } as MapSkin
const chance = chanceFrom(12)
/** Of the wall's storm: a few of I and II, the rest III and IV; with `standing` all are II, and every one stands for itself. */
let standing = false
const level = (): Level => (standing ? 2 : chance.oneOf([1, 2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4]))
const at = (): [number, number] => [121.462 + chance.next() * 0.0186, 31.1925 + chance.next() * 0.0155]
const aMark = (id: number): CaseMark => ({
  ...{ id: `case-${id}`, at: at(), level: level(), word: '' },
  ...{ isOver: chance.next() < 0.1, isWaiting: false, isUnsure: false },
})

maplibregl.setWorkerUrl(workerUrl)
async function aMap(id: string): Promise<maplibregl.Map> {
  const map = new maplibregl.Map({
    container: id,
    style: { version: 8, sources: {}, layers: [] },
    bounds: [121.462, 31.1925, 121.4806, 31.208],
    ...{ interactive: false, attributionControl: false, fadeDuration: 0 },
  })
  map.setMissingStyleImageResolver((name) => {
    const image = drawMark(name, skin, 1)
    if (image && !map.hasImage(name)) map.addImage(name, image)
  })
  await map.once('load')
  return map
}
/** From the call to the map's next rest. What the one before left to be tidied away is not on this one's bill. */
async function timed(map: maplibregl.Map, run: () => unknown): Promise<number> {
  await new Promise((rested) => setTimeout(rested, 500))
  const idle = map.once('idle')
  const started = performance.now()
  await run()
  await idle
  return performance.now() - started
}

async function prepare(count: number, allStand: boolean) {
  standing = allStand
  const [plain, ours] = [await aMap('plain'), await aMap('ours')]
  let last = count
  let marks = Array.from({ length: count }, (_, i) => aMark(i))
  const collection = () => ({ type: 'FeatureCollection' as const, features: marks.map(caseFeature) })
  await timed(plain, () => {
    plain.addSource('cases', { type: 'geojson', data: collection(), promoteId: 'id' })
    plain.addLayer(
      // Some forty thousand symbols in one tile are more than MapLibre can fade: there the floor is circles, which cost it less still.
      count > 40_000
        ? { id: 'cases', type: 'circle', source: 'cases', paint: { 'circle-radius': 4, 'circle-color': skin.ink2 } }
        : {
            ...{ id: 'cases', type: 'symbol', source: 'cases' },
            layout: { 'icon-image': ['get', 'image'], 'icon-allow-overlap': true, 'symbol-sort-key': ['get', 'order'] },
          },
    )
  })
  const [map, cases] = [shallowRef<maplibregl.Map | null>(null), shallowRef<readonly CaseMark[]>(marks)]
  const scope = effectScope()
  scope.run(() => useCaseLayer(map, { cases: () => cases.value, keepId: () => null, skin: () => skin }))
  await timed(ours, () => (map.value = ours))

  /** A hundred that came nearer, ran over, were moved, ended, or came anew. */
  const change = () => {
    const next = [...marks]
    for (let n = 0; n < 100; n++) {
      const place = chance.whole(0, count - 1)
      next[place] = aMark(n % 4 === 0 ? ++last : Number(next[place]!.id.slice('case-'.length)))
    }
    marks = next
  }
  return {
    async full() {
      change()
      return timed(plain, () => plain.getSource<maplibregl.GeoJSONSource>('cases')?.setData(collection()))
    },
    async hundred() {
      change()
      return timed(ours, () => {
        cases.value = marks
        return nextTick()
      })
    },
    drawn: () => ours.querySourceFeatures('cases').length,
    end() {
      scope.stop()
      plain.remove()
      ours.remove()
    },
  }
}
Object.assign(globalThis, { prepare })
