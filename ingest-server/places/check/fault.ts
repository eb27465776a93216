// What is wrong with a layer, as a sentence that says where and what to do.
import type { LayerName } from '../layers.ts'

export interface Fault {
  layer: LayerName | 'places'
  sentence: string
}

/** One look at the whole map; each look finds one kind of fault. */
export const fault = (layer: Fault['layer'], sentence: string): Fault => ({
  layer,
  sentence: `${layer}${layer === 'places' ? '.json' : '.geojson'}: ${sentence}`,
})
