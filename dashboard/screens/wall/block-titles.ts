// Where the names of the blocks stand: outside the boundary, where the plan leaves room. A block that is not in the table stands at its own label.
import type { Place } from '#contract/places'
import type { LonLat } from '#contract/point'

export interface TitlePlace {
  at: LonLat
  /** Which corner of the words stands at the point. */
  corner: 'bottom-left' | 'top-left' | 'top-right'
}

const places: Record<string, TitlePlace> = {
  '310101020-b1': { at: [121.47055, 31.20685], corner: 'bottom-left' },
  '310101020-b2': { at: [121.46315, 31.20435], corner: 'bottom-left' },
  '310101020-b3': { at: [121.46315, 31.19305], corner: 'top-left' },
}

export const titlePlace = (block: Place): TitlePlace => places[block.id] ?? { at: block.label, corner: 'bottom-left' }
